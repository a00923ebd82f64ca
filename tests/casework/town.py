"""The sample case with everybody who might knock at its door: one account for each kind of person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Party, Representation, Seat, User
from casework.actions import Offer, take
from casework.models import Case
from tests.accounts.people import sign_in

if TYPE_CHECKING:
    from tests.casework.conftest import World

CANARY = "110101199003071234"


@dataclass
class Town:
    """The world of the sample case with everybody else who might knock: one account for each kind of person."""

    world: World
    case: Case
    people: dict[str, User]

    def client(self, who: str) -> Client:
        client = Client()
        return client if who == "anonymous" else sign_in(client, self.people[who])

    def url(self, tail: str = "") -> str:
        return f"/cases/{self.case.code}/{tail}"

    def step(self, name: str) -> str:
        return self.url(f"steps/{name}/")

    def reload(self) -> Case:
        self.case.refresh_from_db()
        return self.case


def filed_now(world: World) -> Case:
    """A case received three hours ago, whatever today is."""
    at = timezone.localtime() - timedelta(hours=3)
    return world.file(at.replace(tzinfo=None).isoformat())


def make_town(world: World) -> Town:
    """A case received three hours ago, an identity number to look for in every page, and everybody's account."""
    other = Organisation.objects.create(
        code="OTHER", name="示例区另一局", short_name="另一局", word="另", kind="department"
    )
    made, since = timezone.make_aware(datetime(2026, 1, 1, 9)), date(2026, 1, 1)

    def user(name: str, kind: str, role: str = "", organ: Organisation = world.organ) -> User:
        account = User.objects.create(username=name, kind=kind, display_name=name, created_at=made)
        if role:
            Seat.objects.create(user=account, role=role, organisation=organ, since=since)
        return account

    agent = user("agent", "person")
    Representation.objects.create(
        user=agent, party=world.applicant, relation="agent", scope="general", since=since, granted_at=made
    )
    Party.objects.filter(pk=world.applicant.pk).update(id_kind="resident_id")
    party = Party.objects.get(pk=world.applicant.pk)
    party.id_number, party.phone, party.address = CANARY, "13800001234", "北京市东城区示例胡同7号"
    party.save()
    people = {
        "citizen": world.citizen,
        "stranger": world.stranger,
        "agent": agent,
        "officer": world.officer,
        "section_head": world.section_head,
        "head": world.head,
        "clerk": user("clerk", "staff", "window_clerk"),
        "elsewhere": user("elsewhere", "staff", "case_officer", other),
        "auditor": user("auditor", "staff", "auditor", other),
        "supervisor": user("supervisor", "staff", "supervisor", other),
        "unseated": user("unseated", "staff"),
        "system": user("system", "administrator", "system_administrator", other),
        "security": user("security", "administrator", "security_administrator", other),
        "audit": user("audit", "administrator", "audit_administrator", other),
    }
    return Town(world, filed_now(world), people)


def words(html: bytes) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


INSIDERS = {"officer", "section_head", "head", "clerk", "auditor", "supervisor"}
SIDE = {"citizen", "agent"}
EVERYBODY = [
    "anonymous", "citizen", "agent", "stranger", "officer", "section_head", "head", "clerk", "elsewhere", "auditor",
    "supervisor", "unseated", "system", "security", "audit",
]  # fmt: skip


def accept(
    town: Town,
) -> Case:
    take(
        town.case,
        "accept",
        town.world.actor(town.world.officer, "case_officer"),
        timezone.now(),
        Offer(attested=["材料齐全"]),
    )
    return town.reload()
