"""Administrative penalty, ordinary procedure (行政处罚普通程序). 行政处罚法 54-64."""

from datetime import date

from casework.procedure import Procedure, final, state, statute
from enforcement.procedures.penalty_ordinary import deciding, filing, hearing, investigating

STATES = (
    state("clue", "线索核查", "case_officer", "samr_clue_check",
          reason="核查期限仅适用于市场监管案件，其他机关法律仅规定“及时”"),
    state("filing_pending", "待批立案", "head_of_organ", "samr_clue_check", reason="没有单独期限，在核查期限之内"),
    final("not_filed", "不予立案"),
    state("investigating", "调查取证", "case_officer", "cf_decide|samr_decide"),
    state("investigation_suspended", "中止调查", "case_officer", "samr_decide",
          reason="市场监管办案期限中止，原因消除时结束"),
    state("report_submitted", "调查终结待审", "head_of_organ", "cf_decide|samr_decide"),
    state("case_review", "案件审核", "departmental_legal_unit", "samr_legal_review"),
    state("report_reviewed", "审核完毕待批", "head_of_organ", "samr_decide"),
    state("notice_approved", "告知待送达", "case_officer", "cf_decide|samr_decide"),
    state("notified", "已告知（陈述申辩）", "case_officer", "samr_plead|cf_decide",
          reason="市场监管为五个工作日，其他机关为告知书载明的期限；办案期限继续计算"),
    state("notified_hearing", "已告知（听证权）", "case_officer", "cf_hearing_request"),
    state("hearing_requested", "待定听证", "departmental_legal_unit", "cf_decide",
          reason="法律没有单独期限，办案期限继续计算"),
    state("hearing_scheduled", "已通知听证", "departmental_legal_unit", "cf_hearing_notice"),
    state("hearing_held", "听证已结束", "departmental_legal_unit", "cf_decide"),
    state("pleas_reviewed", "意见已复核", "section_head", "cf_decide|samr_decide"),
    state("legal_review", "法制审核", "departmental_legal_unit", "samr_legal_review|cf_decide",
          reason="市场监管案件适用审核期限，其他机关仅有办案期限"),
    state("review_returned", "审核退回", "section_head", "cf_decide|samr_decide"),
    state("review_passed", "审核通过", "section_head", "cf_decide|samr_decide"),
    state("collective_discussion", "集体讨论", "head_of_organ", "cf_decide|samr_decide"),
    state("decision_pending", "待决定", "head_of_organ", "cf_decide|samr_decide"),
    state("decided", "已决定待送达", "case_officer", "cf_serve"),
    state("decided_no_penalty", "不予处罚待送达", "case_officer", "cf_serve"),
    state("announcing", "公告送达中", "case_officer", "ms_announce_service"),
    state("in_performance", "履行中", "case_officer", reason="决定书载明的期限；缴款期限在罚款缴纳案件中计算"),
    state("awaiting_police", "移送公安待复", "case_officer", reason="适用移送涉嫌犯罪案件的期限"),
    state("with_justice", "刑事程序中", "case_officer", reason="刑事程序在本机关之外，没有期限"),
    state("awaiting_transfer", "移送待接收", "case_officer", reason="适用案件移送的期限"),
    state("closing_pending", "待结案审批", "head_of_organ", "samr_close",
          reason="市场监管为十五个工作日，其他机关没有法定期限"),
    state("to_archive", "待归档", "case_officer", reason="法律没有规定期限"),
    final("closed", "已结案归档"),
)  # fmt: skip

STEPS = (*filing.STEPS, *investigating.STEPS, *hearing.STEPS, *deciding.STEPS)

PENALTY_ORDINARY = Procedure(
    "enforcement.penalty_ordinary",
    "行政处罚普通程序",
    STATES,
    STEPS,
    since=date(2021, 7, 15),
    under_power=statute("行政处罚法")("17"),
)
