"""Administrative reconsideration (行政复议). 行政复议法 2023."""

from datetime import date

from casework.procedure import Procedure, final, state
from disputes.procedures.reconsideration import admission, complying, deciding, reviewing

PARTY = "citizen|legal_person|agent"

STATES = (
    state("pre_case", "案前和解中", "district_legal_office", "fy_apply", reason="行政复议申请期限继续计算"),
    final("settled_pre_case", "案前化解"),
    final("pre_case_ended", "案前终结"),
    state("relay_pending", "处罚机关待转送", "departmental_legal_unit", "fy_relay"),
    state("filed", "已收申请", "district_legal_office", "fy_review|fy_correct_notice"),
    state("filed_corrected", "已补正待审", "district_legal_office", "fy_review", reason="审查期限重新起算"),
    state("correcting", "待补正", PARTY, "fy_correct"),
    final("abandoned", "视为放弃"),
    state("refused", "不予受理", "district_legal_office", "fy_sue_refusal"),
    final("closed_refused", "不予受理确定"),
    state("accepted_ordinary", "已受理（普通）", "district_legal_office", "fy_copy|fy_decide"),
    state("accepted_simplified", "已受理（简易）", "district_legal_office", "fy_copy_simple|fy_decide_simple"),
    state("awaiting_reply", "待答复（普通）", "departmental_legal_unit", "fy_reply|fy_decide"),
    state("awaiting_reply_simplified", "待答复（简易）", "departmental_legal_unit", "fy_reply_simple|fy_decide_simple"),
    state("reviewing", "审理中（普通）", "district_legal_office", "fy_decide"),
    state("reviewing_simplified", "审理中（简易）", "district_legal_office", "fy_decide_simple"),
    state("hearing_scheduled", "已通知听证", "district_legal_office", "fy_decide",
          reason="以听证日期为准，审理期限继续计算"),
    state("in_committee", "委员会咨询", "committee_member", "fy_decide", reason="没有单独期限，审理期限继续计算"),
    state("mediating", "调解中", "district_legal_office", "fy_decide|fy_decide_simple"),
    state("suspended_no_party", "中止（主体缺位）", "district_legal_office", "fy_stay_terminate"),
    state("suspended", "中止（其他）", "district_legal_office",
          reason="没有期限，随中止原因消除而结束；上级机关可以责令恢复（第四十条）"),
    state("document_review", "附带审查", "district_legal_office",
          "fy_attach_own|fy_attach_notify_maker|fy_attach_maker_reply"),
    state("document_to_send", "附带审查待转送", "district_legal_office", "fy_attach_transfer"),
    state("document_sent", "附带审查已转送", "district_legal_office", "fy_attach_transferee"),
    state("withdrawal_asked", "申请撤回待准", "district_legal_office", "fy_decide|fy_decide_simple"),
    state("opinion_drafted", "审理意见待批", "head_of_organ", "fy_decide|fy_decide_simple"),
    state("collective_discussion", "集体讨论", "head_of_organ", "fy_decide|fy_decide_simple"),
    state("decided_plain", "已决定待送达（无履行内容）", "district_legal_office",
          reason="法律没有规定送达期限，依民事诉讼法送达"),
    state("decided_duty", "已决定待送达（有履行内容）", "district_legal_office",
          reason="法律没有规定送达期限，依民事诉讼法送达"),
    state("awaiting_suit", "起诉期内", "district_legal_office", "xs_after_fy"),
    state("complying", "待履行", "departmental_legal_unit", "fy_redo", reason="以决定书载明的期限为准"),
    state("compliance_ordered", "责令履行", "departmental_legal_unit", reason="期限由责令履行通知书逐案载明"),
    state("compliance_check", "核查履行", "district_legal_office", reason="法律没有规定期限"),
    final("taken_up", "上级提审"),
    final("terminated", "已终止"),
    final("closed", "已结案"),
)  # fmt: skip

STEPS = (*admission.STEPS, *reviewing.STEPS, *deciding.STEPS, *complying.STEPS)

RECONSIDERATION = Procedure(
    "disputes.reconsideration",
    "行政复议",
    STATES,
    STEPS,
    since=date(2024, 1, 1),
)
