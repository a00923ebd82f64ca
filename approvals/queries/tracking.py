"""How far a case is, for whoever holds its receipt: no name, no address, nothing about a person."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from casework import registry
from casework.models import Case, Deadline

# What each state means to somebody who waits.
NEXT = {
    "filed": "承办单位正在核对材料，将告知是否受理或者一次告知需要补正的全部内容。",
    "awaiting_correction": "请按照补正告知书补正材料。登录后在“我的办件”中上传，或者到政务服务大厅提交。",
    "under_review": "正在审查。",
    "parts_under_review": "已经受理，各部门正在同时审查。",
    "ready_to_decide": "各部门的意见已经汇齐，正在作出统一决定。",
    "split": "已经按照申请人的要求拆分为单项许可，分别办理。",
    "granted": "已经准予许可，正在制作、送达证件。",
    "released": "本事项已经准予许可，正在制作、送达证件，不等待其他事项。",
    "delivered": "证件已经送达，办理完毕。",
    "refused": "已经作出不予许可的决定，决定书写明理由和救济途径。",
    "not_accepted": "不予受理，决定书写明理由和救济途径。",
    "not_needed": "本事项依法不需要取得行政许可。",
    "withdrawn": "申请人已经撤回申请。",
    "terminated": "已经终止办理。",
    "abandoned": "逾期没有补正，视为放弃申请。",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What may be said to the holder of a receipt."""

    number: str
    item: str
    organ: str
    state: str
    text: str
    ended: bool
    due_on: date | None
    provisional: bool
    past: list[tuple[str, datetime]]


def find(number: str, code: str) -> Case | None:
    """The case with this number if the query code is its own. One query."""
    case = Case.objects.select_related("organ").filter(number=number, procedure__startswith="approvals.").first()
    return case if case and hmac.compare_digest(case.code.encode(), code.encode()) else None


def progress(case: Case) -> Progress:
    """Stages passed and the stage reached. Two queries."""
    table = registry.procedure(case.procedure, case.version)
    place = table.state(case.state)
    moves = case.acts.exclude(from_state=F("to_state")).order_by("seq").values_list("label", "at")
    clock = Deadline.objects.filter(case=case, owner="case", stopped_at=None, due_on=case.due_on).first()
    return Progress(
        number=case.number,
        item=case.title,
        organ=case.organ.name,
        state=place.label,
        text=NEXT.get(case.state, "正在办理。"),
        ended=case.ended_at is not None,
        due_on=case.due_on if not place.final else None,
        provisional=bool(clock and clock.provisional),
        past=list(moves),
    )
