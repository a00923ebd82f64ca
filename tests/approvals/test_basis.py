"""What rests on nothing that applies is neither opened nor published, whichever door it comes to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Organisation
from approvals.actions import CatalogueError, file_application, load_items
from approvals.actions.catalogue import DATA
from approvals.models import LicensingItem
from casework.models import Case, Draft
from casework.refusal import Refused
from law.actions.repeal import end_text
from law.actions.stamping import stamp
from law.models import LegalText
from powerlist.queries.basis import UNPUBLISHED, WORDS, cited, unfit
from regulations.actions.entering import enter, resume, suspend
from regulations.models import NormativeDocument
from tests.approvals.bundle_world import make_street
from tests.approvals.conftest import FOOD, MADE, TRUTH, World, moment
from tests.approvals.test_window import at_window, take_in

DAY, AT = date(2026, 3, 2), moment("2026-03-02T09:00")
REFUSAL = "设定依据均已公布、现行有效，没有暂停执行"
RULE = "东城区示例经营管理办法"
BODY = "第一条 为了示例，制定本办法。\n第二条 经营应当取得许可。"


@pytest.fixture
def food_law(world: World) -> LegalText:
    """The statute that the food licence rests on, in force."""
    text = LegalText.objects.create(
        title="中华人民共和国食品安全法", family="食品安全法", kind="statute", effective_from=date(2015, 10, 1),
        digest="food",
    )  # fmt: skip
    stamp()
    return text


def document(published: date | None = date(2026, 1, 10)) -> NormativeDocument:
    """A document of the district, in the statute-book where it is published."""
    organ = Organisation.objects.get(code="DC-SCJ")
    made = NormativeDocument.objects.create(
        organ=organ, issuer=organ.name, number="东市监发〔2026〕1号", title=RULE, published_on=published
    )
    if published:
        enter(made, BODY)
    return made


def rests_on(*citations: str) -> None:
    LicensingItem.objects.filter(code=FOOD).update(basis=[{"cite": each, "verified": False} for each in citations])


def opened() -> bool:
    """Whether anything was applied for; what a changed law sets off elsewhere is no application."""
    return Case.objects.filter(procedure__startswith="approvals.").exists()


def refused(world: World, draft: Draft) -> None:
    with pytest.raises(Refused, match=REFUSAL):
        file_application(draft, world.citizen, AT, attested=[TRUTH])
    draft.refresh_from_db()
    assert draft.case is None
    assert not opened()


def test_a_repealed_law_opens_no_case_online_over_the_api_or_in_a_bundle(world: World, food_law: LegalText) -> None:
    street = make_street(world)
    draft, whole = world.draft(), street.draft()
    end_text(food_law, date(2026, 3, 1), "repealed")
    refused(world, draft)
    with pytest.raises(Refused, match=REFUSAL):
        file_application(whole, world.citizen, AT, attested=[TRUTH])
    answer = world.client(world.citizen).post(
        f"/api/v1/drafts/{draft.code}/submission/", {"attested": [TRUTH]}, content_type="application/json"
    )
    assert answer.status_code == 422
    assert any(REFUSAL in error["detail"] for error in answer.json()["errors"])
    assert not opened()


def test_the_window_is_no_way_round_but_what_was_received_in_time_is_taken(world: World, food_law: LegalText) -> None:
    end_text(food_law, date(2026, 3, 1), "repealed")
    with pytest.raises(Refused, match=REFUSAL):
        take_in(world, at_window(world), "2026-03-05T10:00")
    assert not opened()
    case = take_in(world, at_window(world, way="post", received_at="2026-02-27T09:00:00+08:00"))
    assert case.opened_at == moment("2026-02-27T09:00")  # on paper, while the law applied


def test_a_document_counts_from_its_publication_and_not_while_it_is_suspended(world: World) -> None:
    rests_on(f"《{RULE}》第二条")
    draft = world.draft()
    made = document(published=None)
    refused(world, draft)  # it has its number, and nobody has published it
    made.published_on = date(2026, 3, 1)
    made.save(update_fields=["published_on"])
    enter(made, BODY)
    assert unfit([f"《{RULE}》第二条"], DAY) == {}
    suspend(made, DAY, ["a2"])
    refused(world, draft)
    rests_on(f"《{RULE}》第一条")  # another clause of it stands
    assert file_application(world.draft(), world.citizen, AT, attested=[TRUTH]).state == "filed"


def test_a_suspended_document_is_a_basis_again_when_it_is_resumed(world: World) -> None:
    rests_on(f"《{RULE}》")
    made, draft = document(), world.draft()
    suspend(made, date(2026, 3, 1))
    refused(world, draft)
    resume(made, date(2026, 3, 2))
    assert file_application(draft, world.citizen, AT, attested=[TRUTH]).state == "filed"


def test_the_list_of_powers_knows_the_unpublished_too(world: World) -> None:
    document(published=None)
    found = cited([f"《{RULE}》第二条", "《没有收入的示例法》第一条"], DAY)
    assert [one.state for one in found] == [UNPUBLISHED, "unread"]
    assert [one.fine for one in found] == [False, True]


def test_nothing_is_published_on_such_a_basis(world: World, tmp_path: Path, food_law: LegalText) -> None:
    written = (DATA / f"{FOOD}.toml").read_text(encoding="utf-8")
    end_text(food_law, date(2026, 3, 1), "repealed")
    assert FOOD in load_items(AT, DATA).unchanged  # what was published stays in the catalogue, and opens no case
    (tmp_path / f"{FOOD}.toml").write_text(written.replace("since = 2026-01-01", "since = 2026-03-02", 1), "utf-8")
    with pytest.raises(CatalogueError, match=r"食品安全法.*已废止"):
        load_items(AT, tmp_path)
    assert LicensingItem.objects.get(code=FOOD).until is None
    # One may not publish it with no basis at all either.
    bare = written.replace("since = 2026-01-01", "since = 2026-03-02", 1).split("[[basis]]")
    rest = bare[-1].partition("[[")
    (tmp_path / f"{FOOD}.toml").write_text(bare[0] + rest[1] + rest[2], "utf-8")
    with pytest.raises(CatalogueError, match="没有写明设定依据"):
        load_items(AT, tmp_path)


def test_the_question_costs_one_query_for_laws_and_two_with_documents(
    world: World, food_law: LegalText, django_assert_num_queries: Any
) -> None:
    document()
    laws = ["《食品安全法》第三十五条", "《食品安全法》第三十三条"]
    unfit(laws, DAY)
    with django_assert_num_queries(1):  # the stamp of the statute-book
        assert unfit(laws, DAY) == {}
    with django_assert_num_queries(2):
        assert unfit([*laws, f"《{RULE}》第二条"], DAY) == {}
    with django_assert_num_queries(3):
        assert unfit([*laws, f"《{RULE}》第二条", "《没有收入的示例法》第一条"], DAY) == {}


def test_every_prepared_item_opens(world: World) -> None:
    for item in LicensingItem.objects.filter(online="full"):
        assert unfit((line["cite"] for line in item.basis), MADE.date()) == {}
    assert WORDS[UNPUBLISHED]
