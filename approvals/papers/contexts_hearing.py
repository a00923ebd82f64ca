"""How a case fills the papers of a hearing and of time that does not count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.models import User
from approvals.papers.facts import File
from approvals.procedures.bundle_part import KINDS
from casework.papers import lines
from casework.queries.situations import last_day
from law.wording import day_zh

Context = Mapping[str, Any]

# What the law calls the procedure whose time does not count (行政许可法 45).
PROCEDURES = {
    "order_inspection": "检验、检测、检疫",
    "order_appraisal": "鉴定",
    "order_expert_review": "专家评审",
    "open_tender_or_auction": "招标、拍卖",
    "announce_public_hearing": "听证",
    "notify_hearing_date": "听证",
}


def hearing_right_notice(file: File) -> Context:
    return file.to_all() | {"elements": {"item": file.item.name, "interest": file.fact("interest")}}


def hearing_announcement(file: File) -> Context:
    return {
        "elements": {
            "item": file.item.name,
            "hearing_at": file.day_of("hearing_on"),
            "place": file.fact("place"),
            "participation": file.fact("how_to_join"),
            "basis": file.fact("hearing_basis"),
        }
    }


def hearing_notice(file: File) -> Context:
    hearing_on = file.day_of("hearing_on")
    return file.to_all() | {
        "elements": {
            "item": file.item.name,
            "hearing_at": f"{day_zh(hearing_on)}{file.fact('hearing_time')}" if hearing_on else "",
            "place": file.fact("place"),
            "host": presider(file),
            "serve_by": _told_by(hearing_on) if hearing_on else None,
        }
    }


def hearing_record(file: File) -> Context:
    held, notified = file.last("hold_hearing"), file.last("notify_hearing_date")
    facts = held.facts if held else {}
    host = presider(file)
    participants = lines(str(facts.get("attendants", "")))
    return {
        "recorder": file.act.actor_name,
        "elements": {
            "item": file.item.name,
            "held_at": timezone.localtime(held.at) if held else None,
            "place": notified.facts.get("place", "") if notified else "",
            "host": host,
            "participants": participants,
            "evidence": lines(str(facts.get("evidence", ""))),
            "defence": lines(str(facts.get("arguments", ""))),
            "signatures": [
                {"role": "主持人", "name": host, "on": file.on},
                *({"role": "参加人", "name": name} for name in participants),
                {"role": "记录员", "name": file.act.actor_name, "on": file.on},
            ],
        },
    }


def presider(file: File) -> str:
    """The name of the presider whom the section head named last."""
    appointed = next((act for act in reversed(file.earlier) if "presider" in act.facts), None)
    found = User.objects.filter(pk=int(appointed.facts["presider"])).first() if appointed else None
    return found.display_name if found else ""


def excluded_time_notice(file: File) -> Context:
    """What stops the clock, and for how long: the days needed are told in writing (行政许可法 45)."""
    kind, body, until = _kind(file), file.fact("body"), file.day_of("until")
    clock = file.deciding_clock()
    own = clock.suspensions.filter(ends_on=None, started_by__case=file.case) if clock else None
    pause = own.first() if own is not None else None
    since = pause.starts_on if pause else file.on
    return file.base() | {
        "elements": {
            "item": file.item.name,
            "procedure_kind": f"{kind}（{'、'.join(lines(body))}）" if body else kind,
            "time_needed": _span(since, until) if until else "",
        }
    }


def _kind(file: File) -> str:
    return dict(KINDS)[file.fact("kind")] if file.act.step == "order_special_procedure" else PROCEDURES[file.act.step]


def _told_by(hearing_on: date) -> date | None:
    """The last day on which people may be told of a hearing (行政许可法 48(1)(1): 举行听证的七日前)."""
    return last_day("xk_hearing_notice", timezone.make_aware(datetime.combine(hearing_on, time())))


def _span(first: date, last: date) -> str:
    """自2026年3月4日起至2026年3月20日止，共17日"""
    return f"自{day_zh(first)}起至{day_zh(last)}止，共{(last - first).days + 1}日"
