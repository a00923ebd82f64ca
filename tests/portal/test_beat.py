"""However many beats are started, one rings."""

import time
from pathlib import Path

import pytest
import redis
from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import schedule
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal import beat
from portal.beat import PAUSE, Scheduler


@pytest.fixture
def broker() -> redis.Redis:
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    broker.delete("portal:beat", "nobody-listens")
    return broker


def scheduler(tmp_path: Path, name: str) -> Scheduler:
    app = Celery(name, broker=settings.CELERY_BROKER_URL, set_as_current=False)
    app.conf.update(task_ignore_result=True, task_default_queue="nobody-listens")
    made = Scheduler(app=app, schedule_filename=str(tmp_path / name), lazy=False)
    made.schedule["tick"] = ScheduleEntry(name="tick", task="tick", schedule=schedule(0), app=app)
    return made


def test_one_of_two_rings_until_it_ends(broker: redis.Redis, tmp_path: Path) -> None:
    first, second = scheduler(tmp_path, "first"), scheduler(tmp_path, "second")
    first.tick()
    rung = broker.llen("nobody-listens")
    assert rung >= 1
    assert second.tick() == PAUSE
    assert broker.llen("nobody-listens") == rung

    first.close()
    second.tick()
    assert broker.llen("nobody-listens") > rung
    assert first.tick() == PAUSE


def test_another_takes_over_from_one_that_died(
    broker: redis.Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beat, "LEASE", 0.3)
    first, second = scheduler(tmp_path, "first"), scheduler(tmp_path, "second")
    assert first.holds_lease()
    assert not second.holds_lease()
    time.sleep(0.35)
    assert second.holds_lease()
    assert not first.holds_lease()


def test_nobody_rings_without_a_broker(tmp_path: Path) -> None:
    alone = scheduler(tmp_path, "alone")
    alone.lease = redis.Redis(port=1, retry=Retry(NoBackoff(), 0)).lock("portal:beat")
    assert alone.tick() == PAUSE
