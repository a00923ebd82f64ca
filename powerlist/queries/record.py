"""The list as the record of acts tells it, without a look at what the list says: to hold the two against each other.

What was proposed last before an act `publish`, for the day that the government set (or of publication, where that was
later), is what the list has to say from that day on. Only what was taken stock of has no act: there a power begins with
the text on the list itself, and this is all that is taken from there. The acts are chained (casework), so they do not
change unseen either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework.models import Act
from powerlist.models import Power, PowerVersion, Proposal
from powerlist.queries.known import PROCEDURE
from powerlist.queries.versions import as_item, whole

PIECE = 500
Item = dict[str, Any]
Told = list[tuple[date, Item | None]]  # from which day a power says what; None: from then on it is not on the list


@dataclass(frozen=True, slots=True)
class Apart:
    """A power of which list and record tell different things, and the first day on which they do."""

    code: str
    day: date
    listed: Item | None
    recorded: Item | None


def recorded(codes: Sequence[str]) -> dict[str, Told]:
    """What the record tells of powers, oldest first. Four queries."""
    found: dict[str, Told] = defaultdict(list)
    stock = PowerVersion.objects.filter(power__code__in=codes, made_by=None)
    for version in whole(stock):
        found[version.power.code].append((version.since, as_item(version)))
    for text, day in _published(codes):
        found[text.code].append((day, text.content if text.kind != "cancellation" else None))
    return found


def _published(codes: Sequence[str]) -> Iterator[tuple[Proposal, date]]:
    """The texts that were published, in the order of their publication, and from which day each counts. Two queries."""
    published = Proposal.objects.filter(code__in=codes, case__procedure=PROCEDURE, case__acts__step="publish")
    texts = {text.case_id: text for text in published.order_by("case", "-number").distinct("case")}
    acts = Act.objects.filter(case__in=texts, step__in=("approve", "publish")).order_by("at", "pk")
    approved: dict[int, date] = {}
    for act in acts:
        if act.step == "approve":
            approved[act.case_id] = date.fromisoformat(str(act.facts["effective_on"]))
        else:
            yield texts[act.case_id], max(approved[act.case_id], timezone.localdate(act.at))


def listed(codes: Sequence[str]) -> dict[str, Told]:
    """What the list itself tells of powers, in the same form. Three queries."""
    found: dict[str, Told] = defaultdict(list)
    ends: dict[str, date | None] = {}
    for version in whole(PowerVersion.objects.filter(power__code__in=codes)).order_by("power", "since"):
        code = version.power.code
        if (ended := ends.get(code)) and ended != version.since:
            found[code].append((ended, None))
        found[code].append((version.since, as_item(version)))
        ends[code] = version.until
    for code, ended in ends.items():
        if ended:
            found[code].append((ended, None))
    return found


def on_day(told: dict[str, Told], day: date) -> dict[str, Item]:
    """The list of a day as it follows from what was told: code and text of every power."""
    found = {}
    for code, texts in told.items():
        standing = [item for since, item in texts if since <= day]
        if standing and standing[-1] is not None:
            found[code] = standing[-1]
    return found


def apart() -> Iterator[Apart]:
    """Every power of which list and record tell different things, on whatever day. A few queries for 500 powers."""
    codes = list(Power.objects.order_by("code").values_list("code", flat=True))
    named = Proposal.objects.filter(case__procedure=PROCEDURE, case__acts__step="publish")
    every = sorted({*codes, *named.values_list("code", flat=True)})
    for first in range(0, len(every), PIECE):
        piece = every[first : first + PIECE]
        ours, theirs = listed(piece), recorded(piece)
        for code in piece:
            mine, record = ours.get(code, []), theirs.get(code, [])
            if mine != record:
                day = _first_difference(mine, record)
                yield Apart(code, day, on_day({code: mine}, day).get(code), on_day({code: record}, day).get(code))


def _first_difference(mine: Told, record: Told) -> date:
    every = [*mine, *record]
    return min((told[0] for told in every if told not in mine or told not in record), default=every[0][0])
