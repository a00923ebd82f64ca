"""A file of changes: kept as it was judged until the person confirms, and then every line is proposed, or none is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from casework import registry
from casework.models import Case, Draft
from casework.refusal import Reason, Refused
from powerlist.actions import drafts
from powerlist.queries.importing import Row, kept, plain
from powerlist.queries.known import PROCEDURE, STEP_OF

IMPORT = "import"  # the step of a draft that is a whole file


def keep(user: User, organ: Organisation, name: str, rows: Sequence[Row], at: datetime) -> Draft:
    """The lines of a file, waiting for the person to confirm them. Nothing is proposed."""
    return Draft.objects.create(
        owner=user, procedure=PROCEDURE, step=IMPORT, matter=organ.code, title=f"导入：{name}"[:200],
        content={"organ": organ.code, "rows": plain(rows)}, created_at=at, saved_at=at,
    )  # fmt: skip


def asked(rows: Sequence[Row]) -> list[str]:
    """What the person has to attest of these lines, as each proposal of its own would ask."""
    steps = dict.fromkeys(STEP_OF[row.outcome] for row in rows if row.proposes)
    return list(dict.fromkeys(words for step in steps for words in _attested(step)))


def _attested(step: str) -> list[str]:
    return [gate.words for gate in registry.procedure(PROCEDURE).step(step).needs if gate.attested]


@transaction.atomic
def propose(
    draft: Draft, user: User, at: datetime, *, attested: Sequence[str], address: str | None = None
) -> list[Case]:
    """Propose every line that is in order. None for a second time: the file goes away with its lines.

    Raises Refused with the number of the line, and then nothing was proposed.
    """
    locked = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, owner=user, step=IMPORT).first()
    if locked is None:
        return []
    organ = Organisation.objects.get(code=locked.content["organ"])
    cases = []
    for row in kept(locked.content):
        if row.proposes:
            try:
                cases.append(_proposed(row, organ, user, at, attested, address))
            except Refused as refusal:
                raise Refused([Reason(each.code, f"第{row.number}行：{each}") for each in refusal.reasons]) from refusal
    locked.delete()
    return cases


def _proposed(
    row: Row, organ: Organisation, user: User, at: datetime, attested: Sequence[str], address: str | None
) -> Case:
    known = row.code if row.outcome == "change" else ""
    draft = drafts.begin(user, organ, row.outcome, known, at)
    draft = drafts.save(draft, {"code": row.code, "item": row.item}, at)
    own = [words for words in _attested(draft.step) if words in attested]
    return drafts.propose(
        draft, user, at, facts={"reason": row.reason, "changes": row.changes}, attested=own, address=address
    )
