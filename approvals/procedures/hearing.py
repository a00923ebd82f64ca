"""Interested parties and hearings (听证): the same rows wherever a licence is decided on. 行政许可法 36, 45-48."""

from __future__ import annotations

from approvals.rules import applications as rules
from casework.procedure import (
    SAME,
    THE_LAW,
    Ask,
    Start,
    State,
    Step,
    ahead,
    attest,
    expired,
    rule,
    state,
    statute,
    step,
)

xk = statute("行政许可法")
CONCERNED = "citizen|legal_person|agent|third_party"
EXAMINERS = "window_clerk|case_officer"
HEARING = "hearing_preparing|public_hearing_announced|hearing_scheduled"
REASONS = Ask("reasons", "理由", "text", hint="写明事实和依据的条款")
DAYS_NEEDED = Ask("until", "所需时间截至", "date", hint="书面告知申请人；所需时间不计入审查期限")

HEARING_STATES: tuple[State, ...] = (
    state("hearing_right_open", "听证权利告知期", CONCERNED, "xk_hearing_request", "送达登记之前期限不起算"),
    state("hearing_preparing", "筹备听证", "section_head", "xk_hearing_organise"),
    state(
        "public_hearing_announced",
        "依职权听证已公告",
        "section_head",
        reason="第四十六条没有规定期限，所需时间不计入并书面告知",
    ),
    state("hearing_scheduled", "听证已通知", "section_head", "xk_hearing_organise", "依职权听证没有规定组织的期限"),
    state("hearing_record_open", "听证笔录待确认", "case_officer", reason="听证所需时间不计入审查期限"),
)


