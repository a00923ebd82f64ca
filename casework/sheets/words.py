"""How the words of a table are said in Chinese."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.roles import ROLES
from casework.people import RELATIONS, audience
from casework.procedure import BACK, NEW, SAME, Gate, Procedure, Start, Step

OWNERS = {
    "decision": "期限属于决定，不随本案终结",
    "party": "期限属于当事人，不随本案终结",
    "organ": "期限属于机关，不随本案终结",
    "item": "每批物品各自计算",
    "addressee": "每个受送达人各自计算",
}
PAUSES = {
    "hearing": "听证",
    "special_procedure": "检验、检测、检疫、鉴定、评审等",
    "third_party": "征求第三方意见",
    "comaker": "征求共同制作机关意见",
    "authority": "报请确定",
    "testing": "检测鉴定",
    "suspended": "中止调查",
    "remedy_pending": "复议或者诉讼期间",
    "no_party": "主体缺位",
    "other": "其他中止事由",
    "consent": "各方同意调解",
    "document_review": "规范性文件附带审查",
    "court": "法院中止诉讼",
}


@dataclass(frozen=True)
class Words:
    """Where a sheet gets its words: the name of a time limit by key, the title of a paper by code, other tables."""

    limit: Callable[[str], str] = str
    paper: Callable[[str], str] = str
    tables: Mapping[str, Procedure] = field(default_factory=dict)

    def title(self, code: str) -> str:
        return self.tables[code].title if code in self.tables else code

    def limits(self, keys: tuple[str, ...]) -> str:
        return "、".join(self.limit(key) for key in keys)

    def place(self, table: Procedure, name: str) -> str:
        """The label of a state, or of the words that stand for one."""
        fixed = {NEW: "发起", SAME: "不改变状态", BACK: "回到中断前的状态"}
        return fixed.get(name) or table.state(name).label

    def places(self, code: str, states: tuple[str, ...]) -> str:
        if code not in self.tables:
            return "、".join(states)
        return "、".join(self.tables[code].state(name).label for name in states)

    def who(self, row: Step) -> str:
        """Who takes the step, and in which organ."""
        by = "、".join(self._role(who, row) for who in row.by)
        by += f"（{RELATIONS[row.of]}）" if row.of != "responsible" else ""
        by += "；收到文书后由承办人记录" if row.by_outside else ""
        return by + ("；须由前一办理人以外的人实施" if row.second_person else "")

    def _role(self, who: str, row: Step) -> str:
        """A window takes in for every organ and decides for its own alone."""
        own = "承办机关的" if who == "window_clerk" and row.decides and row.of == "responsible" else ""
        return own + ROLES[who].label

    def told(self, row: Step) -> str:
        return "、".join(audience(who) for who in row.tells)

    def gate(self, table: Procedure, gate: Gate) -> str:
        """One condition as a person reads it."""
        if gate.kind == "any_of":
            return "下列之一：" + "；".join(self.gate(table, part) for part in gate.parts)
        if gate.kind == "ahead":
            return f"提前的天数不少于{self.limits(gate.keys)}"
        if gate.kind in ("child", "children"):
            states = self.places(gate.children[0], gate.states) or "办结"
            every = "全部" if gate.kind == "children" else ""
            return f"{every}“{self.title(gate.children[0])}”案件已到达：{states}"
        if gate.kind == "parent":
            return f"主案已到达：{self._parent_places(table, gate)}"
        if gate.keys:
            return f"{gate.words}：{self.limits(gate.keys)}" + ("（任一）" if self._any(gate) else "")
        return gate.words

    def _any(self, gate: Gate) -> bool:
        return gate.kind in ("expired", "barred") and len(gate.keys) > 1

    def _parent_places(self, table: Procedure, gate: Gate) -> str:
        above = (other for other in self.tables.values() if any(table.code in row.opens for row in other.steps))
        names = {place.name: place.label for other in above for place in other.states}
        return "、".join(names.get(name, name) for name in gate.states)

    def start(self, table: Procedure, row: Step, start: Start) -> str:
        """From when a clock counts, until when, and for whom."""
        said = f"起算{self.limit(start.key)}，{self._since(table, row, start.since)}"
        kind, _, name = start.until.partition(":")
        said += f"，至{self._fact(row, name)}{'的前一日' if kind == 'before' else ''}" if name else ""
        return said + (f"（{OWNERS[start.owner]}）" if start.owner in OWNERS else "")

    def _since(self, table: Procedure, row: Step, since: str) -> str:
        if since.startswith("step:"):
            labels = [f"“{table.step(name).label}”" for name in since.removeprefix("step:").split("|")]
            return f"自{'、'.join(labels)}{'中最近一次' if len(labels) > 1 else ''}之日"
        if since.startswith("fact:"):
            return f"以{self._fact(row, since)}为准"
        return {"act": "自本步骤之日", "opened": "自收到之日", "served": "自送达之日"}[since]

    def _fact(self, row: Step, since: str) -> str:
        name = since.removeprefix("fact:")
        return next((ask.label for ask in row.asks if ask.name == name), "事件载明的日期")

    def clocks(self, table: Procedure, row: Step) -> list[str]:
        """What a step does to the clocks."""
        said = [self.start(table, row, start) for start in row.starts]
        said += [f"停止{self.limits(row.stops)}"] if row.stops else []
        for item in row.extends:
            said.append(f"延长{self.limit(item.key)}" + (f"至{self._fact(row, 'fact:' + item.to)}" if item.to else ""))
        for pause in row.pauses:
            said.append(f"中止{self.limit(pause.key)}（{PAUSES.get(pause.reason, pause.reason)}）")
            said[-1] += f"，书面告知{self._fact(row, 'fact:' + pause.until)}" if pause.until else ""
        said += [f"恢复{self.limit(p.key)}" for p in row.resumes]
        return said
