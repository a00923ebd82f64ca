"""Who may take which step: every row of every live procedure, read off the sheet that the legal office signs."""

from __future__ import annotations

from django.utils import timezone

from casework import registry
from tests.security.findings import lawful, lists, member_organs, own, rights, signed
from tests.security.matrix import Cell, ask
from tests.security.policy import RULES, SEES
from tests.security.rules import FORBIDDEN, HIDDEN
from tests.security.world import Town

# Of those whom a row does not mean, whoever comes nearest.
OTHERS = {"citizen_b", "officer_2", "recused", "grantee", "verifier", "officer_else", "auditor", "system"}


def test_rights_to_steps_are_those_of_the_signed_sheet(town: Town) -> None:
    assert list(rights(town)) == []


def test_an_organ_that_takes_part_acts_by_its_own_people(town: Town) -> None:
    assert list(member_organs(town)) == []


def test_the_pages_of_steps_open_to_the_same_people(town: Town) -> None:
    table = registry.procedure("approvals.licence", timezone.localdate())
    for name, who in signed(table):
        row = table.step(name)
        if row.opening or row.by_the_law:
            continue
        allowed = lawful("a_filed", who)
        for route in ("casework:step", "api-take"):
            for person in sorted(allowed | OTHERS):
                kind = ask(town, Cell(RULES[route], f"a_filed:{name}", "POST", person)).kind
                seen = FORBIDDEN if person in SEES["a_filed"] else HIDDEN
                assert kind == ("ok" if person in allowed else seen), f"{route} {name} {person}: {kind}"


def test_lists_hold_what_may_be_opened(town: Town) -> None:
    assert list(lists(town)) == []


def test_acting_on_ones_own_leaves_others_alone(town: Town) -> None:
    assert list(own(town)) == []
