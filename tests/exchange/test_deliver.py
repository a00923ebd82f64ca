"""Messages leave over real HTTP: at least once, in the order of their case, until the city's signature says so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from casework.models import Message
from exchange.actions import outbox
from exchange.actions.deliver import LEASE, deliver_batch
from exchange.queries.peer import letter_of
from tests.approvals.conftest import World
from tests.exchange.conftest import City
from tests.exchange.samples import STATUS

State = Message.State


@transaction.atomic
def write(streams: int, each: int = 1) -> list[Message]:
    """So many messages, written a moment ago."""
    at = timezone.now()
    return [
        outbox.write("status", f"许申〔2026〕{stream}号", {**STATUS, "case": f"许申〔2026〕{stream}号"}, at)
        for stream in range(streams)
        for _ in range(each)
    ]


def hurry() -> None:
    """Pauses are over."""
    Message.objects.filter(state=State.WAITING).update(next_try_at=timezone.now())


def drain(most: int = 400) -> int:
    done = 0
    for _ in range(most):
        hurry()
        done += deliver_batch(timezone.now()).done
        if not Message.objects.filter(state=State.WAITING).exists():
            return done
    raise AssertionError("it was never all delivered")


def kept(city: City) -> list[tuple[str, int]]:
    """Stream and number of what the city has, in the order of its arrival."""
    rows = city.book.read("SELECT stream, sequence FROM message WHERE direction = 'out' ORDER BY rowid")
    return [(stream, sequence) for stream, sequence in rows]


def test_an_act_reaches_the_city(world: World, city: City) -> None:
    case = world.accepted()
    assert [deliver_batch(timezone.now()).done for _ in range(3)] == [1, 1, 0]
    assert city.book.standing() == {case.number: "under_review"}
    assert {one.state for one in Message.objects.all()} == {State.DONE}


@pytest.mark.django_db
def test_the_city_has_exactly_what_was_written(city: City) -> None:
    (message,) = write(1)
    assert deliver_batch(timezone.now()).done == 1
    ((letter,),) = city.book.read("SELECT letter FROM message")
    assert json.loads(letter)["body"] == message.body
    message.refresh_from_db()
    assert (message.state, message.attempts, message.claim, message.error) == (State.DONE, 0, None, "")
    assert message.done_at


@pytest.mark.django_db
def test_nobody_there_costs_no_message_and_no_order(city: City) -> None:
    write(3, each=2)
    city.misbehave(down=100)
    batch = deliver_batch(timezone.now())
    assert (batch.claimed, batch.done, batch.away, batch.more) == (3, 0, True, False)
    assert deliver_batch(timezone.now()).claimed == 0  # it waits before it asks again
    city.misbehave()
    assert drain() == 6
    assert city.book.broken() == []


@pytest.mark.django_db
def test_waiting_grows_and_has_an_end(city: City, settings: Any) -> None:
    settings.EXCHANGE_PAUSES = (20.0, 3600.0)
    (message,) = write(1)
    city.misbehave(down=100)
    pauses, at = [], timezone.now()
    for _ in range(12):
        deliver_batch(at)
        message.refresh_from_db()
        assert message.next_try_at
        pauses.append((message.next_try_at - at).total_seconds())
        at = message.next_try_at
    assert 10 <= pauses[0] <= 30
    assert pauses[4] > 100
    assert max(pauses) <= 3600 * 1.5
    assert message.state == State.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["bad_signature", "wrong_answer", "forget"])
def test_what_nobody_acknowledged_leaves_again_and_is_kept_once(city: City, fault: str) -> None:
    write(2)
    city.misbehave(**{fault: 100})
    assert deliver_batch(timezone.now()).done == 0
    assert len(kept(city)) == 2
    assert all(one.error for one in Message.objects.all())
    city.misbehave()
    assert drain() == 2
    assert len(kept(city)) == 2


@pytest.mark.django_db
def test_a_slow_answer_is_waited_for(city: City) -> None:
    write(1)
    city.misbehave(slow=100, seconds=1)
    assert deliver_batch(timezone.now()).done == 1


@pytest.mark.django_db
def test_a_silent_city_is_not_waited_for_for_ever(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.actions.wire.READ", 0.2)
    write(1)
    city.misbehave(slow=100, seconds=2)
    assert deliver_batch(timezone.now()).done == 0
    assert "没有连通" in Message.objects.get().error


@pytest.mark.django_db
def test_a_message_never_overtakes_the_one_before_it(city: City) -> None:
    write(4, each=5)
    city.misbehave(down=30, bad_signature=20, forget=20, wrong_answer=10)
    drain()
    for stream in {stream for stream, _ in kept(city)}:
        assert [sequence for name, sequence in kept(city) if name == stream] == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_what_the_city_refuses_waits_for_a_person_and_holds_what_is_behind_it(city: City) -> None:
    first, second, other = *write(1, each=2), *write(2)[1:]
    city.book.keep(replace(letter_of(first), body={"other": "content"}))
    deliver_batch(timezone.now())
    hurry()
    deliver_batch(timezone.now())
    states = dict(Message.objects.values_list("pk", "state"))
    assert states[first.pk] == State.HELD
    assert states[second.pk] == State.WAITING
    assert states[other.pk] == State.DONE
    assert "对方拒收" in Message.objects.get(pk=first.pk).error


@pytest.mark.django_db
def test_a_worker_that_died_leaves_its_messages_to_the_next(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    write(2)
    with monkeypatch.context() as patch:
        patch.setattr("exchange.actions.deliver._send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver_batch(timezone.now())
    assert deliver_batch(timezone.now()).claimed == 0
    assert deliver_batch(timezone.now() + LEASE + timedelta(seconds=1)).done == 2
