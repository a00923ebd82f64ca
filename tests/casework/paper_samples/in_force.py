"""Samples for the papers of `approvals.papers.in_force`: other context, elements."""

from datetime import date, datetime
from typing import Any

from tests.casework.paper_samples.facts import COMPANY, ITEM, LICENCE, OFFICERS, PARTY

RECEIVED = datetime(2026, 11, 22, 10, 30)
REASONS = ["取得许可时提交的租赁合同系伪造", "经鉴定，合同签章与出租人备案不一致"]
BASIS = "《中华人民共和国行政许可法》第六十九条第三款"
HELD = {"holder": COMPANY, "original": LICENCE}

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "xk_verification_task": (
        {},
        {
            "applicant": COMPANY,
            "item": ITEM,
            "officers": OFFICERS,
            "verify_on": date(2026, 11, 25),
            "points": ["场所布局", "设备设施"],
            "assigned_by": "何示例",
        },
    ),
    "xk_overdue_note": ({"accepted_on": date(2026, 10, 22)}, {"item": ITEM, "due_on": date(2026, 11, 20)}),
    "xk_expiry_notice": (
        {},
        {
            "original": LICENCE,
            "expires_on": date(2026, 11, 21),
            "reasons": "有效期届满时，补正的材料尚未提交",
            "onward": "需要继续从事该项活动的，应当重新申请",
        },
    ),
    "xk_abandonment_notice": (
        {"basis": "《市场监督管理行政许可程序暂行规定》第十五条第一款第四项"},
        {
            "item": ITEM,
            "told_on": date(2026, 11, 2),
            "correct_by": date(2026, 11, 20),
            "onward": "仍然需要办理的，可以重新提出申请",
        },
    ),
    "xk_annulment_intent": (
        {"title": "拟撤回（变更）行政许可告知书", "outcome": "taking_back"},
        {
            **HELD,
            "reasons": ["许可所依据的规章已经废止"],
            "basis": "《中华人民共和国行政许可法》第八条第二款",
            "public_interest": "道路扩建涉及公共安全",
            "compensation": "直接损失依法予以补偿",
        },
    ),
    "xk_annulment_request_receipt": (
        {},
        {
            "requester": "王㛃",
            "original": LICENCE,
            "interest": "相邻居民，油烟直接影响居住",
            "request": ["距离不符合规定"],
            "received_at": RECEIVED,
        },
    ),
    "xk_no_annulment_decision": ({"parties": PARTY}, {**HELD, "reasons": REASONS, "basis": BASIS}),
    "xk_procedure_end_notice": (
        {},
        {"original": LICENCE, "told_on": date(2026, 11, 2), "reasons": ["合同经鉴定真实"]},
    ),
    "xk_cancellation_receipt": ({}, {**HELD, "reasons": ["不再从事该项经营"], "received_at": RECEIVED}),
    "xk_no_cancellation_notice": (
        {},
        {
            "original": LICENCE,
            "reasons": ["有正在进行的调查"],
            "basis": "《市场监督管理行政许可程序暂行规定》第四十八条第一款第一项",
        },
    ),
    "xk_hearing_request_receipt": (
        {},
        {"requester": "王㛃", "original": LICENCE, "received_at": RECEIVED, "hold_by": date(2026, 12, 18)},
    ),
    "xk_rectification_receipt": (
        {},
        {**HELD, "order_on": date(2026, 11, 2), "report": ["消防设施已经配齐"], "received_at": RECEIVED},
    ),
    "xk_recheck_record": (
        {},
        {
            **HELD,
            "officers": OFFICERS,
            "duty": "消防设施存在安全隐患",
            "findings": ["设施已经配齐"],
            "result": "已经改正",
            "signatures": [{"role": "检查人员", **officer} for officer in OFFICERS],
        },
    ),
    "xk_transfer_letter": (
        {"addressee": "示例执法队"},
        {**HELD, "facts": REASONS, "basis": "《中华人民共和国行政许可法》第七十九条", "receiver": "示例执法队"},
    ),
    "xk_void_announcement": (
        {},
        {
            **HELD,
            "circumstance": "《中华人民共和国行政许可法》第七十条第四项的情形",
            "certificate": "证件未能收回，公告作废",
        },
    ),
}
