"""What the legal office, auditors and heads see of documents in a year: one table for each thing, a line an organ."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

OPENED = "(c.opened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s"
TAKEN = "(a.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s"
OWN = "(%(organs)s::bigint[] IS NULL OR o.id = ANY(%(organs)s))"
BY_ORGAN = f"WHERE {OWN} GROUP BY o.id, o.name ORDER BY o.name"


_ACTS = "EXISTS (SELECT 1 FROM casework_act a WHERE a.case_id = c.id AND a.step IN ({}))"


def _number(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _step(*names: str) -> str:
    return _number(f"a.step IN ({', '.join(repr(name) for name in names)})")


def _state(*names: str) -> str:
    return _number(f"c.state IN ({', '.join(repr(name) for name in names)})")


def _had(*names: str) -> str:
    steps = ", ".join(repr(name) for name in names)
    return _ACTS.format(steps)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what it counts, its figures with what each is, and where its rows come from."""

    title: str
    note: str
    figures: tuple[tuple[str, str], ...]
    rows: str

    @property
    def statement(self) -> str:
        """One line an organ. The names are those of this module, the days and the organs are parameters."""
        return f"SELECT o.name, {', '.join(sql for _, sql in self.figures)} FROM {self.rows} {BY_ORGAN}"  # noqa: S608


def _cases(procedure: str) -> str:
    return f"""casework_case c JOIN accounts_organisation o
        ON o.id = c.organ_id AND c.procedure = '{procedure}' AND {OPENED}"""


_ENDED = "d.ended_on BETWEEN %(since)s AND %(until)s AND d.ended"
_OPEN = "d.published_on <= %(today)s AND (d.ended_on IS NULL OR d.ended_on >= %(today)s)"
_IN_FORCE = f"{_OPEN} AND d.effective_from <= %(today)s AND (d.valid_until IS NULL OR d.valid_until >= %(today)s)"
_PAUSED = """EXISTS (SELECT 1 FROM regulations_documentsuspension s WHERE s.document_id = d.id AND s.since <= %(today)s
    AND (s.until IS NULL OR s.until > %(today)s) AND (s.clause = '') = {})"""
_LATE = """EXISTS (SELECT 1 FROM casework_deadline l WHERE l.case_id = c.id AND l.key = 'gfxwj_rdsc_file'
    AND l.due_on < coalesce((l.stopped_at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s))"""
_SENT, _CORRECT = _had("submit_filing"), _had("issue_opinion", "agree_to_correct")

