"""The duty to send the congress the list of a year begins by itself, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from casework.actions import Offer, open_case
from casework.models import Act, Case
from casework.queries.rights import LAW
from regulations.actions.parts import bring_in
from regulations.queries.annual import PROCEDURE, matter_of_year
from regulations.rules.annual import MONTH


@transaction.atomic
def open_year(at: datetime) -> Case | None:
    """Open the case of the year that has just ended; None where it is there already, or in other months.

    The office is locked meanwhile, so that two workers open one.
    """
    on = timezone.localdate(at)
    office = Organisation.objects.at(on).filter(kind="gov_office").order_by("code").select_for_update().first()
    matter = matter_of_year(on.year - 1)
    if on.month != MONTH or office is None or Case.objects.filter(procedure=PROCEDURE, matter=matter).exists():
        return None
    return open_case(
        PROCEDURE, "open_for_year", LAW, at, Offer(), organ=office, matter=matter,
        title=f"报送{on.year - 1}年规范性文件目录", channel=Case.Channel.OFFICE,
    )  # fmt: skip


def congress_comes_in(case: Case, act: Act) -> None:
    """The congress of the district receives the list."""
    on = timezone.localdate(act.at)
    bring_in(case, act, "receiver", Organisation.objects.at(on).filter(kind="people_congress"))


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {(PROCEDURE, "open_for_year"): congress_comes_in}
