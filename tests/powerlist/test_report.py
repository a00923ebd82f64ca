"""The list held against itself, the statute-book and the cases; and what the words of an article seem to give."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Organisation
from casework import registry
from casework.models import Case
from law.actions.texts import import_laws
from powerlist.models import PowerVersion
from powerlist.queries import listing, report
from powerlist.queries.versions import dates
from powerlist.rules.gaps import given
from tests.powerlist.conftest import FOOD, FOOD_ITEM, Town, moment
from tests.powerlist.test_events import received

TODAY = date(2026, 4, 2)
OWN = "110101-SCJ-XK-900"
OTHER = "110101-WJW-XK-900"
GIVING = """# 北京市示例市场条例

2020年5月1日北京市人民代表大会常务委员会通过　自2020年6月1日起施行

<!-- INFO END -->

第一条 为了示例，制定本条例。

第二条 违反本条例的，由市场监督管理部门处一千元以下罚款。

第三条 国务院市场监督管理部门负责全国的许可。
"""


@pytest.mark.parametrize(
    ("words", "organ", "kind"),
    [
        ("违反前款规定的，由县级以上人民政府市场监督管理部门处五千元以下罚款。", "市场监督管理", "CF"),
        ("民政部门应当依法登记。", "民政", "QR"),
        ("国务院卫生行政部门制定办法；县级卫生健康主管部门实施监督检查。", "卫生健康", "JC"),
    ],
)
def test_what_an_article_seems_to_give(words: str, organ: str, kind: str) -> None:
    found = given(words)
    assert found
    assert (found.organ, found.kind) == (organ, kind)


@pytest.mark.parametrize(
    "words",
    [
        "国务院市场监督管理部门负责全国的许可。",
        "省、自治区、直辖市人民政府民政部门负责登记。",
        "市场监督管理部门应当公布名单。",
        "当事人缴纳罚款后，通知市场监督管理部门。",
        "有关部门可以处以罚款。",
    ],
)
def test_what_gives_nothing_to_a_district(words: str) -> None:
    assert given(words) is None


@pytest.fixture
def doubled(town: Town) -> Town:
    """Two organs hold powers under one article, with the same object."""
    town.through(town.propose(town.draft("addition")), "2026-04-01")
    draft = town.draft("addition", OTHER, by="wjw-head", of="DC-WJW", name="示例经营卫生许可")
    town.through(town.propose(draft), "2026-04-01")
    return town


def test_one_article_and_object_under_two_organs(doubled: Town) -> None:
    found = report.overlaps(TODAY)
    assert [(one.basis, one.object) for one in found] == [("《北京市示例管理条例》第二条", "示例经营者")]
    assert [version.power.code for version in found[0].held] == [OWN, OTHER]
    assert report.overlaps(TODAY, found[0].key) == []
    assert report.overlaps(date(2026, 3, 31)) == []


def test_another_object_or_the_same_organ_is_no_overlap(town: Town) -> None:
    town.through(town.propose(town.draft("addition")), "2026-04-01")
    draft = town.draft("addition", OTHER, by="wjw-head", of="DC-WJW", name="示例卫生许可", object="从业人员")
    town.through(town.propose(draft), "2026-04-01")
    draft = town.draft("addition", "110101-SCJ-XK-901", name="示例经营变更许可")
    town.through(town.propose(draft), "2026-04-01")
    assert report.overlaps(TODAY) == []


def test_articles_that_nobody_rests_on(town: Town, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "北京市示例市场条例(2020-05-01).md").write_text(GIVING, encoding="utf-8")
    import_laws(tmp_path / "new")
    found = {(gap.provision.text.family, gap.place, gap.given.organ) for gap in report.gaps(TODAY, most=99)}
    assert ("北京市示例市场条例", "第二条", "市场监督管理") in found
    assert ("北京市示例市场条例", "第三条", "市场监督管理") not in found
    assert list(report.gaps(TODAY, organ="民政")) == []
    draft = town.draft("addition", basis=["《北京市示例市场条例》第二条"])
    town.through(town.propose(draft), "2026-04-01")
    assert "北京市示例市场条例" not in {gap.provision.text.family for gap in report.gaps(TODAY, most=99)}


def test_an_article_of_several_paragraphs_stands_on_one_page(town: Town, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    twofold = GIVING.replace("以下罚款。", "以下罚款。\n\n民政部门可以撤销登记，并处一千元以下罚款。")
    (tmp_path / "new" / "北京市示例市场条例(2020-05-01).md").write_text(twofold, encoding="utf-8")
    import_laws(tmp_path / "new")
    seen, after = list[str](), 0
    while found := list(report.gaps(TODAY, after=after, most=1)):
        seen.append(f"{found[0].provision.text.family}{found[0].place}")
        after = found[0].provision.pk
    assert len(seen) == len(set(seen))
    assert "北京市示例市场条例第二条" in seen


def test_a_power_is_used_by_a_case_of_its_organ_within_two_years(town: Town) -> None:
    def listed(on: date) -> bool:
        return report.unused(on).filter(power__code=FOOD).exists()

    opened = timezone.now()
    case = Case(
        number="东市监示〔2026〕1号", procedure="approvals.licence", version=date(2004, 7, 1), matter=FOOD_ITEM,
        title="示例", organ=town.organ(), opened_at=opened,
    )  # fmt: skip
    today = timezone.localdate(opened)
    assert listed(today)
    case.save()
    assert not listed(today)
    assert not listed(today + timedelta(days=729))
    assert listed(today + timedelta(days=732))


def opened(matter: str, organ: Organisation, procedure: str, at: datetime, **more: Any) -> Case:
    """A case of an organ about a matter."""
    return Case.objects.create(
        number=f"示例{Case.objects.count()}", procedure=procedure, version=registry.procedure(procedure).since,
        matter=matter, title="示例", organ=organ, opened_at=at, **more,
    )  # fmt: skip


def test_only_what_needs_the_power_is_a_use_of_it(town: Town) -> None:
    """Files of licences, ratings and complaints are about the same item and exercise nothing."""
    for procedure in ("approvals.licence_in_force", "approvals.rating", "oversight.complaint"):
        opened(FOOD_ITEM, town.organ(), procedure, moment("2026-03-02T09:00"))
    assert report.unused(TODAY).filter(power__code=FOOD).exists()
    assert listing.used(dates(FOOD)) == {"opened": 0, "running": 0, "years": []}
    opened(FOOD_ITEM, town.organ(), "approvals.licence", moment("2026-03-02T09:00"))
    ended = {"ended_at": moment("2026-03-09T09:00")}
    opened(FOOD_ITEM, town.organ(), "approvals.licence", moment("2026-03-02T10:00"), **ended)
    assert not report.unused(TODAY).filter(power__code=FOOD).exists()
    assert listing.used(dates(FOOD)) == {"opened": 2, "running": 1, "years": [(2026, 2)]}


def test_a_case_that_went_on_from_a_part_counts_once(town: Town) -> None:
    whole = opened("DC-YJS-KBCG", town.organ(), "approvals.bundle", moment("2026-03-02T09:00"))
    at = moment("2026-03-02T10:00")
    opened(FOOD_ITEM, town.organ(), "approvals.bundle_part", at, parent=whole, ended_at=moment("2026-03-05T10:00"))
    assert listing.used(dates(FOOD))["opened"] == 1
    opened(FOOD_ITEM, town.organ(), "approvals.licence", moment("2026-03-05T10:00"), parent=whole)
    assert listing.used(dates(FOOD)) == {"opened": 1, "running": 1, "years": [(2026, 1)]}


def test_what_an_earlier_holder_did_under_the_power_counts(town: Town) -> None:
    opened(FOOD_ITEM, town.organ(), "approvals.licence", moment("2026-03-02T09:00"))
    case = town.propose(town.draft("transfer", FOOD, organ="110101010"), wished_on="2026-04-01")
    received(town, case)
    town.through(case, "2026-04-01", pending_owner="DC-SCJ")
    assert listing.used(dates(FOOD))["opened"] == 1
    assert not report.unused(TODAY).filter(power__code=FOOD).exists()
    opened(FOOD_ITEM, town.organ("110101010"), "approvals.licence", moment("2026-04-02T09:00"))
    assert listing.used(dates(FOOD)) == {"opened": 2, "running": 2, "years": [(2026, 2)]}


def test_a_proposal_to_change_a_power_is_no_use_of_it(town: Town) -> None:
    town.propose(town.draft("change", FOOD, promised="8个工作日"))
    assert report.unused(TODAY).filter(power__code=FOOD).exists()


def test_what_is_not_dealt_with_here_is_counted_apart(doubled: Town) -> None:
    bound = PowerVersion.objects.filter(matters__len__gt=1).count()
    assert report.unseen(TODAY) == PowerVersion.objects.count() - bound == 2
    assert not report.unused(TODAY).filter(power__code=OWN).exists()


@pytest.mark.parametrize("part", ["overlaps", "gaps", "unused"])
def test_each_report_on_screen_and_on_paper(doubled: Town, part: str) -> None:
    client = doubled.client("legal-office")
    page = client.get(f"/desk/powers/report/{part}/")
    assert page.status_code == 200
    limits = page.context["limits"]
    assert limits in page.content.decode()
    book = client.get(f"/desk/powers/report/{part}/xlsx/")
    words = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert "法规" in words or "权责编码" in words
    paper = client.get(f"/desk/powers/report/{part}/pdf/")
    assert paper["Content-Type"] == "application/pdf"
    assert "权责清单核查" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()


@pytest.mark.parametrize("who", ["scj-head", "scj-officer"])
def test_others_do_not_read_it(town: Town, who: str) -> None:
    assert town.client(who).get("/desk/powers/report/").status_code == 403


def test_pages_follow_one_another(doubled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "PAGE", 4)
    client, address, seen = doubled.client("legal-office"), "/desk/powers/report/unused/", []
    while address:
        context = client.get(address).context
        seen += [one.power.code for one, _, _ in context["rows"]]
        address = f"/desk/powers/report/unused/{context['next_url']}" if context["next_url"] else ""
    assert seen == list(report.unused(timezone.localdate()).order_by("pk").values_list("power__code", flat=True))


def test_a_report_costs_the_same_whatever_it_finds(
    doubled: Town, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(2):
        report.overlaps(TODAY)
    with django_assert_max_num_queries(3):
        list(report.gaps(TODAY))
