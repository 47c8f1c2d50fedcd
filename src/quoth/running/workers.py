"""Worker processes, seen from the process that has them: started, given work, heard, killed."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.extractors.records import Extractor
    from quoth.running.plan import Failed, Found, Plan
    from quoth.running.schedule import Task

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Workers are as many as there are to be threads."""
AHEAD = 128
"""Documents that a worker is given at most, the one that it is at included: enough for the second
in which the process that gives them stores what was found."""
AHEAD_SIZE = 64_000
"""Their code points at most: the socket holds what a worker has not taken yet, so that nobody
waits for a worker that is at something else. A longer document is given alone."""
_STUCK = 60
"""Seconds after which a process that neither takes nor gives a message any further is lost."""
_ATTEMPTS = 3
_NURSERY = "import sys; sys.path[:] = sys.argv[1:]; from quoth.running.nursery import main; main()"
"""What a nursery runs. quoth is where this process has it, which a new one might not know: on Spark
it may lie in a file that was sent along."""


class WorkerError(ChildProcessError):
    """Worker processes cannot be started."""


class Worker:
    """A process that extracts; `work` are the tasks that it was given and has not answered."""

    def __init__(
        self, end: socket.socket, process: subprocess.Popen[bytes], control: socket.socket
    ) -> None:
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            end.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", _STUCK, 0))
        self.connection = Connection(end.detach())
        self.work: dict[int, Task] = {}
        self.heard = monotonic()
        self._process = process
        # The process lives as long as this is open.
        self._control = control
        self._pid = process.pid
        self._size = 0
        self.record: Extractor | None = None

    def meet(self) -> None:
        """Wait until the worker has told who it is.

        Raises WorkerError with the reason when the extractor cannot be loaded, EOFError or
        OSError when the process has ended.
        """
        while not self.connection.poll(_STUCK):
            # Loading takes as long as the disk does.
            if self._process.poll() is not None:
                raise EOFError
        told = self.connection.recv()
        if isinstance(told, str):
            raise WorkerError(told)
        self._pid, self.record = told

    def has_room(self, size: int) -> bool:
        """Whether a document of `size` code points can be given to it now."""
        return not self.work or (len(self.work) < AHEAD and self._size + size <= AHEAD_SIZE)

    @property
    def is_at_one_alone(self) -> bool:
        """Whether it has a task that is to be done without company."""
        return len(self.work) == 1 and next(iter(self.work.values())).alone

    def give(self, task: Task) -> None:
        """Send a document. Raises OSError when the process has ended or takes nothing."""
        if not self.work:
            self.heard = monotonic()
        self.work[task.number] = task
        self._size += task.size
        self.connection.send((task.number, task.document))

    def hear(self) -> Found | Failed:
        """Return the next answer, which must be there.

        Raises EOFError or OSError when the process has ended instead.
        """
        answer: Found | Failed = pickle.loads(self.connection.recv_bytes())
        self.heard = monotonic()
        self._size -= self.work.pop(answer.number).size
        return answer

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self.connection.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        if self._pid == self._process.pid:
            self._process.wait()


class Nursery:
    """Starts workers of a plan: the first loads the extractor, the others are forked."""

    def __init__(self, plan: Plan) -> None:
        if not hasattr(socket, "send_fds"):
            raise WorkerError("worker processes need Linux or macOS; leave --workers out")
        self._plan = plan
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def worker(self) -> Worker:
        """Return a new worker, ready for work.

        Raises WorkerError when the extractor cannot be loaded, or processes end while they load.
        """
        for _ in range(_ATTEMPTS):
            worker = None
            try:
                worker = self._start()
                worker.meet()
            except WorkerError:
                self.close()
                raise
            except (EOFError, OSError):
                if worker is not None:
                    worker.connection.close()
                self.close()
            else:
                return worker
        raise WorkerError(
            f"no worker could be started: {_ATTEMPTS} processes ended while they loaded the "
            "extractor, most likely for want of memory; use fewer --workers"
        )

    def _start(self) -> Worker:
        if self._process is None or not self._plan.fork:
            self._process, self._control = self._load()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return Worker(ours, self._process, self._control)

    def _load(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                # -P: no module of the current folder may take the place of Python's.
                [sys.executable, "-P", "-c", _NURSERY, *map(str, sys.path)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, **ONE_THREAD},
            )
        with Connection(os.dup(ours.fileno())) as orders:
            orders.send(self._plan)
        return process, ours

    def close(self) -> None:
        """End the process, and the workers that it has forked."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None
