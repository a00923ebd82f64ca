"""The one PostgreSQL of a run, and the one Valkey. Every contestant has a database of its own on the same server."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from portal import environment
from portal.embedded.postgres import ADMINISTRATOR, APP, OWNER, Postgres
from portal.embedded.valkey import Valkey

HOME = environment.BASE_DIR / "var" / "bench"
GIGABYTE = 1024**3


class Database(Postgres):
    """The embedded server with the memory that a server for a million cases is given. As safe as in production."""

    # Whoever counts in gigabytes is given an eighth, as PostgreSQL's own manual begins to reckon; more is the kernel's.
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // GIGABYTE
    given = {
        "shared_buffers": f"{max(1, memory // 8)}GB",
        "effective_cache_size": f"{max(1, memory // 2)}GB",
        "maintenance_work_mem": "512MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "max_connections": "200",
    }

    def command(self) -> list[str]:
        return [*super().command(), *(part for name, value in self.given.items() for part in ("-c", f"{name}={value}"))]


class Cluster:
    """Started once for a run; its data stays in var/bench, so that a second run need not make it again."""

    def __init__(self, home: Path = HOME) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.postgres, self.valkey = Database(home), Valkey(home)
        self._copying = threading.Lock()  # a template is copied by one at a time

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    @property
    def roots(self) -> list[int]:
        """The processes whose descendants do the servers' work."""
        return [pid for pid in (self.postgres.pid(), self.valkey.pid()) if pid]

    def address(self, database: str, role: str = APP) -> str:
        """postgresql://… of a database, as one of the cluster's two roles."""
        return f"postgresql://{role}:{self.postgres.password(role)}@127.0.0.1:{self.postgres.port}/{database}"

    def cache(self, number: int) -> str:
        """redis://… of one of the numbered stores."""
        return f"{self.valkey.url.rpartition('/')[0]}/{number}"

    @contextlib.contextmanager
    def cursor(self, database: str, role: str = OWNER) -> Iterator[Any]:
        """A cursor whose every statement is a transaction."""
        connection = psycopg2.connect(self.address(database, role))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def rows(self, database: str, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a database answers its owner."""
        with self.cursor(database) as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def script(self, database: str, path: Path, **values: Any) -> None:
        """The statements of a file, with values in the place of %(name)s."""
        with self.cursor(database) as cursor:
            cursor.execute(path.read_text(), values or None)

    def make(self, name: str, mark: str, fill: Callable[[], object], template: str = "template0") -> bool:
        """A database, filled. One that was filled before under the same mark stays as it is; answers whether it did.

        The mark is kept as the database's comment, written last: what an interrupted run left is made anew.
        """
        said = self.rows(
            "postgres", "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", name
        )
        if said == [(mark,)]:
            return False
        self.copy(template, name)
        fill()
        self.rows("postgres", f'COMMENT ON DATABASE "{name}" IS %s', mark)
        return True

    def copy(self, template: str, name: str) -> None:
        """A new database with all that is in another, to which nobody may be connected."""
        self.drop(name)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        with self._copying, self.cursor("postgres") as cursor:
            cursor.execute(make.format(sql.Identifier(name), sql.Identifier(template)))

    def drop(self, name: str) -> None:
        with self.cursor("postgres") as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def settle(self) -> None:
        """Writes out what is dirty, so that one contestant does not pay for what another wrote."""
        with self.cursor("postgres", ADMINISTRATOR) as cursor:
            cursor.execute("CHECKPOINT")
