"""What the acts of a document's making set off in the tables of the chapter. Each runs in the act's transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Organisation
from casework.actions import settle
from casework.models import Act, Case, Document, Participant
from casework.refusal import Reason, Refused
from regulations.actions import opening
from regulations.actions.book import told_by_the_book
from regulations.actions.entering import end, enter
from regulations.actions.parts import OFFICE, bring_in, government, seated
from regulations.models import Comment, Consultation, Manuscript, NormativeDocument, TextRead, TextVersion
from regulations.queries import replacing
from regulations.queries.about import matter_of
from regulations.queries.making import PROCEDURE, current, digest_of, level_of
from regulations.queries.terms import ends_on, trial
from regulations.rules.names import kind_of
from regulations.rules.standing import LAPSED

DISTRICT_GOVERNMENT = "district_government"
Stage = TextRead.Stage


def proposed(case: Case, act: Act) -> None:
    """The legal office and the government come in from the beginning."""
    on = timezone.localdate(act.at)
    bring_in(case, act, "legal_office", seated(OFFICE, on))
    bring_in(case, act, "government", government(on))


def planned(case: Case, act: Act) -> None:
    """The plan says whose document it will be; a department reviews its own documents beside the legal office."""
    on = timezone.localdate(act.at)
    own = act.facts["level"] == "department"
    makers = [case.organ] if own else Organisation.objects.at(on).filter(kind=DISTRICT_GOVERNMENT)
    bring_in(case, act, "maker", makers)
    if own:
        bring_in(case, act, "legal_office", [*seated(OFFICE, on), case.organ])


def formed(case: Case, act: Act) -> None:
    """What was written becomes a version of the case."""
    draft = Manuscript.objects.select_for_update().get(case=case)
    before = current(case)
    TextVersion.objects.create(
        case=case, act=act, number=before.number + 1 if before else 1, title=draft.title, body=draft.body,
        necessity=draft.necessity, measures=draft.measures, consolidated=draft.consolidated, source=draft.source,
        file_name=draft.file_name, digest=digest_of(draft),
    )  # fmt: skip


def asked(case: Case, act: Act) -> None:
    """The organs that are asked take part and may answer."""
    bring_in(case, act, "concerned", Organisation.objects.filter(code__in=act.facts["organs"]))


def opened_to_the_public(case: Case, act: Act) -> None:
    version = _text(case, act)
    Consultation.objects.create(
        case=case, act=act, version=version, opened_on=timezone.localdate(act.at), until=_day(act.facts["until"]),
        channel=str(act.facts["channel"]), business=act.step == "open_business_comment",
    )  # fmt: skip


def commented(case: Case, act: Act) -> None:
    """The opinion of somebody, with the consultation to which it belongs."""
    if act.actor is None:
        raise ValueError("an opinion is somebody's")
    Comment.objects.create(
        consultation=Consultation.objects.get(case=case, closed_by=None), act=act, article=act.facts["article"],
        words=act.facts["comment"], by=act.actor, at=act.at,
    )  # fmt: skip


def closed_to_the_public(case: Case, act: Act) -> None:
    Consultation.objects.filter(case=case, closed_by=None).update(closed_by=act)


def feedback_given(case: Case, act: Act) -> None:
    found = Consultation.objects.filter(case=case, feedback_by=None).exclude(closed_by=None)
    found.update(feedback_by=act, summary=str(act.facts["summary"]))


def competition_asked(case: Case, act: Act) -> None:
    """The market regulator reviews what the government issues; others review their own (公平竞争审查条例 13, 14)."""
    on = timezone.localdate(act.at)
    of_all = level_of(case) == "government"
    bring_in(case, act, "receiver", seated(("market_regulator",), on) if of_all else [case.organ])


def reads(stage: str) -> Callable[[Case, Act], None]:
    """Keeps which text the act rested on."""

    def kept(case: Case, act: Act) -> None:
        version = _text(case, act)
        TextRead.objects.create(case=case, act=act, stage=stage, version=version, digest=digest_of(version))

    return kept


def registered(case: Case, act: Act, papers: Sequence[Document]) -> None:
    """The document stands in the register under the number that its print got. It is not public yet."""
    version, on = _text(case, act), timezone.localdate(act.at)
    official = next(paper for paper in papers if paper.paper == "gfx_document")
    if official.organ is None:
        raise ValueError("an official print has its organ")
    begins = _day(act.facts["effective_on"])
    is_trial = trial(version.title)
    amended = replacing.amended(case, on)
    NormativeDocument.objects.create(
        organ=official.organ, issuer=official.organ.name, number=official.number, title=version.title,
        kind=kind_of(version.title), subject=act.facts["subject"], signed_on=_day(act.facts["signed_on"]),
        effective_from=begins, trial=is_trial, amends=amended,
        valid_until=ends_on(act.facts.get("valid_until") or "", begins, is_trial, amended),
        source=f"{case.number}，{on:%Y-%m-%d}登记",
        sample=settings.DEMO, case=case,
    )  # fmt: skip


def reprinted(case: Case, act: Act) -> None:
    """The same words under the same number with another day; what was printed before is void."""
    _void_prints(case, act, "施行日期更正，重新印制")
    document, begins = NormativeDocument.objects.select_for_update().get(case=case), _day(act.facts["effective_on"])
    document.effective_from = begins
    document.valid_until = ends_on(act.facts.get("valid_until") or "", begins, document.trial, document.amends)
    document.save(update_fields=["effective_from", "valid_until"])


def voided(case: Case, act: Act) -> None:
    """The number stays in the register: it was given, and nobody else gets it."""
    _void_prints(case, act, "文号作废")
    document = NormativeDocument.objects.select_for_update().get(case=case)
    document.source = f"{document.source}，{timezone.localdate(act.at):%Y-%m-%d}作废"
    document.save(update_fields=["source"])


def _void_prints(case: Case, act: Act, reason: str) -> None:
    prints = Document.objects.filter(case=case, paper="gfx_document", voided_at=None).exclude(act=act)
    prints.update(voided_at=act.at, void_reason=reason)


def published(case: Case, act: Act) -> None:
    """The document is public and enters the statute-book; its filing is due from this day."""
    version = _text(case, act)
    document = NormativeDocument.objects.select_for_update().get(case=case)
    document.published_on = timezone.localdate(act.at)
    document.interpretation = str(act.facts["interpretation"])
    document.save(update_fields=["published_on", "interpretation"])
    enter(document, version.body, effective_from=document.effective_from, source_name=document.number)
    opening.filing(document, case, act)
    settle(case, act.at)


def repealed(case: Case, act: Act) -> None:
    """It never applied: whoever issued it has repealed it before its day."""
    day = timezone.localdate(act.at) - timedelta(days=1)
    end(NormativeDocument.objects.get(case=case), day, NormativeDocument.Ended.REPEALED, by=case.number)


def in_force(case: Case, act: Act) -> None:
    """The term of the document begins to run; what it amends gets its further version, and it takes the place of those
    that it was to replace."""
    document = NormativeDocument.objects.select_related("organ", "amends").get(case=case)
    opening.validity(document, case.organ, act.at, case)
    begins = document.effective_from or timezone.localdate(act.at)
    amended = document.amends
    if amended and not amended.ended and amended.standing(begins) != LAPSED:  # it may have come to an end meanwhile
        words = _text(case, act).consolidated
        enter(amended, words, version_on=begins, effective_from=begins, source_name=document.number)
    for old in replacing.replaced(case, timezone.localdate(act.at)):
        end(old, begins - timedelta(days=1), NormativeDocument.Ended.REPLACED, replaced_by=document)
        opening.close_terms(matter_of(old), act.at)


def _text(case: Case, act: Act) -> TextVersion:
    found = current(case)
    if found is None:
        raise Refused([Reason("no_text", "本案还没有形成草案文本")], act.label)
    return found


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def begun(case: Case, act: Act) -> None:
    """Whoever suggests or proposes is told what becomes of it; the legal office and the government come in."""
    if act.actor:
        Participant.objects.create(case=case, role="proposer", user=act.actor, act=act, since=act.at)
    proposed(case, act)


_PUBLISH = ("publish_delayed", "publish_business", "publish_immediate")
EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, "propose_project"): begun,
    (PROCEDURE, "suggest_project"): begun,
    (PROCEDURE, "include_in_plan"): planned,
    (PROCEDURE, "add_out_of_plan"): planned,
    (PROCEDURE, "form_text"): formed,
    (PROCEDURE, "ask_departments"): asked,
    (PROCEDURE, "open_public_comment"): opened_to_the_public,
    (PROCEDURE, "open_business_comment"): opened_to_the_public,
    (PROCEDURE, "submit_comment"): commented,
    (PROCEDURE, "close_public_comment"): closed_to_the_public,
    (PROCEDURE, "shorten_public_comment"): closed_to_the_public,
    (PROCEDURE, "publish_feedback"): feedback_given,
    (PROCEDURE, "send_to_fair_competition"): competition_asked,
    (PROCEDURE, "pass_legality_review"): reads(Stage.REVIEWED),
    (PROCEDURE, "adopt"): reads(Stage.ADOPTED),
    (PROCEDURE, "issue_in_emergency"): reads(Stage.ADOPTED),
    (PROCEDURE, "register_and_number"): reads(Stage.NUMBERED),
    **{(PROCEDURE, step): told_by_the_book(published) for step in _PUBLISH},
    (PROCEDURE, "reprint"): reprinted,
    (PROCEDURE, "void_number"): voided,
    (PROCEDURE, "repeal_before_effect"): told_by_the_book(repealed),
    (PROCEDURE, "take_effect"): told_by_the_book(in_force),
}
