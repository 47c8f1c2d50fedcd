"""The process that loads an extractor once and forks the workers, which share its memory.

It is given the path of modules. Its standard input is one end of a socket, through which come the
`Plan` and then the ends of further sockets: on each of them a new worker serves. When the socket is
closed, as it is when the process at the other end dies of anything, the nursery ends, and its
workers with it. Nothing but numbers of documents, documents and answers travels to and from a
worker.

Forking is safe here although onnxruntime has a thread of its own as soon as it is imported: that
one sleeps, and sessions of one thread never need it. Where forking is not (macOS), each nursery
becomes one worker itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
import warnings
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from quoth.extractors.records import Document, Extraction
from quoth.running.memory import OFTEN, forgetting, give_back
from quoth.running.plan import Failed, Found, Plan

if TYPE_CHECKING:
    from quoth.graph.readings import Extracts

_SAMPLE = Document(text="The harbour will close, the mayor said on Monday.", id="sample")
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


def main() -> None:
    """Load, then turn each socket that comes into a worker."""
    # Who started this decides when it ends; a terminal sends its interrupt to all.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # Python 3.12 warns of forking beside the thread that the module's text is about.
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    with Connection(os.dup(control.fileno())) as orders:
        plan: Plan = orders.recv()
    try:
        extractor = _loaded(plan)
    except Exception as error:
        _refuse(control, error)
        return
    while (end := _next_socket(control)) is not None:
        if not plan.fork:
            Thread(target=_end_with, args=(control,), daemon=True).start()
            _serve(Connection(end), extractor, plan)
            return
        parent = os.getpid()
        if os.fork() == 0:
            control.close()
            _end_with_parent(parent)
            with suppress(OSError):
                _serve(Connection(end), extractor, plan)
            os._exit(0)
        os.close(end)
        _reap()


def _loaded(plan: Plan) -> Extracts:
    """Return the extractor with everything in memory that it loads as it goes."""
    extractor = plan.load()
    for _ in extractor.extract([_SAMPLE]):
        pass
    # What is collected no more is written to no more, and stays shared.
    gc.collect()
    gc.freeze()
    return extractor


def _refuse(control: socket.socket, error: Exception) -> None:
    while (end := _next_socket(control)) is not None:
        with Connection(end) as connection:
            connection.send(f"{error}" or type(error).__name__)


def _next_socket(control: socket.socket) -> int | None:
    data, ends, *_ = socket.recv_fds(control, 1, 1)
    return ends[0] if data else None


def _reap() -> None:
    """Let the workers go that have ended: until then none of their numbers is used anew."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _end_with_parent(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _end_with(control: socket.socket) -> None:
    control.recv(1)
    os._exit(0)


def _serve(connection: Connection, extractor: Extracts, plan: Plan) -> None:
    """Tell who this is, then answer what comes until the other end is closed."""
    connection.send((os.getpid(), getattr(extractor, "record", None)))
    answers: SimpleQueue[Found | Failed] = SimpleQueue()
    # Whoever takes the answers may be busy; the next document need not wait for it.
    Thread(target=_send, args=(connection, answers), daemon=True).start()
    with suppress(EOFError):
        while True:
            with forgetting(extractor):
                for _ in range(OFTEN):
                    number, document = connection.recv()
                    answers.put(_answer(number, document, extractor, plan))
            give_back()


def _send(connection: Connection, answers: SimpleQueue[Found | Failed]) -> None:
    with suppress(OSError):
        while True:
            connection.send_bytes(pickle.dumps(answers.get(), pickle.HIGHEST_PROTOCOL))


def _answer(number: int, document: Document, extractor: Extracts, plan: Plan) -> Found | Failed:
    try:
        (extraction,) = extractor.extract([document])
        assert isinstance(extraction, Extraction)
        return Found(number, plan.pack(extraction))
    except Exception as error:
        return Failed(number, type(error).__name__, str(error))
