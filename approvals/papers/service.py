"""The receipt of service 送达回证: what stands on it is fixed by civil procedure, whatever is served."""

from approvals.papers.vocabulary import HOLDER, ON_FILE, ORGAN, element
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
