"""Rows that a change and a renewal share, from receipt to acceptance and examination. 行政许可法 32, 34, 78, 79.

They are the rows of `licence` as far as they fit: no clock, paper or condition is another here.
"""

from dataclasses import replace

from approvals.rules import applications, in_force
from casework.procedure import (
    SAME,
    THE_LAW,
    Ask,
    Start,
    Step,
    attest,
    barred,
    expired,
    not_barred,
    rule,
    statute,
    step,
    within,
)

xk = statute("行政许可法")
three_systems = statute("国办发〔2018〕118号")
market = statute("市场监督管理行政许可程序暂行规定")
APPLICANT = "citizen|legal_person|agent"
FILERS = f"{APPLICANT}|window_clerk"
EXAMINERS = "window_clerk|case_officer"

REASONS = Ask("reasons", "理由", "text", hint="写明事实和依据的条款")
ITEMS = Ask("items", "需要补正的材料", "many", source="materials", at_least=1)
CORRECT_BY = Ask(
    "correct_by", "请于此日前补正", "date", required=False, hint="法律没有规定申请人补正的期限，可以约定合理期限"
)
CORRECTING = Start("xk_correct", until="fact:correct_by")
ELSEWHERE = Ask("competent_organ", "处理机关", required=False)
# What a bundle's organs do among themselves before anything is decided: the article gives the frame and no more.
FRAME = "第二十六条第二款只规定统一办理、联合办理，没有规定意见的撤回和退回；在此范围内由本门户自定"
FOUND_FALSE = attest("隐瞒有关情况或者提供虚假材料的事实已经查明")
HELD = (rule(in_force.applies_as_holder), rule(in_force.licence_in_force), rule(in_force.deciding_organ))
TRUTH = attest("本人承诺所提交的材料真实，并对其真实性负责")

IDENTIFIED = attest("已经核对提交人身份")
SPOT = ("take_in_spot_correction", "窗口办理当场更正")
BROUGHT = ("take_in_correction", "窗口收取补正")
WITHDRAWN = ("take_in_withdrawal", "窗口收取撤回申请")
REDIRECTED = ("take_in_redirection", "窗口收取改送请求")
CORRECTED = "submit_correction|take_in_correction"  # 收到补正材料之日


def also_at_window(row: Step, name: str, label: str) -> tuple[Step, Step]:
    """What an applicant may do on line, and the same act brought to a window: article, clocks and papers are one.

    The clerk of a service point takes it in for whoever stands there and was identified, or by post; the organ hears
    of it as if it had come on line.
    """
    note = "提交人不必有账号；身份核验和收到时间同窗口收件一样登记"
    taken_in = replace(
        row, name=name, label=label, by=("window_clerk",), of="point", needs=(*row.needs, IDENTIFIED),
        tells=tuple(dict.fromkeys(("applicant", *row.tells))), note=f"{row.note}；{note}" if row.note else note,
    )  # fmt: skip
    return row, taken_in


AT_RECEIPT = (
    *also_at_window(
        step("correct_on_the_spot", "当场更正", when="filed", by=APPLICANT, to=SAME, under=xk("32(1)(3)"),
             asks=(Ask("material", "哪一份材料", "choice", source="application_parts"), Ask("wrong", "原来的内容"),
                   Ask("right", "更正后的内容")),
             needs=attest("属于可以当场更正的错误"), gives="xk_on_spot_correction", tells="applicant|window_clerk"),
        *SPOT),
    step("tell_no_licence_needed", "告知无需许可", when="filed", by=EXAMINERS, to="not_needed",
         under=xk("32(1)(1)", "32(2)"), stops="xk_deficiency_notice", asks=REASONS,
         needs=within("xk_deficiency_notice"), gives="xk_not_required_notice", tells="applicant", decides=True,
         note="应当即时告知；迟延没有规定后果，五个工作日后视为受理"),
    step("refuse_not_competent", "不属职权不予受理", when="filed", by=EXAMINERS, to="not_accepted",
         under=xk("32(1)(2)", "32(2)"), stops="xk_deficiency_notice",
         asks=(REASONS, Ask("competent_organ", "应当向哪一机关申请")), needs=within("xk_deficiency_notice"),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True,
         note="应当即时作出；迟延没有规定后果，五个工作日后视为受理"),
)  # fmt: skip

