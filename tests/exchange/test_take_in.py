"""What the city sent is taken in by whoever knows its kind: in its order, and again after a fault of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Message
from exchange.actions import take_in as taking
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from exchange.rules import kinds
from exchange.rules.kinds import Kind
from tests.approvals.conftest import World
from tests.exchange.conftest import Arrives, City
from tests.exchange.samples import STATUS, filing

State = Message.State


def test_a_message_waits_for_the_one_before_it(world: World, arrives: Arrives) -> None:
    case = world.file()
    second = arrives("status", {**STATUS, "case": case.number}, sequence=2)
    assert second.state == State.WAITING
    third = arrives("status", {**STATUS, "case": case.number}, sequence=3)
    assert third.state == State.WAITING
    arrives("status", {**STATUS, "case": case.number}, sequence=1)
    assert set(Message.objects.filter(direction="in").values_list("state", flat=True)) == {State.DONE}


def test_what_the_city_sends_back_waits_for_a_person(world: World, arrives: Arrives) -> None:
    world.file()
    told = Message.objects.get(direction="out")
    Message.objects.filter(pk=told.pk).update(state=State.DONE, done_at=timezone.now())
    arrives("rejection", {"message": told.key, "reason": "事项编码不存在"}, stream="rejection")
    told.refresh_from_db()
    assert (told.state, told.error, told.done_at) == (State.HELD, "对方退回：事项编码不存在", None)


def test_an_error_of_ours_is_tried_again_and_then_shown(
    world: World, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise LookupError("a fault")

    known = kinds.kind("filing")
    assert known
    receive(city.says("filing", filing()), timezone.now())
    at = timezone.now()
    with monkeypatch.context() as patch:
        patch.setitem(kinds._kinds, "filing", replace(known, take=broken))
        for tries in range(1, taking.MOST_TRIES + 1):
            assert take_in(at, 5) == 1
            message = Message.objects.get()
            assert message.attempts == tries
            at += timedelta(days=1)
    assert message.state == State.HELD
    assert "系统" in message.error
    assert "fault" not in message.error


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        kinds.register(Kind(code="status", label="x", schema=Path("x.json")))


def test_what_is_only_sent_is_never_taken_in(world: World, arrives: Arrives, monkeypatch: pytest.MonkeyPatch) -> None:
    """A city that writes what only we may write has written nothing that takes effect."""
    known = kinds.kind("status")
    assert known
    monkeypatch.setitem(kinds._kinds, "status", replace(known, take=None))
    message = arrives("status", {**STATUS, "case": world.file().number})
    assert (message.state, message.error) == (State.HELD, "本平台不接收这一种类的消息")
