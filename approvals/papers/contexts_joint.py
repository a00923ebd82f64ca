"""How a bundle and its parts fill the papers of parallel approval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from approvals.papers.facts import File
from approvals.queries import parts
from approvals.queries.licences import RECEIVING
from casework.models import Deadline
from casework.papers import lines
from casework.queries.situations import last_day
from law import limits
from law.queries import limit_for, work_calendar
from law.wording import quantity_zh

Context = Mapping[str, Any]
CONCLUSIONS = {"agree": "同意", "refuse_part": "不同意", "refuse_for_prerequisite": "不同意（前置事项未获同意）"}


def joint_deficiencies(file: File) -> list[dict[str, str]]:
    """What all organs want put right, joined: one row for each material of each organ, in its own words."""
    names = {material.code: material.name for material in file.item.materials.all()}
    rows = []
    for part in parts.of(file.case, file.on):
        for code, wanted in part.wanted:
            problem = f"不齐全或者不符合法定形式（{part.case.organ.short_name}：{part.case.title}）"
            rows.append({"material": names.get(code, code), "problem": problem, "wanted": "；".join(lines(wanted))})
    return rows


def dispatch_sheet(file: File) -> Context:
    due_on = last_day("xk_deficiency_notice", _received(file).at)
    clock = _clock(file)
    whole = parts.whole_of(file.case)
    organs = dict.fromkeys(member.item.organ.name for member in whole.members)
    return {
        "addressee": "、".join(organs),
        "elements": {
            "item": "；".join([whole.name, *(member.item.name for member in whole.members)]),
            "materials": [material.name for material in whole.materials.all()],
            "dispatched_at": timezone.localtime(file.act.at),
            "due_on": clock.due_on if clock else due_on,
            "recipients": [{"organ": name} for name in organs],
        },
    }


def acceptance_notice(file: File) -> Context:
    clock = _clock(file)
    return file.base() | {
        "elements": {
            "bundle": file.item.name,
            "parts": _parts(file),
            "accepted_on": file.on,
            "due_on": clock.due_on if clock else None,
        }
    }


def opinion(file: File) -> Context:
    """One organ's opinion to the lead organ: what it thinks, why, on which articles, and who signs."""
    handler = file.case.handler
    head = {"role": "负责人", "name": file.act.actor_name}
    main = file.main.case
    return {
        "addressee": main.organ.name,
        "elements": {
            "item": f"{main.title}（{main.applicant_name}）中的{file.item.name}",
            "conclusion": CONCLUSIONS[file.act.step],
            "reasons": lines(file.fact("reasons")),
            "basis": file.cites(),
            "people": [{"role": "经办人", "name": handler.display_name}, head] if handler else [head],
        },
    }


def extension_notice(file: File) -> Context:
    clock = _clock(file)
    if clock is None or clock.due_on is None:
        raise LookupError(f"case {file.case.number} has no running clock to extend")
    trigger = timezone.localdate(clock.triggered_at)
    limit = limit_for(clock.rule, trigger)
    pauses = [
        limits.Suspension(pause.starts_on, pause.ends_on, pause.reason)
        for pause in clock.suspensions.all()
        if pause.ends_on is None or pause.ends_on > pause.starts_on
    ]
    return file.base() | {
        "elements": {
            "bundle": file.item.name,
            "original_due_on": limits.due(trigger, limit, work_calendar(), pauses).date,
            "extension": quantity_zh(limit.extension.quantity, limit.extension.unit) if limit.extension else "",
            "extended_due_on": clock.due_on,
            "reasons": file.fact("reasons"),
            "approved_by": f"本级人民政府负责人{file.act.actor_name}",
        }
    }


def urging_notice(file: File) -> Context:
    named = next(part for part in parts.of(file.case, file.on) if part.view.code == file.fact("part"))
    checking = file.act.step == "press_silent_check"
    clock = file.clock("xk_deficiency_notice") if checking else _clock(file)
    days: int | None = named.days
    if checking and clock:
        days = limit_for(clock.rule, timezone.localdate(clock.triggered_at)).quantity
    return {
        "addressee": named.case.organ.name,
        "bundle": file.item.name,
        "applicant": file.case.applicant_name,
        "checking": checking,
        "elements": {
            "item": named.case.title,
            "days": f"{days}个工作日",
            "due_on": named.due_on,
            "total_due_on": clock.due_on if clock and clock.due_on else "中止计算",
        },
    }


def split_notice(file: File) -> Context:
    clock = _clock(file)
    accepted: date = timezone.localdate(clock.triggered_at) if clock else file.accepted_on
    return file.base() | {
        "elements": {"bundle": file.item.name, "parts": _parts(file), "accepted_on": accepted},
    }


def _parts(file: File) -> list[dict[str, str]]:
    whole = parts.whole_of(file.case)
    return [{"item": member.item.name, "organ": member.item.organ.name} for member in whole.members]


def _clock(file: File) -> Deadline | None:
    return file.clock("xk_decide_joint")


def _received(file: File) -> Any:
    return file.last(*RECEIVING)


FILLED: dict[str, Callable[[File], Context]] = {
    "xk_joint_acceptance_notice": acceptance_notice,
    "xk_joint_dispatch_sheet": dispatch_sheet,
    "xk_joint_extension_notice": extension_notice,
    "xk_joint_opinion": opinion,
    "xk_joint_split_notice": split_notice,
    "xk_joint_urging_notice": urging_notice,
}
