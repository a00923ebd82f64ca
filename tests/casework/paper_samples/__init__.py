"""Invented contexts for every paper of licensing: plain data, as `approvals.papers.contexts` makes them from a case."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from approvals.papers.table import PAPERS
from casework import remedies
from casework.paper import Paper
from tests.casework.paper_samples import afterwards, in_force, intake, joint, outcome, review
from tests.casework.paper_samples.facts import COMPANY, OFFICERS, ORGAN

LIMITS = {
    "fy_apply": (60, "natural_day"),
    "xs_direct": (6, "month"),
    "xs_after_fy": (15, "natural_day"),
    "xk_deficiency_notice": (5, "working_day"),
    "xk_hearing_request": (5, "working_day"),
}
SAMPLES = {
    **intake.SAMPLES, **review.SAMPLES, **joint.SAMPLES, **outcome.SAMPLES, **afterwards.SAMPLES, **in_force.SAMPLES,
}  # fmt: skip


def remedy(paper: Paper) -> str:
    """The remedy text that the paper owes, under today's limits."""
    limits = [SimpleNamespace(key=key, quantity=LIMITS[key][0], unit=LIMITS[key][1]) for key in paper.limits]
    given = {"reconsideration": "北京市东城区人民政府"} if paper.remedy in ("RN1", "RN2I") else {}
    word = next((w for w in ("决定书", "通知书", "告知书") if w in paper.title), "文书")
    return remedies.remedy_text(paper.remedy, paper=word, limits=limits, you="你单位", **given)


def context(code: str) -> dict[str, Any]:
    """Everything that paper needs."""
    paper = next(each for each in PAPERS if each.code == code)
    extra, elements = SAMPLES[code]
    common: dict[str, Any] = {
        "organ": ORGAN,
        "issued_on": date(2026, 11, 22),
        "case_number": "东市监许〔2026〕128号",
        "addressee": COMPANY,
        "you": "你单位",
        "remedy": remedy(paper),
        "verify_url": "https://dc.example/v/Zx8mQ2sT9kLpW4vB6nRyCg/",
        "demo": True,
    }
    if paper.word:
        common["number"] = f"东市监{paper.word}〔2026〕16号"
    return {**common, **extra, "elements": elements}


DELIVERY: dict[str, Any] = {
    "title": "送达回证",
    "organ": ORGAN,
    "paper": {"seal": "signatures"},
    "cause": "食品经营许可申请",
    "case_number": "东市监许〔2026〕128号",
    "recipient": COMPANY,
    "recipient_capacity": "申请人",
    "place": "北京市东城区示例街1号区政务服务中心2层",
    "method": "直接送达",
    "papers": [
        {
            "title": "准予行政许可决定书",
            "number": "东市监许准〔2026〕16号",
            "copies": 1,
            "received_on": date(2026, 11, 23),
        },
        {"title": "食品经营许可证", "number": "JY21101010000000", "copies": 1, "received_on": None},
    ],
    "received_by": "李𬀩",
    "received_at": datetime(2026, 11, 23, 10, 5),
    "servers": OFFICERS,
}
