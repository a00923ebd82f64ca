"""The form of a step: one field for each thing it asks, typed as people type, refused at the right place."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from casework import registry
from casework.facts import clean
from casework.forms import StepForm
from casework.office import OFFICE_STEPS
from casework.procedure import SAME, Ask, Step, attest, rule, statute, step
from casework.queries.rights import Actor
from casework.refusal import Reason
from casework.situation import Situation
from tests.casework.conftest import BEIJING

law = statute("示例条例")
ACTOR = Actor(None, "case_officer", "甲")
KINDS = (
    Ask("line", "一行"),
    Ask("text", "一段", "text"),
    Ask("day", "日期", "date"),
    Ask("moment", "时间", "moment"),
    Ask("money", "金额", "money"),
    Ask("number", "数量", "number", at_least=2),
    Ask("choice", "选择", "choice", choices=(("a", "甲"), ("b", "乙"))),
    Ask("many", "多选", "many", choices=(("a", "甲"), ("b", "乙")), at_least=1),
    Ask("each", "逐项", "each", choices=(("a", "甲"), ("b", "乙")), at_least=1),
    Ask("yes", "同意", "yes"),
    Ask("staff", "人员", "staff", source="officers"),
    Ask("party", "当事人", "party", source="parties"),
    Ask("note", "备注", "text", required=False),
)
EVERYTHING = {
    "seen": "3",
    "line": " 甲 ",
    "text": "乙",
    "day-year": "２０２６",
    "day-month": "3",
    "day-day": "5",
    "moment-year": "2026",
    "moment-month": "3",
    "moment-day": "5",
    "moment-hour": "9",
    "moment-minute": "30",
    "money": "￥1,234.50元",
    "number": "３",
    "choice": "a",
    "many": ["a", "b"],
    "each-a": "",
    "each-b": " 缺一页 ",
    "yes": "on",
    "staff": ["7"],
    "party": "8",
    "attest_1": "on",
}
OPTIONS = {"staff": [("7", "张三"), ("9", "李四")], "party": [("8", "某公司")]}


def fits(s: Situation) -> bool:
    """由系统核对的条件"""
    return True


def a_step(*asks: Ask, **columns: object) -> Step:
    return step("try", "试办", when="review", by="case_officer", to=SAME, under=law("1"), asks=asks, **columns)


def sent(**values: Any) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in values.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


ROW = a_step(*KINDS, needs=(attest("材料齐全"), rule(fits)))


def test_every_kind_is_taken_as_people_type_it_and_passes_the_door() -> None:
    form = StepForm(ROW, [ACTOR], OPTIONS, sent(**EVERYTHING))
    assert form.is_valid(), form.errors
    assert form.given == {
        "line": "甲",
        "text": "乙",
        "day": date(2026, 3, 5),
        "moment": datetime(2026, 3, 5, 9, 30, tzinfo=BEIJING),
        "money": Decimal("1234.50"),
        "number": 3,
        "choice": "a",
        "many": ["a", "b"],
        "each": {"b": "缺一页"},
        "yes": True,
        "staff": ["7"],
        "party": "8",
    }
    assert form.attested == ["材料齐全"]
    values, reasons = clean(ROW.asks, form.given, OPTIONS)
    assert (reasons, values["moment"]) == ([], form.given["moment"])


def test_a_text_for_each_names_only_what_is_offered_and_is_kept_when_something_else_is_wrong() -> None:
    [each] = [ask for ask in KINDS if ask.kind == "each"]
    for given in ({"c": "没有"}, {"a": "  "}, "a", ["a"]):
        assert clean([each], {"each": given}, {})[1], given
    assert clean([each], {"each": {"b": "二", "a": "一"}}, {}) == ({"each": {"a": "一", "b": "二"}}, [])
    form = StepForm(ROW, [ACTOR], OPTIONS, sent(**{**EVERYTHING, "line": ""}))
    assert not form.is_valid()
    drawn = str(form["each"])
    assert "缺一页" in drawn
    assert 'for="id_each-a"' in drawn


def test_only_attested_conditions_are_asked() -> None:
    form = StepForm(ROW, [ACTOR], OPTIONS)
    assert [name for name in form.fields if name.startswith("attest")] == ["attest_1"]
    assert form.fields["attest_1"].label == "我确认：材料齐全"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("line", "", "请填写一行"),
        ("line", "字" * 201, "200"),
        ("day-month", "13", "真实存在"),
        ("moment-minute", "", "请完整填写"),
        ("money", "一百", "金额"),
        ("number", "1", "2"),
        ("choice", "c", "c"),
        ("each-b", "", "请填写逐项"),
        ("each-b", "字" * 201, "200"),
        ("staff", ["6"], "6"),
        ("attest_1", "", "请勾选"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_at_its_field(name: str, value: object, words: str) -> None:
    form = StepForm(ROW, [ACTOR], OPTIONS, sent(**{**EVERYTHING, name: value}))
    assert not form.is_valid()
    field = name.partition("-")[0]
    text = str(form[field].errors)
    assert words in text
    assert not any(word in text for word in ("This", "field", "Enter", "Select"))


def test_a_refusal_is_shown_at_its_field_with_the_article() -> None:
    form = StepForm(ROW, [ACTOR], OPTIONS, sent(**EVERYTHING))
    assert form.is_valid()
    form.refuse(
        [Reason("fact_malformed", "一行：太长", law("3"), "line"), Reason("within", "条件不具备：在期限内", law("2"))]
    )
    assert form["line"].errors == ["一行：太长（《示例条例》第三条）"]
    assert form.non_field_errors() == ["条件不具备：在期限内（《示例条例》第二条）"]


def test_the_capacity_is_asked_of_those_who_hold_the_right_twice() -> None:
    head = Actor(None, "head_of_organ", "甲")
    assert "capacity" not in StepForm(a_step(), [ACTOR], {}).fields
    form = StepForm(a_step(), [ACTOR, head], {}, sent(seen="1", capacity="1"))
    assert form.is_valid()
    assert form.actor == head
    assert not StepForm(a_step(), [ACTOR, head], {}, sent(seen="1", capacity="2")).is_valid()


def test_a_form_without_the_number_of_acts_is_not_taken() -> None:
    assert not StepForm(a_step(), [ACTOR], {}, sent()).is_valid()


def test_every_step_of_every_live_procedure_makes_a_form() -> None:
    rows = [row for table in registry.procedures().values() if table.live for row in table.steps]
    assert len(rows) > 20
    for row in [*rows, *OFFICE_STEPS.values()]:
        form = StepForm(row, [ACTOR], {ask.name: [("1", "甲")] for ask in row.asks if ask.source})
        gates = [gate for gate in row.needs if gate.attested]
        assert len(form.fields) == 1 + len(row.asks) + len(gates), f"{row.name}: two fields of one name"
        assert "请" not in str(form.errors)
        str(form)


def test_what_was_typed_stands_in_the_form_again() -> None:
    form = StepForm(ROW, [ACTOR], OPTIONS, sent(**{**EVERYTHING, "line": ""}))
    assert not form.is_valid()
    html = str(form)
    for typed in ("乙", "￥1,234.50元", 'value="30"', 'value="2026"'):
        assert typed in html
    # one choice, two of several, 同意, a person, a party, the condition
    assert html.count("checked") == 7
