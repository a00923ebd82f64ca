"""Words that the tables of licensing papers share: statutes, seals, ways of service, common elements."""

from collections.abc import Sequence
from typing import Any

from casework.paper import Element, Filling, Paper
from casework.procedure import Cite, statute

XK = "行政许可法"
xk = statute(XK)
online = statute("国务院关于在线政务服务的若干规定")
business = statute("北京市优化营商环境条例")
opinion118 = statute("国办发〔2018〕118号")

SPECIAL_SEAL = "行政许可专用章"
APPLICANT, HOLDER, PUBLIC, ORGAN, WINDOW = "申请人", "被许可人", "社会公众", "实施机关", "实施机关窗口"
SPOT = "on_the_spot"  # handed over, signature on the paper
RECEIPT = "service_receipt"  # 送达回证
CONSENT = "electronic_with_consent"  # on line, only with a signed confirmation of address
NOTIFIED = "notification"  # traceable, no form in law
PUBLISHED, RETURN_SLIP, ON_FILE = "publication", "return_slip", "file"
HANDED = (SPOT, RECEIPT, CONSENT)
REMEDY_LIMITS = ("fy_apply", "xs_direct")

# Elements that many papers share.
APPLICANT_NAME = Element("applicant", "申请人")
HOLDER_NAME = Element("holder", "被许可人")
ITEM = Element("item", "许可事项")
SEAL_AND_DATE = Element("seal", "机关印章和日期", filled_by="seal")
SPECIAL_SEAL_AND_DATE = Element("seal", "行政机关专用印章和日期", xk("32(2)"), "seal")
REMEDY = Element("remedy", "救济告知", filled_by="remedy")
SIGNATURES = Element("signatures", "签名")


def element(
    key: str, name: str, source: tuple[Cite, ...] = (), *, at_least: int = 1, when: str = "", says: str = ""
) -> Element:
    return Element(key, name, source, at_least=at_least, when=when, says=says)


def fixed(key: str, name: str, says: str, source: tuple[Cite, ...] = (), filled_by: Filling = "paper") -> Element:
    """An element that the words of the form or of the remedy text carry."""
    return Element(key, name, source, filled_by, says=says)


def paper(code: str, title: str, layout: str, by: str, to: str, elements: Sequence[Element], **facts: Any) -> Paper:
    if facts.get("seal") == "special":
        facts["seal_words"] = SPECIAL_SEAL
    if facts.get("remedy") == "RN1":
        facts.setdefault("limits", REMEDY_LIMITS)
    facts.setdefault("law", "" if facts.get("verified") == "no" else XK)
    facts.setdefault("own_template", f"papers/approvals/{code}.html")
    return Paper(code, title, layout, by, to, tuple(elements), **facts)
