"""Where a result is collected: changed by whoever collects it, on line and at a window."""

from __future__ import annotations

from approvals.models import Application
from tests.approvals.conftest import World
from tests.approvals.stories.diary import STOPPED, Page, Story, does, happens, refused
from tests.approvals.stories.openings import ACCEPTED, FILED, GRANT, LICENCE

HALL, BRANCH = {"point": "@point:QZW"}, {"point": "@point:QZW-2"}


def collects(world: World) -> None:
    """Whoever applied chose to collect at the district's hall."""
    Application.objects.filter(case__ended_at=None).update(delivery="collect", delivery_point=world.point)


def redirected(day: str) -> tuple[Page, ...]:
    """The applicant goes elsewhere, and comes back to the hall to say so."""
    return (
        happens(f"{day}T08:00", collects),
        does(f"{day}T08:10", "citizen", "redirect", BRANCH, told=("officer",)),
        does(f"{day}T08:20", "clerk", "take_in_redirection", HALL, told=("citizen", "officer")),
    )


COLLECTED = Story(
    name="collected at another point than was chosen, then where it was chosen first",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-20T10:00", "head", "grant", GRANT, due={"xk_deliver": "2026-04-03"},
             papers={"xk_grant_decision": (), "xk_licence": ()}),
        refused("2026-03-20T11:00", "citizen", "redirect", BRANCH, gate="collects_at_point"),
        refused("2026-03-20T11:01", "clerk", "take_in_redirection", BRANCH, gate="collects_at_point"),
        happens("2026-03-20T12:00", collects),
        refused("2026-03-20T12:01", "citizen", "redirect", HALL, gate="another_point"),
        refused("2026-03-20T12:02", "clerk", "take_in_redirection", HALL, gate="another_point"),
        *redirected("2026-03-23"),
        does("2026-03-24T10:00", "officer", "deliver",
             {"method": "direct", "recipient": "王示例", "served_on": "2026-03-24"}, due={"xk_deliver": STOPPED},
             papers={"sy_service_receipt": ("王示例",)}),
    ),
    ends="delivered",
)  # fmt: skip

STORIES = (COLLECTED,)
