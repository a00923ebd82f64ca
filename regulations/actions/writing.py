"""Writing a document: beginning a proposal, saving the manuscript, taking a file in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, Party, User
from casework import registry
from casework.actions import Offer, open_case
from casework.actions.hold import hold
from casework.models import Case, Draft
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from regulations.models import Manuscript
from regulations.queries import replacing
from regulations.queries.making import PROCEDURE
from regulations.rules import text

SUGGEST, PROPOSE, WRITE = "suggest_project", "propose_project", "form_text"


def begin(user: User, step: str, organ: Organisation, at: datetime, party: Party | None = None) -> Draft:
    """An empty proposal; it becomes exactly one case. Raises NotAllowed."""
    _proposers(user, step, organ, party, at)
    return Draft.objects.create(
        owner=user, procedure=PROCEDURE, step=step, matter=organ.code, title=f"立项：{organ.name}"[:200], party=party,
        content={}, created_at=at, saved_at=at,
    )  # fmt: skip


def _proposers(user: User, step: str, organ: Organisation, party: Party | None, at: datetime) -> list[Actor]:
    on = timezone.localdate(at)
    row = registry.procedure(PROCEDURE, on).step(step)
    actors = actors_opening(Standing(user, on), row, organ, party)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您没有提出立项的权限。", row.under)], row.label)
    return actors


@transaction.atomic
def propose(
    draft: Draft, user: User, at: datetime, *, facts: Mapping[str, Any], attested: Sequence[str] = (),
    address: str | None = None,
) -> Case:  # fmt: skip
    """Hand the proposal in: the case that it becomes, or the one that it already became. Raises Refused."""
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk, owner=user)
    if locked.case_id:
        return Case.objects.get(pk=locked.case_id)
    organ = Organisation.objects.get(code=locked.matter)
    actors = _proposers(user, locked.step, organ, locked.party, at)
    citizen = locked.step == SUGGEST
    return open_case(
        PROCEDURE, locked.step, actors[0], at, Offer(facts=facts, attested=attested, address=address), organ=organ,
        title=f"规范性文件制定：{facts.get('name', '')}"[:200], applicant=locked.party if citizen else None,
        channel=Case.Channel.ONLINE if citizen else Case.Channel.OFFICE, draft=locked,
    )  # fmt: skip


@transaction.atomic
def save(
    case: Case, user: User, at: datetime, content: Mapping[str, str], *, revision: int,
    source: str = Manuscript.Source.TYPED, file_name: str = "",
) -> Manuscript:  # fmt: skip
    """Keep what was written. Raises Refused where the case is not being drafted or another has saved meanwhile, and
    NotAllowed for whoever does not draft."""
    case = hold(case)
    row = registry.procedure(case.procedure, case.version).step(WRITE)
    if case.state not in row.when:
        raise Refused([Reason("wrong_state", "本案不在起草环节，草案不能修改。", row.under)], row.label)
    if not Standing(user, timezone.localdate(at)).actors(case, row):
        raise NotAllowed([Reason("not_allowed", "您不是本案的起草人员。", row.under)], row.label)
    found = Manuscript.objects.select_for_update().filter(case=case).first()
    if found is None:
        found = Manuscript(case=case)
    elif found.revision != revision:
        raise Refused([Reason("changed", "草案已由其他起草人员修改，请先核对他们的修改，再保存您的内容。")], row.label)
    kept = {name: text.cleaned(content.get(name, "")) for name in text.asked_for(amends=bool(replacing.amends(case)))}
    for name in ("body", "consolidated"):
        if len(kept.get(name, "")) > text.MOST_SIGNS:
            raise Refused([Reason("too_long", f"正文不能超过{text.MOST_SIGNS}个字。", field=name)], row.label)
    found.title = kept["title"].replace("\n", "")[:200]
    found.body, found.necessity, found.measures = kept["body"], kept["necessity"], kept["measures"]
    found.consolidated = kept.get("consolidated", "")
    found.source, found.file_name = source, file_name[:200]
    found.revision, found.saved_by, found.saved_at = found.revision + 1, user, at
    found.save()
    return found
