"""The words of papers, and the table of licensing papers."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from approvals.papers.table import PAPERS
from casework.paper import LAYOUTS, Element, Paper, PaperRefused, frozen, leaves, words_of
from casework.printing.fonts import PROJECT
from casework.procedure import statute
from casework.remedies import REMEDIES
from tests.casework import paper_samples

xk = statute("行政许可法")
NINE = datetime(2026, 1, 5, 9, 5, tzinfo=UTC)
DECISIONS = [each for each in PAPERS if each.layout == "decision_letter"]
LIMITS = (PROJECT / "law" / "data" / "time_limits.csv").read_text(encoding="utf-8")
PAPER = Paper(
    "xk_test",
    "测试决定书",
    "decision_letter",
    "实施机关",
    "申请人",
    (
        Element("reasons", "理由", xk("38(2)")),
        Element("officers", "两名工作人员", xk("34(3)"), at_least=2),
        Element("bar", "三年限制", xk("79"), when="fraud"),
        Element("publicity", "公开", xk("40"), "paper", says="公众有权查阅"),
    ),
    word="许测",
    seal="organ",
    remedy="RN1",
)
COMPLETE: dict[str, Any] = {
    "organ": "示例局",
    "issued_on": date(2026, 11, 22),
    "number": "示〔2026〕1号",
    "remedy": "如不服本决定，可以申请行政复议。",
    "elements": {"reasons": "不符合条件", "officers": [{"name": "甲"}, {"name": "乙"}]},
}


def without(key: str) -> dict[str, Any]:
    return {**COMPLETE, "elements": {k: v for k, v in COMPLETE["elements"].items() if k != key}}


def test_complete_context_is_accepted() -> None:
    PAPER.check(COMPLETE)


def test_missing_element_is_refused_with_its_article() -> None:
    with pytest.raises(PaperRefused, match="理由（《行政许可法》第三十八条第二款）"):
        PAPER.check(without("reasons"))


@pytest.mark.parametrize("empty", ["", "  ", [], [""], None, {"a": ""}])
def test_empty_element_counts_as_missing(empty: object) -> None:
    with pytest.raises(PaperRefused, match="理由"):
        PAPER.check({**COMPLETE, "elements": {**COMPLETE["elements"], "reasons": empty}})


def test_two_officers_are_two() -> None:
    with pytest.raises(PaperRefused, match="两名工作人员"):
        PAPER.check({**COMPLETE, "elements": {**COMPLETE["elements"], "officers": [{"name": "甲"}, {"name": ""}]}})


def test_element_of_one_outcome_is_owed_only_then() -> None:
    with pytest.raises(PaperRefused, match="三年限制（《行政许可法》第七十九条）"):
        PAPER.check({**COMPLETE, "outcome": "fraud"})


@pytest.mark.parametrize(
    ("key", "named"), [("number", "文号"), ("organ", "印章"), ("issued_on", "日期"), ("remedy", "救济途径")]
)
def test_number_seal_and_remedy_are_owed(key: str, named: str) -> None:
    with pytest.raises(PaperRefused, match=named):
        PAPER.check({**COMPLETE, key: ""})


def test_title_must_be_one_of_the_table() -> None:
    changed = dataclasses.replace(PAPER, titles=("准予决定书", "不予决定书"))
    changed.check({**COMPLETE, "title": "不予决定书"})
    with pytest.raises(PaperRefused, match="不得使用标题"):
        changed.check({**COMPLETE, "title": "随便决定书"})
    with pytest.raises(PaperRefused, match="不得使用标题"):
        changed.check(COMPLETE)


def test_single_printed_title_needs_no_choice() -> None:
    changed = dataclasses.replace(PAPER, titles=("测试书",))
    assert changed.printed_title(COMPLETE) == "测试书"
    changed.check(COMPLETE)


def test_certificate_needs_the_name_of_its_own_law() -> None:
    with pytest.raises(PaperRefused, match="证件名称"):
        dataclasses.replace(PAPER, titles=None).check(COMPLETE)


def test_unprinted_element_is_refused() -> None:
    page = "理由：不符合条件。甲、乙。"
    with pytest.raises(PaperRefused, match="没有印出：公开（《行政许可法》第四十条）"):
        PAPER.check_printed(COMPLETE, page)
    PAPER.check_printed(COMPLETE, page + "公众有权\n查阅")
    with pytest.raises(PaperRefused, match="两名工作人员"):
        PAPER.check_printed(COMPLETE, page.replace("乙", "") + "公众有权查阅")


def test_words_that_end_with_a_stop_may_go_on() -> None:
    """Whoever types a full stop is not refused because the paper goes on with a comma."""
    said = {**COMPLETE, "elements": {**COMPLETE["elements"], "reasons": "不符合条件。"}}
    PAPER.check_printed(said, "因不符合条件，甲、乙。公众有权查阅")


def test_frozen_context_prints_the_same_words() -> None:
    value = {"on": date(2026, 1, 5), "at": NINE, "sum": Decimal("12.5"), "n": (1, "二")}
    kept = frozen(value)
    assert kept == {"on": "2026-01-05", "at": "2026-01-05T09:05:00+00:00", "sum": "12.50", "n": [1, "二"]}
    assert list(leaves(kept)) == list(leaves(value))
    assert words_of("2026-01-05") == "2026年1月5日"


def test_only_plain_data_can_be_frozen() -> None:
    with pytest.raises(TypeError, match="Path"):
        frozen({"file": Path()})


def test_table_has_every_licensing_paper_once() -> None:
    codes = [paper.code for paper in PAPERS]
    assert len(codes) == len(set(codes)) == 61
    words = [paper.word for paper in PAPERS if paper.word]
    assert len(words) == len(set(words)), "two kinds of paper would share one series of numbers"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_row_is_sound(paper: Paper) -> None:
    assert paper.layout in LAYOUTS
    assert (PROJECT / "templates" / paper.template).is_file()
    assert paper.remedy in REMEDIES
    keys = [element.key for element in paper.elements]
    assert len(keys) == len(set(keys))
    assert (paper.seal == "special") == bool(paper.seal_words)
    if paper.verified == "yes":
        assert paper.law
        assert any(element.source for element in paper.elements)
    assert all(f"\n{key}," in LIMITS for key in paper.limits)


@pytest.mark.parametrize("paper", DECISIONS, ids=lambda each: each.code)
def test_decision_owes_its_remedy(paper: Paper) -> None:
    assert paper.remedy != "RN0"
    with pytest.raises(PaperRefused, match="救济"):
        paper.check({**paper_samples.context(paper.code), "remedy": ""})


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_each_element_of_each_paper_can_be_missed(paper: Paper) -> None:
    context = paper_samples.context(paper.code)
    paper.check(context)
    for element in paper.elements:
        if element.filled_by == "element" and element.applies(context):
            rest = {key: value for key, value in context["elements"].items() if key != element.key}
            assert str(element) in paper.missing({**context, "elements": rest})
