"""S1: every route × method × person × object answers as the policy says, and changes nothing for whoever may not."""

import pytest

from tests.security.matrix import ask, cells, routes, wrong
from tests.security.policy import RULES
from tests.security.world import Town


def test_every_route_has_its_rule() -> None:
    missing = sorted(set(routes()) - set(RULES))
    assert not missing, f"no rule for {missing}: write one in tests/security/policy.py, in the part of its app"


def test_every_rule_has_its_route() -> None:
    gone = sorted(set(RULES) - set(routes()))
    assert not gone, f"no route any more for {gone}: take the rule out of tests/security/policy.py"


@pytest.mark.parametrize("route", sorted(RULES))
def test_the_portal_answers_as_the_policy_says(town: Town, route: str) -> None:
    faults = [fault for cell in cells(RULES[route]) if (fault := wrong(cell, ask(town, cell)))]
    assert not faults, f"{len(faults)} cells of {route}:\n" + "\n".join(faults[:40])


def test_there_are_enough_cells() -> None:
    assert sum(1 for rule in RULES.values() for _ in cells(rule)) >= 5_000
