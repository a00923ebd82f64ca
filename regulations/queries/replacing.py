"""Which documents a new one takes the place of, and which one it amends: stated with the proposal or the plan, and done
when it takes effect.

A document is one organ's under its number. Where two organs have used one number, the line names the organ before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case
from regulations.models import NormativeDocument, TextVersion
from regulations.queries.cleanup import in_force
from regulations.rules import text
from regulations.rules.names import issuer_and_number, normal_number

STATED = ("propose_project", "include_in_plan", "add_out_of_plan")
GOVERNMENT = "district_government"
UNDER_WAY = ("numbered", "published")  # of a making: it has its number and does not apply yet


def named(words: object) -> list[str]:
    """What somebody wrote, line by line, each once: a number, or the name of an organ and a number."""
    pairs = [issuer_and_number(line) for line in str(words or "").splitlines() if line.strip()]
    return list(dict.fromkeys(" ".join(filter(None, pair)) for pair in pairs))


def _meant(lines: Iterable[str], on: date) -> dict[str, list[NormativeDocument]]:
    """The documents in force that each line may mean. One query."""
    wanted = {line: (normal_number(line), issuer_and_number(line)[1]) for line in lines}
    numbers = {number for pair in wanted.values() for number in pair}
    rows = in_force(on).filter(number__in=numbers, ended="").defer("words").order_by("pk") if numbers else ()
    found = list(rows)
    return {line: [one for one in found if _fits(one, line, *pair)] for line, pair in wanted.items()}


def _fits(one: NormativeDocument, line: str, whole: str, number: str) -> bool:
    if one.number == whole:
        return True
    organ, issuer = one.organ, issuer_and_number(line)[0]
    names = {one.issuer, *((organ.name, organ.short_name) if organ else ())}
    return one.number == number and issuer in names


def stated(case: Case) -> list[str]:
    """What the proposal and the plan state to be replaced. One query."""
    said = Act.objects.filter(case=case, step__in=STATED).order_by("seq").values_list("facts", flat=True)
    return list(dict.fromkeys(line for facts in said for line in named(facts.get("replaces"))))


def unfound(words: object, on: date) -> list[str]:
    """The lines that do not name exactly one document of the district that is in force."""
    return [line for line, found in _meant(named(words), on).items() if len(found) != 1]


def replaced(case: Case, on: date) -> list[NormativeDocument]:
    """The documents, still in force, that the document of a case takes the place of; where another organ has used the
    number since, that of the maker."""
    meant = list(_meant(stated(case), on).values())
    if any(len(found) > 1 for found in meant):
        own = makers(case)
        meant = [[one for one in found if len(found) == 1 or one.organ in own] for found in meant]
    return list({one.pk: one for found in meant for one in found}.values())


def makers(case: Case) -> list[Organisation]:
    """The organ that makes the document of a case, once the plan has said so."""
    parts = case.participants.filter(role="maker", until=None, organisation__isnull=False)
    return [part.organisation for part in parts.select_related("organisation") if part.organisation]


def foreign(case: Case, on: date) -> list[str]:
    """Those of them that this maker may not end: the government ends any organ's, an organ only its own."""
    organs = makers(case)
    if any(organ.kind == GOVERNMENT for organ in organs):
        return []
    return [str(one) for one in replaced(case, on) if one.organ not in organs]


def amends(case: Case) -> str:
    """The number that the plan, else the proposal, states to be amended; empty without one. One query."""
    said = Act.objects.filter(case=case, step__in=STATED).order_by("-seq").values_list("facts", flat=True)
    return next((normal_number(number) for facts in said if (number := str(facts.get("amends") or ""))), "")


def amended(case: Case, on: date) -> NormativeDocument | None:
    """The document, still in force, that the document of a case amends: one of its maker."""
    number = amends(case)
    found = in_force(on).filter(number=number, ended="", organ__in=makers(case)) if number else None
    return found.defer("words").first() if found is not None else None


def meant_to_amend(case: Case) -> NormativeDocument | None:
    """The same, whether or not it is still in force: what a text says that it amends."""
    number = amends(case)
    found = NormativeDocument.objects.filter(number=number, organ__in=makers(case)) if number else None
    return found.defer("words").first() if found is not None else None


def amendable(case: Case, number: str, level: str, on: date) -> bool:
    """Whether a number is that of a document in force which the maker of a new one may amend: one of its own.

    Before the plan has said whose the new one will be, the drafting organ's and the government's are.
    """
    found = in_force(on).filter(number=normal_number(number), ended="").defer("words")
    organs = {one.organ for one in found}
    own, of_all = case.organ in organs, any(organ and organ.kind == GOVERNMENT for organ in organs)
    return {"department": own, "government": of_all}.get(level, own or of_all)


def current_words(document: NormativeDocument) -> str:
    """The words of a document as they stand now. One query."""
    return document.versions.order_by("-text__version_on", "-id").values_list("body", flat=True).first() or ""


def changes(version: TextVersion) -> list[tuple[str, str, str]]:
    """Piece by piece, what a version changes in the document that it amends, beside the words that stood when the
    version was formed; empty for a version that amends nothing."""
    document = meant_to_amend(version.case) if version.consolidated else None
    if document is None:
        return []
    stood = document.versions.filter(text__version_on__lte=timezone.localdate(version.act.at))
    before = stood.order_by("-text__version_on", "-id").values_list("body", flat=True).first()
    return text.differences(text.cleaned(before or ""), version.consolidated)


def still_amendable(case: Case, version: TextVersion, begins: object, on: date) -> bool:
    """Whether this version may amend what its case states, from the day on which it is to apply, where that is known.

    The consolidated text rests on the words that stood when the version was formed: an amendment in between would be
    lost, and so would one that has its number already.
    """
    document = amended(case, on)
    if document is None:
        return False
    formed = timezone.localdate(version.act.at)
    if document.versions.filter(text__version_on__gt=formed).exists():
        return False
    if isinstance(begins, date) and document.valid_until and document.valid_until < begins:
        return False
    others = NormativeDocument.objects.filter(amends=document, case__state__in=UNDER_WAY)
    return not others.exclude(case=case).exists()
