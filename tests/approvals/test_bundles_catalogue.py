"""The bundles of the house: loaded as their files say, found by what people call them, asked before signing in."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Seat
from approvals.actions import CatalogueError, load_bundles
from approvals.actions.bundling import DATA
from approvals.models import Bundle, LicensingItem
from approvals.queries import bundles
from casework.models import Draft
from casework.queries import search
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, EVERYTHING, FOOD, RESTAURANT, Street, make_street
from tests.approvals.conftest import MADE, World
from tests.approvals.custody_world import make_station

HOME = f"/services/bundles/{RESTAURANT}/"
LEAST = {"registered": "yes", "books": "no", "lodging": "no", "banner": "no", "crowd": "no"}


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


def edited(directory: Path, *changes: tuple[str, str]) -> Path:
    """The file of the restaurant with other words."""
    text = (DATA / f"{RESTAURANT}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    shutil.rmtree(directory / "bundles", ignore_errors=True)
    (directory / "bundles").mkdir()
    (directory / "bundles" / "one.toml").write_text(text, encoding="utf-8")
    return directory / "bundles"


def test_loading_again_changes_nothing(world: World) -> None:
    again = load_bundles(MADE)
    assert (again.created, again.updated, again.unchanged) == ([], [], [RESTAURANT])


def test_a_correction_and_a_new_version(world: World, tmp_path: Path) -> None:
    assert load_bundles(MADE, edited(tmp_path, ("promised_days = 20", "promised_days = 15"))).updated == [RESTAURANT]
    later = edited(tmp_path, ("since = 2026-01-01", "since = 2026-06-01"))
    assert load_bundles(MADE, later).created == [RESTAURANT]
    assert list(Bundle.objects.order_by("since").values_list("since", "until")) == [
        (date(2026, 1, 1), date(2026, 6, 1)), (date(2026, 6, 1), None),
    ]  # fmt: skip
    with pytest.raises(CatalogueError, match="起始日期更晚"):
        load_bundles(MADE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'code = "{BOOKS}"', 'code = "DC-NO-SUCH"', "没有“DC-NO-SUCH”这一事项"),
        ('when = { books = ["yes"] }', 'when = { boooks = ["yes"] }', "没有这些问题：boooks"),
        (f'first = ["{FOOD}"]', f'first = ["{BANNER}"]', f"前面没有这些事项：{BANNER}"),
        ('lead = "DC-SCJ"', 'lead = "DC-SCJ"\ncolour = "red"', "不能识别的内容：colour"),
        (f'code = "{BOOKS}"', f'code = "{FOOD}"', "末段重复"),
    ],
)
def test_a_faulty_file_is_refused_whole(world: World, tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        load_bundles(MADE, edited(tmp_path, (old, new)))
    assert Bundle.objects.get().members.count() == 6


def test_it_is_found_by_what_people_call_it(world: World) -> None:
    found = search.page(search.Wanted(words="饭馆"), date(2026, 3, 2), 10)
    assert any(entry.title == "一件事：开办餐馆" for entry in found.entries)


def test_what_one_needs_is_told_without_signing_in(world: World) -> None:
    page = Client().get(HOME).content.decode()
    assert "我需要办哪些事项" in page
    assert "四十五" in page or "45个工作日" in page
    answered = Client().get(HOME, {**LEAST, "banner": "yes", "crowd": "unsure"})
    said = answered.content.decode()
    assert "您需要办理这些事项" in said
    assert "公共场所标语宣传品设置许可" in said
    assert "还需要另外办理" in said
    assert "消防安全检查" in said
    assert "登录并开始申请" in said
    half = Client().get(HOME, {"books": "no"})
    assert half.status_code == 422
    assert "您需要办理这些事项" not in half.content.decode()
    assert Draft.objects.count() == 0
    assert "开办餐馆" in Client().get("/services/bundles/").content.decode()
    assert Client().get("/services/bundles/DC-NO-SUCH/").status_code == 404


def test_what_is_got_elsewhere_is_told_from_the_question_to_the_receipt(street: Street) -> None:
    """What to do, where, by which address: before applying, while applying, on the receipt and in the case."""
    person = street.world.client(street.world.citizen)
    case = street.file(crowd="unsure")
    draft = street.draft(crowd="unsure")
    for page in (
        Client().get(HOME, {**LEAST, "crowd": "yes"}),
        Client().get("/services/DC-XFJY-XFJC/"),
        person.get(f"/apply/draft/{draft.code}/"),
        person.get(f"/apply/draft/{Draft.objects.get(case=case).code}/done/"),
    ):
        said = page.content.decode()
        assert 'href="https://banshi.beijing.gov.cn/"' in said
        assert "取得检查意见书以后再投入使用、营业" in said
        assert "示例，未核对" in said
    assert case.application.elsewhere == ["DC-XFJY-XFJC"]
    assert "需要另外办理" in person.get(f"/cases/{case.code}/").content.decode()
    assert "还需要另外办理" not in Client().get(HOME, LEAST).content.decode()


def test_signing_in_keeps_the_answers(street: Street) -> None:
    answer = Client().post(HOME, EVERYTHING)
    assert answer.status_code == 302
    assert "books%3Dyes" in answer["Location"]
    client = street.world.client(street.world.citizen)
    begun = client.post(HOME, EVERYTHING)
    draft = Draft.objects.get()
    assert begun["Location"] == f"/apply/draft/{draft.code}/"
    assert draft.content["chosen"][0] == FOOD
    assert "您已经填写了一部分" in client.get(HOME).content.decode()
    assert draft.title in client.get("/my/").content.decode()


def test_only_people_and_window_clerks_begin_one(street: Street) -> None:
    assert street.world.client(street.world.officer).post(HOME, EVERYTHING).status_code == 403
    begun = street.world.client(street.world.clerk).post(HOME, LEAST)
    assert begun.status_code == 302
    assert Draft.objects.get().step == "take_in_at_window"


def test_the_board_shows_an_organ_what_it_leads_and_where_it_takes_part(street: Street) -> None:
    case = street.accepted(lodging="no")
    for name, pressed in (("officer", True), ("cgw-officer", False)):
        said = street.world.client(street.user(name)).get("/desk/bundles/").content.decode()
        assert case.number in said
        assert "等待前置事项结果" in said
        assert ("press_silent_member" in said) == pressed
    assert case.number not in street.world.client(street.user("wjw-officer")).get("/desk/bundles/").content.decode()
    assert street.world.client(street.world.citizen).get("/desk/bundles/").status_code == 403


def test_what_one_item_always_asks_for_is_asked_for_in_the_whole(street: Street) -> None:
    """The first item wants it in some cases only, the second always."""
    first = LicensingItem.objects.get(code=FOOD).materials.get(code="M2")
    LicensingItem.objects.get(code=BATHS).materials.filter(code="M3").update(name=first.name)
    for required in (False, True):
        first.required, first.when_needed = required, "" if required else "面积较大的"
        first.save()
        whole = bundles.whole(RESTAURANT, date(2026, 3, 2), [FOOD, BATHS])
        assert whole
        [listed] = [material for material in whole.materials.all() if material.name == first.name]
        assert (listed.required, listed.when_needed, listed.code) == (True, "", "SPJY-M2")
    LicensingItem.objects.get(code=BATHS).materials.filter(code="M3").update(required=False, when_needed="有泳池的")
    first.required, first.when_needed = False, "面积较大的"
    first.save()
    whole = bundles.whole(RESTAURANT, date(2026, 3, 2), [FOOD, BATHS])
    assert whole
    assert not next(material for material in whole.materials.all() if material.code == "SPJY-M2").required


def test_a_clerk_of_two_points_chooses_and_the_point_must_take_in_every_item(street: Street) -> None:
    world = street.world
    station = make_station(world)
    client = world.client(world.clerk)
    assert 'name="point"' not in client.get(HOME, EVERYTHING).content.decode()
    Seat.objects.create(
        user=world.clerk, role="window_clerk", organisation=station.organisation, service_point=station,
        since=date(2026, 1, 1),
    )  # fmt: skip
    client = world.client(world.clerk)
    assert station.name in client.get(HOME, EVERYTHING).content.decode()
    for served in LicensingItem.objects.filter(code=BOOKS):
        served.points.filter(point=station).delete()
    refused = client.post(HOME, {**EVERYTHING, "point": station.pk})
    assert refused.status_code == 422
    assert f"{station.name}不受理：" in refused.content.decode()
    assert not Draft.objects.exists(), "said at the start, not when everything was typed"
    begun = client.post(HOME, {**EVERYTHING, "point": world.point.pk})
    assert begun.status_code == 302
    assert Draft.objects.get().content["point"] == world.point.pk


def test_the_guide_of_an_item_names_the_bundles_that_it_belongs_to(street: Street) -> None:
    said = Client().get(f"/services/{FOOD}/").content.decode()
    assert HOME in said
    assert "一件事“开办餐馆”" in said
    assert "/services/bundles/" not in Client().get("/services/DC-ZJW-SGXK/").content.decode().partition("<main")[2]
