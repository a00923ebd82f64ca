"""What the chapter tells the city of the documents that the district files with it, and what the city's answers do.

Filing upwards leaves as a message in the transaction of its act. An answer takes a row of the procedure like everything
else: what does not fit where the case stands waits for a person.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from casework.actions import Offer, take
from casework.actions.hold import hold
from casework.models import Act, Case, Document, Message
from casework.queries.clock import database_now
from casework.queries.rights import LAW
from casework.refusal import Reason, Refused
from exchange.actions import outbox
from exchange.actions.take_in import Held, content
from exchange.queries.peer import connected, moment
from exchange.rules.kinds import Kind
from exchange.rules.letters import MOST_BYTES
from exchange.rules.signed import canonical
from regulations.actions.opening import of_government
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.document import published_version
from regulations.queries.exchange import ANSWER, FILING, REPORT, with_the_city
from regulations.queries.filing import PROCEDURE, materials

DIRECTORY = Path(__file__).resolve().parents[1] / "data" / "exchange"
FILED, MORE = "submit_filing", "supplement"  # both carry the whole package: the city may not have got the earlier one
REPORTED = ("explain", "report_corrected", "contest_opinion")
ENVELOPE = 8 * 1024  # bytes of a message around its body, at most
MEGABYTE = 1024 * 1024

# Which row an answer of the city takes, and what it must say besides; names are those of the row's questions.
ANSWERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "registered": ("city_registers", ()),
    "out_of_scope": ("city_returns", ("reasons",)),
    "incomplete": ("city_asks_supplement", ("missing",)),
    "explain": ("city_asks_explanation", ("questions", "explain_by")),
    "goes_on": ("city_goes_on", ()),
    "extended": ("city_extends", ("extend_to", "reasons")),
    "filed": ("city_finds_no_problem", ()),
    "correct": ("city_orders_correction", ("articles", "superior", "reasons", "not_applied")),
    "accepted": ("city_accepts_reply", ("reasons",)),
    "revoked": ("city_revokes", ("articles", "reasons")),
}


def tell(case: Case, act: Act) -> None:
    """Tell the city what was done in a filing with it; nothing of what is filed elsewhere. Raises Refused.

    What was filed before a city was connected stays with its reviewers here, whatever is supplemented later.
    """
    if not connected() or case.procedure != PROCEDURE:
        return
    if act.step == FILED or (act.step == MORE and with_the_city(case)):
        document = document_of(case)
        if document and of_government(document):
            _write(FILING, _package(case, act, document), case, act)
    elif act.step in REPORTED and with_the_city(case):
        said = {name: str(value) for name, value in act.facts.items() if value}
        _write(REPORT, {**_about(case, act), "said": said}, case, act)


def _write(kind: str, body: dict[str, Any], case: Case, act: Act) -> None:
    # Now, whenever the act took place: a day that was compared gets no more messages.
    outbox.write(kind, case.number, body, database_now(), case=case, act=act)


def _about(case: Case, act: Act) -> dict[str, Any]:
    return {
        "case": case.number,
        "organ": {"code": case.organ.code, "name": case.organ.name},
        "step": act.step,
        "label": act.label,
        "at": moment(act.at),
    }


def _package(case: Case, act: Act, document: NormativeDocument) -> dict[str, Any]:
    """Everything that the city needs to register the document and to review it."""
    report = Document.objects.filter(case=case, paper="gfx_filing_report_gov", voided_at=None).order_by("-pk").first()
    sent = case.acts.filter(step="submit_filing").order_by("-seq").first()
    said: Mapping[str, Any] = sent.facts if sent else {}
    body = {
        **_about(case, act),
        "document": {
            "issuer": document.issuer,
            "number": document.number,
            "title": document.title,
            "signed_on": _day(document.signed_on),
            "published_on": _day(document.published_on),
            "effective_from": _day(document.effective_from),
            "valid_until": _day(document.valid_until),
            "text": _text(document),
        },
        "report": {
            "number": report.number if report else "", "words": said.get("report", ""),
            "contact": said.get("contact", ""),
        },
        "materials": [_material(name, paper, act) for name, paper in materials(case).items() if paper],
    }  # fmt: skip
    if act.step == "supplement":
        body["answer"] = act.facts.get("answer", "")
    if len(canonical(body)) > MOST_BYTES - ENVELOPE:
        words = f"备案材料的电子文件合计过大，市级平台每次接收不超过{MOST_BYTES // MEGABYTE} MB"
        raise Refused([Reason("too_long", words)], act.label)
    return body


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(document: NormativeDocument) -> str:
    """The words as they were published, sign by sign."""
    version = published_version(document)
    return version.body if version else ""


def _material(name: str, paper: Document, act: Act) -> dict[str, Any]:
    """One material as it was printed and sealed."""
    if not paper.made_at:
        words = f"“{name}”的电子文件正在生成，请稍后再报送"
        raise Refused([Reason("not_made", words)], act.label)
    with paper.file.open("rb") as file:
        data = file.read()
    return {
        "material": name, "code": paper.paper, "name": f"{paper.title}.pdf", "number": paper.number, "size": len(data),
        "sha256": paper.sha256, "content": base64.b64encode(data).decode(),
    }  # fmt: skip


def answer(message: Message, stored: list[str]) -> Case:
    """An answer of the city moves the filing by its row, at the moment at which it arrived."""
    said = content(message)
    found = Case.objects.filter(number=said["case"], procedure=PROCEDURE).first()
    if found is None:
        raise Held(f"没有案号为{said['case']}的规范性文件备案案件")
    case = hold(found)
    step, names = ANSWERS[said["outcome"]]
    facts = {"message": message.key, **{name: said[name] for name in ("office", "number", *names) if name in said}}
    last = case.acts.order_by("-seq").values_list("at", flat=True).first()
    # One that waited for a person comes after what was done meanwhile: nothing is dated before what already stands.
    at = max(message.created_at, last) if last else message.created_at
    act = take(case, step, LAW, at, Offer(facts=facts))
    Message.objects.filter(pk=message.pk).update(act=act)
    case.refresh_from_db()
    return case


KINDS = (
    Kind(code=FILING, label="规范性文件备案报送", schema=DIRECTORY / "document_filing.json"),
    Kind(code=REPORT, label="规范性文件备案情况报告", schema=DIRECTORY / "document_filing_report.json"),
    Kind(code=ANSWER, label="规范性文件备案答复", schema=DIRECTORY / "document_filing_answer.json", take=answer),
)
