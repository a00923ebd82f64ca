"""`manage.py run`: the whole portal on one machine. Database, broker, web server, worker and one beat, until Ctrl-C."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from portal import embedded, environment
from portal.supervisor import Child, Supervisor

DEFAULT_PORT = 8000
PATIENCE = 180.0  # seconds until the web server must be ready


class Command(BaseCommand):
    """Starts everything, watches over it, and stops it in order."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # SIGINT too: a shell that starts this in the background has it ignored.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        var = environment.var()
        with alone(var):
            try:
                self.run(var)
            except KeyboardInterrupt:
                self.say("Stopping.")
            except embedded.Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
            finally:
                # A second Ctrl-C must not tear the database away from those who still write.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                embedded.stop(var)
        self.say("Stopped. The data stays in " + str(var))

    def run(self, var: Path) -> None:
        """Everything between the lock and the end."""
        free_port()  # nobody waits for the database to hear that it was in vain
        os.environ.setdefault("PORTAL_ERROR_LOG", str(var / "log" / "errors.log"))
        own = dict(os.environ)
        given = embedded.provide(var)
        accounts = self.prepare({**own, **given})
        port = free_port()  # another program may have come meanwhile
        own["PORT"] = str(port)
        supervisor = Supervisor(children(var), working(own, given), self.say)
        try:
            supervisor.start()
            self.wait_until_ready(port, supervisor)
            self.say(f"\nThe portal is up: http://127.0.0.1:{port}/  (logs: {var / 'log'}, errors in errors.log)")
            self.say(f"{accounts}\nCtrl-C stops it." if accounts else "Ctrl-C stops it.")
            while True:
                time.sleep(1)
                supervisor.check()
                if not embedded.running(var, given):
                    self.say("An embedded server has ended and starts again.")
                    again = embedded.provide(var)
                    if again != given:
                        given = again
                        supervisor.restart(working(own, given))
        finally:
            supervisor.stop()

    def prepare(self, surroundings: dict[str, str]) -> str:
        """Brings the database up to date; the demonstration's accounts, if there are any."""
        command = [sys.executable, "manage.py", "prepare"]
        done = subprocess.run(
            command, cwd=environment.BASE_DIR, env=surroundings, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode != 0:
            raise CommandError("The database could not be prepared: the reason is above.")
        return done.stdout.strip()

    def wait_until_ready(self, port: int, supervisor: Supervisor) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            supervisor.check()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=10):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise CommandError(f"The web server is not ready after {PATIENCE:.0f} s: see web.log and errors.log.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def working(own: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    """The surroundings of what runs: it is not told who owns the database."""
    return {name: value for name, value in {**own, **given}.items() if name != "DATABASE_OWNER_URL"}


def children(var: Path) -> list[Child]:
    """The processes of the portal, as in deploy/: web server, worker, beat."""
    programs, log = Path(sys.executable).parent, var / "log"
    celery = [str(programs / "celery"), "-A", "portal"]
    web = [str(programs / "gunicorn"), "-c", str(environment.BASE_DIR / "deploy/gunicorn.conf.py"), "portal.wsgi"]
    return [
        Child("web", web, log / "web.log"),
        Child("worker", [*celery, "worker", "--loglevel=INFO", "--concurrency=2"], log / "worker.log"),
        Child("beat", [*celery, "beat", "--loglevel=INFO", "--pidfile="], log / "beat.log"),
    ]


def free_port() -> int:
    """PORT if it is free; without PORT, the first free one from 8000 on. Raises CommandError."""
    wanted = os.environ.get("PORT")
    if wanted and not wanted.isdigit():
        raise CommandError(f"PORT must be a number, not {wanted}.")
    for port in [int(wanted)] if wanted else range(DEFAULT_PORT, DEFAULT_PORT + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((os.environ.get("PORTAL_BIND", "127.0.0.1"), port))
            except OSError:
                continue
            return port
    raise CommandError(f"Port {wanted or DEFAULT_PORT} is taken by another program: choose one with PORT=NUMBER.")


class alone:
    """Holds var/run.lock, with the number of this process in it. Raises CommandError if a portal runs there already."""

    def __init__(self, var: Path) -> None:
        var.mkdir(parents=True, exist_ok=True)
        self.path = var / "run.lock"

    def __enter__(self) -> None:
        self.file: IO[str] = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("The portal runs already: `manage.py stop` ends it.") from error
        self.file.truncate(0)
        self.file.write(str(os.getpid()))
        self.file.flush()

    def __exit__(self, *exception: object) -> None:
        self.file.close()


def running(var: Path) -> int | None:
    """The process number of the portal that runs in this directory."""
    try:
        with alone(var):
            return None
    except CommandError:
        return int((var / "run.lock").read_text())
