"""A case's file in plain words: what happened, which clocks run, where it stands and who must act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import PUBLIC_ROLES, ROLES
from casework import facts, lamps, registry
from casework.models import Act, Deadline, Document, Suspension
from casework.procedure import THE_LAW, Ask
from casework.queries.choices import KERNEL
from casework.queries.file import APPLICANT, CaseFile
from casework.queries.queue import tone
from casework.sheets.words import PAUSES
from law.calendar import WorkCalendar
from law.citations import find_citations
from law.queries import text_in_force
from law.wording import day_zh, instant_zh

OWNERS = {"decision": "救济期限", "party": "对当事人的限制", "organ": "机关的义务"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on the time-line."""

    title: str
    byline: str
    at: datetime
    text: str
    documents: list[Document] = field(default_factory=list)
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ClockWords:
    """One clock, closed to a line and open to its explanation."""

    name: str
    lamp: lamps.Lamp
    due_on: date | None
    provisional: bool
    steps: list[str]
    law: str
    law_url: str
    running: bool
    paused: bool
    kind: str = ""
    told_until: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for somebody."""

    title: str
    hint: str
    status: str
    tone: str
    url: str = ""


def timeline(file: CaseFile) -> list[Entry]:
    """The acts that the viewer may see, newest first. Outsiders read the organ's name in place of its people's."""
    names = _names(file)
    by_act: dict[int, list[Document]] = {}
    for document in file.shown_documents:
        if document.act_id:
            by_act.setdefault(document.act_id, []).append(document)
    return [
        Entry(
            title=act.label,
            byline=_byline(file, act),
            at=act.at,
            text="\n".join(_says(file, act, names)) if act.pk in file.told else "",
            documents=by_act.get(act.pk, []),
            basis=act.basis,
        )
        for act in file.shown_acts
    ]


def _byline(file: CaseFile, act: Act) -> str:
    if act.role == THE_LAW:
        return ROLES[THE_LAW].label
    if act.role in PUBLIC_ROLES:
        return act.actor_name if file.internal or act.pk in file.told else ROLES[act.role].label
    office = act.office or ""  # type: ignore[attr-defined]
    return f"{office} {act.actor_name}（{ROLES[act.role].label}）" if file.internal else office


def _says(file: CaseFile, act: Act, names: Mapping[str, str]) -> list[str]:
    row = file.rows.get(act.step)
    asks = row.asks if row else ()
    values = facts.thawed(asks, act.facts)
    lines = [
        f"{ask.label}：{_value(ask, values[ask.name], names)}"
        for ask in asks
        if ask.name in values and (file.internal or ask.kind != "staff")
    ]
    if file.internal:
        lines += [f"确认：{words}" for words in act.attested]
    return lines


def _value(ask: Ask, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return instant_zh(timezone.localtime(value))
    if isinstance(value, date):
        return day_zh(value)
    if isinstance(value, dict):
        called = {key: names.get(f"{ask.source}:{key}", key) for key in value} | dict(ask.choices)
        return "；".join(f"{called[key]}：{text}" for key, text in value.items())
    if ask.kind in ("choice", "many", "staff", "party"):
        fixed = dict(ask.choices)
        values = value if isinstance(value, list) else [value]
        return "、".join(fixed.get(str(one)) or names.get(f"{ask.source}:{one}") or str(one) for one in values)
    return f"{value}元" if ask.kind == "money" else str(value)


def _names(file: CaseFile) -> dict[str, str]:
    """Words for values that a step offered from a source: people by their account, the rest as the chapter lists it."""
    found: dict[str, str] = {}
    people: set[str] = set()
    sources = {**registry.chapter_of(file.case.procedure).choices}
    wanted = {
        (ask.source, str(one))
        for act in file.acts
        if act.pk in file.told and act.step in file.rows
        for ask in file.rows[act.step].asks
        if ask.source and ask.name in act.facts
        for one in (act.facts[ask.name] if isinstance(act.facts[ask.name], list | dict) else [act.facts[ask.name]])
    }
    for source in {source for source, _ in wanted}:
        if source in KERNEL:
            people |= {value for name, value in wanted if name == source}
        elif source in sources:
            on = timezone.localdate(file.at)
            found |= {f"{source}:{value}": label for value, label in sources[source](file.case, on)}
    known = {str(part.user_id): part.user.display_name for part in file.parts if part.user}
    known |= {str(act.actor_id): act.actor_name for act in file.acts if act.actor_id}
    if missing := people - known.keys():
        accounts = User.objects.filter(pk__in=missing).values_list("pk", "display_name")
        known |= {str(pk): name for pk, name in accounts}
    return found | {f"{name}:{value}": known[value] for name, value in wanted if name in KERNEL and value in known}


def clocks(file: CaseFile, calendar: WorkCalendar) -> list[ClockWords]:
    """The clocks of the case: those that run, the nearest first, then those that ended."""
    today = timezone.localdate(file.at)
    words = [clock_words(clock, today, calendar) for clock in file.clocks if _is_shown(file, clock)]
    return sorted(words, key=lambda clock: (not clock.running, clock.due_on or date.max))


def _is_shown(file: CaseFile, clock: Deadline) -> bool:
    return file.internal or clock.owner in (Deadline.Owner.CASE, Deadline.Owner.DECISION) or file.side == APPLICANT


def clock_words(clock: Deadline, today: date, calendar: WorkCalendar) -> ClockWords:
    """One clock in words, as it stands today or as it ended."""
    pauses = list(clock.suspensions.all())
    paused = clock.running and any(pause.ends_on is None for pause in pauses)
    law = clock.limit.citation if clock.limit else ""
    steps = list(clock.explanation)
    for pause in pauses:
        if pause.expected_until:
            steps.append(f"已书面告知：所需时间至{day_zh(pause.expected_until)}。")
    return ClockWords(
        name=clock.limit.procedure_zh if clock.limit else "文书确定的期限",
        lamp=_lamp(clock, pauses, today, calendar),
        due_on=clock.due_on,
        provisional=clock.provisional,
        steps=[_plain(line) for line in steps],
        law=law,
        law_url=law_url(law, timezone.localdate(clock.triggered_at)),
        running=clock.running,
        paused=paused,
        kind=OWNERS.get(clock.owner, ""),
        told_until=next((pause.expected_until for pause in pauses if pause.ends_on is None), None),
    )


def _lamp(clock: Deadline, pauses: Sequence[Suspension], today: date, calendar: WorkCalendar) -> lamps.Lamp:
    if clock.stopped_at is not None:
        late = clock.due_on is not None and timezone.localdate(clock.stopped_at) > clock.due_on
        return lamps.Lamp("overdue", "逾期完成") if late else lamps.Lamp("none", "已完成")
    open_pause = next((pause for pause in pauses if pause.ends_on is None), None)
    if open_pause:
        told = open_pause.expected_until
        if told and told < today:
            days = max(calendar.working_days_between(told, today), 1)
            return lamps.Lamp("overdue", f"中止计算，已超过告知的时间 {days} 个工作日")
        return lamps.Lamp("none", "中止计算")
    return lamps.lamp(clock.due_on, today, calendar)


def _plain(line: str) -> str:
    """The reason of a suspension in the words of the people, where the table keeps a code."""
    for code, words in PAUSES.items():
        line = line.replace(f"（{code}）", f"（{words}）")
    return line


def law_url(citation: str, on: date) -> str:
    """Where the text that a citation names can be read, as it was on a day; nothing if the book does not have it."""
    for found in find_citations(citation):
        text = text_in_force(found.citation.title, on)
        try:
            return f"{reverse('law:text', args=[text])}#a{found.citation.article}" if text else ""
        except NoReverseMatch:
            return ""
    return ""


def progress(file: CaseFile, running: Sequence[ClockWords]) -> tuple[str, str]:
    """Where the case stands, in one sentence with its date, and a note below it."""
    case, place = file.case, file.state
    if case.ended_at:
        return f"已办结：{place.label}（{day_zh(timezone.localdate(case.ended_at))}）。", ""
    mine = file.side != "office" and any(role in PUBLIC_ROLES for role in place.responsible)
    verb = f"等待您办理：{place.label}" if mine else f"正在办理：{place.label}"
    clock = next((clock for clock in running if clock.due_on and not clock.kind), None)
    paused = next((clock for clock in running if clock.paused), None)
    if paused and clock is None:
        told = f"，已书面告知所需时间至{day_zh(paused.told_until)}" if paused.told_until else ""
        return f"{verb}。", f"“{paused.name}”的期限中止计算{told}，恢复后重新计算到期日。"
    if clock is None or clock.due_on is None:
        return f"{verb}。", place.reason if file.internal else _told_days(file)
    note = "日期涉及尚未公布放假安排的年份，为暂定，公布后自动重新计算。" if clock.provisional else ""
    if clock.lamp.code == "overdue":
        return f"{verb}。“{clock.name}”已于{day_zh(clock.due_on)}到期，{clock.lamp.words}。", note
    left = clock.lamp.words.replace("剩 ", "还有 ")
    if mine:
        return f"{verb}。请您最迟在{day_zh(clock.due_on)}办理（{left}）。", note
    return f"{verb}。“{clock.name}”最迟应当在{day_zh(clock.due_on)}完成（{left}）。", note


def _told_days(file: CaseFile) -> str:
    """The days that the latest act told the viewer, where no clock of the law runs: 请于此日前补正."""
    act = next((act for act in reversed(file.acts) if act.from_state != act.to_state and act.pk in file.told), None)
    row = file.rows.get(act.step) if act else None
    if act is None or row is None:
        return ""
    values = facts.thawed(row.asks, act.facts)
    days = [(ask.label, values.get(ask.name)) for ask in row.asks if ask.kind == "date"]
    return "；".join(f"{label}：{day_zh(day)}" for label, day in days if isinstance(day, date))


def tasks(file: CaseFile) -> list[Task]:
    """Who must act now: the people whom the state waits for, and the cases that were opened out of this one."""
    case, place = file.case, file.state
    found = []
    if not case.ended_at:
        outside = [role for role in place.responsible if role in PUBLIC_ROLES]
        if outside:
            who = case.applicant_name or "申请人"
            waits = "等待您办理" if file.side == APPLICANT else "等待当事人"
            found.append(Task(f"{who}：{place.label}", "", waits, "yellow"))
        inside = [role for role in place.responsible if role not in PUBLIC_ROLES]
        if inside:
            labels = "、".join(ROLES[role].label for role in inside)
            hint = labels
            if file.internal:
                hint = f"承办人 {case.handler.display_name}" if case.handler else f"未分派承办人，可以由{labels}办理"
            found.append(Task(f"{case.organ.short_name}：{place.label}", hint, "办理中", "blue"))
    for child in file.children:
        table = registry.procedure(child.procedure, child.version)
        state = table.state(child.state) if file.internal else table.seen(child.state)
        url = reverse("casework:case", args=[child.code]) if child.pk in file.followed else ""
        found.append(Task(f"{child.organ.short_name}：{child.title}", child.number, state.label, tone(state), url))
    return found
