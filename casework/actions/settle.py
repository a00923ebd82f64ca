"""The law's own steps: what happens because a period ran out or an event came, without anybody's act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casework import registry
from casework.actions.take import Offer, perform
from casework.models import Act, Case
from casework.queries.rights import LAW
from casework.queries.situations import situation

MOST_STEPS = 5  # one silence can set off another step, but never a chain without end


@transaction.atomic
def settle(case: Case, at: datetime) -> list[Act]:
    """Take every step that the law takes by itself at this moment. Repeating it takes none twice."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ", "applicant").get(pk=case.pk)
    taken: list[Act] = []
    table = registry.procedure(case.procedure, case.version)
    while len(taken) < MOST_STEPS:
        view = situation(case, table, at, role=LAW.role)
        row = next(
            (
                row
                for row in table.steps_from(case.state, view.today)
                if row.by_the_law
                and not any(gate.attested for gate in row.needs)
                and not (not row.moves and view.flagged(row.name, sorted(row.clocks)))
                and all(gate.check(view) for gate in row.needs if gate.check)
            ),
            None,
        )
        if row is None:
            break
        taken.append(perform(case, table, row, LAW, at, Offer()))
    return taken
