"""What the pages of the lists and of the exchange are about: a catalogue, a project that waits for its second person,
an activity, a filing of the city that waits for somebody, a comparison of both books."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Message
from exchange.models import Reconciliation
from powerlist.models import Activity, Catalogue, Heading, Project, SignUp
from regulations.actions.entering import enter
from regulations.models import NormativeDocument
from tests.security.canaries import CANARIES
from tests.security.ground_regulations import make_documents

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
    make_exchange(town, now)
    make_documents(town, now)
    make_catalogue(town)


def make_catalogue(town: Town) -> None:
    """A document that everybody may read."""
    document = NormativeDocument.objects.create(
        organ=Organisation.objects.get(code="DC-SCJ"),
        issuer="北京市东城区市场监督管理局",
        number="示〔2024〕1号",
        title="示例通知",
        published_on=date(2024, 1, 10),
        sample=True,
    )
    enter(document, "示例通知\n一、示例。")
    town.keys["normative_document"] = document.pk


def make_exchange(town: Town, now: datetime) -> None:
    """A filing of the city with everything in it that must not be read by the way, and a day that was compared."""
    canary = CANARIES["citizen"]
    reached = {"name": canary.name, "phone": canary.contact_phone, "address": canary.contact_address}
    person = {"name": canary.name, "id_number": canary.id_number, "phone": canary.phone, "address": canary.address}
    town.keys["message"] = Message.objects.create(
        direction="in", peer="110000", kind="filing", key="0" * 36, stream="BJ-1", sequence=1, digest="0" * 64,
        body={"applicant": person, "contact": reached}, state="held", written_at=now, created_at=now,
        error="事项没有公布",
    ).pk  # fmt: skip
    town.keys["book"] = Reconciliation.objects.create(day=timezone.localdate(now), at=now, equal=True).pk


def at_counter(town: Town, route: str, label: str) -> dict[str, str]:
    """The address of what somebody brings to a window, or hands in on line, for a case under way."""
    more = {
        "counter-step": {"step": "take_in_withdrawal"}, "counter-file": {"material": "M2"},
        "counter-remove": {"token": town.documents["a_visit"].token}, "my-correct-file": {"material": "M2"},
    }  # fmt: skip
    return {"code": town.cases[label].code, **more.get(route, {})}
