"""All 401 real texts, which are no part of the source: SHARED names the directory, or ../shared lies beside the clone.

Run by `make test-shared`; quotes only what the stored statutes say.
"""

import csv
import os
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from law.actions import FileReport, import_laws, load_law
from law.models import LegalText, Provision, TimeLimit
from law.queries import resolve, search_provisions, text_in_force
from law.statute import family
from law.wording import articles_zh, split_note
from powerlist.queries.basis import unfit

SHARED = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
LAWS = SHARED / "data" / "laws"
ITEMS = Path(__file__).resolve().parents[2] / "approvals" / "data" / "items"
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reports(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[FileReport]]:
    """Imported once, within a transaction that the end of the module undoes."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = import_laws(LAWS)
        load_law()
        yield made
        transaction.set_rollback(True)


def test_every_file_is_imported(reports: list[FileReport]) -> None:
    assert len(reports) == 401
    assert {report.outcome for report in reports} == {"新增"}
    assert LegalText.objects.count() == 401
    assert sum(report.articles for report in reports) == Provision.objects.filter(kind="article").count() > 21_000


def test_hardly_anything_remains_unread(reports: list[FileReport]) -> None:
    doubtful = {report.name: report.problems for report in reports if report.problems}
    assert len(doubtful) < 40
    numbering = [name for name, problems in doubtful.items() if any("编号" in problem for problem in problems)]
    assert numbering == ["刑事诉讼法(2018-10-26).md"]  # the file has no article 128


def test_importing_again_changes_nothing(reports: list[FileReport]) -> None:
    assert {report.outcome for report in import_laws(LAWS)} == {"未变"}


@pytest.mark.parametrize(
    ("citation", "on", "words"),
    [
        ("《行政许可法》第三十二条第一款第四项", TODAY, "申请材料不齐全或者不符合法定形式的，应当当场或者在五日内"),
        ("《中华人民共和国行政许可法》第八十二条第一款", TODAY, "本法规定的行政机关实施行政许可的期限以工作日计算"),
        ("《行政复议法》第二十三条第一款", date(2023, 12, 31), "行政复议机关负责法制工作的机构应当自行政复议申请"),
        ("《行政复议法》第四十八条第一款", date(2024, 1, 1), "行政复议机构应当自行政复议申请受理之日起七日内"),
        ("《处罚法》第六十四条第二项", TODAY, "行政机关应当在举行听证的七日前"),
        ("行政强制法第六十九条第一款", TODAY, "本法中十日以内期限的规定是指工作日，不含法定节假日。"),
        ("《信访工作条例》第三十四条第一款", TODAY, "对本条例第三十一条第六项规定的信访事项应当自受理之日起60日内"),
        ("《北京市优化营商环境条例》第十三条第二项", TODAY, "对申请设立一般经营项目，提交材料齐全的，应当即时办结"),
    ],
)  # fmt: skip
def test_well_known_citations_resolve_to_the_right_words(
    reports: list[FileReport], citation: str, on: date, words: str
) -> None:
    provision = resolve(citation, on)
    assert provision is not None
    assert provision.content.startswith(words)
    assert provision.text.in_force(on)


def test_every_prepared_item_rests_on_what_applies(reports: list[FileReport]) -> None:
    for path in sorted(ITEMS.glob("*.toml")):
        basis = tomllib.loads(path.read_text(encoding="utf-8"))["basis"]
        assert unfit((line["cite"] for line in basis), TODAY) == {}, path.name


def test_versions_follow_one_another(reports: list[FileReport]) -> None:
    older, newer = LegalText.objects.filter(family="行政复议法").order_by("effective_from")
    assert (older.effective_to, newer.effective_from) == (date(2023, 12, 31), date(2024, 1, 1))
    assert text_in_force("行政处罚法", date(2021, 7, 14)) is None
    assert text_in_force("行政处罚法", date(2021, 7, 15)) is not None
    doubled = LegalText.objects.values_list("family", flat=True)
    assert len(doubled) - len(set(doubled)) == 17


def test_every_limit_whose_law_is_here_cites_an_article_that_is_there(reports: list[FileReport]) -> None:
    missing, found = [], 0
    for limit in TimeLimit.objects.filter(verified=True, effective_to=None):
        name = family(split_note(limit.law_zh)[0])
        if text_in_force(name, TODAY) is None:
            continue
        for place in articles_zh(limit.article).split("、"):
            found += 1
            if resolve(f"《{name}》{place.split('至')[0]}", TODAY) is None:
                missing.append(f"{limit.key} {place}")
    assert missing == []
    assert found > 150


def test_search_finds_the_article(reports: list[FileReport]) -> None:
    found = search_provisions("听证申请 五日内", date(2026, 11, 22))[:3]
    assert "行政许可法" in {provision.text.family for provision in found}


def test_the_articles_of_the_labelled_set_are_those_of_the_statutes(reports: list[FileReport]) -> None:
    """`tests/regulations/data/articles.csv` is measured against; it says what the stored statutes say."""
    source = Path(__file__).resolve().parents[1] / "regulations" / "data" / "articles.csv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 40
    for row in rows:
        pieces = (
            Provision.objects.filter(text__family=row["law"], article=int(row["article"]), bis=0, annex=0)
            .exclude(content="")
            .order_by("text", "order")
        )
        versions: dict[int, list[str]] = {}
        for piece in pieces:
            versions.setdefault(piece.text_id, []).append(piece.content)
        assert row["words"] in ["\n".join(lines) for lines in versions.values()], row["law"]
