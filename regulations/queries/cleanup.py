"""Clean-ups: which documents one takes in, what was said of each, and what the gates look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case, Deadline
from law.models import LegalText, Relation
from law.resting import MOST as RESTING_MOST
from law.resting import Resting
from law.wording import day_zh
from regulations.models import CleanupEntry, NormativeDocument
from regulations.queries.about import document_of
from regulations.rules.cleanup import FOUND, LAUNCHED, RESULT
from regulations.rules.names import SUBJECTS

PROCEDURE, ITEM = "regulations.cleanup", "regulations.cleanup_item"
PUBLISH, CYCLE = "publish_results", "gfxwj_cleanup_cycle"
PAGE = 50  # documents of a page
OUTCOMES = {
    "propose_keep": "继续有效", "propose_amend": "修改", "propose_repeal": "废止", "propose_lapse": "宣布失效",
}  # fmt: skip
RESTS = (Relation.Kind.BASED_ON, Relation.Kind.IMPLEMENTS)


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a clean-up: its case, once it is opened, and the proposal that stands."""

    key: int
    case: Case | None
    document: NormativeDocument
    step: str = ""

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.step, "没有提出意见")


def in_force(on: date) -> QuerySet[NormativeDocument]:
    """The documents of the district that apply on a day or will: what was published and has not ended."""
    found = NormativeDocument.objects.filter(organ__isnull=False, published_on__lte=on)
    return found.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), Q(ended_on=None) | Q(ended_on__gte=on)
    ).select_related("organ")


def scope(facts: Mapping[str, Any], on: date) -> QuerySet[NormativeDocument]:
    """What a clean-up would take in, by the facts of its launch; the oldest first."""
    found = in_force(on)
    if facts.get("organs"):
        found = found.filter(organ__code__in=facts["organs"])
    if facts.get("subjects"):
        found = found.filter(subject__in=facts["subjects"])
    if facts.get("before"):
        found = found.filter(published_on__lt=facts["before"])
    if facts.get("law"):
        found = found.filter(_rests_on(_names(family(str(facts["law"])))))
    return found.order_by("published_on", "pk")


def _names(name: str) -> set[str]:
    """All names of the texts that bear one of them."""
    texts = LegalText.objects.filter(Q(family=name) | Q(aliases__contains=[name])).values_list("family", "aliases")
    return {name, *(each for main, others in texts for each in (main, *others))}


def _rests_on(names: Iterable[str]) -> Q:
    """The condition that the words of a document, as they stand now, say that they rest on a text of these names."""
    said = Relation.objects.filter(kind__in=RESTS, target_family__in=list(names))
    return Q(text__in=said.values("source"))


def resting(text: LegalText, on: date) -> QuerySet[NormativeDocument]:
    """The documents of the district, in force or coming, that say they rest on a text, under whatever name."""
    return in_force(on).filter(_rests_on([text.family, *text.aliases])).exclude(text=text.pk)


def told_to_the_book(text: LegalText, on: date) -> Resting:
    """The same for the page of a text. One query."""
    rows = resting(text, on).defer("words", "interpretation").order_by("-published_on", "-pk")[: RESTING_MOST + 1]
    listed = [(str(one), one.get_absolute_url()) for one in rows]
    return Resting("以本法规为依据的规范性文件", listed[:RESTING_MOST], len(listed) > RESTING_MOST)


def matter_of_law(text: LegalText) -> str:
    """Under which matter a clean-up stands that a changed text calls for."""
    return f"law-{text.pk}"


