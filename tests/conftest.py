"""Fixtures that every test may ask for."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from xdist.scheduler import LoadScopeScheduling

from portal import embedded
from tests import settings as test_settings
from tests.running import Worker

# A slow machine is no failure: nothing here measures time.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session", autouse=True)
def let_tests_empty_tables() -> Iterator[None]:
    """Acts cannot be truncated; the owner of a test database may switch that guard off to begin anew."""
    honest = DatabaseOperations.sql_flush

    def flush(self: DatabaseOperations, *args: Any, **options: Any) -> list[str]:
        guard = "ALTER TABLE casework_act {} TRIGGER USER"
        return [guard.format("DISABLE"), *honest(self, *args, **options), guard.format("ENABLE")]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", flush)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test finds what another one left in the cache."""
    cache.clear()


@pytest.fixture(scope="session")
def worker_process(django_db_setup: None) -> Iterator[Worker]:
    """A Celery worker beside the tests, at work in their database."""
    worker = Worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def worker(transactional_db: None, worker_process: Worker) -> Worker:
    """A real Celery worker. What the test commits and rings for is done; `worker.settle()` waits until it is."""
    worker_process.forget()
    return worker_process


class ByFile(LoadScopeScheduling):
    """Under `pytest -n 2`: a file goes to one worker, where its fixtures are; so do all journeys, to one portal."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/journeys" if nodeid.startswith("tests/journeys/") else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last test run to end switches off the light."""
    if not hasattr(session.config, "workerinput"):
        embedded.stop(test_settings.DIRECTORY, unless=test_settings.others_at_work)
