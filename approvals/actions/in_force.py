"""What becomes of a licence: its file opens, it is changed, renewed, ended. Each effect runs inside its step.

Every change of a licence is entered with what stood before it, so that the old content is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from approvals.models import Licence, LicenceEntry
from approvals.queries import licences
from approvals.queries.applied import application_of
from approvals.queries.licences import CHANGE, IN_FORCE, RENEWAL
from casework.actions import Offer, open_case, settle, take
from casework.models import Act, Case, Decision
from casework.queries.rights import LAW

Effect = Callable[[Case, Act], None]
Rows = list[tuple[str, str]]


def open_file(licence: Licence, act: Act) -> Case:
    """The file of a licence opens when it is delivered, with the clocks of its term (行政许可法 44, 50)."""
    step, facts = "open_without_term", {}
    if licence.valid_to:
        step, facts = "open_with_term", {"expires_on": licence.valid_to}
    return open_case(
        IN_FORCE, step, LAW, act.at, Offer(facts=facts), organ=licence.organ, matter=licence.item.code,
        title=f"{licence.title} {licence.number}".strip(), applicant=licence.holder, channel=Case.Channel.OFFICE,
        parent=licence.case,
    )  # fmt: skip


def _licence(case: Case) -> Licence:
    """The licence that a case is about, locked."""
    found = Licence.objects.select_for_update(of=("self",)).select_related("item", "organ", "holder")
    return found.get(case=licences.granting_case(case) or 0)


def _rows(licence: Licence) -> Rows:
    """A licence as its certificate shows it."""
    until = licence.valid_to.isoformat() if licence.valid_to else "长期有效"
    return [("状态", licence.get_state_display()), ("有效期至", until), *licences.shown(licence)]


def _enter(licence: Licence, act: Act, before: Rows) -> None:
    """Keep what changed, old and new."""
    after = _rows(licence)
    LicenceEntry.objects.create(
        licence=licence, act=act, label=act.label, on=timezone.localdate(act.at),
        before=[list(row) for row in before if row not in after],
        after=[list(row) for row in after if row not in before],
    )  # fmt: skip


def renewed(case: Case, act: Act) -> None:
    """The licence runs on under its number, and its file hears of it in the same transaction (50(2))."""
    licence = _licence(case)
    before = _rows(licence)
    licence.valid_to = _day(act.facts.get("valid_to")) or licences.renewed_until(licence)
    licence.save(update_fields=["valid_to"])
    _enter(licence, act, before)
    _publish(act)
    facts = {"renewal_case": case.number, "expires_on": licence.valid_to}
    take(_file(case), "record_renewal", LAW, act.at, Offer(facts=facts))


def changed(case: Case, act: Act) -> None:
    """The licence says what was applied for from now on (49)."""
    application = application_of(case)
    if application is None:
        raise ValueError("a change needs an application")
    licence = _licence(case)
    before = _rows(licence)
    for each in application.answers["changes"]:
        if each["name"] in (licences.HOLDER.name, licences.SCOPE.name):
            setattr(licence, each["name"], each["value"])
        else:
            licence.details = {**licence.details, each["name"]: each["value"]}
    licence.save(update_fields=["holder_name", "scope", "details"])
    _enter(licence, act, before)
    _publish(act)
    take(_file(case), "record_change", LAW, act.at, Offer(facts={"change_case": case.number}))


def _file(case: Case) -> Case:
    if case.parent is None:
        raise ValueError(f"case {case.number} was not opened out of the file of a licence")
    return case.parent


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _publish(act: Act) -> None:
    Decision.objects.filter(act=act).update(public=True)


def delivered_anew(case: Case, act: Act) -> None:
    """The certificate that was issued anew reached the holder."""
    served_on = _day(act.facts.get("served_on"))
    Decision.objects.filter(case=case, served_on=None).update(served_on=served_on)


def changed_ex_officio(case: Case, act: Act) -> None:
    """For the public good the organ changed what the licence allows (8(2)); what waited for that, goes on."""
    licence = _licence(case)
    before = _rows(licence)
    licence.scope = str(act.facts["scope"])
    licence.save(update_fields=["scope"])
    _enter(licence, act, before)
    _publish(act)
    back_in_force(case, act)


def ends(state: Licence.State) -> Effect:
    """The licence ends: it is told wherever its certificate or its grant is looked up (70)."""

    def effect(case: Case, act: Act) -> None:
        licence = _licence(case)
        before = _rows(licence)
        licence.state = state
        licence.save(update_fields=["state"])
        _enter(licence, act, before)
        standing = licences.certificates(licence).filter(voided_at=None)
        standing.update(voided_at=act.at, void_reason=f"{licence.title}{licence.get_state_display()}")
        granted = Decision.objects.filter(case_id=licence.case_id, public=True, ended_on=None)
        granted.update(ended_on=timezone.localdate(act.at), ended_by=act)
        _publish(act)

    return effect


def back_in_force(case: Case, act: Act) -> None:
    """Back from a detour: if the term ran out meanwhile, the law takes its step now."""
    settle(case, act.at)


STATE = Licence.State
EFFECTS: dict[tuple[str, str], Effect] = {
    (CHANGE, "approve_change"): changed,
    (CHANGE, "deliver"): delivered_anew,
    (RENEWAL, "approve_renewal"): renewed,
    (RENEWAL, "deem_renewed"): renewed,
    (RENEWAL, "deliver"): delivered_anew,
    (IN_FORCE, "expire"): ends(STATE.EXPIRED),
    (IN_FORCE, "take_back"): ends(STATE.WITHDRAWN),
    (IN_FORCE, "record_penalty_stripping"): ends(STATE.REVOKED),
    (IN_FORCE, "record_holder_ended"): ends(STATE.LAPSED),
    (IN_FORCE, "record_force_majeure"): ends(STATE.LAPSED),
    (IN_FORCE, "cancel"): ends(STATE.CANCELLED),
    (IN_FORCE, "change_ex_officio"): changed_ex_officio,
    **{
        (IN_FORCE, step): ends(STATE.ANNULLED)
        for step in (
            "revoke_unmet_commitment", "revoke_false_commitment", "revoke_for_organ_fault", "revoke_for_fraud",
            "revoke_for_fraud_safety",
        )
    },
    **{
        (IN_FORCE, step): back_in_force
        for step in ("keep_despite_defect", "drop_intent", "return_cancellation_request")
    },
}  # fmt: skip
