"""What rests on a statute that changed, in its old and its new words, and what was proposed for it since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.models import Act, Case
from casework.queries.rights import Standing
from law.citations import find_citations
from law.models import LegalText
from law.resting import MOST as RESTING_MOST
from law.resting import Resting
from powerlist.models import Basis, BasisChange, PowerVersion, Proposal, Stage
from powerlist.queries.basis import Cited, cited
from powerlist.rules.item import split_citations

PROCEDURE = "powerlist.basis_change"
GIVEN_UP = ("rejected", "withdrawn")  # ends of a change case after which nothing is proposed any more
PAGE = 30


def matter_of(text: LegalText) -> str:
    """Under which matter the cases about a text stand."""
    return f"law-{text.pk}"


def text_of(case: Case) -> LegalText:
    return LegalText.objects.get(pk=int(case.matter.removeprefix("law-")))


def names_of(text: LegalText) -> list[str]:
    """Under which names the text is cited."""
    return [text.family, *text.aliases]


def resting(text: LegalText, on: date) -> QuerySet[PowerVersion]:
    """The versions of the list, in force or published for later, that rest on a text, under whatever name: by their
    basis, or by what their stages cite."""
    bases = Basis.objects.filter(family__in=names_of(text)).order_by().values("version")
    stages = Stage.objects.filter(families__overlap=names_of(text)).order_by().values("version")
    return PowerVersion.objects.filter(Q(until=None) | Q(until__gt=on), pk__in=bases.union(stages))


def told_to_the_book(text: LegalText, on: date) -> Resting:
    """The powers that rest on a text, for its page. One query."""
    rows = (
        resting(text, on)
        .select_related("power", "organ")
        .order_by("name", "id")
        .only("name", "power__code", "organ__short_name")[: RESTING_MOST + 1]
    )
    listed = [
        (f"{one.name}（{one.organ.short_name}）", reverse("powerlist:power", args=[one.power.code])) for one in rows
    ]
    return Resting("以本法规为依据的权责事项", listed[:RESTING_MOST], len(listed) > RESTING_MOST)


def known(case: Case, at: datetime) -> dict[str, Any]:
    """What the rules may look at besides the case (`powerlist.rules.basis_change`)."""
    on = timezone.localdate(at)
    return {
        "own_resting": lambda: resting(text_of(case), on).filter(organ=case.organ_id).exists(),
        "resting": lambda: resting(text_of(case), on).exists(),
        "unproposed": lambda: unproposed(case.basis_change) if case.pk else None,
        "unchanged": lambda: unchanged(case.basis_change) if case.pk else None,
    }


def proposals(changed: BasisChange, codes: Iterable[str]) -> dict[str, Case]:
    """The latest case in which each power was proposed to be changed since the statute changed. One query."""
    since = Proposal.objects.filter(code__in=list(codes), case__opened_at__gte=changed.case.opened_at)
    listed = since.exclude(case__state__in=GIVEN_UP).select_related("case").order_by("case__opened_at", "pk")
    return {one.code: one.case for one in listed}


def unproposed(changed: BasisChange) -> list[str]:
    """Codes of the listed powers that stand as they stood, and that nobody has proposed to change since."""
    standing = unchanged(changed)
    return sorted(set(standing) - set(proposals(changed, standing)))


def unchanged(changed: BasisChange) -> list[str]:
    """Codes of the listed powers that stand as they stood."""
    return list(changed.versions.filter(until=None).order_by("power__code").values_list("power__code", flat=True))


def waiting_for(code: str) -> QuerySet[BasisChange]:
    """The open checks in which a power is listed."""
    return BasisChange.objects.filter(case__ended_at=None, versions__power__code=code).distinct()


def on_desk(standing: Standing, ended: bool = False, before: int = 0) -> tuple[list[Case], int]:
    """One page of the checks of the person's organs, the latest first, and before which the next begins. One query."""
    cases = standing.visible(Case.objects.filter(procedure=PROCEDURE, ended_at__isnull=not ended))
    if before:
        cases = cases.filter(pk__lt=before)
    listed = list(cases.select_related("organ").order_by("-id")[: PAGE + 1])
    return listed[:PAGE], listed[PAGE - 1].pk if len(listed) > PAGE else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A listed power: what was proposed for it since, or whether it has ended or been replaced meanwhile; and which of
    its stages cite the provision."""

    version: PowerVersion
    proposed: Case | None = None
    stages: Sequence[str] = ()


@dataclass(slots=True)
class Place:
    """A provision that powers rest on, before and after the change."""

    old: Cited
    new: Cited | None
    lines: list[Line] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether the words under this number stayed as they were."""
        return self.new is not None and bool(self.old.words) and self.old.words == self.new.words


@dataclass(frozen=True, slots=True)
class Page:
    places: Sequence[Place]
    next: int | None


def page(changed: BasisChange, after: int = 0) -> Page:
    """One page of the listed powers under the provisions that they rest on. Eight queries at most."""
    listed = changed.versions.filter(pk__gt=after).select_related("power", "organ").prefetch_related("bases", "stages")
    versions = list(listed.order_by("pk")[: PAGE + 1])
    shown = versions[:PAGE]
    proposed = proposals(changed, [version.power.code for version in shown])
    citing: dict[str, list[Line]] = {}
    for version in shown:
        for citation, stages in _citing(version, names_of(changed.text)).items():
            citing.setdefault(citation, []).append(Line(version, proposed.get(version.power.code), stages))
    before, after_it = days(changed)
    old = cited(citing, before)
    new: Sequence[Cited | None] = cited(citing, after_it) if after_it else [None] * len(old)
    places = [Place(one, other, citing[one.citation]) for one, other in zip(old, new, strict=True)]
    return Page(places, shown[-1].pk if len(versions) > PAGE else None)


def _citing(version: PowerVersion, names: Collection[str]) -> dict[str, list[str]]:
    """What a version cites of a text, under whatever name, each with the stages that cite it."""
    found: dict[str, list[str]] = {basis.citation: [] for basis in version.bases.all() if basis.family in names}
    for stage in version.stages.all():
        if not set(stage.families).isdisjoint(names):
            for words in split_citations(stage.basis):
                if any(place.citation.title in names for place in find_citations(words)):
                    found.setdefault(words, []).append(stage.stage)
    return found


def days(changed: BasisChange) -> tuple[date, date | None]:
    """The last day of the old words and the first of the new ones; no such day while no end is in the book."""
    text = changed.text
    if changed.kind == BasisChange.Kind.NEW and text.effective_from:
        return text.effective_from - timedelta(days=1), text.effective_from
    if text.effective_to and text.ended in (LegalText.Ended.REPEALED, LegalText.Ended.EXPIRED):
        return text.effective_to, text.effective_to + timedelta(days=1)
    return timezone.localdate(changed.case.opened_at), None


def opening(case: Case) -> Act:
    """The act that says what changed."""
    return case.acts.get(seq=1)


def summary(case: Case) -> list[tuple[str, str]]:
    """What changed and how many powers rest on it, in a few lines of the case page."""
    changed = BasisChange.objects.filter(case=case).select_related("text").first()
    if changed is None:
        return []
    said = str(opening(case).facts.get("said") or "")
    return [
        ("法规", str(changed.text)), ("变化情形", changed.get_kind_display()), ("载明废止的法规", said),
        ("涉及的权责事项", f"{changed.versions.count()}项"),
    ]  # fmt: skip
