"""Papers that the steps of a licence give beside those of the register: termination, and the receipt of service.

What stands on a receipt of service is fixed by civil procedure, whatever is served.
"""

from approvals.papers.vocabulary import (
    APPLICANT,
    APPLICANT_NAME,
    CONSENT,
    HOLDER,
    ON_FILE,
    ORGAN,
    RECEIPT,
    REMEDY,
    SEAL_AND_DATE,
    element,
    paper,
)
from casework.paper import Paper
from casework.procedure import statute

ms = statute("民事诉讼法")

SERVICE_RECEIPT = Paper(
    "sy_service_receipt",
    "送达回证",
    "form",
    ORGAN,
    HOLDER,
    (
        element("recipient", "受送达人"),
        element("papers", "文书名称、文号、件数"),
        element("method", "送达方式"),
        element("place", "送达地点"),
        element("received_by", "签收人", ms("87(1)")),
        element("servers", "送达人"),
    ),
    seal="signatures",
    law="民事诉讼法",
    article="87",
    service=(ON_FILE,),
    retention="永久",
    verified="yes",
    note="签收日期为送达日期（87(2)）",
    own_template="papers/delivery_receipt.html",
)

TERMINATION = paper(
    "xk_termination_decision",
    "终止办理行政许可决定书",
    "decision_letter",
    ORGAN,
    APPLICANT,
    (
        APPLICANT_NAME,
        element("item", "事项"),
        element("reasons", "终止办理的理由"),
        element("basis", "依据"),
        SEAL_AND_DATE,
        REMEDY,
    ),
    word="许终",
    law="市场监督管理行政许可程序暂行规定",
    article="30,31",
    seal="organ",
    remedy="RN1",
    service=(RECEIPT, CONSENT),
    copies=2,
    retention="30年",
    verified="partial",
    note="部门规章，其他部门参照",
)
