"""The scan: what it marks on labelled sentences, and what it looks up in the statute-book and the catalogue.

The sentences are invented or altered from the manner of real documents. Those of the part `held` were written before
the rules were tried on them, and the rules were not changed for them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from regulations.actions.entering import end
from regulations.actions.importing import Report
from regulations.models import NormativeDocument
from regulations.queries.scan import scan
from regulations.rules.scan import BASES, REASONS, Passage, kinds, suspicions
from tests.regulations.library import HERE, SHOPS, numbered

DAY = date(2026, 11, 30)


def labelled(part: str) -> list[tuple[str, set[str]]]:
    with (HERE / "data" / "labelled.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == part]
    return [(row["sentence"], set(filter(None, row["kinds"].split("|")))) for row in rows]


@dataclass
class Measured:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def measured(part: str) -> Measured:
    found = Measured()
    for sentence, wanted in labelled(part):
        got = {kind for kind, _ in kinds(sentence)}
        found.right += len(wanted & got)
        found.wrong += len(got - wanted)
        found.missed += len(wanted - got)
    return found


def test_the_labelled_set_is_large_and_has_both_sides() -> None:
    every = labelled("tuned") + labelled("held")
    assert len(every) == len({sentence for sentence, _ in every}) >= 80
    assert sum(not wanted for _, wanted in every) >= 40
    assert {kind for _, wanted in every for kind in wanted} == {"licence", "penalty", "coercion", "fee", "rights"}


@pytest.mark.parametrize(("part", "precision", "recall"), [("tuned", 0.97, 0.97), ("held", 0.90, 0.75)])
def test_precision_and_recall_stay_above_the_floor(part: str, precision: float, recall: float) -> None:
    found = measured(part)
    assert found.precision >= precision
    assert found.recall >= recall


def test_a_finding_says_where_what_and_why() -> None:
    passages = [
        Passage("a3p1", "第三条", "第一句。违反本办法的，处五百元罚款。"),
        Passage("a4p1", "第四条", "加强领导。"),
    ]
    (one,) = suspicions(passages)
    assert (one.kind, one.anchor, one.label, one.sentence) == (
        "penalty",
        "a3p1",
        "第三条",
        "违反本办法的，处五百元罚款。",
    )
    assert one.reason == "疑似设定行政处罚（“处五百元罚款”）"
    assert one.basis == "《中华人民共和国行政处罚法》第十六条"


def test_every_kind_has_its_words() -> None:
    assert set(REASONS) == set(BASES)


BODY = """一、从事示例经营的，应当向街道申领示例经营许可证。
二、按照《北京市示例管理条例》和《早已没有的示例办法》办理。
三、依照《示例作废规定》收取费用。
四、鼓励网点延长营业时间，提供老年人送货上门服务，方便居民就近办理。"""


@pytest.mark.django_db
def test_what_is_cited_is_looked_up_on_the_day(
    library: Report,
    made: Callable[..., NormativeDocument],
) -> None:
    ended = made("示〔2020〕1号", "示例作废规定", "一、甲。", date(2020, 1, 1))
    end(ended, date(2024, 12, 31), "repealed")
    found = {(one.kind, one.label): one for one in scan(BODY, DAY)}
    assert set(found) == {("licence", "一、"), ("unknown_law", "二、"), ("lapsed_law", "三、")}
    assert found["unknown_law", "二、"].words == "《早已没有的示例办法》"
    assert ("lapsed_law", "三、") not in {(one.kind, one.label) for one in scan(BODY, date(2024, 12, 31))}


@pytest.mark.django_db
def test_what_another_document_says_already_is_named(library: Report, django_assert_max_num_queries: Any) -> None:
    same = "一、甲。\n二、区商务局会同街道办事处制定年度网点布局方案，并向社会公布。"
    scan(same, DAY)  # the statute-book is in memory then
    with django_assert_max_num_queries(4):
        (one,) = scan(same, DAY)
    assert (one.kind, one.label) == ("duplicate", "二、")
    assert SHOPS in one.note
    assert scan(same, DAY, without=numbered(SHOPS)) == []
    assert scan(same, date(2024, 1, 1)) == []  # not yet in force then


@pytest.mark.django_db
def test_a_text_does_not_find_itself_cited(organs: None) -> None:
    assert scan("一、《示例办法》自公布之日起施行。", DAY, title="示例办法") == []
    assert scan("", DAY) == []
