"""S13: the same headers on every answer of every route, method and kind of person; nothing personal may be stored."""

from __future__ import annotations

from pytest_django.fixtures import Settings

from tests.security.doors import HTTPS, complain, use
from tests.security.matrix import Cell, ask
from tests.security.policy import RULES
from tests.security.world import Town

PEOPLE = ("anonymous", "citizen", "officer", "system")


def test_every_route_by_every_method_for_everybody(town: Town, settings: Settings) -> None:
    """Every route of the policy, which is every route there is (test_matrix.py), each of its objects."""
    use(settings)
    town.client.defaults.update(HTTPS)
    asked, found, statuses = 0, [], set()
    for rule in RULES.values():
        for label in rule.labels:
            for method in ("GET", "POST", "PUT"):
                for who in PEOPLE:
                    cell = Cell(rule, label, method, who)
                    response = ask(town, cell).response
                    asked += 1
                    statuses.add(response.status_code)
                    found += complain(str(cell), response)
                    if who != "anonymous" and "no-store" not in response.get("Cache-Control", ""):
                        found.append(f"{cell} → {response.status_code} may be stored: {response.get('Cache-Control')}")
    town.client.defaults.clear()
    print(f"{asked} answers, {sorted(statuses)}")
    assert found == []
    assert asked >= 1_500
    assert {200, 302, 403, 404, 405} <= statuses
