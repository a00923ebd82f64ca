"""Several workers, wrong clocks, a broker that forgets: reminders stay exactly once, and legal days are right."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from django.utils import timezone

from casework.actions import ring
from casework.models import Act, Deadline, Notice
from casework.queries.clock import database_now
from portal.environment import BASE_DIR
from tests.casework.conftest import make_world, moment
from tests.faults.notices import FILED, RUNG, Bench, message_id, reachable
from tests.running import Worker, surroundings

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bench(tmp_path: Path, transactional_db: None) -> Iterator[Bench]:
    made = Bench(tmp_path / "worker.log")
    yield made
    made.stop()


def test_doubled_beats_in_several_processes_ring_and_send_once(bench: Bench) -> None:
    for minute in range(4):
        bench.world.file(f"2026-03-02T09:{minute:02}")
    Notice.objects.all().delete()
    others = [bench.start()]
    for round_ in range(4):
        order = json.dumps({"work": "ring", "at": (RUNG + timedelta(minutes=5 * round_)).isoformat(), "die": None})
        workers = [bench.worker, *others]
        for worker in workers:
            print(order, file=worker.stdin, flush=True)
        for worker in workers:
            assert worker.stdout
            assert json.loads(worker.stdout.readline())["failed"] is False
    for worker in others:
        assert worker.stdin
        worker.stdin.close()
        worker.wait(20)
    assert Act.objects.filter(step="deem_accepted").count() == 4
    sent = Notice.objects.exclude(channel="inbox")
    assert {one.channel for one in sent} == {"email", "sms"}
    assert all(one.sent_at for one in sent)
    assert set(bench.sms.counted().values()) == set(bench.mail.counted().values()) == {1}
    assert len(bench.sms.ledger) + len(bench.mail.ledger) == len(sent)


def test_missed_days_and_clocks_that_jump_send_nothing_twice_and_nothing_early(bench: Bench) -> None:
    bench.world.file(FILED)
    Notice.objects.all().delete()
    day, hour = timedelta(days=1), timedelta(hours=1)
    for at in (moment("2026-03-08T12:00"), moment("2026-03-09T23:59:59")):
        bench.look(at)
    assert not Act.objects.filter(step="deem_accepted").exists()
    # The tenth passes without any worker; then the clock jumps a day and an hour to and fro.
    noon = moment("2026-03-11T12:00")
    for at in (noon, noon - hour, noon + day, noon - day, noon + hour, noon + day):
        bench.look(at)
    assert Act.objects.filter(step="deem_accepted").count() == 1
    assert set(bench.sms.counted().values()) == set(bench.mail.counted().values()) == {1}
    assert not Notice.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize(
    ("filed", "due", "before", "after"),
    [
        ("2028-02-22T09:00", "2028-02-29", "2028-02-29T23:59:59", "2028-03-01T00:00:01"),
        ("2026-12-24T09:00", "2026-12-31", "2026-12-31T23:59:59", "2027-01-01T00:00:01"),
    ],
)
def test_leap_days_and_ends_of_years(filed: str, due: str, before: str, after: str) -> None:
    case = make_world().file(filed)
    assert str(Deadline.objects.get(case=case).due_on) == due
    ring.ring_all(moment(before))
    assert not Act.objects.filter(step="deem_accepted").exists()
    ring.ring_all(moment(after))
    assert Act.objects.filter(step="deem_accepted").count() == 1


def ring_with_a_wrong_clock(offset: str) -> str:
    """What a worker whose machine is wrong by the offset logs while it rings."""
    database = connection.settings_dict
    address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    work = (
        "import django; django.setup(); from casework import registry, tasks; from tests.casework import sample; "
        "registry.register(sample.CHAPTER); tasks.ring_deadlines()"
    )
    around = surroundings(
        DATABASE_URL=f"postgresql://{address}", REDIS_URL=settings.CELERY_BROKER_URL,
        LD_PRELOAD=str(FAKETIME), FAKETIME=offset, FAKETIME_DONT_FAKE_MONOTONIC="1",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", work], cwd=BASE_DIR, env=around, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize(("offset", "wrong"), [("+1d", "1 day"), ("-1h", "-1 day, 2")])
def test_the_clock_of_the_database_rings_whatever_the_worker_believes(offset: str, wrong: str) -> None:
    world, today = make_world(), timezone.localdate(database_now())
    ripe, early = world.file(FILED), world.file(FILED)
    Deadline.objects.filter(case=ripe).update(due_on=today, rings=1, ring_on=today)
    Deadline.objects.filter(case=early).update(
        due_on=today + timedelta(days=1), rings=1, ring_on=today + timedelta(days=1)
    )
    said = ring_with_a_wrong_clock(offset)
    assert f"the clock of this machine is wrong by {wrong}" in said
    rung = Notice.objects.filter(key__startswith="ring:")
    assert set(rung.values_list("case", flat=True)) == {ripe.pk}
    assert all(abs(one.created_at - database_now()) < timedelta(minutes=5) for one in rung)


def test_a_broker_that_forgets_everything_loses_and_doubles_nothing(worker: Worker) -> None:
    world, now = make_world(), database_now()
    reachable(world.citizen, "13800000001")
    keys = [f"flush:{os.getpid()}:{now.timestamp()}:{place}" for place in range(60)]
    Notice.objects.bulk_create(
        Notice(key=key, to=world.citizen, channel="email", subject="提醒", created_at=now, next_try_at=now)
        for key in keys
    )
    for _ in range(3):
        for _ in range(5):
            current_app.send_task("casework.tasks.send_notices")
        worker.broker.flushdb()
    current_app.send_task("casework.tasks.send_notices")
    worker.settle()
    assert Counter(one.attempts for one in Notice.objects.filter(key__in=keys) if one.sent_at) == {1: 60}
    mails = "".join(path.read_text() for path in settings.EMAIL_FILE_PATH.iterdir())
    assert {mails.count(message_id(key)) for key in keys} == {1}
