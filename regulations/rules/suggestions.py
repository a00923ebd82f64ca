"""What the gates of a proposal to review a document look at. Pure."""

from __future__ import annotations

from casework.situation import Situation


def document_in_force(s: Situation) -> bool:
    """属于现行有效的文件"""
    return s.known["standing"] in ("current", "suspended")


def reachable(s: Situation) -> bool:
    """已写明姓名和联系方式"""
    return bool(s.known["contact"])


def answered_before(s: Situation) -> bool:
    """本人此前对同一文件的审查建议已经答复"""
    return bool(s.known["earlier"])


def document_changed(s: Situation) -> bool:
    """文件其间已经修改或者废止"""
    return bool(s.known["changed"])


def explanation_overdue(s: Situation) -> bool:
    """函件确定的期限已经届满"""
    asked = s.last("ask_explanation")
    return asked is not None and asked.facts["reply_by"] < s.today


def explanation_ahead(s: Situation) -> bool:
    """说明的期限在今天以后"""
    day = s.facts.get("reply_by")
    return day is not None and day > s.today


def objected_in_filing(s: Situation) -> bool:
    """本平台正在审查的备案案件中已经提出纠正意见，或者制定机关已同意处理"""
    return not s.known["filings_without_objection"]


def filing_settled(s: Situation) -> bool:
    """提出过纠正意见的备案审查案件均已办结"""
    return not s.known["filings_uncorrected"]
