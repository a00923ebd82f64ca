"""Real processes beside the tests: a Celery worker, and a whole portal as `make run` starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.db import connection

from portal.environment import BASE_DIR, next_number
from portal.supervisor import end_with_parent

PROGRAMS = Path(sys.executable).parent
PATIENCE = 600.0  # seconds for a start or a paper on a busy machine


def surroundings(**changes: str) -> dict[str, str]:
    """The environment of a process that is the portal, not a test of it."""
    of_tests = {"DJANGO_ALLOW_ASYNC_UNSAFE", "PORTAL_TEST_SLOT", "DATABASE_OWNER_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in of_tests}
    return {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", **changes}


def wait_for(condition: Callable[[], object], process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Waits until the condition holds. Fails with the end of the log when the process ends or the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"it never came to pass:\n{log.read_text()[-3000:]}")
        time.sleep(0.02)


@dataclass
class Worker:
    """A Celery worker in the test database. It uses the portal's own settings, so only JSON reaches it."""

    process: subprocess.Popen[bytes]
    broker: redis.Redis
    log: Path

    @classmethod
    def start(cls) -> "Worker":
        """Starts the worker and waits until it listens."""
        broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
        broker.flushdb()
        address, name = settings.DATABASE_URL.rsplit("/", 1)[0], connection.settings_dict["NAME"]
        around = surroundings(
            DATABASE_URL=f"{address}/{name}",
            REDIS_URL=settings.CELERY_BROKER_URL,
            CACHE_URL=next_number(settings.CELERY_BROKER_URL),
        )
        log = settings.VAR / f"worker-{os.getpid()}.log"
        command = [str(PROGRAMS / "celery"), "-A", "portal", "worker", "--concurrency=1", "--loglevel=INFO"]
        command += ["--without-mingle", "--without-gossip"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=BASE_DIR, env=around, stdout=output, stderr=output, preexec_fn=end_with_parent
            )
        wait_for(lambda: " ready." in log.read_text(), process, log, PATIENCE)
        return cls(process, broker, log)

    def settle(self, seconds: float = 30) -> None:
        """Waits until nothing is queued and nothing is being worked on."""
        quiet = 0

        def calm() -> bool:
            # Between the queue and the list of what is under way a message is in neither for a moment: look twice.
            nonlocal quiet
            quiet = 0 if self.broker.llen("celery") or self.broker.hlen("unacked") else quiet + 1
            return quiet > 2

        wait_for(calm, self.process, self.log, seconds)

    def forget(self) -> None:
        """Drops what earlier tests left in the queue, and waits for what they left under way."""
        self.broker.delete("celery")
        self.settle()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def as_in_the_background() -> None:
    """What a shell does to a command that it starts with &: Ctrl-C is ignored unless the command asks for it."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Portal:
    """`manage.py run` in a directory of its own: its own PostgreSQL and Valkey, web server, worker and beat."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.log = directory, directory / "run.log"
        with socket.socket() as probe:  # another checkout may start a portal at the same moment
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        # Empty: it brings its own servers.
        self.surroundings = surroundings(
            PORTAL_VAR=str(directory), DATABASE_URL="", DATABASE_OWNER_URL="", REDIS_URL="", PORT=port
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Portal":
        """Starts it and waits until it says where it is."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=BASE_DIR, env=self.surroundings, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=as_in_the_background,
            )  # fmt: skip
        wait_for(lambda: "Ctrl-C stops it" in self.said, self.process, self.log, PATIENCE)
        return self

    def wait_until(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        assert self.process
        wait_for(condition, self.process, self.log, seconds)

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def remove(self) -> None:
        """Ends whatever still runs, and deletes the data."""
        if self.process and self.process.poll() is None:
            self.interrupt()
        self.manage("stop")
        shutil.rmtree(self.directory)

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return self.said.split("The portal is up: ")[1].split("/  ")[0]

    def manage(self, *arguments: str) -> str:
        """What a management command prints. Fails, with all of it, when the command fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR, env=self.surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows that the portal's database answers with."""
        home = self.directory / "servers"
        database = psycopg2.connect(
            host="127.0.0.1", port=(home / "postgres.port").read_text(), dbname="portal", user="portal",
            password=(home / "portal.password").read_text(),
        )  # fmt: skip
        database.autocommit = True
        with database.cursor() as cursor:
            cursor.execute(statement, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        database.close()
        return found
