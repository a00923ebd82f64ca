"""Many at once, each with a connection of its own: workers that send, workers that take in, the same message again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from approvals.models import Application
from casework.models import Case, Message
from exchange.actions.deliver import deliver_batch
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from exchange.rules.letters import KNOWN, TAKEN
from tests.approvals.conftest import make_district, make_world
from tests.exchange.conftest import City
from tests.exchange.samples import STATUS, filing, letter
from tests.exchange.test_deliver import kept, write
from tests.exchange.test_inbox import answer

pytestmark = pytest.mark.django_db(transaction=True)
State = Message.State


def test_many_workers_at_once_send_each_message_in_its_order(city: City) -> None:
    write(6, each=4)
    together = Barrier(4)

    def work(_: int) -> int:
        try:
            together.wait(30)
            done = 0
            while Message.objects.filter(state=State.WAITING).exists():
                done += deliver_batch(timezone.now()).done
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 24
    assert len(kept(city)) == 24
    assert city.book.broken() == []
    for stream in {stream for stream, _ in kept(city)}:
        assert [sequence for name, sequence in kept(city) if name == stream] == [1, 2, 3, 4]


def test_the_same_message_many_times_at_once_is_kept_once(city: City) -> None:
    one, together = letter("status", STATUS), Barrier(8)
    data = city.written(one)

    def arrive(_: int) -> str:
        try:
            together.wait(30)
            return answer(one, data).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(arrive, range(8)))
    assert outcomes == [*[KNOWN] * 7, TAKEN]
    assert Message.objects.count() == 1


def test_many_workers_at_once_make_one_case_of_each_filing(city: City) -> None:
    make_district()
    make_world()
    for serial in range(6):
        receive(city.says("filing", filing(serial), stream=f"BJ-{serial}"), timezone.now())
    together = Barrier(4)

    def work(_: int) -> int:
        try:
            together.wait(30)
            return take_in(timezone.now(), 20)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    take_in(timezone.now(), 20)
    assert list(Message.objects.filter(direction="in").values_list("state", flat=True)) == [State.DONE] * 6
    assert Case.objects.count() == Application.objects.count() == 6
    assert len(set(Case.objects.values_list("number", flat=True))) == 6
