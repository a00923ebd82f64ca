"""Correction of records about oneself (政府信息更正). 政府信息公开条例 41."""

from datetime import date

from casework.procedure import NEW, Procedure, final, state, statute, step

xx = statute("政府信息公开条例")
APPLICANT = "citizen|legal_person|agent"

STATES = (
    state(NEW, "（未提出）", APPLICANT, reason="申请之前尚无案件"),
    state("received", "更正申请办理中", "case_officer", reason="第四十一条没有规定期限"),
    final("corrected", "已更正"),
    final("refused", "不予更正"),
    final("passed_on", "转送或告知"),
)  # fmt: skip

STEPS = (
    step("ask_record_correction", "要求更正自身记录", when=NEW, by=APPLICANT, to="received", under=xx("41"),
         needs=("涉及申请人本人的记录", "已附证据"), gives="更正申请回执", tells="disclosure_office"),
    step("correct_record", "更正", when="received", by="case_officer", to="corrected", under=xx("41"),
         needs=("本机关有权更正", "经审核属实", "已由第二人复核"), gives="xx_record_correction", tells="applicant",
         decides=True, second_person=True),
    step("refuse_record_correction", "不予更正", when="received", by="case_officer", to="refused", under=xx("41", "51"),
         needs="已说明理由，并告知行政复议、行政诉讼的权利和期限", gives="xx_record_correction", tells="applicant",
         decides=True, second_person=True),
    step("pass_on_record_correction", "转送有权机关", when="received", by="case_officer", to="passed_on",
         under=xx("41"), needs=("本机关无权更正", "已写明有权更正的机关"), gives="sy_letter|告知书",
         tells="applicant|competent_organ"),
)  # fmt: skip

RECORD_CORRECTION = Procedure(
    "disclosure.record_correction",
    "政府信息更正",
    STATES,
    STEPS,
    since=date(2019, 5, 15),
)
