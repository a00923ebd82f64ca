"""Each change of where an approval stands leaves as one message, written with its act or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from approvals.actions.ratings import rate
from approvals.queries.exchange import PUBLIC
from casework import registry
from casework.models import Case, Message
from exchange.actions import outbox
from exchange.queries.peer import letter_of
from exchange.rules import bodies
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, make_street
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


def told() -> list[tuple[str, str]]:
    """Item and state of each message, in the order in which they were written."""
    return [(one.body["item"], one.body["state"]) for one in Message.objects.order_by("pk")]


def test_what_is_told_is_a_state_of_its_procedure() -> None:
    for code, states in PUBLIC.items():
        assert states <= {place.name for place in registry.procedure(code).states}, code


def test_an_opinion_does_not_leave_nor_that_it_was_taken_back(world: World) -> None:
    street = make_street(world)
    case = street.ready()
    before = told()
    assert [state for _, state in before] == ["filed", "parts_under_review"], "no part, no “ready to decide”"
    street.take(street.part(BANNER), "take_back_opinion", "cgw-head", "2026-03-10T11:00", reasons="另有材料。")
    street.agree(BANNER, "2026-03-10T12:00")
    assert told() == before, "the city never learns that there was an opinion"
    street.take(case, "grant_all", "head", "2026-03-10T15:00")
    assert {item for item, state in told()[2:] if state == "granted"} == {FOOD, BATHS, BOOKS, BANNER, case.matter}
    assert len(told()) == len(before) + 5
    assert Case.objects.get(pk=case.pk).state == "granted"


def test_time_that_is_left_out_is_told(world: World) -> None:
    case = world.accepted()
    before = len(told())
    world.take(case, "order_appraisal", world.officer, "2026-03-04T10:00", body="检测机构", until="2026-03-10")
    world.take(case, "record_special_result", world.officer, "2026-03-10T10:00", result="合格")
    assert [state for _, state in told()[before:]] == ["special_procedure", "under_review"]


def test_the_follow_up_of_a_bad_rating_is_the_houses_own(world: World) -> None:
    case = world.ended()
    before = told()
    rate(case, 1, "等得太久。", moment("2026-03-06T09:00"))
    assert Case.objects.filter(procedure="approvals.rating").exists()
    assert told() == before
