"""The embedded servers, really started, killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal import embedded, environment
from portal.embedded import server
from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty directory for servers, with nothing named by the environment."""
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_DEMO"):
        monkeypatch.delenv(name, raising=False)
    place = environment.var() / f"embedded-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    monkeypatch.setattr(server, "OUTSIDE", place.with_suffix(".outside"))
    yield place
    embedded.stop(place)
    shutil.rmtree(place)
    shutil.rmtree(place.with_suffix(".outside"), ignore_errors=True)


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[object, ...]] = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    except FileNotFoundError:
        return True


def test_killed_servers_come_back_with_their_data_at_the_same_address(place: Path) -> None:
    first = embedded.provide(place)
    ask(first["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 7 AS number")
    redis.Redis.from_url(first["REDIS_URL"]).set("kept", "7")
    time.sleep(1.1)  # Valkey writes to disk once a second
    pids = [Postgres(place).pid(), Valkey(place).pid()]
    for pid in pids:
        assert pid
        os.kill(pid, signal.SIGKILL)
    while not all(pid and gone(pid) for pid in pids):
        time.sleep(0.01)
    assert not embedded.running(place, first)

    assert embedded.provide(place) == first
    assert ask(first["DATABASE_OWNER_URL"], "SELECT number FROM kept") == [(7,)]
    assert redis.Redis.from_url(first["REDIS_URL"]).get("kept") == b"7"
    assert embedded.running(place, first)


def test_passwords_are_asked_for_and_the_portal_is_no_superuser(place: Path) -> None:
    found = embedded.provide(place)
    parts = urlsplit(found["DATABASE_URL"])
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(found["DATABASE_URL"].replace(parts.password or "", "guess"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=urlsplit(found["REDIS_URL"]).port or 0, retry=Retry(NoBackoff(), 0)).ping()
    assert ask(found["DATABASE_URL"], "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
    assert ask(found["DATABASE_URL"], "SHOW listen_addresses") == [("127.0.0.1",)]
    assert {path.stat().st_mode & 0o077 for path in (place / "servers").resolve().glob("*.password")} == {0}


def test_several_processes_at_once_share_one_pair_of_servers(place: Path) -> None:
    program = "from pathlib import Path; from portal import embedded; print(embedded.provide(Path.cwd()))"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(environment.BASE_DIR)},
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    assert len({start.communicate()[0] for start in starts}) == 1
    assert [start.returncode for start in starts] == [0, 0, 0]
    assert embedded.running(place, embedded.provide(place))


def test_half_a_cluster_and_half_a_password_are_replaced(place: Path) -> None:
    home = place / "servers"
    (home / "postgres.new" / "base").mkdir(parents=True)
    (home / "postgres.new" / "PG_VERSION").write_text("18")
    (home / "portal.password").touch()
    assert ask(embedded.provide(place)["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_lost_password_is_made_anew(place: Path) -> None:
    found = embedded.provide(place)
    embedded.stop(place)
    (place / "servers" / "portal_app.password").unlink()
    again = embedded.provide(place)
    assert again["DATABASE_URL"] != found["DATABASE_URL"]
    assert ask(embedded.provide(place)["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_another_port_where_somebody_took_ours(place: Path) -> None:
    before = embedded.provide(place)
    embedded.stop(place)
    assert not embedded.running(place, before)
    with socket.socket() as intruder:
        intruder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        intruder.bind(("127.0.0.1", urlsplit(before["DATABASE_URL"]).port or 0))
        intruder.listen()
        after = embedded.provide(place)
        assert after["DATABASE_URL"] != before["DATABASE_URL"]
        assert after["REDIS_URL"] == before["REDIS_URL"]


def test_a_pid_file_that_now_means_another_program(place: Path) -> None:
    embedded.provide(place)
    cluster = Postgres(place)
    pid = cluster.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    while not gone(pid):
        time.sleep(0.01)
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    assert ask(embedded.provide(place)["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_servers_never_run_as_root_even_where_nobody_may_go(place: Path) -> None:
    place.chmod(0o700)
    found = embedded.provide(place)
    owner = server.NOBODY if os.geteuid() == 0 else os.geteuid()
    for running in (Postgres(place), Valkey(place)):
        assert Path(f"/proc/{running.pid()}").stat().st_uid == owner
        assert running.data.stat().st_uid == owner
    assert (place / "servers").is_symlink() == (os.geteuid() == 0)
    assert ask(found["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_servers_of_ones_own_are_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    assert embedded.provide(place) == {}
    assert not (place / "servers").exists()
    monkeypatch.delenv("REDIS_URL")
    assert list(embedded.provide(place)) == ["REDIS_URL"]
    assert Postgres(place).pid() is None


def test_a_server_that_cannot_start_says_why(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.provide(place)
    embedded.stop(place)
    (Postgres(place).data / "global" / "pg_control").unlink()
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(embedded.Refusal, match=r"postgres does not start: .+ \(more in .+postgres\.log\)"):
        embedded.provide(place)
