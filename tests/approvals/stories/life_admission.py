"""From the request to its acceptance: a change and a renewal are received alike, on the same days."""

from __future__ import annotations

from approvals.queries.licences import CHANGE, RENEWAL
from tests.approvals.stories.diary import STOPPED, Page, Story, does, happens, law, refused
from tests.approvals.stories.life_doors import in_hand
from tests.approvals.stories.openings import flags

ASKED = {"items": ["M2", "M3"], "requirements": "布局图没有标明面积\n制度没有签章", "correct_by": "2026-03-20"}
FORGED = {"reasons": "租赁合同系伪造。"}
NOT_OURS = {"reasons": "该许可由西城区颁发。", "competent_organ": "北京市西城区市场监督管理局"}
RECEIPTS = {CHANGE: ("行政许可变更申请书",), RENEWAL: ("行政许可延续申请书",)}


def stories(procedure: str, step: str, facts: dict[str, str]) -> tuple[Story, ...]:
    """The shared rows for one procedure; the licence runs until 5 March 2031."""
    kind = procedure.rpartition("_")[2]
    receipt = {"xk_intake_receipt": ("示例（北京）餐饮管理有限公司", *RECEIPTS[procedure])}
    got = happens("2026-03-09T12:00", in_hand())
    # Wednesday 11 March; 12, 13, 16, 17 and 18 March are the five working days.
    filed = does("2026-03-11T10:00", "citizen", step, facts, due={"xk_deficiency_notice": "2026-03-18"}, papers=receipt)

    def story(name: str, *pages: Page, ends: str, **item: object) -> Story:
        return Story(name=f"{kind}: {name}", procedure=procedure, ends=ends, pages=(got, *pages), item=item)

    return (
        story(
            "corrected, returned, and given up when the day agreed on has passed",
            filed,
            refused("2026-03-11T11:00", "stranger", "correct_on_the_spot", says=("找不到您要的页面",)),
            does("2026-03-11T11:30", "citizen", "correct_on_the_spot",
                 {"material": "form", "wrong": "示例街1号", "right": "示例街2号"},
                 papers={"xk_on_spot_correction": ("示例街1号", "示例街2号")}),
            refused("2026-03-11T12:00", "officer", "return_outstanding_items", {"items": ["M2"]},
                    gate="deficiency_notice_before"),
            does("2026-03-12T10:00", "officer", "notify_deficiency", ASKED,
                 due={"xk_deficiency_notice": STOPPED, "xk_correct": "2026-03-20"},
                 papers={"xk_deficiency_notice": ("布局图没有标明面积", "制度没有签章", "2026年3月20日", "即为受理")}),
            # Monday; 17 to 20 and 23 March.
            does("2026-03-16T09:00", "citizen", "submit_correction", {"files": ["M2"]},
                 due={"xk_deficiency_notice": "2026-03-23", "xk_correct": STOPPED},
                 papers={"xk_intake_receipt": ("布局图",)}),
            refused("2026-03-16T10:00", "officer", "notify_deficiency", ASKED, gate="no_deficiency_notice_before"),
            refused("2026-03-16T11:00", "officer", "return_outstanding_items", {"items": ["M4"]},
                    gate="only_items_of_the_notice"),
            does("2026-03-17T10:00", "officer", "return_outstanding_items",
                 {"items": ["M3"], "correct_by": "2026-03-27"}, due={"xk_correct": "2026-03-27"},
                 papers={"xk_deficiency_notice": ("原告知的内容尚未补齐", "2026年3月27日")}),
            law("2026-03-28T00:06", "abandon_without_correction",
                papers={"xk_abandonment_notice": ("2026年3月17日", "2026年3月27日", "视为放弃", "重新提出申请")}),
            ends="abandoned",
        ),
        story(
            "no licence needed",
            filed,
            does("2026-03-12T10:00", "officer", "tell_no_licence_needed", {"reasons": "该项内容无需许可。"},
                 papers={"xk_not_required_notice": ("该项内容无需许可", "行政复议")}),
            ends="not_needed",
        ),
        story(
            "another organ's licence",
            filed,
            does("2026-03-12T10:00", "officer", "refuse_not_competent", NOT_OURS,
                 papers={"xk_non_acceptance_decision": ("北京市西城区市场监督管理局", "行政复议", "行政诉讼")}),
            ends="not_accepted",
        ),
        story(
            "forged material in an ordinary matter",
            filed,
            refused("2026-03-12T10:00", "officer", "refuse_false_material_safety", FORGED, gate="safety_matter"),
            does("2026-03-12T11:00", "officer", "refuse_false_material", FORGED,
                 papers={"xk_non_acceptance_decision": ("租赁合同系伪造", "第七十八条", "行政复议")}),
            ends="not_accepted",
            safety=False,
        ),
        story(
            "forged material in a matter of safety bars for a year, to the day",
            filed,
            refused("2026-03-12T10:00", "officer", "refuse_false_material", FORGED, gate="not_safety_matter"),
            refused("2026-03-12T10:30", "officer", "refuse_barred", FORGED, gate="barred"),
            # One year from 12 March 2026: the last day of the bar is 12 March 2027.
            does("2026-03-12T11:00", "officer", "refuse_false_material_safety", FORGED,
                 due={"xk_bar_false_material": "2027-03-12"},
                 papers={"xk_non_acceptance_decision": ("租赁合同系伪造", "2027年3月12日")}),
            does("2026-04-01T10:00", "citizen", step, facts, papers=receipt),
            refused("2026-04-01T11:00", "officer", "accept", gate="not_barred"),
            does("2026-04-01T12:00", "officer", "refuse_barred", {"reasons": "申请人仍在限制申请期内。"},
                 papers={"xk_non_acceptance_decision": ("2027年3月12日", "行政复议")}),
            does("2027-03-11T10:00", "citizen", step, facts, papers=receipt),
            refused("2027-03-12T10:00", "officer", "accept", gate="not_barred"),
            does("2027-03-15T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
            does("2027-03-15T11:00", "citizen", "withdraw", {"reasons": "另行安排"},
                 papers={"xk_withdraw_application_note": ("另行安排", "2027年3月15日")}),
            ends="withdrawn",
        ),
        story(
            "five days of silence accept",
            filed,
            # From 11 March: 12, 13, then 16 to 20, 23 to 27, 30 March to 3 April (17), 7, 8 and 9 April (6 April off).
            law("2026-03-19T00:06", "deem_accepted", due={"xk_decide": "2026-04-09"},
                papers={"xk_deemed_acceptance_note": ("2026年3月11日", "2026年3月18日")}),
            does("2026-03-20T10:00", "citizen", "withdraw", papers={"xk_withdraw_application_note": ("撤回本申请",)}),
            ends="withdrawn",
        ),
        story(
            "taken in at the window, which the power must still be behind",
            does("2026-03-11T10:00", "clerk", step, facts, papers={"xk_intake_receipt": ("政务服务",)}),
            happens("2026-03-12T09:00", flags(power_code="")),
            refused("2026-03-12T10:00", "officer", "accept", gate="power_held"),
            happens("2026-03-12T11:00", flags(power_code="DC-SCJ-XK-01")),
            does("2026-03-12T12:00", "clerk", "accept", papers={"xk_acceptance_notice": ("2026年3月12日",)}),
            does("2026-03-12T13:00", "citizen", "withdraw", papers={"xk_withdraw_application_note": ()}),
            ends="withdrawn",
        ),
        story(
            "put right, corrected and withdrawn at the window",
            filed,
            does("2026-03-11T11:00", "clerk", "take_in_spot_correction",
                 {"material": "form", "wrong": "示例街1号", "right": "示例街2号"},
                 papers={"xk_on_spot_correction": ("示例街2号", "申请人的法定代表人（负责人）钱示例")}),
            does("2026-03-12T10:00", "officer", "notify_deficiency", ASKED, papers={"xk_deficiency_notice": ()}),
            # Monday; 17 to 20 and 23 March.
            does("2026-03-16T09:00", "clerk", "take_in_correction", {"paper": {"M2": "1", "M3": "1"}},
                 due={"xk_deficiency_notice": "2026-03-23", "xk_correct": STOPPED},
                 papers={"xk_intake_receipt": ("纸质", "区政务服务中心")}),
            does("2026-03-17T09:00", "clerk", "take_in_withdrawal", {"reasons": "另行安排"},
                 papers={"xk_withdraw_application_note": ("另行安排",)}),
            ends="withdrawn",
        ),
    )  # fmt: skip
