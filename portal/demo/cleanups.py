"""A sample clean-up of the documents of one organ, and a sample proposal to review a document. Made once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Party, User
from accounts.queries import parties_of
from casework import registry
from casework.actions import Offer, take
from casework.models import Draft
from casework.queries.rights import Standing
from regulations.actions.cleanup import launch
from regulations.actions.portions import go_on
from regulations.actions.suggestions import suggest
from regulations.models import NormativeDocument
from regulations.queries import cleanup

CLEANUP, PROPOSAL = "SAMPLECLEANUP22", "SAMPLEREVEW2222"  # the drafts' codes: a second seeding makes nothing
ORGAN = "DC-SCJ"


def seed(at: datetime) -> None:
    """Make both, where the organ has documents in force."""
    on = timezone.localdate(at)
    document = cleanup.scope({"organs": [ORGAN]}, on).first()
    if document is None:
        return
    if not Draft.objects.filter(code=CLEANUP).exists():
        _clean_up(at)
    if not Draft.objects.filter(code=PROPOSAL).exists():
        _propose(document, at)


def _clean_up(at: datetime) -> None:
    begun = at - timedelta(days=3)
    facts = {"organs": [ORGAN], "reply_by": (timezone.localdate(at) + timedelta(days=20)).isoformat()}
    row = registry.procedure(cleanup.PROCEDURE).step("launch_periodic")
    offer = Offer(facts=facts, attested=[gate.words for gate in row.needs if gate.attested])
    case = launch(CLEANUP, row.name, offer, begun, User.objects.get(username="legal-office")).case
    go_on(lambda: begun)
    item = case.children.order_by("pk").first() if case else None
    if item is None:
        return
    keep = registry.procedure(cleanup.ITEM).step("propose_keep")
    head = User.objects.get(username="scj-head")
    actor = Standing(head, timezone.localdate(at)).actors(item, keep)[0]
    attested = [gate.words for gate in keep.needs if gate.attested]
    take(item, keep.name, actor, at, Offer(facts={"reasons": "仍有必要（示例）。"}, attested=attested))


def _propose(document: NormativeDocument, at: datetime) -> None:
    user = User.objects.get(username="neighbour")
    party = next(one for one in parties_of(user, timezone.localdate(at)) if one.kind == Party.Kind.NATURAL)
    said = {
        "document": str(document.pk), "articles": "第三条", "matters": "公布的周期过长（示例）。",
        "reasons": "与方便居民查找的目的不相适应（示例）。",
    }  # fmt: skip
    suggest(PROPOSAL, said, at, user=user, party=party)
