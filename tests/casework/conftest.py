"""An organ with its people, an applicant, and the sample chapter's limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Organisation, Party, Representation, Seat, User
from casework import registry
from casework.models import Case
from casework.queries.rights import Actor
from law.models import CalendarDay, PublishedYear, Stamp, TimeLimit
from law.queries import forget
from tests.casework import sample
from tests.casework.town import Town, make_town

BEIJING = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """2026-03-02T09:00 in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.fixture(scope="session", autouse=True)
def sample_chapter() -> Iterator[None]:
    if "sample" in registry.chapters():  # tests of another directory asked for it too
        yield
        return
    before = {name: dict(getattr(registry, name)) for name in ("_chapters", "_procedures", "_papers")}
    registry.register(sample.CHAPTER)
    yield
    for name, content in before.items():
        registered = getattr(registry, name)
        registered.clear()
        registered.update(content)


@dataclass
class World:
    """Everybody whom a sample case needs."""

    organ: Organisation
    applicant: Party
    citizen: User
    officer: User
    other_officer: User
    section_head: User
    head: User
    stranger: User

    def actor(self, user: User, role: str) -> Actor:
        if role == "citizen":
            return Actor(user, role, user.display_name, party=self.applicant)
        seat = Seat.objects.select_related("organisation__parent").get(user=user, role=role)
        return Actor(user, role, user.display_name, seat.organisation)

    def file(self, at: str = "2026-03-02T09:00", **more: Any) -> Case:
        from casework.actions import open_case

        return open_case(
            "sample.permit",
            "file",
            self.actor(self.citizen, "citizen"),
            moment(at),
            organ=self.organ,
            matter="m1",
            title="示例事项",
            applicant=self.applicant,
            **more,
        )


def make_limits() -> None:
    rows = [
        ("sample_answer", 5, "working_day", "nth_working_day", None),
        ("sample_decide", 20, "working_day", "nth_working_day", 10),
        ("sample_bar", 1, "year", "blocked_until", None),
    ]
    for key, quantity, unit, end_rule, more in rows:
        TimeLimit.objects.create(
            key=key,
            chapter="approvals",
            procedure_zh="示例",
            trigger_zh="示例",
            trigger_en="sample",
            quantity=quantity,
            unit=unit,
            start_rule="exclude_trigger_day",
            end_rule=end_rule,
            extension_quantity=more,
            extension_unit="working_day" if more else "",
            law_zh="示例条例",
            article="1",
            effective_from=date(2020, 1, 1),
            verified=True,
        )
    PublishedYear.objects.create(year=2026)
    for day in ("2026-04-06", "2026-05-01"):
        CalendarDay.objects.create(date=day, kind="off", name="示例假日")


def renew_stamp() -> None:
    """The law has changed: what is kept in memory is read anew."""
    Stamp.objects.update_or_create(pk=Stamp.ROW, defaults={"value": uuid4()})
    forget()


def make_world() -> World:
    make_limits()
    renew_stamp()
    organ = Organisation.objects.create(
        code="SAMPLE", name="示例区示例局", short_name="示例局", word="示", kind="department"
    )
    Organisation.objects.create(
        code="110101", name="示例区人民政府", short_name="区政府", word="示政", kind="district_government"
    )
    made = moment("2026-01-01T09:00")

    def user(name: str, kind: str, *seats: str) -> User:
        account = User.objects.create(username=name, kind=kind, display_name=name, created_at=made)
        for role in seats:
            Seat.objects.create(user=account, role=role, organisation=organ, since=date(2026, 1, 1))
        return account

    citizen, stranger = user("citizen", "person"), user("stranger", "person")
    applicant = Party.objects.create(kind="natural", name="示例申请人", created_at=made)
    other = Party.objects.create(kind="natural", name="旁人", created_at=made)
    for account, party in ((citizen, applicant), (stranger, other)):
        Representation.objects.create(
            user=account, party=party, relation="self", since=date(2026, 1, 1), granted_at=made
        )
    return World(
        organ=organ,
        applicant=applicant,
        citizen=citizen,
        stranger=stranger,
        officer=user("officer", "staff", "case_officer"),
        other_officer=user("officer2", "staff", "case_officer"),
        section_head=user("section", "staff", "section_head"),
        head=user("head", "staff", "head_of_organ"),
    )


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def town(world: World, settings: Any, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return make_town(world)
