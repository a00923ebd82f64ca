"""法无授权不可为: no application becomes a case of an organ that holds no power for it, whichever door it comes to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Organisation
from approvals import actions
from approvals.actions import file_application
from approvals.models import LicensingItem
from casework.models import Case, Draft
from casework.refusal import Refused
from powerlist.queries import holding
from tests.approvals.conftest import CONTACT, FOOD, TRUTH, World, moment

REFUSAL = r"没有办理本事项的权力，不能立案。（《行政许可法》第二十二条）"


@pytest.fixture
def elsewhere(world: World) -> Organisation:
    """The item is moved in the catalogue to an organ to which the list gives no such power."""
    organ = Organisation.objects.get(code="DC-WJW")
    LicensingItem.objects.filter(code=FOOD).update(organ=organ)
    return organ


def nothing_happened(draft: Draft) -> None:
    draft.refresh_from_db()
    assert draft.case is None
    assert not Case.objects.exists()


def test_online(world: World, elsewhere: Organisation) -> None:
    draft = world.draft()
    with pytest.raises(Refused, match=REFUSAL):
        file_application(draft, world.citizen, moment("2026-03-02T09:00"), attested=[TRUTH])
    nothing_happened(draft)
    LicensingItem.objects.filter(code=FOOD).update(organ=world.organ)
    assert file_application(draft, world.citizen, moment("2026-03-02T09:01"), attested=[TRUTH]).state == "filed"


def test_at_the_window(world: World, elsewhere: Organisation) -> None:
    at = moment("2026-03-02T09:00")
    draft = actions.begin(world.clerk, world.item(), at, point=world.point)

    def fill(locked: Draft) -> dict[str, Any]:
        locked.party = world.company
        paper = [{"code": material.code, "copies": 1} for material in world.item().materials.all()]
        return {"contact": CONTACT, "delivery": {"way": "electronic"}, "paper": paper, "seen": [1, 2, 3]}

    draft = actions.save(draft, fill, at)
    with pytest.raises(Refused):
        file_application(draft, world.clerk, at, attested=["已经核对申请人身份"])
    nothing_happened(draft)


def test_over_the_api(world: World, elsewhere: Organisation) -> None:
    draft = world.draft()
    answer = world.client(world.citizen).post(
        f"/api/v1/drafts/{draft.code}/submission/", {"attested": [TRUTH]}, content_type="application/json"
    )
    assert answer.status_code == 422
    refused = [error for error in answer.json()["errors"] if error["code"] == "no_power"]
    assert [error["basis"] for error in refused] == [["《行政许可法》第二十二条"]]
    nothing_happened(draft)


def test_a_yes_that_is_remembered_too_long_is_overruled_by_the_database(
    world: World, elsewhere: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = world.draft()
    monkeypatch.setattr(holding, "_held", {(elsewhere.pk, FOOD, date(2026, 3, 2))})
    with pytest.raises(Refused, match=REFUSAL):
        file_application(draft, world.citizen, moment("2026-03-02T09:00"), attested=[TRUTH])
    nothing_happened(draft)


def test_the_question_costs_one_query_and_then_none(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(holding, "_held", set())
    day = date(2026, 3, 2)
    with django_assert_num_queries(1):
        assert holding.may_open(world.organ.pk, FOOD, day)
    with django_assert_num_queries(0):
        assert holding.may_open(world.organ.pk, FOOD, day)
    with django_assert_num_queries(2):  # a no is asked again
        assert not holding.may_open(world.organ.pk, "NOTHING", day)
        assert not holding.may_open(world.organ.pk, "NOTHING", day)


def test_guide_and_case_lead_to_the_power(world: World) -> None:
    """The guide names the power of today; the case leads to the list of the day on which it was opened."""
    case = world.file()
    guide = world.client(world.citizen).get(f"/services/{FOOD}/").content.decode()
    assert 'href="/powers/110101-SCJ-XK-001/"' in guide
    for who in (world.citizen, world.officer):
        client = world.client(who)
        link = f"/powers/?q={FOOD}&organ=DC-SCJ&on=2026-03-02"
        assert link.replace("&", "&amp;") in client.get(f"/cases/{case.code}/").content.decode()
        found = client.get(link).context["found"]
        assert [row.power.code for row in found] == ["110101-SCJ-XK-001"]
