"""Finding items, published results, and a case by its receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from accounts.models import Organisation
from approvals.actions import import_service_items
from approvals.queries import accepted, items, limits, questions, results, tracking
from casework.actions.ring import ring_all
from casework.actions.search import fill
from casework.models import Decision, SearchEntry
from casework.queries import receipts, search
from tests.approvals.bundle_world import make_street
from tests.approvals.conftest import FOOD, MADE, World, moment
from tests.approvals.pages import text
from tests.approvals.test_catalogue import REGISTER

ON = date(2026, 3, 2)


# --- the catalogue -----------------------------------------------------------------------------------------------


def names(**wanted: Any) -> list[str]:
    return [item.name for item in items.page(items.Wanted(**wanted), ON, 100).items]


def test_items_are_found_by_the_words_people_use(world: World) -> None:
    assert names(words="饭店") == ["食品经营许可（新办）"]
    assert names(words="网吧") == ["互联网上网服务营业场所筹建审批"]
    assert names(words="食品 市场监管") == ["食品经营许可（新办）"]
    assert names(words="饭店 网吧") == []
    assert names(words="%") == []


def test_filters(world: World) -> None:
    assert len(names(organ="DC-WLJ")) == 3
    assert names(theme="c-project") == ["临时占用绿地审批", "建筑工程施工许可"]
    assert "建筑工程施工许可" not in names(audience="personal")
    assert "危险化学品经营许可" in names()
    assert "危险化学品经营许可" not in names(open_only=True)


def test_pages_follow_one_another_without_gap_or_double(world: World) -> None:
    import_service_items(REGISTER, MADE)
    seen: list[int] = []
    wanted = items.Wanted()
    while True:
        page = items.page(wanted, ON)
        seen += [item.pk for item in page.items]
        if page.next is None:
            break
        wanted = items.Wanted(after=page.next)
    assert len(seen) == len(set(seen)) == items.in_force(ON).count() == 212


def test_a_page_costs_one_query_whatever_its_place(world: World, django_assert_num_queries: Any) -> None:
    import_service_items(REGISTER, MADE)
    place = items.page(items.Wanted(), ON, 150).next
    for after in (None, place):
        with django_assert_num_queries(1):
            [item.organ.short_name for item in items.page(items.Wanted(after=after), ON).items]


def test_a_version_counts_on_its_days_only(world: World) -> None:
    assert items.item(FOOD, date(2025, 12, 31)) is None
    assert items.item(FOOD, ON) == world.item()
    assert items.serves(world.point, FOOD, ON)
    assert not items.serves(world.point, "DC-NOTHING", ON)
    assert not items.serves(None, FOOD, ON)


def test_themes_count_only_what_is_there(world: World) -> None:
    counted = {code: count for code, _, count in items.themes(ON, "corporate")}
    assert counted["c-project"] == 2
    assert "c-other" not in counted


def test_times_come_from_the_statute_of_the_item(world: World) -> None:
    food, school = limits.of(world.item(), ON), limits.of(world.item("DC-JW-MBXX"), ON)
    assert (food.legal, food.promised) == ("20个工作日", "8个工作日")
    assert school.legal == "3个月"
    assert "民办教育促进法" in school.law
    assert limits.outlook(world.item(), ON).answer_by == date(2026, 3, 9)
    stages = limits.stages(world.item("DC-WLJ-YLCS"), ON)
    assert any("听证" in stage.text for stage in stages)


def test_answers_in_words(world: World) -> None:
    asked = questions.asks(world.item())
    shown = dict(questions.shown(asked, {"area": 60, "business_type": "catering", "projects": ["hot", "cold"]}))
    assert shown == {
        "使用面积（平方米）": "60",
        "主体业态": "餐饮服务经营者",
        "经营项目": "热食类食品制售、冷食类食品制售",
    }


# --- results -----------------------------------------------------------------------------------------------------


LATER = date(2026, 4, 1)


def looked_up(words: str = "", organ: str = "") -> list[results.Result]:
    key = Organisation.objects.get(code=organ).pk if organ else None
    return results.page(words, key, LATER, None).results


def test_results_mask_natural_persons(world: World) -> None:
    world.granted()
    person = world.accepted(party=world.person)
    world.take(person, "grant", world.head, "2026-03-07T10:00", reasons="符合。", valid_from="2026-03-07")
    found = looked_up()
    assert [result.holder for result in found] == ["王*例", "示例（北京）餐饮管理有限公司"]
    assert results.page("", None, LATER, None).next is None
    assert found[0].valid_to == date(2031, 3, 6)
    assert [organ.code for organ in search.organs(results.SEARCH.code)] == ["DC-SCJ"]


def test_natural_persons_cannot_be_searched_for(world: World) -> None:
    person = world.accepted(party=world.person)
    world.take(person, "grant", world.head, "2026-03-07T10:00", reasons="符合。", valid_from="2026-03-07")
    assert looked_up("王示例") == looked_up("王*例") == []
    assert "王" not in SearchEntry.objects.get(source=results.SEARCH.code).words
    world.granted()
    assert len(looked_up("餐饮管理")) == 1
    assert len(looked_up("许准〔2026〕")) == 2
    assert looked_up(organ="DC-WJW") == []


def test_a_result_is_found_by_all_its_numbers(world: World) -> None:
    world.granted()
    result = looked_up()[0]
    number = result.licence.split()[-1]
    for words in (result.number, result.number.replace("〔", "[").replace("〕", "]"), number, "食品 市场监管", "准予"):
        assert [one.id for one in looked_up(words)] == [result.id], words


def test_what_is_not_public_is_not_found(world: World) -> None:
    case = world.granted()
    assert search_differs() == 0
    Decision.objects.filter(case=case).update(public=False)
    assert search_differs() == 1
    assert looked_up() == []  # not shown, even before the index has heard of it
    assert fill(results.SEARCH.code).removed == 1
    assert search_differs() == 0


def search_differs() -> int:
    return sum(search.differing(source.code) for source in (items.SEARCH, results.SEARCH))


def test_results_cost_two_queries(world: World, django_assert_num_queries: Any) -> None:
    world.granted()
    for count in (1, 3):
        while results.published().count() < count:
            world.granted()
        for words in ("", "食品"):
            with django_assert_num_queries(2):
                assert len(looked_up(words)) == count


def test_acceptances_are_public_and_mask_natural_persons(world: World, django_assert_num_queries: Any) -> None:
    world.file()  # which nobody has accepted yet
    own = world.accepted()
    person = world.accepted("2026-03-03T11:00", party=world.person)
    found = accepted.page("", None, LATER, None).accepted
    assert [(one.number, one.applicant) for one in found] == [
        (person.number, "王*例"),
        (own.number, own.applicant_name),
    ]
    person.refresh_from_db()
    assert (found[0].on, found[0].due_on, found[0].ended) == (date(2026, 3, 3), person.due_on, False)
    assert accepted.page("王示例", None, LATER, None).accepted == []
    assert [one.number for one in accepted.page("餐饮管理", None, LATER, None).accepted] == [own.number]
    world.take(person, "grant", world.head, "2026-03-07T10:00", reasons="符合。", valid_from="2026-03-07")
    assert search.differing(accepted.SEARCH.code) == 0
    for _ in range(2):
        world.accepted()
        for words in ("", "食品"):
            with django_assert_num_queries(2):
                assert accepted.page(words, None, LATER, None).accepted


def test_silence_is_an_acceptance_too_and_a_bundle_is_one(world: World) -> None:
    street = make_street(world)
    bundle = street.accepted()
    silent = world.file("2026-03-02T09:00")
    ring_all(moment("2026-03-10T00:10"))
    found = accepted.page("", None, LATER, None).accepted
    listed = {one.number: one.on for one in found}
    received = date(2026, 3, 2)  # 逾期不告知的，自收到申请材料之日起即为受理
    assert listed == {bundle.number: date(2026, 3, 3), silent.number: received}, "its parts are not"
    assert [one.number for one in found] == [bundle.number, silent.number], "the later day comes first"
    assert set(SearchEntry.objects.filter(source=accepted.SEARCH.code).values_list("day", flat=True)) == {
        date(2026, 3, 3), received,
    }  # fmt: skip
    assert search.differing(accepted.SEARCH.code) == 0


def test_what_silence_accepts_after_a_correction_was_accepted_when_that_came(world: World) -> None:
    case = world.file("2026-03-02T09:00")
    world.take(
        case, "notify_deficiency", world.officer, "2026-03-03T10:00", items=["M2"], requirements="布局图没有标明面积",
    )  # fmt: skip
    world.take(case, "submit_correction", world.citizen, "2026-03-05T10:00")
    ring_all(moment("2026-03-13T00:10"))  # five working days from the 5th of March are over on the 12th
    (found,) = accepted.page("", None, LATER, None).accepted
    assert (found.number, found.on, found.silent) == (case.number, date(2026, 3, 5), True)


def test_the_page_of_acceptances(world: World) -> None:
    case = world.accepted(party=world.person)
    page = Client().get("/services/accepted/")
    assert case.number in text(page)
    assert "王示例" not in page.content.decode()
    assert case.code not in page.content.decode()
    assert case.number not in text(Client().get("/services/accepted/", {"q": "没有的"}))
    assert "/services/accepted/" in Client().get("/services/results/").content.decode()


# --- a case by its receipt ---------------------------------------------------------------------------------------


def test_number_and_code_together_open_the_progress(world: World) -> None:
    case = world.accepted()
    case.refresh_from_db()
    assert receipts.find(case.number, "X" * 15) is None
    assert receipts.find("东市监许申〔2026〕9号", case.code) is None
    found = receipts.find(case.number, case.code)
    assert found == case
    progress = tracking.progress(case)
    assert (progress.state, [label for label, _ in progress.past]) == ("审查中", ["提出申请", "受理"])
    assert progress.due_on == case.due_on
    said = repr(progress)
    assert "示例（北京）" not in said
    assert "officer" not in said
