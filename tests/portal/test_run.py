"""`manage.py run` as a newcomer meets it: a whole portal, its servers killed, stopped, started again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from portal import environment
from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey
from tests.running import Portal, surroundings


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    directory = environment.var() / "run"
    shutil.rmtree(directory, ignore_errors=True)
    portal = Portal(directory).start()
    yield portal
    portal.remove()


def ready(portal: Portal) -> bool:
    try:
        with urllib.request.urlopen(f"{portal.url}/healthz/ready", timeout=5) as answer:
            return all(json.load(answer).values())
    except (urllib.error.URLError, OSError):
        return False


def processes(directory: Path) -> dict[str, list[int]]:
    """The processes that work in the directory, by the name of their program."""
    found: dict[str, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                around = (entry / "environ").read_bytes().split(b"\0")
                arguments = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"PORTAL_VAR=" + os.fsencode(directory) in around:
                words = [Path(os.fsdecode(word)).name for word in arguments]
                name = next((word for word in ("gunicorn", "worker", "beat") if word in words), words[0])
                found.setdefault(name, []).append(int(entry.name))
    return found


def test_it_answers_and_says_where(portal: Portal) -> None:
    assert ready(portal)
    assert "PORT" not in os.environ or portal.url.endswith(os.environ["PORT"])
    assert {"gunicorn", "worker", "beat"} <= set(processes(portal.directory))


def test_styles_are_served_under_names_that_change_with_their_content(portal: Portal) -> None:
    manifest = json.loads((environment.BASE_DIR / "var/static/staticfiles.json").read_text())
    name = manifest["paths"]["dist/portal.css"]
    with urllib.request.urlopen(f"{portal.url}/static/{name}") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"govuk" in answer.read()


def test_errors_of_the_worker_are_in_the_one_place_to_look(portal: Portal) -> None:
    home = portal.directory / "servers"
    broker = f"redis://:{(home / 'valkey.password').read_text()}@127.0.0.1:{(home / 'valkey.port').read_text()}/0"
    app = Celery("stranger", broker=broker, set_as_current=False)
    app.send_task("portal.no_such_task", ignore_result=True)
    errors = portal.directory / "log" / "errors.log"
    portal.wait_until(lambda: errors.exists() and "portal.no_such_task" in errors.read_text())


def test_a_killed_worker_is_started_again(portal: Portal) -> None:
    leader = min(processes(portal.directory)["worker"])
    os.kill(leader, signal.SIGKILL)
    portal.wait_until(lambda: "worker was killed by signal 9 and starts again" in portal.said)
    portal.wait_until(lambda: set(processes(portal.directory).get("worker", [])) - {leader})


def test_killed_servers_are_started_again_and_nothing_is_lost(portal: Portal) -> None:
    before = portal.rows("SELECT count(*) FROM django_migrations")
    for server in (Postgres(portal.directory), Valkey(portal.directory)):
        pid = server.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
    portal.wait_until(lambda: "An embedded server has ended and starts again." in portal.said)
    portal.wait_until(lambda: ready(portal))
    assert portal.rows("SELECT count(*) FROM django_migrations") == before


def test_a_second_one_in_the_same_place_is_refused_in_one_sentence(portal: Portal) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "run"], cwd=environment.BASE_DIR, env=portal.surroundings,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert second.returncode == 1
    assert second.stderr == "CommandError: The portal runs already: `manage.py stop` ends it.\n"
    assert ready(portal)


def test_a_taken_port_is_explained_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        around = surroundings(PORTAL_VAR=str(tmp_path), PORT=str(port))
        refused = subprocess.run(
            [sys.executable, "manage.py", "run"], cwd=environment.BASE_DIR, env=around,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert refused.returncode == 1
    said = f"CommandError: Port {port} is taken by another program: choose one with PORT=NUMBER.\n"
    assert refused.stderr == said


def test_ctrl_c_ends_everything_and_a_second_start_finds_its_data(portal: Portal) -> None:
    portal.rows("CREATE TABLE kept AS SELECT 7 AS number")
    assert portal.interrupt() == 0
    assert "Stopped. The data stays in" in portal.said
    assert processes(portal.directory) == {}
    assert (Postgres(portal.directory).pid(), Valkey(portal.directory).pid()) == (None, None)

    # A command works without the portal too: it starts the servers that it needs.
    portal.manage("check", "--database", "default")
    assert Postgres(portal.directory).pid()

    portal.start()
    assert portal.rows("SELECT number FROM kept") == [(7,)]
    assert portal.manage("stop") == "The portal is stopped.\n"
    assert processes(portal.directory) == {}