NOTIFICATION = (
    step("notify_deficiency", "一次告知补正", when="filed", by=EXAMINERS, to="awaiting_correction",
         under=xk("32(1)(4)", "32(2)"), starts=CORRECTING, stops="xk_deficiency_notice",
         asks=(ITEMS, Ask("requirements", "逐项说明需要补正的内容", "text"), CORRECT_BY),
         needs=(within("xk_deficiency_notice"), rule(applications.no_deficiency_notice_before),
                rule(applications.only_published_materials), attest("已经列明需要补正的全部内容")),
         gives="xk_deficiency_notice", tells="applicant", note="再次发出首次补正告知书时，系统依条件拒绝"),
)  # fmt: skip

CORRECTION = (
    *also_at_window(
        step("submit_correction", "提交补正", when="awaiting_correction", by=APPLICANT, to="filed",
             under=xk("32(1)(5)"), starts="xk_deficiency_notice", stops="xk_correct",
             needs=attest("已经按照补正告知书提交补正材料"),
             gives="xk_intake_receipt", tells="window_clerk|case_officer", note="法律仅规定补正全部材料的应当受理",
             contested="补正后重新起算五日系类推适用"),
        *BROUGHT),
    step("return_outstanding_items", "退回未补齐事项", when="filed", by=EXAMINERS, to="awaiting_correction",
         under=xk("32(1)(5)"), starts=CORRECTING, stops="xk_deficiency_notice", asks=(ITEMS, CORRECT_BY),
         needs=(within("xk_deficiency_notice"), rule(applications.deficiency_notice_before),
                rule(applications.only_items_of_the_notice)),
         gives="xk_deficiency_notice", tells="applicant", note="不是新的补正清单",
         contested="依据“提交全部补正申请材料”推导"),
    step("abandon_without_correction", "逾期不补正视为放弃", when="awaiting_correction", by=THE_LAW, to="abandoned",
         under=market("15(1)(4)"), stops="xk_correct",
         needs=(expired("xk_correct"), rule(applications.belongs_to_market_regulation)),
         gives="xk_abandonment_notice", tells="applicant|case_officer",
         note="合理期限由补正告知书载明，法律、法规没有统一规定；属市场监管部门规章的规定，其他领域没有此行"),
)  # fmt: skip

REFUSAL = (
    step("refuse_false_material", "隐瞒或虚假材料不予受理", when="filed", by="case_officer", to="not_accepted",
         under=xk("78"), stops="xk_deficiency_notice", asks=(REASONS, ELSEWHERE),
         needs=(FOUND_FALSE, rule(applications.not_safety_matter)), gives="xk_non_acceptance_decision",
         tells="applicant",
         decides=True, note="第七十八条的警告属于行政处罚，另行立案"),
    step("refuse_false_material_safety", "隐瞒或虚假材料不予受理（安全健康财产事项）", when="filed", by="case_officer",
         to="not_accepted", under=xk("78"), starts=Start("xk_bar_false_material", owner="party"),
         stops="xk_deficiency_notice", asks=(REASONS, ELSEWHERE),
         needs=(FOUND_FALSE, rule(applications.safety_matter), attest("已经告知一年内不得再次申请")),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True,
         note="限制申请期按申请人和许可种类记载，不随本案"),
    step("refuse_barred", "限制期内不予受理", when="filed", by="case_officer", to="not_accepted", under=xk("78", "79"),
         stops="xk_deficiency_notice", asks=(REASONS, ELSEWHERE),
         needs=barred("xk_bar_false_material", "xk_bar_fraud"), gives="xk_non_acceptance_decision", tells="applicant",
         decides=True),
)  # fmt: skip

ACCEPTED = (
    step("accept", "受理", when="filed", by=EXAMINERS, to="under_review",
         under=xk("32(1)(5)", "32(2)"), starts="xk_decide", stops="xk_deficiency_notice",
         needs=(rule(applications.power_held), attest("申请材料齐全、符合法定形式，或者已经按照补正告知全部补正"),
                not_barred("xk_bar_false_material", "xk_bar_fraud")),
         gives="xk_acceptance_notice", tells="applicant"),
)  # fmt: skip


