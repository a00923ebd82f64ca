"""PostgreSQL and Valkey from the virtual environment, for `make run`, the tests and a developer's own machine.

`provide()` starts what the environment does not name (DATABASE_URL, REDIS_URL) and answers with the missing variables;
with a database that it starts, DATABASE_OWNER_URL too, which only preparation is given.
The servers listen on loopback only, with generated passwords, and outlive the command that started them; `stop()` ends
them. Nothing here imports Django: `manage.py` calls it before there are settings.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.postgres import Postgres
from portal.embedded.server import Refusal, Server
from portal.embedded.valkey import Valkey

__all__ = ["Refusal", "provide", "running", "stop"]

SERVERS: dict[str, type[Server]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


def provide(var: Path, durable: bool = True) -> dict[str, str]:
    """The addresses of running servers for the variables that are not set yet; starts what does not run.

    `durable=False` gives up safety against power cuts for speed: for test data only. Raises Refusal.
    """
    missing = {name: server for name, server in SERVERS.items() if not os.environ.get(name)}
    if not missing:
        return {}
    try:
        with _alone(var):
            found: dict[str, str] = {}
            for server in missing.values():
                found |= server(var, durable).start()
    except PermissionError as error:
        raise Refusal(f"{error.filename} belongs to another user: run as that user, or set PORTAL_VAR.") from error
    if "DATABASE_URL" in found and not os.environ.get("PORTAL_DEMO"):
        # Whoever brings a database says himself whether it is for demonstration; the embedded one is for nothing else.
        found["PORTAL_DEMO"] = "1"
    return found


def running(var: Path, names: Iterable[str]) -> bool:
    """Whether every embedded server behind these variables is alive. Asks no server; cheap."""
    return all(SERVERS[name](var).pid() for name in names if name in SERVERS)


def stop(var: Path, unless: Callable[[], bool] = lambda: False) -> None:
    """Ends the servers of this directory. `unless` is asked at a moment when nobody else can start them."""
    if (var / "servers").exists():
        with _alone(var):
            if unless():
                return
            for server in SERVERS.values():
                server(var).stop()


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """One process at a time looks after the servers of a directory."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "servers.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
