"""The sheet: a procedure in Markdown, one block for each row, as the legal office signs it."""

from collections import Counter
from collections.abc import Iterator

from accounts.roles import ROLES
from casework.people import audience
from casework.procedure import Gate, Procedure, State, Step
from casework.sheets.words import Words
from law.wording import day_zh

COMPUTED, ATTESTED = "■", "□"


def sheet(table: Procedure, words: Words | None = None) -> str:
    """The whole procedure in Chinese. Without `words` limits and papers appear under their codes."""
    return "\n".join(_lines(table, words or Words())) + "\n"


def _lines(table: Procedure, words: Words) -> Iterator[str]:
    ends = sum(place.final for place in table.states)
    laws = Counter(str(cite.law) for row in table.steps for cite in row.under)
    yield f"# {table.title}"
    yield ""
    yield f"- 程序代码：{table.code}"
    yield f"- 版本：自{day_zh(table.since)}起适用" + ("" if table.live else "；尚未启用")
    yield f"- 主要依据：{'；'.join(law for law, _ in laws.most_common(3))}"
    if table.under_power:
        yield f"- 立案前提：立案机关在立案当日持有办理该事项的现行有效权力（{'；'.join(map(str, table.under_power))}）"
    yield f"- 状态{len(table.states)}个（其中终结状态{ends}个），步骤{len(table.steps)}项"
    yield from (
        f"- 每年{duty.month_day[:2]}月{duty.month_day[3:]}日启动“{words.title(duty.opens)}”" for duty in table.duties
    )
    yield f"- 条件前的标记：{COMPUTED}由系统核对，{ATTESTED}由办理人确认并记录在案"
    yield ""
    yield "## 一、状态"
    yield ""
    yield "| 状态 | 责任人 | 期限 | 说明 |"
    yield "| --- | --- | --- | --- |"
    yield from (_state(place, words) for place in table.states)
    yield ""
    yield "## 二、步骤"
    for number, row in enumerate(table.steps, 1):
        yield ""
        yield f"### {number}. {row.label}"
        yield ""
        yield from _step(table, row, words)
    yield ""
    yield "## 三、审核"
    yield ""
    yield "审核意见：＿＿＿＿＿＿＿＿＿＿＿＿　审核人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿"


def _state(place: State, words: Words) -> str:
    who = "、".join(ROLES[code].label for code in place.responsible)
    name = place.label + ("（终结）" if place.final else "")
    return f"| {name} | {who} | {words.limits(place.clocks)} | {place.reason} |"


def _step(table: Procedure, row: Step, words: Words) -> Iterator[str]:
    here = "、".join(words.place(table, name) for name in row.when)
    yield f"- 谁：{words.who(row)}"
    yield f"- 何时：{here} → {words.place(table, row.to)}"
    yield f"- 依据：{'；'.join(str(cite) for cite in row.under)}" + ("" if row.verified else "（未核实）")
    if row.valid_from or row.valid_to:
        yield f"- 适用：{_validity(row)}"
    if row.needs:
        yield "- 条件："
        yield from (f"  - {_mark(gate)} {words.gate(table, gate)}" for gate in row.needs)
    if row.asks:
        yield f"- 填写：{'、'.join(ask.label for ask in row.asks)}"
    clocks = words.clocks(table, row)
    if clocks:
        yield f"- 期限：{'；'.join(clocks)}"
    if row.gives:
        yield f"- 文书：{'、'.join(words.paper(code) for code in row.gives)}" + ("（决定）" if row.decides else "")
    elif row.decides:
        yield "- 文书：无（可以申请救济）"
    if row.tells:
        yield f"- 告知：{words.told(row)}"
    if row.opens:
        yield f"- 开立：{'、'.join(words.title(code) for code in row.opens)}"
    if row.links:
        yield f"- 关联：已办结的{words.title(row.links)}案件"
    if row.hides:
        yield f"- 封存：{'、'.join(audience(who) for who in row.hides)}的身份"
    if row.note:
        yield f"- 备注：{row.note}"
    if row.contested:
        yield f"- 争议：{row.contested}"


def _mark(gate: Gate) -> str:
    return ATTESTED if gate.attested else COMPUTED


def _validity(row: Step) -> str:
    begins = f"自{day_zh(row.valid_from)}起" if row.valid_from else ""
    return begins + (f"至{day_zh(row.valid_to)}止" if row.valid_to else "")
