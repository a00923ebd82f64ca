"""Each change of where an approval stands leaves as one message, written with its act or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casework.models import Message
from exchange.actions import outbox
from exchange.queries.peer import letter_of
from exchange.rules import bodies
from tests.approvals.conftest import World, moment


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    settings.EXCHANGE_URL = "http://127.0.0.1:9"


def test_each_move_of_a_case_is_told_in_its_order(world: World) -> None:
    case = world.granted()
    told = list(Message.objects.order_by("sequence"))
    assert [one.sequence for one in told] == [1, 2, 3]
    assert [one.body["state"] for one in told] == ["filed", "under_review", "granted"]
    assert {one.stream for one in told} == {case.number}
    assert [one.act.step for one in told if one.act] == ["submit", "accept", "grant"]
    assert all(bodies.of_body(one.kind, one.body) == [] for one in told)
    assert all(letter_of(Message.objects.get(pk=one.pk)).digest == one.digest for one in told)


def test_a_step_that_moves_nothing_is_not_told(world: World) -> None:
    case = world.accepted()
    world.take(case, "make_statement", world.citizen, "2026-03-04T09:00", statement="请尽快办理。")
    assert Message.objects.count() == 2


def test_nobody_is_named_and_nothing_secret_leaves(world: World) -> None:
    case = world.granted()
    said = json.dumps([one.body for one in Message.objects.all()], ensure_ascii=False)
    for secret in (case.applicant_name, case.code, "13800000000", "91110101MA01A2BC38", "王示例", "officer示例"):
        assert secret not in said


def test_what_is_kept_is_sealed(world: World) -> None:
    world.file()
    (kept,) = Message.objects.values_list("body", flat=True)
    assert "filed" not in str(kept)


def test_an_act_that_is_undone_told_nothing(world: World) -> None:
    with transaction.atomic():
        world.file()
        assert Message.objects.count() == 1
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


def test_without_a_city_nothing_is_written(world: World, settings: Any) -> None:
    settings.EXCHANGE_URL = ""
    world.file()
    assert Message.objects.count() == 0


def test_what_a_message_is_stands_and_nothing_is_deleted(world: World) -> None:
    world.file()
    for change in ({"sequence": 9}, {"digest": "0" * 64}, {"key": "other"}, {"stream": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.update(**change)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        Message.objects.all().delete()


def test_a_message_of_ours_is_as_its_schema_says(world: World) -> None:
    with pytest.raises(ValueError, match="schema"):
        outbox.write("status", "x", {"case": "x"}, moment("2026-03-02T09:00"))
