"""The case page of a real licence: what it costs, where its steps lead, and what it keeps to itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.approvals.conftest import FOOD, World
from tests.approvals.pages import text


@pytest.mark.parametrize("who", ["citizen", "officer", "head"])
def test_a_licence_under_review_is_read_in_eight_questions(world: World, who: str) -> None:
    case = world.accepted()
    client = world.client(getattr(world, who))
    client.get(f"/cases/{case.code}/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/cases/{case.code}/")
    assert page.status_code == 200
    assert len(queries) <= 8, "\n".join(query["sql"][:200] for query in queries)


def test_corrections_are_handed_in_on_a_page_of_their_own(world: World) -> None:
    case = world.file()
    facts = {"items": ["M1"], "requirements": "补签", "correct_by": "2026-12-31"}
    world.take(case, "notify_deficiency", world.officer, "2026-03-03T10:00", **facts)
    page = world.client(world.citizen).get(f"/cases/{case.code}/")
    assert {"label": "提交补正", "url": f"/my/corrections/{case.code}/"} in page.context["forward"]
    assert "等待您办理：待补正。请您最迟在2026年12月31日办理" in page.context["text"]


def test_an_interested_party_is_entered_before_it_is_told(world: World) -> None:
    case = world.accepted()
    page = world.client(world.officer).get(f"/cases/{case.code}/steps/tell_interested_party/")
    assert page.context["aid"] == {"label": "登记利害关系人", "url": f"/desk/cases/{case.code}/interested/"}


def test_contact_data_wait_for_a_reason(world: World) -> None:
    case = world.accepted()
    phone = case.application.contact["phone"]
    inside = world.client(world.officer).get(f"/cases/{case.code}/").content.decode()
    assert phone not in inside
    assert phone in world.client(world.citizen).get(f"/cases/{case.code}/").content.decode()


def test_nobody_is_led_to_believe_that_shared_material_comes_by_itself(world: World) -> None:
    case = world.accepted()
    for who in (world.citizen, world.officer):
        said = text(world.client(who).get(f"/cases/{case.code}/"))
        assert "（市场监督管理部门登记信息）。由承办机关查询核对，本门户没有自动取得" in said
    assert "不会自动取得" in text(world.client(world.citizen).get(f"/apply/{FOOD}/"))
