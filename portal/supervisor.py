"""Keeps the processes of `manage.py run` alive: starts them, restarts what ends, stops them all."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_PAUSE = 30.0  # seconds before the next try of a process that keeps failing
HEALTHY = 60.0  # seconds of life after which earlier failures are forgotten
GRACE = 25.0  # seconds to finish what is under way when told to stop
LARGEST_LOG = 10_000_000  # bytes
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def end_with_parent() -> None:
    """Called in a child: even a killed parent leaves none behind to block its port. Linux only, like the servers."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process of the portal and the file that it writes to."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    next_try: float = field(default=0.0)

    def start(self, environment: dict[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=end_with_parent,
            )  # fmt: skip
        self.started = time.monotonic()

    def last_words(self) -> str:
        """The last line of the log: most often the reason."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return lines[-1].strip() if lines else "no word in the log"


class Supervisor:
    """Watches children. `say` gets one sentence for each thing that a person should know."""

    def __init__(self, children: list[Child], environment: dict[str, str], say: Callable[[str], object]) -> None:
        self.children, self.environment, self.say = children, environment, say

    def start(self) -> None:
        for child in self.children:
            child.start(self.environment)

    def check(self) -> None:
        """Restarts what has ended, later each time that it fails again. To be called about once a second."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                status = child.process.returncode
                # What a killed leader left behind would go on beside its successor, and hold its port.
                _kill_group(child.process.pid)
                child.failures = 1 if now - child.started > HEALTHY else child.failures + 1
                pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE)
                child.process, child.next_try = None, now + pause
                how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
                self.say(f"{child.name} {how} and starts again in {pause:.0f} s: {child.last_words()} ({child.log})")
            elif child.process is None and now >= child.next_try:
                child.start(self.environment)

    def restart(self, environment: dict[str, str]) -> None:
        """Starts everything anew with another environment."""
        self.stop()
        self.environment = environment
        self.start()

    def stop(self) -> None:
        """Lets each child finish, then ends the patience and whatever it left in its process group."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"process {process.pid} does not end and is killed.")
            _kill_group(process.pid)
            process.wait()
        for child in self.children:
            child.process, child.failures = None, 0


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