TABLES = {
    "making": Table(
        "制定", "按立项申请日期统计，状态为今天的状态。",
        (
            ("立项申请", "count(*)"), ("已列入计划", _number(_had("include_in_plan", "add_out_of_plan"))),
            ("起草和征求意见", _state("drafting", "disputed", "consulting", "hearing_announced",
                                      "fair_competition_review")),
            ("合法性审核中", _state("legality_review")),
            ("审核以后公布以前", _state("reviewed", "adopted", "numbered")),
            ("已公布", _state("published", "in_force")),
            ("未通过或者终止", _state("rejected", "stopped", "ended_before_effect")),
        ),
        _cases("regulations.document"),
    ),
    "review": Table(
        "审核", "按办理日期统计合法性审核和公平竞争审查的结论，以及审核超期提示，机关为起草单位。",
        (
            ("审核通过", _step("pass_legality_review")), ("修改后通过", _step("pass_with_changes")),
            ("审核不通过", _step("fail_legality_review")), ("退回补正", _step("return_materials")),
            ("审核超期", _step("flag_overdue_review")),
            ("公平竞争审查通过", _step("pass_fair_competition", "pass_fair_competition_exception")),
            ("公平竞争审查不通过", _step("fail_fair_competition")), ("记录不涉及", _step("record_not_economic")),
        ),
        f"""casework_case c JOIN casework_act a ON a.case_id = c.id AND c.procedure = 'regulations.document' AND {TAKEN}
            JOIN accounts_organisation o ON o.id = c.organ_id""",
    ),
    "validity": Table(
        "有效期", "前五项为今天的情况，其余按最后有效日期统计。",
        (
            ("现行有效", _number(_IN_FORCE)),
            ("六个月内届满", _number(f"{_IN_FORCE} AND d.valid_until < %(today)s + interval '6 months'")),
            ("没有载明有效期", _number(f"{_IN_FORCE} AND d.valid_until IS NULL")),
            ("全文停止执行", _number(f"{_OPEN} AND {_PAUSED.format('true')}")),
            ("部分条款停止执行", _number(f"{_OPEN} AND {_PAUSED.format('false')}")),
            ("期满失效", _number(f"{_ENDED} = 'lapsed'")), ("废止", _number(f"{_ENDED} = 'repealed'")),
            ("撤销", _number(f"{_ENDED} = 'revoked'")), ("被代替", _number(f"{_ENDED} = 'replaced'")),
        ),
        "regulations_normativedocument d JOIN accounts_organisation o ON o.id = d.organ_id",
    ),
    "cleanup": Table(
        "清理", "按列入清理的日期统计，机关为制定机关。",
        (
            ("列入清理", "count(*)"), ("待提出意见", _state("to_assess")),
            ("待审核或者决定", _state("proposed", "checked")),
            ("继续有效", _state("continues")), ("列入修改", _state("to_be_amended")), ("废止", _state("repealed")),
            ("宣布失效", _state("lapsed")), ("未列入目录", _state("unlisted")), ("移出清理", _state("removed")),
        ),
        f"""regulations_cleanupentry e JOIN regulations_normativedocument d ON d.id = e.document_id
            JOIN casework_case c ON c.id = e.item_id AND {OPENED} JOIN accounts_organisation o ON o.id = d.organ_id""",
    ),
    "suggestions": Table(
        "审查建议", "按提出日期统计，机关为制定机关。",
        (
            ("收到", "count(*)"), ("正在办理", _number("c.ended_at IS NULL")),
            ("启动审查", _number(_had("start_review"))), ("决定不启动", _number(_had("decide_not_to_start"))),
            ("没有问题", _number(_had("find_no_problem"))),
            ("应予纠正或者已经修改废止", _number(_had("find_problem", "find_already_changed"))),
            ("已反馈", _state("answered", "told_not_started")),
            ("不予登记、移送或者撤回", _state("not_registered", "transferred", "withdrawn")),
        ),
        f"""casework_case c JOIN regulations_normativedocument d ON c.matter = 'document:' || d.id
            AND c.procedure = 'regulations.review_suggestion' AND {OPENED}
            JOIN accounts_organisation o ON o.id = d.organ_id""",
    ),
    "congress": Table(
        "报区人大备案", "按公布日期统计。",
        (
            ("应报送", "count(*)"), ("按期报送", _number(f"{_SENT} AND NOT {_LATE}")),
            ("逾期报送", _number(f"{_SENT} AND {_LATE}")), ("期内待报", _number(f"NOT {_SENT} AND NOT {_LATE}")),
            ("逾期未报", _number(f"NOT {_SENT} AND {_LATE}")),
            ("要求补报", _number(_had("ask_supplement"))), ("要求纠正", _number(_CORRECT)),
            ("已纠正", _number(f"{_CORRECT} AND c.state = 'corrected'")), ("撤销", _state("revoked")),
        ),
        _cases("regulations.filing_congress"),
    ),
}  # fmt: skip

Row = tuple[str, tuple[int, ...]]


def rows(table: Table, since: date, until: date, today: date, organs: Collection[int] | None = None) -> list[Row]:
    """The lines of a table for the days between two; of some organs only, if they are named. One query."""
    given = {"since": since, "until": until, "today": today, "organs": None if organs is None else sorted(organs)}
    with connection.cursor() as cursor:
        cursor.execute(table.statement, given)
        return [(name, tuple(numbers)) for name, *numbers in cursor.fetchall()]
