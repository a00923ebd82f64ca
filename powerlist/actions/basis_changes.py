"""A statute changes: whoever holds powers that rest on it has to look at them, once for each version and organ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from casework.actions import Offer, open_case, settle
from casework.models import Act, Case
from casework.queries.rights import LAW
from law.models import LegalText
from law.signals import Change
from law.wording import day_zh
from powerlist.models import BasisChange
from powerlist.queries.basis_changes import PROCEDURE, matter_of, resting, text_of, waiting_for
from powerlist.queries.organs import seated

OFFICE = ("district_legal_office",)


@transaction.atomic
def open_checks(changes: Iterable[Change], at: datetime) -> list[Case]:
    """A case for each organ whose powers rest on a text that changed, and one for the legal office. Repeating it, or
    doing it twice at once, opens none twice: the text is locked meanwhile."""
    return [case for change in changes for case in _open(change, at)]


def _open(change: Change, at: datetime) -> list[Case]:
    on = timezone.localdate(at)
    text = LegalText.objects.select_for_update().get(pk=change.text.pk)
    if change.kind == "new" and text.effective_to and text.effective_to < on:
        return []  # a version of the past that the book lacked
    holders = Organisation.objects.filter(pk__in=resting(text, on).values("organ")).order_by("code")
    listed = list(holders)
    if not listed:
        return []
    offices = seated(OFFICE, on)
    rows = [("open_for_legal_office", office) for office in offices]
    rows += [("open_for_organ", organ) for organ in listed if organ not in offices]
    told = set(BasisChange.objects.filter(text=text, kind=change.kind).values_list("organ", flat=True))
    facts = {"change": change.kind, "law": text.title[:200], "said": change.said[:200]}
    return [
        open_case(
            PROCEDURE, step, LAW, at, Offer(facts=facts), organ=organ, matter=matter_of(text),
            title=_title(text, change.kind), channel=Case.Channel.OFFICE,
        )
        for step, organ in rows
        if organ.pk not in told
    ]  # fmt: skip


def _title(text: LegalText, kind: str) -> str:
    what = "已废止或者失效" if kind == "repealed" else "有新版本"
    since = f"（{day_zh(text.effective_from)}起施行）" if kind == "new" and text.effective_from else ""
    return f"核对权责事项的依据：《{text.title[:120]}》{what}{since}"


def opened(case: Case, act: Act) -> None:
    """What the check is about is kept with its case: the text and the powers that rest on it now."""
    text = text_of(case)
    changed = BasisChange.objects.create(case=case, text=text, kind=act.facts["change"], organ=case.organ)
    found = resting(text, timezone.localdate(act.at))
    if act.step == "open_for_organ":
        found = found.filter(organ=case.organ)
    changed.versions.set(found)


def moved(code: str, at: datetime) -> None:
    """A change of a power was proposed, published or given up: the checks in which it is listed take their steps."""
    for changed in waiting_for(code).select_related("case"):
        settle(changed.case, at)


EFFECTS = {(PROCEDURE, step): opened for step in ("open_for_organ", "open_for_legal_office")}
