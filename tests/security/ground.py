"""What the pages of the lists are about: a catalogue, a project that waits for its second person, an activity."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import Organisation
from powerlist.models import Activity, Catalogue, Heading, Project, SignUp

if TYPE_CHECKING:
    from tests.security.world import Town


def make_ground(town: Town, now: datetime) -> None:
    """In a town with its people: a published catalogue, a project of SCJ not yet published, an activity."""
    entered = {"entered_by": town.people["officer"], "entered_at": now}
    finance, scj = (Organisation.objects.get(code=code) for code in ("DC-CZJ", "DC-SCJ"))
    today = timezone.localdate(now)
    catalogue = Catalogue.objects.create(number=1, title="示例目录", since=today, organ=finance, **entered)
    heading = Heading.objects.create(catalogue=catalogue, code="A0901", name="社区治理服务")
    Catalogue.objects.filter(pk=catalogue.pk).update(published_by=town.people["head"], published_at=now)
    town.keys["project"] = Project.objects.create(
        organ=scj, heading=heading, name="示例项目", year=today.year, amount=Decimal(1000), receiver="示例中心",
        receiver_kind="social", method="open", contracted_on=today, outside_exclusions=True, **entered,
    ).pk  # fmt: skip
    begins = now + timedelta(days=7)
    activity = Activity.objects.create(
        organ=scj, title="示例活动", about="示例内容", place="示例地点", starts_at=begins,
        ends_at=begins + timedelta(hours=2), closes_at=begins, places=20, waiting_places=5, **entered,
    )  # fmt: skip
    Activity.objects.filter(pk=activity.pk).update(published_by=town.people["head"], published_at=now)
    SignUp.objects.create(activity=activity, person=town.people["citizen_b"], state="in", signed_at=now)
    town.keys["activity"] = activity.pk
