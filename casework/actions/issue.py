"""What a step puts into the world: the Decision, and official papers with their number and frozen context."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, Party
from casework import registry, remedies
from casework.actions.numbers import give_number
from casework.models import Act, Case, Decision, Document
from casework.paper import Paper, PaperRefused, frozen
from casework.printing.render import paper_html
from casework.procedure import Step
from casework.refusal import Reason, Refused
from casework.signals import paper_ordered
from law.queries import limit_for

TO_COME = "〔〕号"  # stands for the numbers, which are given last, while the words of a paper are checked


def decide(act: Act, case: Case, row: Step) -> Decision:
    """The Decision that the act makes: what can be challenged, published, carried out or annulled later."""
    return Decision.objects.create(
        case=case, act=act, organ=case.organ, kind=f"{case.procedure}.{row.name}", outcome=row.label,
        party=case.applicant, decided_on=timezone.localdate(act.at), summary=case.title,
    )  # fmt: skip


def papers(act: Act, case: Case, row: Step, decision: Decision | None) -> list[Document]:
    """Freeze the papers of a step. They get their numbers from `number`; the files are made after commit.

    Refuses the whole step if a paper lacks an element that the law demands, or a remedy that it owes.
    """
    issued = []
    for code in row.gives:
        kind = registry.paper(code)
        if kind is None:
            raise Refused([Reason("no_paper", f"文书“{code}”尚未登记，不能办理。", row.under)], row.label)
        document = _freeze(kind, act, case, row)
        issued.append(document)
        if decision and not decision.document_id and kind.layout == "decision_letter":
            decision.document = document
            decision.remedy = {"code": kind.remedy, "text": document.context.get("remedy", "")}
            decision.save(update_fields=["document", "remedy"])
    if issued:
        transaction.on_commit(lambda: paper_ordered.send(sender=Document))
    return issued


def number(papers: Iterable[Document]) -> None:
    """Give the papers of one step their numbers. In the order of the words, so that no two steps wait in a circle."""
    for paper in sorted(papers, key=lambda one: one.paper):
        kind = registry.paper(paper.paper)
        if kind and kind.word and not paper.number and paper.organ and paper.issued_on:
            give_number(paper, paper.organ, kind.word, paper.issued_on.year)


def _freeze(kind: Paper, act: Act, case: Case, row: Step) -> Document:
    on = timezone.localdate(act.at)
    given = dict(registry.chapter_of(case.procedure).contexts[kind.code](case, act))
    organ = given.pop("issued_by", case.organ)  # another organ's own paper in this case
    document = Document(
        kind=Document.Kind.PAPER, case=case, act=act, paper=kind.code, organ=organ, added_at=act.at, issued_on=on
    )
    context: dict[str, Any] = {
        "organ": organ.name,
        "issued_on": on,
        "addressee": case.applicant_name,
        "remedy": remedy_of(kind, case, on, str(given.get("you", ""))),
        "demo": settings.DEMO,
        "verify_url": f"{settings.BASE_URL}/v/{document.token}/",
        **given,
    }
    # A certificate that is issued anew names the paper whose place it takes, and keeps its number.
    document.replaces_id = context.pop("replaces", None)
    numbers = {"case_number": TO_COME}
    if kind.word:
        document.number = context.pop("number", "")
        numbers["number"] = document.number or TO_COME
    try:
        paper_html(kind, {**context, **numbers}, pictures=False)
    except PaperRefused as refusal:
        raise Refused([Reason("paper_incomplete", str(refusal), row.under)], row.label) from None
    document.title = kind.printed_title(context)
    document.context = frozen(context)
    document.save(force_insert=True)  # its key is known already: what is sealed is sealed for this row
    return document


def remedy_of(kind: Paper, case: Case, on: date, you: str = "") -> str:
    """The rights that the addressee must be told: from the kind of paper, its organ and the limits of the day.

    `you` is how the paper calls its addressee, where that is not the applicant alone.
    """
    if kind.remedy == "RN0":
        return ""
    given: dict[str, str] = {}
    if "reconsideration" in remedies.REMEDIES[kind.remedy].needs:
        given["reconsideration"] = reconsideration_organ(case.organ, on)
    natural = case.applicant is not None and case.applicant.kind == Party.Kind.NATURAL
    return remedies.remedy_text(
        kind.remedy, paper=_calls_itself(kind.title), limits={key: limit_for(key, on) for key in kind.limits},
        you=you or ("你" if natural else "你单位"), **given,
    )  # fmt: skip


def _calls_itself(title: str) -> str:
    return next((word for word in ("决定书", "通知书", "告知书", "证明") if title.endswith(word)), "文书")


# Organs whose reconsideration does not follow from their kind alone (行政复议法 2023, 27, 28; papers.md §6).
_RECONSIDERED_AS = {"DC-SFJ": "justice_bureau", "DC-SWJS": "tax", "DC-XFJY": "unsettled"}
_KINDS = {"vertical_branch": "branch", "enforcement_team": "authorised_organisation", "gov_office": "department"}
_OTHER_NAMES = {"municipal_justice_bureau": "北京市司法局", "municipal_tax_bureau": "国家税务总局北京市税务局"}


def reconsideration_organ(organ: Organisation, on: date) -> str:
    """To whom an act of this organ is challenged on a day. Raises Refused where the law leaves it unsettled."""
    kind = _RECONSIDERED_AS.get(organ.code) or _KINDS.get(organ.kind, organ.kind)
    governments = Organisation.objects.at(on).filter(kind__in=["district_government", "municipal_government"])
    names = _OTHER_NAMES | dict(governments.values_list("kind", "name"))
    try:
        return remedies.reconsideration_organs(kind, names)
    except remedies.RemedyRefused as refusal:
        raise Refused([Reason("no_remedy", str(refusal))]) from None
