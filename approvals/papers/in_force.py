"""Papers that supervision, revocation and the end of a licence give beside those of the register.

The law names none of them: they are office practice, each with the elements without which its reader could not act.
"""

from approvals.papers.vocabulary import (
    APPLICANT,
    APPLICANT_NAME,
    CONSENT,
    HANDED,
    HOLDER,
    HOLDER_NAME,
    NOTIFIED,
    ON_FILE,
    ORGAN,
    PUBLIC,
    PUBLISHED,
    RECEIPT,
    REMEDY,
    SEAL_AND_DATE,
    SIGNATURES,
    element,
    fixed,
    paper,
    xk,
)
from casework.paper import Paper

ORIGINAL = element("original", "原许可")
PRACTICE = "行政许可法未规定，实践文书"

IN_FORCE: tuple[Paper, ...] = (
    paper(
        "xk_verification_task", "实地核查任务单", "form", ORGAN, "核查人员",
        (APPLICANT_NAME, element("item", "事项"), element("officers", "两名以上核查人员", xk("34(3)"), at_least=2),
         element("verify_on", "核查日期"), element("points", "核查内容"), element("assigned_by", "指派人")),
        article="34(3)", seal="signatures", service=(ON_FILE,), retention="30年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_overdue_note", "逾期提示与救济告知书", "notice", "系统（以实施机关名义）", APPLICANT,
        (element("item", "事项"), element("due_on", "审查期限届满日", xk("42(1)")),
         fixed("silence", "逾期未作决定", "逾期未作出决定"), REMEDY),
        word="许逾", article="42,74", seal="organ", remedy="RN2I", limits=("fy_apply", "xs_after_fy"),
        service=(NOTIFIED,), copies=2, retention="30年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_expiry_notice", "许可届满告知书", "notice", "系统（以实施机关名义）", HOLDER,
        (ORIGINAL, element("expires_on", "届满日"), element("reasons", "申请终结的原因"),
         element("onward", "重新申请的途径"), SEAL_AND_DATE, REMEDY),
        word="许届", article="50,70", seal="organ", remedy="RN1", service=(NOTIFIED,), copies=2, retention="30年",
        verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_abandonment_notice", "视为放弃申请告知书", "notice", ORGAN, APPLICANT,
        (element("item", "事项"), element("told_on", "告知补正的日期"), element("correct_by", "补正期限"),
         element("onward", "再次申请的途径"), SEAL_AND_DATE),
        word="许弃", law="市场监督管理行政许可程序暂行规定", article="15", seal="special",
        service=(NOTIFIED,), copies=2, retention="10年", verified="partial", note="部门规章，其他部门没有这一文书",
    ),
    paper(
        "xk_annulment_intent", "拟撤销（撤回、变更）行政许可告知书", "notice", ORGAN, HOLDER,
        (HOLDER_NAME, ORIGINAL, element("reasons", "拟作决定的事实和理由", xk("7")), element("basis", "依据"),
         fixed("statement", "陈述、申辩的权利", "陈述和申辩", xk("7")),
         element("public_interest", "公共利益的需要", xk("8(2)"), when="taking_back"),
         element("compensation", "补偿", xk("8(2)"), when="taking_back"), SEAL_AND_DATE, REMEDY),
        word="许拟", titles=("拟撤销行政许可告知书", "拟撤回（变更）行政许可告知书"),
        law="行政许可法；市场监督管理行政许可程序暂行规定", article="7,8,69；38,43,44,53", seal="organ", remedy="RN5",
        limits=("xk_hearing_request",), service=(RECEIPT, CONSENT), copies=3, retention="永久", verified="partial",
        note="市场监管部门规章的程序，其他部门参照",
    ),
    paper(
        "xk_annulment_request_receipt", "撤销请求接收凭证", "receipt", ORGAN, "利害关系人",
        (element("requester", "请求人"), ORIGINAL, element("interest", "利害关系"), element("request", "请求和理由"),
         element("received_at", "接收时间")),
        article="69(1)", seal="special", service=HANDED, copies=2, retention="30年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_no_annulment_decision", "不予撤销行政许可决定书", "decision_letter", ORGAN, HOLDER,
        (HOLDER_NAME, ORIGINAL, element("reasons", "对公共利益的重大损害", xk("69(3)")), element("basis", "依据"),
         SEAL_AND_DATE, REMEDY),
        word="许不撤", article="69(3)", seal="organ", remedy="RN1", service=(RECEIPT, CONSENT), copies=3,
        retention="永久", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_procedure_end_notice", "终止程序告知书", "notice", ORGAN, HOLDER,
        (ORIGINAL, element("told_on", "此前告知的日期"), element("reasons", "终止的理由"), SEAL_AND_DATE),
        word="许止", article="8(1)", seal="organ", service=(RECEIPT, CONSENT), copies=3, retention="30年",
        verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_cancellation_receipt", "注销申请接收凭证", "receipt", ORGAN, HOLDER,
        (HOLDER_NAME, ORIGINAL, element("reasons", "申请注销的理由"), element("received_at", "接收时间")),
        article="70", seal="special", service=HANDED, copies=2, retention="10年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_no_cancellation_notice", "不予注销告知书", "notice", ORGAN, HOLDER,
        (ORIGINAL, element("reasons", "不予注销的理由"), element("basis", "依据"), SEAL_AND_DATE, REMEDY),
        word="许不注", law="市场监督管理行政许可程序暂行规定", article="48", seal="organ", remedy="RN1",
        service=(RECEIPT, CONSENT), copies=2, retention="30年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_hearing_request_receipt", "听证申请接收凭证", "receipt", ORGAN, "听证申请人",
        (element("requester", "申请人"), ORIGINAL, element("received_at", "接收时间"),
         element("hold_by", "最迟组织听证的日期")),
        law="行政许可法；市场监督管理行政许可程序暂行规定", article="47；53", seal="special", service=HANDED, copies=2,
        retention="30年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_rectification_receipt", "整改报告接收凭证", "receipt", ORGAN, HOLDER,
        (HOLDER_NAME, ORIGINAL, element("order_on", "责令改正的日期"), element("report", "报告的改正情况"),
         element("received_at", "接收时间")),
        article="66,67", seal="special", service=HANDED, copies=2, retention="10年", verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_recheck_record", "整改复查记录", "record", "两名执法人员", HOLDER,
        (HOLDER_NAME, ORIGINAL, element("officers", "两名以上复查人员", at_least=2), element("duty", "责令改正的内容"),
         element("findings", "复查情况"), element("result", "复查结论"), SIGNATURES),
        article="61(2),66,67", seal="signatures", service=(ON_FILE,), retention="30年", verified="partial",
        note=PRACTICE,
    ),
    paper(
        "xk_transfer_letter", "案件移送函", "gbt9704_letter", ORGAN, "行政执法机关",
        (HOLDER_NAME, ORIGINAL, element("facts", "移送的事实"), element("basis", "依据"),
         element("receiver", "接收机关"), SEAL_AND_DATE),
        word="许移", article="66,79,80", seal="organ", service=(RECEIPT,), copies=3, retention="30年",
        verified="partial", note=PRACTICE,
    ),
    paper(
        "xk_void_announcement", "行政许可证件作废公告", "announcement", ORGAN, PUBLIC,
        (HOLDER_NAME, ORIGINAL, element("circumstance", "注销情形", xk("70")), element("certificate", "证件的处理"),
         SEAL_AND_DATE),
        word="许废", article="70", seal="organ", service=(PUBLISHED,), retention="永久", verified="partial",
        note="名称公开前对个人的部分信息作遮蔽处理",
    ),
)  # fmt: skip
