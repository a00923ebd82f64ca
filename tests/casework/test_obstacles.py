"""What the case page says of a step agrees with what the one door says."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Seat
from casework import obstacles
from casework.actions import Offer, take
from casework.procedure import SAME, Gate, Step, ahead, any_of, attest, not_barred, rule, statute, step, within
from casework.queries.file import find, read
from casework.queries.rights import Standing
from casework.refusal import Refused
from casework.situation import Clock, Done, Known, Situation
from tests.casework.town import Town, accept

law = statute("示例条例")
AT = datetime(2026, 3, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def says_no(s: Situation) -> bool:
    """不会具备的条件"""
    return False


def looks_at_facts(s: Situation) -> bool:
    """看填写内容的条件"""
    return s.facts.get("text") == "对"


def row(*gates: Gate, **columns: Any) -> Step:
    return step("try", "试办", when="review", by="case_officer", to=SAME, under=law("1"), needs=gates, **columns)


def view(**more: Any) -> Situation:
    return Situation("review", AT, AT, today=AT.date(), **{"facts": obstacles.Unstated(), **more})


def test_a_failing_condition_is_a_reason_with_its_article() -> None:
    (reason,) = obstacles.against(row(rule(says_no)), view())
    assert (reason.code, str(reason)) == ("says_no", "条件不具备：不会具备的条件（《示例条例》第一条）")


@pytest.mark.parametrize(
    "gate", [attest("由人确认"), rule(looks_at_facts), ahead("k", "hearing_on"), any_of(rule(looks_at_facts))]
)
def test_what_is_not_stated_yet_stands_against_nothing(gate: Gate) -> None:
    assert obstacles.against(row(gate), view()) == []


def test_what_a_chapter_knows_is_asked_once_and_only_when_a_rule_looks() -> None:
    asked: list[int] = []

    def costly() -> int:
        asked.append(1)
        return 7

    known = Known({"costly": costly, "plain": 3, "never": lambda: 1 / 0})
    assert (known.get("plain"), known.get("absent"), asked) == (3, None, [])
    assert (known["costly"], known.get("costly"), asked) == (7, 7, [1])
    assert set(known) == {"costly", "plain", "never"}


def test_a_stated_fact_is_looked_at() -> None:
    assert obstacles.against(row(rule(looks_at_facts)), view(facts={"text": "错"})) != []
    assert obstacles.against(row(rule(looks_at_facts)), view(facts={"text": "对"})) == []


def test_the_second_person_is_another_one() -> None:
    acts = (Done("accept", 7, "case_officer", AT, {}),)
    second = row(second_person=True)
    assert obstacles.against(second, view(actor=7, role="head_of_organ", acts=acts)) != []
    assert obstacles.against(second, view(actor=8, role="head_of_organ", acts=acts)) == []
    assert obstacles.against(second, view(actor=7, role="case_officer", acts=acts)) == []
    assert obstacles.against(row(not_by="accept"), view(actor=7, role="case_officer", acts=acts)) != []


def test_the_kinds_of_a_gate_are_those_of_its_parts_too() -> None:
    assert obstacles.kinds([any_of(not_barred("a"), within("b")), attest("c")]) == {"any_of", "not_barred", "within"}


def test_a_clock_that_ran_out_stands_against_within() -> None:
    late = Clock("k", date(2026, 3, 4))
    assert obstacles.against(row(within("k")), view(clocks=[late])) != []


def test_a_door_is_shut_exactly_where_the_step_would_be_refused(town: Town) -> None:
    """Whoever may take a step, and in every state that the sample passes through."""
    Seat.objects.create(
        user=town.world.officer, role="head_of_organ", organisation=town.world.organ, since=date(2026, 1, 1)
    )
    facts = {"note": {"text": "x"}, "suspend": {"until": "2026-12-31"}, "grant": {"reasons": "x"}}
    judged = 0
    for advance in (lambda: None, lambda: accept(town)):
        advance()
        for who in ("officer", "head", "citizen"):
            standing = Standing(town.people[who], timezone.localdate())
            case = find(standing, town.case.code)
            assert case
            for door in read(case, standing, timezone.now()).doors:
                if door.row.name not in {"accept", "note", "suspend", "extend", "grant", "refuse_false"}:
                    continue
                offer = Offer(facts=facts.get(door.row.name, {}), attested=[gate.words for gate in door.row.needs])
                refused = would_refuse(town, door.row.name, door.actors[0], offer)
                assert refused == [str(reason) for reason in door.reasons], door.row.name
                judged += 1
    assert judged >= 8


def would_refuse(town: Town, name: str, actor: object, offer: Offer) -> list[str]:
    """Take the step and undo it; why it was refused, if it was."""
    from django.db import transaction

    with transaction.atomic():
        try:
            take(town.case, name, actor, timezone.now(), offer)  # type: ignore[arg-type]
        except Refused as refusal:
            return [str(reason) for reason in refusal.reasons]
        finally:
            transaction.set_rollback(True)
    return []