def asked_for(case: Case | None, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts that fix the scope: those of the launch, with the law whose change opened the case."""
    opened = case.acts.filter(step=FOUND).first() if case and case.pk else None
    return {**facts, "law": opened.facts["law"]} if opened else facts


def family(name: str) -> str:
    """The name that all versions of a law share."""
    return name.strip().strip("《》").removeprefix("中华人民共和国")


def makers(case: Case | None, on: date) -> list[tuple[str, str]]:
    """The organs that have documents in force."""
    held = in_force(on).order_by().values("organ")
    return list(Organisation.objects.filter(pk__in=held).order_by("code").values_list("code", "name"))


def documents_left(case: Case, on: date) -> list[tuple[str, str]]:
    """Documents in force that the clean-up has not taken in yet."""
    left = in_force(on).exclude(cleanup_entries__case=case).order_by("-published_on", "-pk")
    return [(str(each.pk), f"{each.title}（{each.number}）") for each in left[:500]]


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules.cleanup`; what costs a query is asked only when a rule looks at it."""
    if case is None:
        return {}
    on = timezone.localdate(at)
    return {
        "scope": lambda: scope(asked_for(case, facts), on).exists(),
        "unlisted": lambda: waiting(case).exists(),
        "unsettled": lambda: unsettled(case).exists(),
        "standing": lambda: found.standing(on) if (found := document_of(case)) else "",
        "cycle_ends": lambda: clock.due_on if (clock := cycle()) and clock.case_id == case.pk else None,
    }


def waiting(case: Case) -> QuerySet[CleanupEntry]:
    """The documents of a clean-up whose cases are still to be opened, in their order."""
    return CleanupEntry.objects.filter(case=case, item=None, left_out=False).order_by("pk")


def unsettled(case: Case) -> QuerySet[CleanupEntry]:
    """The documents of a clean-up whose cases have not ended, in their order."""
    return CleanupEntry.objects.filter(case=case, item__ended_at=None, item__isnull=False).order_by("pk")


def ended_meanwhile(on: date) -> QuerySet[CleanupEntry]:
    """The documents of running clean-ups that have come to an end outside of them."""
    ended = Q(document__ended_on__lt=on) | Q(document__valid_until__lt=on)
    return CleanupEntry.objects.filter(ended, item__ended_at=None, item__isnull=False).order_by("pk")


def lines(case: Case) -> list[Line]:
    """Every document of a clean-up in the order in which it was listed. One query."""
    return [_line(entry) for entry in _entries(case)]


def _entries(case: Case) -> QuerySet[CleanupEntry]:
    found = CleanupEntry.objects.filter(case=case, left_out=False).select_related("item", "document__organ")
    return found.defer("document__words", "document__interpretation").order_by("pk")


def _line(entry: CleanupEntry) -> Line:
    return Line(entry.pk, entry.item, entry.document, entry.proposal)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the documents of a clean-up, and the key behind which the next begins."""

    rows: list[Line]
    next: int | None


def page(case: Case, after: int = 0, outcome: str | None = None, *, shown: bool = False) -> Page:
    """The documents behind a key; of one outcome if it is named; `shown`: without what fell out. One query."""
    found = _entries(case).filter(pk__gt=after)
    if shown:
        found = found.exclude(item__state="removed")
    if outcome is not None:
        found = found.filter(proposal=outcome)
    rows = [_line(entry) for entry in found[: PAGE + 1]]
    return Page(rows[:PAGE], rows[PAGE - 1].key if len(rows) > PAGE else None)


def counts(case: Case) -> dict[str, int]:
    """How many documents of a result there are by outcome, what was left out under an empty name. One query."""
    kept = CleanupEntry.objects.filter(case=case, left_out=False).exclude(item__state="removed").order_by()
    found = dict(kept.values_list("proposal").annotate(Count("pk")))
    return {step: found[step] for step in (*OUTCOMES, "") if step in found}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker has come: documents in all, with a case, and with a case that has ended."""

    whole: int
    listed: int
    settled: int


def progress(case: Case) -> Progress:
    """One query."""
    found = CleanupEntry.objects.filter(case=case, left_out=False).aggregate(
        whole=Count("pk"), listed=Count("item"), settled=Count("item", filter=Q(item__ended_at__isnull=False))
    )
    return Progress(**found)


def told_progress(case: Case) -> str:
    """The same in words for people, while the worker is at it; empty before and afterwards."""
    if case.state not in ("listing", "taking_effect"):
        return ""
    found = progress(case)
    if case.state == "listing":
        return f"正在逐件列入：共 {found.whole} 份文件，已列入 {found.listed} 份。"
    return f"结果已经公布并生效，正在逐件记载：共 {found.whole} 份文件，已记载 {found.settled} 份。"


def summary(case: Case) -> list[tuple[str, str]]:
    """What the page of a clean-up says of it."""
    found = progress(case)
    return [("清理的文件", f"{found.whole} 份"), *([("办理进度", said)] if (said := told_progress(case)) else [])]


def item_summary(case: Case) -> list[tuple[str, str]]:
    """What the page of one document of a clean-up says: which document, until when, and what is proposed."""
    document, above = document_of(case), case.parent
    if document is None or above is None:
        return []
    asked = above.acts.filter(step__in=(*LAUNCHED, "return_proposals")).order_by("-seq").first()
    entry = CleanupEntry.objects.filter(item=case).first()
    rows = [
        ("清理的文件", str(document)),
        ("制定机关", document.issuer),
        ("所属清理", f"{above.title}（{above.number}）"),
        ("提出清理意见的期限", day_zh(date.fromisoformat(asked.facts["reply_by"])) if asked else ""),
        ("清理意见", OUTCOMES.get(entry.proposal, "") if entry else ""),
    ]
    return [(label, value) for label, value in rows if value]


def sorted_out(rows: Iterable[Line]) -> dict[str, list[str]]:
    """The lists of a result: names of documents by outcome, what was left out under an empty name."""
    found: dict[str, list[str]] = {step: [] for step in (*OUTCOMES, "")}
    for row in rows:
        if row.case is None or row.case.state != "removed":
            found[row.step].append(f"《{row.document.title}》（{row.document.number}）")
    return found


def results() -> QuerySet[Case]:
    """The clean-ups whose result was published, the newest first; it stands from the publication on."""
    return Case.objects.filter(procedure=PROCEDURE, state__in=RESULT).order_by("-pk")


def published_on(case: Case) -> datetime | None:
    """When the result of a clean-up was published."""
    return case.acts.filter(step=PUBLISH).order_by("-seq").values_list("at", flat=True).first()


def launch_of(case: Case) -> Act:
    """The act by which a clean-up was launched."""
    return case.acts.filter(step__in=LAUNCHED).earliest("seq")


def cycle() -> Deadline | None:
    """The clock that runs since the last full clean-up; that of one that was narrowed or cancelled is stopped."""
    found = Deadline.objects.filter(key=CYCLE, owner="organ", stopped_at=None, case__procedure=PROCEDURE)
    return found.select_related("case").order_by("-triggered_at", "-pk").first()


def subjects(case: Case | None, on: date) -> list[tuple[str, str]]:
    """The subjects that a clean-up can be narrowed to."""
    return list(SUBJECTS.items())
