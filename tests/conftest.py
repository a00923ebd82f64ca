"""Fixtures that every test may ask for."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from xdist.scheduler import LoadScopeScheduling

from accounts import snapshot
from casework.actions.permitted import write_permitted
from portal import embedded
from portal.guards import guard
from tests import settings as test_settings
from tests.casework import sample
from tests.running import Worker

# A slow machine is no failure: nothing here measures time.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session", autouse=True)
def let_tests_empty_tables() -> Iterator[None]:
    """The record cannot be truncated; the owner of a test database may switch that guard off to begin anew."""
    honest = DatabaseOperations.sql_flush

    def flush(self: DatabaseOperations, *args: Any, **options: Any) -> list[str]:
        guarded = (
            "casework_act",
            "accounts_accessevent",
            "powerlist_powerversion",
            "powerlist_basis",
            "powerlist_stage",
        )
        off, on = ([f"ALTER TABLE {table} {how} TRIGGER USER" for table in guarded] for how in ("DISABLE", "ENABLE"))
        return [*off, *honest(self, *args, **options), *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", flush)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database that is used again learns the procedures as they are written now, and those of the samples."""
    with django_db_blocker.unblock():
        guard("default")
        with connection.cursor() as cursor:
            write_permitted(cursor, sample.CHAPTER.procedures)


@pytest.fixture(autouse=True)
def nothing_is_open(request: pytest.FixtureRequest) -> None:
    """A test that commits, in a module whose fixtures keep a transaction open, would wait for itself for ever."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        assert not connection.in_atomic_block, "put tests that commit into a module of their own"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test finds what another one left in the cache."""
    cache.clear()
    snapshot.forget()


@pytest.fixture(scope="module")
def worker_process(django_db_setup: None) -> Iterator[Worker]:
    """A Celery worker beside the tests of one module: in others it would do what they mean to do themselves."""
    worker = Worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def worker(transactional_db: None, worker_process: Worker) -> Worker:
    """A real Celery worker. What the test commits and rings for is done; `worker.settle()` waits until it is."""
    worker_process.forget()
    return worker_process


# Long ones begin first, so that no core is left over at the end; some of them may be divided. Journeys are the very
# first and stay together, so that each worker starts one portal for all of its journeys.
LONG = ("tests/journeys/", "tests/security/test_matrix.py", "tests/under_fire/", "tests/approvals/stories/")
DIVIDED = {
    "tests/journeys/test_axe_everywhere.py": 8,
    "tests/security/test_matrix.py": 4,
    "tests/under_fire/test_api.py": 3,
}


class ByFile(LoadScopeScheduling):
    """Under `pytest -n 2`: a file goes to one worker, where its fixtures are."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return f"{file} {crc32(nodeid.encode()) % DIVIDED[file]}" if file in DIVIDED else file


def _turn(item: pytest.Item) -> int:
    return next((place for place, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last test run to end switches off the light."""
    if not hasattr(session.config, "workerinput"):
        embedded.stop(test_settings.DIRECTORY, unless=test_settings.others_at_work)
