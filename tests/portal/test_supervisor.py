"""The supervisor with real processes: small shell scripts in the place of the web server and the worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal import environment, supervisor
from portal.supervisor import Child, Supervisor

Watch = Callable[[str], tuple[Supervisor, Child]]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watch(tmp_path: Path, said: list[str]) -> Iterator[Watch]:
    """Starts a supervisor over one shell script."""
    supervisors = []

    def start(script: str) -> tuple[Supervisor, Child]:
        child = Child("worker", ["/bin/sh", "-c", script], tmp_path / "log" / "worker.log")
        watching = Supervisor([child], dict(os.environ), said.append)
        supervisors.append(watching)
        watching.start()
        return watching, child

    yield start
    for watching in supervisors:
        watching.stop()


def until(condition: Callable[[], object], watching: Supervisor | None = None) -> None:
    """Waits until the condition holds, while the supervisor looks after its children."""
    deadline = time.monotonic() + 10
    while not condition():
        if watching:
            watching.check()
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.01)


def pid_of(child: Child) -> int:
    assert child.process
    return child.process.pid


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except FileNotFoundError:
        return False


def test_a_killed_child_starts_again_and_is_reported(watch: Watch, said: list[str]) -> None:
    watching, child = watch("echo at work; sleep 60")
    first = pid_of(child)
    until(lambda: "at work" in child.last_words())
    os.kill(first, signal.SIGKILL)
    until(lambda: child.process is None, watching)
    assert said == [f"worker was killed by signal 9 and starts again in 1 s: at work ({child.log})"]
    until(lambda: child.process is not None, watching)
    assert pid_of(child) != first


def test_a_killed_child_leaves_nobody_behind(watch: Watch, tmp_path: Path) -> None:
    left = tmp_path / "left"
    watching, child = watch(f"sleep 300 & echo $! > {left}; wait")
    until(lambda: left.exists() and left.read_text().strip())
    pid = int(left.read_text())
    assert child.process
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    watching.check()
    until(lambda: not alive(pid))


def test_a_child_that_keeps_failing_is_tried_ever_more_seldom(
    watch: Watch, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: clock[0])
    watching, child = watch("echo no database; exit 3")
    pauses = []
    for _ in range(7):
        os.waitid(os.P_PID, pid_of(child), os.WEXITED | os.WNOWAIT)
        watching.check()
        pauses.append(child.next_try - clock[0])
        clock[0] = child.next_try
        watching.check()
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert said[0] == f"worker ended with status 3 and starts again in 1 s: no database ({child.log})"


def test_stopping_waits_for_what_is_under_way(watch: Watch, tmp_path: Path) -> None:
    watching, child = watch(f"trap 'sleep 0.3; echo done > {tmp_path}/end; exit' TERM; while :; do sleep 0.05; done")
    time.sleep(0.2)
    watching.stop()
    assert (tmp_path / "end").read_text() == "done\n"
    assert child.process is None


def test_stopping_does_not_wait_for_ever(watch: Watch, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GRACE", 0.3)
    watching, child = watch("trap '' TERM; sleep 61 & echo $!; wait; sleep 60")
    until(lambda: child.last_words().isdigit())
    pids = [pid_of(child), int(child.last_words())]
    watching.stop()
    until(lambda: not any(alive(pid) for pid in pids))  # the kernel buries the killed in its own time
    assert said == [f"process {pids[0]} does not end and is killed."]


def test_a_killed_supervisor_takes_its_children_with_it(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path; from portal.supervisor import *\n"
        "child = Child('web', ['sleep', '60'], Path(sys.argv[1]))\n"
        "Supervisor([child], dict(os.environ), print).start()\n"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "web.log")], cwd=environment.BASE_DIR, stdout=subprocess.PIPE
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    until(lambda: not alive(child))


def test_a_large_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LARGEST_LOG", 5)
    child = Child("web", ["/bin/sh", "-c", "echo new"], tmp_path / "web.log")
    child.log.write_text("a long story")
    child.start(dict(os.environ))
    assert child.process
    child.process.wait()
    assert (tmp_path / "web.old.log").read_text() == "a long story"
    assert child.log.read_text() == "new\n"
