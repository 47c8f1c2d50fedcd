"""What running processes have used so far, as Linux tells it in ``/proc``."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _SESSION, _USER, _SYSTEM = 1, 3, 11, 12
"""Places in the line of a process, counted after its name."""


def processor_seconds(process: int) -> float:
    """Return the processor seconds of a process, 0 where it has ended."""
    fields = _fields(process)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS if fields else 0


def tree(process: int) -> list[int]:
    """Return a process and all that it has started."""
    parents: dict[int, list[int]] = {}
    for number, fields in _all():
        parents.setdefault(int(fields[_PARENT]), []).append(number)
    found = [process]
    for number in found:
        found += parents.get(number, [])
    return found


def of_session(session: int) -> list[int]:
    """Return the processes of a session, also those whose parent has ended."""
    return [number for number, fields in _all() if int(fields[_SESSION]) == session]


def memory_share(process: int) -> float:
    """Return a process's memory in MB, its share of what is shared; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def machine() -> float:
    """Return the processor seconds that this machine has spent so far."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _wait, irq, soft, *_ = map(int, fields)
    return (user + nice + system + irq + soft) / _TICKS


def _all() -> list[tuple[int, list[str]]]:
    numbers = [int(place.name) for place in Path("/proc").glob("[0-9]*")]
    return [(number, fields) for number in numbers if (fields := _fields(number))]


def _fields(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
