"""Two sample complaints: one under a name that is being looked into, one without a name that just came in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Party, User
from accounts.queries import parties_of
from casework import registry
from casework.actions import Offer, take
from casework.models import Case, Draft
from casework.queries.rights import Standing
from oversight.actions.complaining import complain
from oversight.queries.complaints import PROCEDURE

NAMED, UNNAMED = "SAMPLECQMPLN222", "SAMPLECQMPLN333"  # the drafts' codes: a second seeding makes nothing
POWER = {"concerned": "DC-SCJ", "power": "110101-SCJ-XK-001"}


def seed(at: datetime) -> int:
    """Make those that are not there yet; answers how many."""
    made = 0
    if not Draft.objects.filter(code=NAMED).exists():
        _named(at - timedelta(days=6))
        made += 1
    if not Draft.objects.filter(code=UNNAMED).exists():
        complain(UNNAMED, {"concerned": "110101010", "facts": "两次拨打公布的监督电话都无人接听。"}, at)
        made += 1
    return made


def _named(at: datetime) -> None:
    user = User.objects.get(username="citizen")
    party = next(one for one in parties_of(user, timezone.localdate(at)) if one.kind == Party.Kind.NATURAL)
    said = POWER | {"facts": "窗口要求补交办事指南没有列出的材料，没有说明依据。", "wish": "请核实并纠正。"}
    case = complain(NAMED, said, at, user=user, party=party).case
    if case is None:
        raise LookupError("a complaint became no case")
    _act(case, "register", at + timedelta(days=1))
    _act(
        case, "investigate", at + timedelta(days=3), done_on=timezone.localdate(at).isoformat(),
        persons="区司法局人员（示例）\n区司法局审核人员（示例）", findings="调取了窗口的收件记录，确有此事。",
    )  # fmt: skip
    until = timezone.localdate(at) + timedelta(days=20)
    _act(case, "ask_organ", at + timedelta(days=4), matters="要求补交材料的依据是什么。", reply_by=until.isoformat())


def _act(case: Case, step: str, at: datetime, **facts: Any) -> None:
    case.refresh_from_db()
    row = registry.procedure(PROCEDURE).step(step)
    user = User.objects.get(username="legal-office")
    actor = Standing(user, timezone.localdate(at)).actors(case, row)[0]
    take(case, step, actor, at, Offer(facts=facts, attested=[gate.words for gate in row.needs if gate.attested]))
