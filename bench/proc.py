"""What processes cost, from /proc. All times in seconds of one core."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
KERNEL = 2  # the parent of the kernel's own threads: writing pages out is part of whatever is measured


@dataclass(frozen=True, slots=True)
class Process:
    """One line of /proc/PID/stat: whose child it is, and its time together with that of the children it has reaped."""

    parent: int
    seconds: float


def process_of(line: str) -> Process:
    """Reads a line of /proc/PID/stat. The name, in brackets, may hold anything, brackets and blanks included."""
    fields = line.rpartition(")")[2].split()
    return Process(int(fields[1]), sum(int(ticks) for ticks in fields[11:15]) / TICK)


def busy_of(line: str) -> float:
    """Reads the first line of /proc/stat: time at work, without that of interrupts, which belongs to nobody.

    Time that the host took away counts: it is missing just like time that another program took.
    """
    user, nice, system, _idle, _wait, _irq, _softirq, steal = (int(ticks) for ticks in line.split()[1:9])
    return (user + nice + system + steal) / TICK


def processes() -> dict[int, Process]:
    """Every process there is now."""
    found = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = process_of(Path(entry.path, "stat").read_text())
            except OSError:
                continue  # ended meanwhile
    return found


def family(roots: Iterable[int], among: dict[int, Process]) -> set[int]:
    """The roots that are alive, and all their descendants."""
    children: dict[int, list[int]] = {}
    for pid, process in among.items():
        children.setdefault(process.parent, []).append(pid)
    found: set[int] = set()
    waiting = [pid for pid in roots if pid in among]
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def seconds(roots: Iterable[int], among: dict[int, Process]) -> float:
    """The time of the roots and of all their descendants, those that have ended and were reaped included."""
    return sum(among[pid].seconds for pid in family(roots, among))


def busy() -> float:
    """The time that the whole machine was at work since it started."""
    with Path("/proc/stat").open() as lines:
        return busy_of(lines.readline())


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds, shared pages included."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(pid: int) -> list[int]:
    return sorted(child for child, process in processes().items() if process.parent == pid)
