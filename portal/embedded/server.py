"""What the two embedded servers have in common: where they live, who they run as, and how they start and end.

PostgreSQL refuses to be root, so under root both run as `nobody`. Where `nobody` may not go (a checkout below a
directory that is closed to others) data and programs lie in /var/lib instead, and var/servers is a link to them.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

OUTSIDE = Path("/var/lib/dongcheng-portal")
PATIENCE = 60.0  # seconds that a server may take to answer, recovery from a crash included
NOBODY = 65534


class Refusal(Exception):
    """Why the servers cannot be had: one sentence that a person can act on."""


class Server:
    """One embedded server: its data, password, port and process."""

    name: ClassVar[str]
    program: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, var: Path, durable: bool = True) -> None:
        self.var, self.durable = var, durable
        self.home = _home(var)
        self.data = self.home / self.name
        self.log = var / "log" / f"{self.name}.log"

    def prepare(self) -> None:
        """Makes what must exist before the first start."""
        raise NotImplementedError

    def command(self) -> list[str]:
        """The command line of the server; one argument is `self.mark`."""
        raise NotImplementedError

    @property
    def mark(self) -> Path:
        """The argument by which this server's process is known among all others."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the portal can work with the server now."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        raise NotImplementedError

    @property
    def addresses(self) -> dict[str, str]:
        """The variables that tell the portal where the server is."""
        raise NotImplementedError

    def start(self) -> dict[str, str]:
        """The addresses of the running server. Raises Refusal with the server's own last words."""
        if not (self.home / f"{self.name}.port").exists():
            self.stop()  # left behind by a directory that was removed under it
        self.prepare()
        for attempt in range(5):
            # A killed server may leave children that still hold its memory, and its port may be taken meanwhile.
            time.sleep(attempt)
            process = None if self.pid() else self._launch()
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and (process.poll() is None if process else self.pid()):
                if self.answers():
                    return self.addresses
                time.sleep(0.05)
        lines = self.log.read_text(errors="replace").strip().splitlines() or ["it says nothing"]
        raise Refusal(f"{self.name} does not start: {lines[-1]} (more in {self.log})")

    def stop(self) -> None:
        """Ends the server and waits until it is gone."""
        if pid := self.pid():
            os.kill(pid, self.stop_signal)
        deadline = time.monotonic() + PATIENCE
        while self.pid() and time.monotonic() < deadline:
            time.sleep(0.05)

    def pid(self) -> int | None:
        """The running server, whoever started it: known by its arguments, because pid files go stale."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    arguments = (entry / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue  # gone meanwhile
                if Path(os.fsdecode(arguments[0])).name == self.program and os.fsencode(self.mark) in arguments:
                    return int(entry.name)
        return None

    @property
    def port(self) -> int:
        """The port of the last start."""
        return int((self.home / f"{self.name}.port").read_text())

    def password(self, who: str) -> str:
        """The generated password of one of the server's accounts."""
        path = self.home / f"{who}.password"
        if not path.exists() or not path.read_text():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(24))
        return path.read_text()

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Who the server runs as: oneself; under root the owner of the data, or `nobody`."""
        if os.geteuid() != 0:
            return {"umask": 0o077}
        owner = self.data.stat().st_uid if self.data.exists() else 0
        return {"umask": 0o077, "user": owner or NOBODY, "group": NOBODY, "extra_groups": []}

    def package(self, name: str) -> Path:
        """The directory of an installed package (without importing it), copied to where `nobody` can read it if needed.

        Raises Refusal when it is not installed.
        """
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise Refusal(f"{name} is not installed: run `make setup`.")
        source = Path(spec.submodule_search_locations[0])
        if os.geteuid() != 0 or _open_to_nobody(source):
            return source
        copy = self.home / "programs" / name
        if not copy.exists():
            for part in (f"{name}.libs", name):
                if source.with_name(part).exists():
                    shutil.copytree(source.with_name(part), copy.with_name(f"{part}.new"), dirs_exist_ok=True)
                    copy.with_name(f"{part}.new").rename(copy.with_name(part))
        return copy

    def give(self, path: Path) -> None:
        """Hands a file or directory to whom the server runs as."""
        if "user" in self.identity:
            os.chown(path, self.identity["user"], self.identity["group"])

    def _launch(self) -> subprocess.Popen[bytes]:
        self._take_port()
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command(), cwd=self.data, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **self.identity,
            )  # fmt: skip

    def _take_port(self) -> None:
        """Keeps the port of the last start unless somebody else has it now."""
        path = self.home / f"{self.name}.port"
        for port in (path.read_text() if path.exists() else "", "0"):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", int(port or 0)))
                except OSError:
                    continue
                path.write_text(str(probe.getsockname()[1]))
                return


def _home(var: Path) -> Path:
    home = var / "servers"
    if not home.exists():
        home.unlink(missing_ok=True)
        if os.geteuid() != 0 or _open_to_nobody(var):
            home.mkdir()
        else:
            elsewhere = OUTSIDE / secrets.token_hex(4)
            elsewhere.mkdir(parents=True)
            home.symlink_to(elsewhere)
    return home.resolve()


def _open_to_nobody(path: Path) -> bool:
    test = ["test", "-r", str(path), "-a", "-x", str(path)]
    return subprocess.run(test, user=NOBODY, group=NOBODY, extra_groups=[], cwd="/", check=False).returncode == 0
