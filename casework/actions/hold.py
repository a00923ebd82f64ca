"""A case is locked with the cases above it, from the top down: the whole house locks in this one order.

An act in one case may set off steps of the law in the case above, below or beside it. Whoever acts in such a family
therefore holds its head first: two organs that finish their parts at one instant come one after the other, and
neither waits for what the other holds.
"""

from __future__ import annotations

from casework.models import Case


def hold(case: Case) -> Case:
    """The case as it stands, locked until the transaction ends."""
    if case.parent_id and case.parent:
        hold(case.parent)
    return Case.objects.select_for_update(of=("self",)).select_related("organ", "applicant").get(pk=case.pk)
