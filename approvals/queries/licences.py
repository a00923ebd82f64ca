"""Licences and their files: which licence a case is about, what its certificate says, what its holder may apply for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Party
from approvals.models import Application, Licence
from approvals.queries import limits, questions
from casework.facts import thawed
from casework.models import Case, Document
from casework.procedure import Ask
from law.periods import add_months
from law.wording import day_zh

LICENCE, IN_FORCE = "approvals.licence", "approvals.licence_in_force"
CHANGE, RENEWAL = "approvals.licence_change", "approvals.licence_renewal"
ABOUT_LICENCE = (IN_FORCE, CHANGE, RENEWAL)
CORRECTED = (LICENCE, CHANGE, RENEWAL, "approvals.bundle")  # where an applicant may have to correct what was handed in
IN_TIME, LATE = "apply_in_time", "apply_late"
APPLIED = ("apply_for_change", IN_TIME, LATE)
CORRECTIONS = ("submit_correction", "take_in_correction")
RECEIVING = ("submit", "take_in_at_window", "take_in_from_city", *APPLIED, *CORRECTIONS)  # 收到申请材料
RENEW_APPLY = "xk_renew_apply"
# Answers that a certificate shows: what every kind of licence calls its place and its matter.
SHOWN_ON_LICENCE = (
    "shop_name", "shop_address", "place_name", "place_address", "school_name", "school_address", "clinic_name",
    "clinic_address", "office_address", "project", "project_address", "place", "projects", "kinds", "departments",
    "address", "model", "serial",
)  # fmt: skip
MOST_SHOWN = 4
HOLDER = Ask("holder_name", "被许可人名称", hint="仅限名称改变、主体不变的情形；行政许可不得转让")
SCOPE = Ask("scope", "许可范围")


def granting_case(case: Case) -> int | None:
    """Key of the case in which the licence was granted that a case is about."""
    if case.procedure == IN_FORCE:
        return case.parent_id
    if case.procedure in (CHANGE, RENEWAL):
        return case.parent.parent_id if case.parent else None
    return case.pk


def licence_of(case: Case) -> Licence | None:
    """The licence that a case is about: granted in it, kept by it, or to be changed or renewed by it. One query."""
    pk = granting_case(case)
    if pk is None:
        return None
    return Licence.objects.select_related("item", "organ", "holder").filter(case_id=pk).first()


def file_of(licence: Licence) -> Case | None:
    """The file in which a licence in force is kept; none before it was delivered. One query."""
    return Case.objects.filter(parent_id=licence.case_id, procedure=IN_FORCE).select_related("organ").first()


def certificates(licence: Licence) -> QuerySet[Document]:
    """The certificates of a licence, the latest first: the one of the grant, and those issued anew."""
    family = Q(case_id=licence.case_id) | Q(case__parent__parent_id=licence.case_id)
    return Document.objects.filter(family, paper="xk_licence", kind=Document.Kind.PAPER).order_by("-id")


def contents(licence: Licence) -> list[tuple[Ask, Any]]:
    """What a certificate shows besides holder, item and validity, as it stands now: question and answer."""
    application = Application.objects.get(case_id=licence.case_id)
    asked = {ask.name: ask for ask in questions.asks(licence.item)}
    wanted = [asked[name] for name in SHOWN_ON_LICENCE if name in asked][:MOST_SHOWN]
    answers = thawed(tuple(wanted), {**application.answers, **licence.details})
    return [(ask, answers.get(ask.name)) for ask in wanted]


def changeable(licence: Licence) -> list[tuple[Ask, Any]]:
    """What a change may be applied for: what the certificate says. A holder may be renamed, never replaced (9)."""
    found = contents(licence)
    if licence.holder.kind == Party.Kind.LEGAL:
        found.insert(0, (HOLDER, licence.holder_name))
    return [*found, (SCOPE, licence.scope)] if licence.scope else found


def shown(licence: Licence) -> list[tuple[str, str]]:
    """The same in words: label and value."""
    pairs = changeable(licence)
    return questions.shown(tuple(ask for ask, _ in pairs), {ask.name: value for ask, value in pairs})


def renewed_until(licence: Licence) -> date | None:
    """The last day of a renewed licence: as long again as before, counted from the old last day (50)."""
    if licence.valid_to is None:
        return None
    first = licence.valid_to + timedelta(days=1)
    if months := licence.item.validity_months:
        return add_months(first, months) - timedelta(days=1)
    return licence.valid_to + (first - licence.valid_from)


def in_force(licence: Licence, on: date) -> bool:
    """Whether a licence may be relied on on a day."""
    return licence.state == Licence.State.VALID and (licence.valid_to is None or licence.valid_to >= on)


def pending(licence: Licence, procedure: str) -> Case | None:
    """The change or renewal of a licence that is under way."""
    return Case.objects.filter(parent__parent_id=licence.case_id, procedure=procedure, ended_at=None).first()


@dataclass(frozen=True, slots=True)
class Term:
    """How a licence stands in time: words and colour, days left, and the last day for a renewal in time."""

    words: str
    tone: str
    days_left: int | None
    apply_by: date | None
    renewal: str  # the step by which a renewal is applied for today; nothing where it cannot be


def term(licence: Licence, on: date) -> Term:
    """The standing of a licence on a day (行政许可法 50, 70)."""
    if licence.state != Licence.State.VALID:
        return Term(licence.get_state_display(), "red", None, None, "")
    if licence.valid_to is None:
        return Term("有效", "green", None, None, "")
    left = (licence.valid_to - on).days
    if left < 0:
        return Term("有效期已经届满", "red", left, None, "")
    apply_by = limits.last_day(RENEW_APPLY, licence.valid_to)
    renewal = IN_TIME if on <= apply_by else LATE
    near = (apply_by - on).days <= 90
    return Term("有效", "yellow" if near else "green", left, apply_by, renewal)


def of_parties(parties: set[int]) -> QuerySet[Licence]:
    """The delivered licences of some parties, the newest first."""
    held = Licence.objects.filter(holder__in=parties, delivered_on__isnull=False)
    return held.select_related("item", "organ", "holder").order_by("-issued_on", "-id")


def standing_of(certificate: Document) -> list[tuple[str, str]]:
    """What anybody who verifies a certificate may know: how the licence stands today, and until when (40)."""
    if certificate.case is None or (licence := licence_of(certificate.case)) is None:
        return []
    until = day_zh(licence.valid_to) if licence.valid_to else "长期有效"
    return [("许可状态", licence.get_state_display()), ("有效期至", until)]


@dataclass(frozen=True, slots=True)
class Line:
    """One licence in the list of its holder."""

    licence: Licence
    code: str  # of its file
    term: Term


def listed(parties: set[int], on: date) -> list[Line]:
    """The licences of some parties with their files, the newest first. Two queries."""
    held = list(of_parties(parties))
    wanted = Case.objects.filter(procedure=IN_FORCE, parent__in=[licence.case_id for licence in held])
    codes = dict(wanted.values_list("parent_id", "code"))
    return [Line(licence, codes[licence.case_id], term(licence, on)) for licence in held if licence.case_id in codes]