def acceptance(*applied: str) -> tuple[Step, ...]:
    """Both ways of being accepted, for what was applied for by one of these rows."""
    received = "|".join((*applied, CORRECTED))  # 收到申请材料之日
    deemed = step(
        "deem_accepted", "逾期未告知视为受理", when="filed", by=THE_LAW, to="under_review", under=xk("32(1)(4)"),
        starts=Start("xk_decide", since=f"step:{received}"), stops="xk_deficiency_notice",
        needs=(expired("xk_deficiency_notice"), rule(applications.nothing_told_in_time)),
        gives="xk_deemed_acceptance_note", tells="applicant|case_officer|section_head",
        note="自收到申请材料之日起即为受理，审查期限从该日起算",
        contested="补正之后逾期的，自收到补正材料之日起算",
    )  # fmt: skip
    return (*ACCEPTED, deemed)


def verification(place: str = "under_review") -> tuple[Step, ...]:
    """Inspection on the spot of a matter that is examined in `place`."""
    return (
        step("assign_verification", "指派实地核查", when=place, by="section_head", to=SAME, under=xk("34(3)"),
             asks=(Ask("officers", "核查人员（两名以上）", "staff", source="officers", at_least=2, part="verifier"),
                   Ask("verify_on", "核查日期", "date"), Ask("points", "核查内容", "text", required=False)),
             needs=rule(applications.two_officers), gives="xk_verification_task", tells="case_officer|verifier"),
        step("record_verification", "记录核查结果", when=place, by="case_officer", to=SAME, under=xk("34(3)"),
             asks=(Ask("signed_by", "签字的核查人员", "staff", source="verifiers", at_least=2),
                   Ask("verified_on", "核查日期", "date"), Ask("place", "核查地点"),
                   Ask("findings", "现场情况", "text"),
                   Ask("conclusion", "核查结论", "choice", choices=(("fits", "符合"), ("fails", "不符合")))),
             needs=(rule(applications.verification_assigned), rule(applications.verification_by_assigned)),
             gives="xk_verification_record", tells="applicant|section_head", second_person=True),
    )  # fmt: skip


def legal_review(place: str) -> tuple[Step, ...]:
    """Legal review of major decisions of a matter that is examined in `place`."""
    return (
        step("pass_legal_review", "法制审核通过", when=place, by="departmental_legal_unit", to=SAME,
             under=three_systems("(十一)", "(十四)"), asks=Ask("opinion", "审核意见", "text"),
             needs=(rule(applications.major_decision), rule(applications.reviewer_did_not_handle)), second_person=True,
             tells="case_officer"),
        step("object_in_legal_review", "法制审核不通过", when=place, by="departmental_legal_unit", to=SAME,
             under=three_systems("(十三)", "(十四)"), asks=Ask("opinion", "审核意见", "text"),
             needs=(rule(applications.major_decision), rule(applications.reviewer_did_not_handle)), second_person=True,
             tells="case_officer|section_head"),
    )  # fmt: skip


def redirection(when: str) -> tuple[Step, Step]:
    """Collecting at another service point than was chosen, until the result is handed over (到任一网点领取)."""
    return also_at_window(
        step("redirect", "改送其他网点领取", when=when, by=APPLICANT, to=SAME, under=xk("44"), verified=False,
             asks=Ask("point", "改在哪一网点领取", "choice", source="collecting_points"),
             needs=(rule(applications.collects_at_point), rule(applications.another_point)),
             tells="applicant|case_officer",
             note="第四十四条规定颁发、送达的期限，没有规定改变领取地点；本门户自定：领取以前可以改送，送达的期限不变"),
        *REDIRECTED)  # fmt: skip


DELIVERY = (
    Ask("method", "送达方式", "choice",
        choices=(("direct", "直接送达"), ("electronic", "电子送达"), ("mail", "邮寄送达"))),
    Ask("recipient", "签收人"), Ask("served_on", "签收日期", "date"),
)  # fmt: skip
