"""Which moves of a case the city is told, and what the city says of a case, beside it: that moves nothing here."""

from __future__ import annotations

from datetime import datetime

from casework.models import Act, Case, Message
from exchange.queries.peer import IN, connected

MOST = 50
_ASKED = (
    "filed", "awaiting_correction", "under_review", "delivered", "refused", "not_accepted", "not_needed", "withdrawn",
    "abandoned",
)  # fmt: skip
# By procedure, the states that an outsider may know of: where an application stands, and what was decided. What the
# house considers (opinions, intents, hearings, requests that may be returned) can still be taken back and is not told;
# of a part of a bundle only the decisions are its organ's own. What is not listed, such as the follow-up of a rating,
# stays here.
PUBLIC: dict[str, frozenset[str]] = {
    "approvals.licence": frozenset({
        *_ASKED, "first_examination", "with_superior", "special_procedure", "granted", "terminated",
    }),
    "approvals.licence_change": frozenset({*_ASKED, "changed"}),
    "approvals.licence_renewal": frozenset({*_ASKED, "renewed", "lapsed"}),
    "approvals.bundle": frozenset({
        "filed", "awaiting_correction", "parts_under_review", "granted", "delivered", "refused", "split",
        "not_accepted", "not_needed", "withdrawn", "abandoned", "terminated",
    }),
    "approvals.bundle_part": frozenset({"released", "granted", "delivered", "refusal_issued", "not_needed_told"}),
    "approvals.licence_in_force": frozenset({
        "in_force", "rectifying", "expired", "revoked", "taken_back", "stripped", "holder_ended", "impossible",
        "cancelled",
    }),
}  # fmt: skip


def moved(case: Case, act: Act) -> bool:
    """Whether an act moved a case from one public state to another. A query only where it returns to one."""
    known = PUBLIC.get(case.procedure, frozenset())
    if act.to_state not in known or act.from_state == act.to_state:
        return False
    if act.from_state in known:
        return True
    earlier = Act.objects.filter(case=case, seq__lt=act.seq, to_state__in=known).order_by("-seq")
    return earlier.values_list("to_state", flat=True).first() != act.to_state


def beside(case: Case) -> list[tuple[datetime, str]]:
    """Moment and words of each status of the city, the latest first. One query, or none without a city."""
    if not connected():
        return []
    told = Message.objects.filter(case=case, direction=IN, kind="status", state=Message.State.DONE)
    bodies = [one.repaired or one.body for one in told.only("body", "repaired").order_by("-written_at", "-pk")[:MOST]]
    return [(datetime.fromisoformat(body["at"]), _words(body)) for body in bodies]


def _words(body: dict[str, str]) -> str:
    said = f"{body['organ']}：{body['label']}" if body.get("organ") else body["label"]
    return f"{said}（{body['note']}）" if body.get("note") else said
