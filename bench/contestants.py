"""The web servers that are measured: all behind the same gunicorn with the same settings and two workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench import client, proc
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent

SERVER = BASE_DIR / "deploy" / "gunicorn.conf.py"
PATIENCE = 120.0  # seconds until a server must answer
FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CACHE_URL", "PORT", "PORTAL_VAR", "VIRTUAL_ENV")


def surroundings(**values: str) -> dict[str, str]:
    """The environment of a contestant: this process's without what belongs to another portal."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, "PYTHONPATH": str(BASE_DIR), "WEB_CONCURRENCY": "2", **values}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((client.HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Contestant:
    """One web server: `application` is what gunicorn serves, `programs` where its gunicorn lies."""

    name: str
    application: str
    environment: dict[str, str]
    log: Path
    programs: Path = Path(sys.executable).parent
    probe: str = "/"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Starts it and waits until it answers; the seconds that it took."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [str(self.programs / "gunicorn"), "-c", str(SERVER), self.application]
        begun = time.perf_counter()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=BASE_DIR, env={**self.environment, "PORT": str(self.port)},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent,
            )  # fmt: skip
        while not self.answers():
            if self.process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise client.Broken(f"{self.name} does not start: {self.log.read_text()[-1500:]}")
            time.sleep(0.02)
        return time.perf_counter() - begun

    def answers(self) -> bool:
        try:
            return client.ask(self.port, client.request(self.probe, {})).status < 500
        except (OSError, client.Broken):
            return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    @property
    def root(self) -> int:
        assert self.process
        return self.process.pid

    def workers(self) -> list[int]:
        return proc.children(self.root)