def interested_and_hearing(place: str, clock: str) -> tuple[Step, ...]:
    """Those whose interest is touched, and from the right to a hearing to its record, in a matter examined in `place`.

    The time that a hearing takes is left out of `clock`: the case's own, or that of the case above (并联审批).
    """
    time = f"{clock}:hearing:until"
    return (
        step("tell_interested_party", "告知利害关系人", when=place, by="case_officer", to=SAME, under=xk("36"),
             asks=(Ask("third_party", "利害关系人", "party", source="parties", part="third_party"),
                   Ask("interest", "直接关系其重大利益的内容", "text"), Ask("answer_by", "意见提交截至", "date")),
             gives="xk_third_party_notice", tells="third_party"),
        step("make_statement", "陈述申辩", when=f"{place}|hearing_right_open|{HEARING}", by=CONCERNED, to=SAME,
             under=xk("7", "36"),
             asks=Ask("statement", "陈述和申辩的内容", "text"), gives="xk_statement_record", tells="case_officer"),
        step("notify_hearing_right", "告知听证权利", when=place, by="case_officer", to="hearing_right_open",
             under=xk("47(1)"),
             asks=Ask("interest", "重大利益关系", "text"),
             needs=(attest("许可直接涉及申请人与他人之间重大利益关系"), rule(rules.no_hearing_before)),
             gives="xk_hearing_right_notice", tells="applicant|third_party"),
        step("record_hearing_right_told", "登记听证告知书送达", when="hearing_right_open", by=EXAMINERS, to=SAME,
             under=xk("47(1)"), starts=Start("xk_hearing_request", since="fact:told_on"),
             asks=(Ask("told_on", "最后一名被告知人收到告知书的日期", "date",
                       hint="五日自被告知之日起算；电子送达的，以到达其系统的日期为准"),
                   Ask("recipients", "送达方式和签收人", "text")),
             needs=(rule(rules.told_after_the_notice), rule(rules.not_told_before)), tells="applicant|third_party",
             note="没有登记送达的，申请听证的期限不起算，也不失效"),
        step("request_hearing", "申请听证", when="hearing_right_open", by=CONCERNED, to="hearing_preparing",
             under=xk("47(1)", "45"),
             starts="xk_hearing_organise", stops="xk_hearing_request", pauses=f"{clock}:hearing",
             needs=rule(rules.hearing_asked_in_time),
             tells="section_head|case_officer", contested="自申请之日起不计入审查期限；等待申请的五日计入"),
        step("lapse_hearing_right", "听证权逾期失效", when="hearing_right_open", by=THE_LAW, to=place,
             under=xk("47(1)"),
             stops="xk_hearing_request", needs=expired("xk_hearing_request"), tells="case_officer|applicant",
             note="法律没有规定期满前可以放弃"),
        step("announce_public_hearing", "公告依职权听证", when=place, by="section_head",
             to="public_hearing_announced",
             under=xk("46", "45"), pauses=time,
             asks=(Ask("hearing_basis", "应当听证的依据"), Ask("hearing_on", "听证日期", "date"),
                   Ask("place", "听证地点"), Ask("how_to_join", "参加方式", "text"), DAYS_NEEDED),
             needs=attest("法律、法规、规章规定应当听证，或者涉及公共利益的重大许可事项"),
             gives="xk_hearing_announcement|xk_excluded_time_notice", tells="applicant|public"),
        step("appoint_presider", "指定听证主持人", when=HEARING, by="section_head", to=SAME,
             under=xk("48(1)(3)"), asks=Ask("presider", "听证主持人", "choice", source="officers", part="presider"),
             needs=(rule(rules.presider_did_not_examine), attest("主持人与本事项没有直接利害关系")), second_person=True,
             tells="case_officer|applicant|third_party", note="主持人回避的，另行指定"),
        step("challenge_presider", "申请主持人回避", when=HEARING, by=CONCERNED, to=SAME, under=xk("48(1)(3)"),
             asks=Ask("grounds", "与主持人的直接利害关系", "text"), needs=rule(rules.presider_appointed),
             tells="head_of_organ"),
        step("decide_challenge", "决定是否回避", when=HEARING, by="head_of_organ", to=SAME, under=xk("48(1)(3)"),
             asks=(Ask("outcome", "决定", "choice", choices=(("recused", "主持人回避"), ("stays", "不予回避"))),
                   REASONS),
             needs=rule(rules.challenge_open), second_person=True, tells="applicant|third_party",
             note="法律没有写明由谁决定，通例由机关负责人决定"),
        step("notify_hearing_date", "通知听证时间地点", when="hearing_preparing|public_hearing_announced",
             by="section_head",
             to="hearing_scheduled", under=xk("48(1)(1)", "45"), pauses=time,
             asks=(Ask("hearing_on", "听证日期", "date"), Ask("hearing_time", "开始时间", hint="例如：上午9时30分"),
             Ask("place", "听证地点"), DAYS_NEEDED),
             needs=(rule(rules.presider_appointed), ahead("xk_hearing_notice", "hearing_on")),
             gives="xk_hearing_notice|xk_excluded_time_notice", tells="applicant|third_party|public",
             note="依申请的听证同样应当书面告知所需时间（45）"),
        step("flag_hearing_overdue", "逾期未组织听证", when="hearing_preparing|hearing_scheduled", by=THE_LAW, to=SAME,
             under=xk("47(1)", "72(1)(8)"), needs=expired("xk_hearing_organise"), tells="section_head|supervisor",
             note="法律没有规定视为结果，只作提示和监督"),
        step("hold_hearing", "举行听证", when="hearing_scheduled", by="case_officer|section_head",
             to="hearing_record_open", under=xk("48(1)(2)", "48(1)(4)"), stops="xk_hearing_organise",
             asks=(Ask("attendants", "参加人", "text"), Ask("evidence", "审查意见的证据、理由", "text"),
                   Ask("arguments", "申辩和质证", "text")),
             needs=(rule(rules.hearing_follows_notice), rule(rules.no_challenge_open), rule(rules.presider_holds),
             attest("公开举行，或者依法不公开"))),
        step("confirm_hearing_record", "确认听证笔录", when="hearing_record_open", by="case_officer", to=place,
             under=xk("48(1)(5)"), resumes=f"{clock}:hearing",
             needs=attest("参加人确认无误后已经签字或者盖章，拒绝的已经注明"),
             gives="xk_hearing_record", tells="applicant|third_party"),
    )  # fmt: skip
