"""Sheets and charts. Each table has its sheet in tests/<chapter>/sheets: a changed rule is a red test.

When a rule was changed on purpose, read what changed and keep the new sheets: `manage.py procedure --into tests`.
"""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from casework import registry
from casework.procedure import NEW, SAME, Procedure
from casework.sheets import chart, sheet
from casework.sheets.library import limit_names, paper_titles
from tests.casework.tables import TABLES, words

TESTS = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def kept(table: Procedure) -> Path:
    return TESTS / table.chapter / "sheets" / f"{table.code.partition('.')[2]}.md"


@every_table
def test_the_sheet_is_the_one_that_was_kept(table: Procedure) -> None:
    assert sheet(table, words()) == kept(table).read_text(encoding="utf-8")


def test_no_sheet_is_left_of_a_table_that_is_gone() -> None:
    assert set(TESTS.glob("*/sheets/*.md")) == {kept(table) for table in TABLES.values()}


@every_table
def test_a_sheet_says_everything_in_chinese(table: Procedure) -> None:
    text = sheet(table, words())
    for place in table.states:
        assert f"| {place.label}" in text
    for number, row in enumerate(table.steps, 1):
        assert f"### {number}. {row.label}\n" in text
        assert all(str(cite) in text for cite in row.under)
        assert not row.contested or f"- 争议：{row.contested}" in text
    keys = {key for row in table.steps for key in row.clocks}
    assert not [key for key in keys if key in text]
    assert not [code for row in table.steps for code in row.gives if code.isascii() and code in text]


@every_table
def test_a_chart_shows_every_state_and_every_move(table: Procedure) -> None:
    picture = ElementTree.fromstring(chart(table))
    texts = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
    joined = texts.replace("、 ", "、").replace(" ", "")
    for number, place in enumerate((place for place in table.states if place.name != NEW), 1):
        assert f"{number} {place.label}" in texts
    for row in table.steps:
        assert row.to in (SAME, *row.when) or row.label.replace(" ", "") in joined


@every_table
def test_a_chart_passes_a_strict_policy_and_can_be_heard(table: Procedure) -> None:
    picture = ElementTree.fromstring(chart(table))
    assert not [
        node for node in picture.iter() if "style" in node.attrib or node.tag in (f"{SVG}style", f"{SVG}script")
    ]
    assert picture.attrib["role"] == "img"
    ids = picture.attrib["aria-labelledby"].split()
    spoken = {node.attrib["id"]: node.text or "" for node in picture if "id" in node.attrib}
    assert spoken[ids[0]] == f"{table.title}流程图"
    assert all(place.label in spoken[ids[1]] for place in table.states if place.name != NEW)


@every_table
def test_nothing_in_a_chart_lies_outside_of_it(table: Procedure) -> None:
    picture = ElementTree.fromstring(chart(table))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    for text in picture.iter(f"{SVG}text"):
        x, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        long = sum(1.0 if ord(letter) > 255 else 0.56 for letter in text.text or "") * size
        left = {"start": x, "middle": x - long / 2, "end": x - long}[text.attrib["text-anchor"]]
        assert left >= -1, text.text
        assert left + long <= width + 1, text.text
        assert 0 < float(text.attrib["y"]) < height


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of the house are registered, and nothing else."""
    monkeypatch.setattr(registry, "_procedures", {code: [table] for code, table in TABLES.items()})
    monkeypatch.setattr(registry, "_papers", {})


def test_two_charts_never_share_an_id() -> None:
    ids = [ElementTree.fromstring(chart(table)).attrib["aria-labelledby"] for table in TABLES.values()]
    assert len(set(ids)) == len(ids)


def test_a_registered_paper_has_the_title_of_the_list() -> None:
    listed = paper_titles()
    assert {code: paper.title for code, paper in registry.papers().items() if code in listed} == {
        code: listed[code] for code in registry.papers() if code in listed
    }


def test_limits_say_how_long_they_are() -> None:
    names = limit_names()
    assert names["xk_decide"] == "“行政许可决定”（20个工作日）"
    assert names["xk_hearing_notice"].endswith("（7个工作日前）")
    assert names["gfxwj_comment_ordinary"].endswith("（不少于30日）")
    assert names["bj_enforcement_plan"].endswith("（每年3月31日前）")
    assert names["xk_decide_on_spot"].endswith("（当场）")
    assert names["cf_surcharge_daily"].endswith("（按日计算）")
    assert names["xf_lecture_gov"].endswith("（每年12月31日前）")


def test_the_command_prints_a_sheet(registered: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("procedure", "approvals.licence", "--sheet")
    assert capsys.readouterr().out == kept(TABLES["approvals.licence"]).read_text(encoding="utf-8")


def test_the_command_keeps_charts(registered: None, tmp_path: Path) -> None:
    call_command("procedure", "approvals.licence", "--chart", "--into", tmp_path)
    text = (tmp_path / "approvals" / "sheets" / "licence.svg").read_text(encoding="utf-8")
    assert text == chart(TABLES["approvals.licence"])


def test_the_command_checks(registered: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("procedure", "disputes.reconsideration", "--check")
    assert "1个程序没有错误" in capsys.readouterr().out


def test_the_command_lists_faults(
    registered: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = replace(TABLES["disputes.mediation"], states=TABLES["disputes.mediation"].states[1:])
    monkeypatch.setitem(registry._procedures, "disputes.mediation", [broken])
    with pytest.raises(CommandError, match="共有9处错误"):
        call_command("procedure", "disputes.mediation", "--check")
    assert "disputes.mediation: step 'apply': unknown state 'applied'" in capsys.readouterr().out


def test_the_command_knows_its_procedures(registered: None) -> None:
    with pytest.raises(CommandError, match=r"没有这个程序：approvals\.nothing"):
        call_command("procedure", "approvals.nothing")
