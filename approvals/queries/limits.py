"""The times of an item in words and days: what the law gives the organ, what the organ promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models import LicensingItem
from approvals.queries.bundles import Subject
from law.limits import due
from law.queries import limit_for, work_calendar
from law.terms import Limit
from law.wording import articles_zh, law_zh, quantity_zh

FILED = "网上填写并上传材料，或者到政务服务大厅提交。提交后取得收件凭证和查询码。"
RECEIVED = (
    "材料齐全、符合法定形式的，予以受理；不齐全的，一次告知需要补正的全部内容。"
    "逾期不告知的，自收到申请材料之日起即为受理。"
)
DECIDED = "准予的，作出书面决定并公开；不予许可的，说明理由，并告知申请行政复议、提起行政诉讼的权利。"
DELIVERED = "可以网上下载、到大厅领取或者邮寄。"
ANSWER, DECIDE, DELIVER = "xk_deficiency_notice", "xk_decide", "xk_deliver"


@dataclass(frozen=True, slots=True)
class Times:
    """The legal and promised time of a decision. `law` is where the legal one stands."""

    legal: str
    law: str
    promised: str
    verified: bool


def of(item: Subject, on: date) -> Times:
    """The times of an item on a day."""
    limit = limit_for(item.limit_key, on)
    promised = f"{item.promised_days}个工作日" if item.promised_days is not None else ""
    return Times(length(limit), cited(limit), promised, bool(limit.verified))


def length(limit: Limit) -> str:
    """20个工作日; 3个月"""
    return quantity_zh(limit.quantity, limit.unit)


def cited(limit: Limit) -> str:
    """《中华人民共和国行政许可法》第四十二条第一款"""
    return law_zh(limit.law_zh) + articles_zh(limit.article)


def last_day(key: str, trigger: date) -> date:
    """The last day of a limit counted from a day, without suspensions."""
    found = due(trigger, limit_for(key, trigger), work_calendar()).date
    if found is None:
        raise ValueError(f"{key} has no last day")
    return found


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way: what happens, who does it, within what time, where that stands."""

    title: str
    text: str
    time: str
    law: str


def stages(item: LicensingItem, on: date) -> list[Stage]:
    """The way from application to licence, with the times in force on a day."""
    answer, deliver = limit_for(ANSWER, on), limit_for(DELIVER, on)
    times = of(item, on)
    visit = "指派两名以上工作人员进行实地核查。" if item.site_visit else ""
    hearing = "审批前依法举行听证，听证所需时间不计入审查期限。" if item.public_hearing else ""
    promised = f"，承诺{times.promised}" if times.promised else ""
    licence = item.result_name or "行政许可证件"
    reviewed = f"{times.legal}以内{promised}"
    rows = (
        ("提交申请", FILED, "", ""),
        ("收件和受理", RECEIVED, f"{length(answer)}以内", cited(answer)),
        ("审查", f"对照法定条件逐项审查。{visit}{hearing}", reviewed, times.law),
        ("作出决定", DECIDED, "", "《中华人民共和国行政许可法》第三十八条"),
        ("颁发、送达证件", f"颁发{licence}，{DELIVERED}", f"{length(deliver)}以内", cited(deliver)),
    )
    return [Stage(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Outlook:
    """When somebody who files on a day will hear of it: the last days that the law allows."""

    answer_by: date
    decide_by: date
    promise_by: date | None


def outlook(item: Subject, on: date) -> Outlook:
    """The latest dates if the application is filed on a day and accepted on the last day for an answer."""
    answer_by = last_day(ANSWER, on)
    promise = (
        work_calendar().add_working_days(answer_by, item.promised_days) if item.promised_days is not None else None
    )
    return Outlook(answer_by, last_day(item.limit_key, answer_by), promise)
