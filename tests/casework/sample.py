"""A small chapter for the kernel's own tests: one procedure that uses every word of the vocabulary."""

from datetime import date

from casework.paper import Element, Paper
from casework.procedure import (
    BACK,
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    attest,
    child,
    expired,
    final,
    not_barred,
    rule,
    state,
    statute,
    step,
    within,
)
from casework.registry import Chapter
from casework.situation import Situation

law = statute("示例条例")


def everything_given(s: Situation) -> bool:
    """材料均已提交"""
    return bool(s.known.get("complete"))


STEPS = (
    step("file", "提出", when=NEW, by="citizen", to="filed", under=law("1"), starts="sample_answer",
         needs=rule(everything_given), tells="case_officer", gives="sample_receipt"),
    step("accept", "受理", when="filed", by="case_officer", to="review", under=law("2"), starts="sample_decide",
         stops="sample_answer", needs=(attest("材料齐全"), not_barred("sample_bar")), tells="applicant"),
    step("deem_accepted", "视为受理", when="filed", by=THE_LAW, to="review", under=law("2(2)"),
         starts=Start("sample_decide", since="opened"), stops="sample_answer", needs=expired("sample_answer"),
         tells="applicant"),
    step("note", "记录", when="review", by="case_officer", to=SAME, under=law("3"), asks=Ask("text", "内容", "text")),
    step("suspend", "中止", when="review", by="case_officer", to="suspended", under=law("4"),
         pauses="sample_decide:test",
         asks=Ask("until", "截至", "date")),
    step("resume", "恢复", when="suspended", by="case_officer", to=BACK, under=law("4"), resumes="sample_decide:test"),
    step("extend", "延长", when="review", by="head_of_organ", to=SAME, under=law("5"), extends="sample_decide",
         needs=within("sample_decide"), second_person=True),
    step("grant", "准予", when="review", by="head_of_organ", to="granted", under=law("6"), stops="sample_decide",
         second_person=True, decides=True, gives="sample_decision", tells="applicant",
         asks=Ask("reasons", "理由", "text")),
    step("refuse_false", "不予（虚假材料）", when="review", by="head_of_organ", to="refused", under=law("7"),
         decides=True,
         starts=Start("sample_bar", owner="party"), stops="sample_decide", not_by="accept"),
    step("flag_overdue", "逾期未决定", when="review", by=THE_LAW, to=SAME, under=law("8"),
         needs=expired("sample_decide"),
         tells="section_head"),
    step("reopen", "重新办理", when="refused", by="head_of_organ", to="review", under=law("9"), starts="sample_decide"),
    step("join", "并案", when="review", by=THE_LAW, to="granted", under=law("10"), stops="sample_decide",
         needs=child("sample.permit", "granted")),
)  # fmt: skip
STATES = (
    state(NEW, "（未提出）", "citizen", reason="尚无案件"),
    state("filed", "已收件", "case_officer", "sample_answer"),
    state("review", "审查中", "case_officer", "sample_decide"),
    state("suspended", "中止", "case_officer", reason="等待检验结果"),
    final("granted", "准予"),
    final("refused", "不予"),
)
PERMIT = Procedure("sample.permit", "示例许可", STATES, STEPS, since=date(2020, 1, 1), live=True)
CLOSED = Procedure("sample.closed", "未开通程序", STATES, STEPS, since=date(2020, 1, 1))
PAPERS = (
    Paper("sample_receipt", "示例收件凭证", "receipt", "示例机关", "申请人", (Element("matter", "事项"),)),
    Paper(
        "sample_decision",
        "示例决定书",
        "decision_letter",
        "示例机关",
        "申请人",
        (Element("reasons", "理由"),),
        word="示决",
        seal="organ",
    ),
)
complete = True
CHAPTER = Chapter(
    code="sample",
    title="示例",
    procedures=(PERMIT, CLOSED),
    papers=PAPERS,
    known=lambda case, facts, at: {"complete": complete},
    contexts={
        "sample_receipt": lambda case, act: {"elements": {"matter": case.title}},
        "sample_decision": lambda case, act: {"elements": {"reasons": act.facts["reasons"]}},
    },
    case_word="示申",
)
