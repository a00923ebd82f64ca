"""Thousands of streams that nothing leaves cost a worker nothing, and no stream is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from casework.models import Message
from exchange.actions import outbox, streams
from exchange.actions.deliver import BATCH, deliver_batch
from tests.exchange.conftest import City
from tests.exchange.samples import STATUS
from tests.exchange.test_deliver import kept, write

State = Message.State
STREAMS, BEHIND = 3000, 4


def rows(plan: dict[str, Any]) -> Iterator[float]:
    """How many rows each node of a plan looked at."""
    loops = plan["Actual Loops"]
    removed = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    yield (plan["Actual Rows"] + removed) * loops
    for below in plan.get("Plans", ()):
        yield from rows(below)


def blocked() -> None:
    """Streams whose first message waits for a person, each with others behind it, as the outbox writes them."""
    at = timezone.now()
    Message.objects.bulk_create(
        Message(
            pk=10_000_000 + stream * (BEHIND + 1) + number, direction="out", peer=settings.EXCHANGE_PEER, kind="status",
            key=f"{stream}-{number}", stream=f"blocked-{stream}", sequence=number + 1, body={}, digest="0" * 64,
            state=State.WAITING if number else State.HELD, written_at=at, created_at=at,
        )
        for stream in range(STREAMS)
        for number in range(BEHIND + 1)
    )  # fmt: skip


@pytest.mark.django_db
def test_looking_for_what_is_due_reads_no_blocked_stream(city: City) -> None:
    blocked()
    write(3, each=3)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casework_message")
        sql, values = streams.claimable(settings.EXCHANGE_PEER, timezone.now())[:BATCH].query.sql_with_params()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
        plan = cursor.fetchone()[0][0]["Plan"]
    assert max(rows(plan)) <= 2 * BATCH, plan
    assert deliver_batch(timezone.now()).done == 3


@pytest.mark.django_db
def test_only_the_first_has_a_time_and_the_next_gets_it_when_that_one_is_done(city: City) -> None:
    first, second, third = write(1, each=3)
    assert (first.next_try_at is None, second.next_try_at, third.next_try_at) == (False, None, None)
    assert [deliver_batch(timezone.now()).done for _ in range(4)] == [1, 1, 1, 0]
    assert [sequence for _, sequence in kept(city)] == [1, 2, 3]
    (fourth,) = [outbox.write("status", first.stream, {**STATUS, "case": first.stream}, timezone.now())]
    assert fourth.next_try_at, "nothing is in front of it"


@pytest.mark.django_db
def test_a_stream_that_lost_its_time_is_woken(city: City) -> None:
    (message,) = write(1)
    Message.objects.filter(pk=message.pk).update(next_try_at=None)
    assert deliver_batch(timezone.now()).claimed == 0
    assert streams.wake(settings.EXCHANGE_PEER, timezone.now()) == 1
    assert streams.wake(settings.EXCHANGE_PEER, timezone.now()) == 0
    assert deliver_batch(timezone.now()).done == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_written_while_the_one_in_front_is_acknowledged_leaves(city: City) -> None:
    """The writer has looked and not committed when the worker is done: the worker waits and finds what was written."""
    (first,) = write(1)
    looked, done = Event(), Barrier(2)

    def act() -> None:
        try:
            with transaction.atomic():
                outbox.write("status", first.stream, {**STATUS, "case": first.stream}, timezone.now())
                looked.set()
                done.wait(30)
        finally:
            connections.close_all()

    def work() -> int:
        try:
            looked.wait(30)
            # The row of the first is held; the worker has claimed it before and now has the answer in hand.
            done.wait(30)
            streams_done = 0
            for _ in range(100):
                streams_done += deliver_batch(timezone.now() + timedelta(seconds=1)).done
                if streams_done == 2:
                    break
            return streams_done
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        acting, working = pool.submit(act), pool.submit(work)
        acting.result(60)
        assert working.result(60) == 2
    assert [sequence for _, sequence in kept(city)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_writers_and_workers_at_once_leave_nothing_behind(city: City) -> None:
    together = Barrier(4)

    def writer(stream: int) -> None:
        try:
            together.wait(30)
            for _ in range(12):
                with transaction.atomic():
                    outbox.write("status", f"许申〔2026〕{stream}号", {**STATUS, "case": f"{stream}"}, timezone.now())
        finally:
            connections.close_all()

    def worker() -> None:
        try:
            together.wait(30)
            for _ in range(60):
                deliver_batch(timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        doing = [pool.submit(writer, stream) for stream in range(2)] + [pool.submit(worker) for _ in range(2)]
        for one in doing:
            one.result(120)
    while deliver_batch(timezone.now()).claimed:
        pass
    assert not Message.objects.exclude(state=State.DONE).exists(), "each stream went on by itself"
    assert len(kept(city)) == 24
    assert city.book.broken() == []
