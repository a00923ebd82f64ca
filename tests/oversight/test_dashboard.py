"""The dashboard: every number is what counting the cases gives, within one's reach, at a fixed number of queries."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Seat, User
from casework.models import Case
from law.queries import work_calendar
from oversight.queries import figures
from oversight.queries.figures import Figures, Reach
from tests.accounts.people import sign_in
from tests.casework.conftest import World, make_world, moment
from tests.casework.test_queue import stored

TODAY = date(2026, 3, 18)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def district(world: World) -> Organisation:
    """Cases of two organs, open and ended, late and in time, over more than a year."""
    other = Organisation.objects.create(
        code="OTHER", name="示例区另一局", short_name="另一局", word="另", kind="department"
    )
    ends = [
        moment("2024-12-31T23:00"),
        moment("2025-04-01T00:00"),
        moment("2026-03-01T00:00"),
        moment("2026-03-18T10:00"),
    ]
    for n, organ in enumerate((world.organ, other)):
        stored(world, 45, 1 + 100 * n, organ=organ)
        stored(world, 8, 60 + 100 * n, organ=organ, handler=None, procedure="sample.other")
        for at, end in enumerate(ends):
            for late in (False, True):
                made = stored(
                    world, 2 + late, 300 + 100 * n + 10 * at + 5 * late, organ=organ, state="granted",
                    opened_at=end - timedelta(days=40),
                )  # fmt: skip
                due = timezone.localdate(end) + timedelta(days=-1 if late else 0)
                Case.objects.filter(pk__in=[case.pk for case in made]).update(due_on=due)
                Case.objects.filter(pk__in=[case.pk for case in made]).update(ended_at=end, due_on=None)
    return other


def counted(cases: Any, first: datetime) -> Figures:
    """The same numbers from the cases themselves."""
    beyond = work_calendar().add_working_days(TODAY, 4)
    running = [case for case in cases if case.ended_at is None]
    ended = [case for case in cases if case.ended_at and case.ended_at >= first]
    return Figures(
        opened=sum(case.opened_at >= first for case in cases),
        running=len(running),
        soon=sum(case.due_on is not None and TODAY <= case.due_on < beyond for case in running),
        overdue=sum(case.due_on is not None and case.due_on < TODAY for case in running),
        ended=len(ended),
        late=sum(case.late for case in ended),
    )


def test_every_number_is_what_counting_gives(world: World, district: Organisation) -> None:
    first = moment("2025-04-01T00:00")
    cases = list(Case.objects.all())
    found = figures.report(Reach(True), TODAY, work_calendar())
    assert found.total == counted(cases, first)
    assert 0 < found.total.late < found.total.ended
    assert {line.label: line.figures for line in found.by_organ} == {
        name: counted([case for case in cases if case.organ_id == organ.pk], first)
        for name, organ in (("示例局", world.organ), ("另一局", district))
    }
    assert {line.key: line.figures for line in found.by_procedure} == {
        code: counted([case for case in cases if case.procedure == code], first)
        for code in ("sample.permit", "sample.other")
    }
    assert [line.key for line in found.by_month][:: figures.MONTHS - 1] == ["2025-04", "2026-03"]
    for line in found.by_month:
        of = [case for case in cases if case.ended_at and f"{timezone.localtime(case.ended_at):%Y-%m}" == line.key]
        assert (line.figures.ended, line.figures.late) == (len(of), sum(case.late for case in of))
    assert sum(line.figures.opened for line in found.by_month) == found.total.opened


def test_narrowed_to_an_organ_and_a_procedure(world: World, district: Organisation) -> None:
    found = figures.report(Reach(True), TODAY, work_calendar(), district.pk, "sample.other")
    chosen = list(Case.objects.filter(organ=district, procedure="sample.other"))
    assert found.total == counted(chosen, moment("2025-04-01T00:00"))
    assert len(found.organs) == len(found.procedures) == 2
    assert found.by_month[-1].figures.ended == 0


def test_an_organs_head_reaches_the_organ_alone(world: World, district: Organisation) -> None:
    found = figures.report(Reach(False, frozenset({district.pk})), TODAY, work_calendar(), world.organ.pk)
    assert found.total == Figures()
    assert sum(line.figures.ended for line in found.by_month) == 0
    assert [name for _, name in found.organs] == ["另一局"]


@pytest.mark.parametrize(
    ("ended", "late", "words"), [(0, 0, "—"), (3, 0, "100.0%"), (3, 1, "66.6%"), (9999, 1, "99.9%")]
)
def test_the_rate_is_never_rounded_up(ended: int, late: int, words: str) -> None:
    assert Figures(ended=ended, late=late).rate_words == words


@pytest.mark.parametrize(
    ("today", "first"), [(date(2026, 1, 5), date(2025, 2, 1)), (date(2026, 12, 31), date(2026, 1, 1))]
)
def test_twelve_months_with_the_present_one(today: date, first: date) -> None:
    assert figures.first_month(today) == first


def seated(role: str, organ: Organisation) -> User:
    user = User.objects.create(
        username=f"leader-{role}", kind="staff", display_name=role, created_at=moment("2026-01-01T09:00")
    )
    Seat.objects.create(user=user, role=role, organisation=organ, since=date(2026, 1, 1))
    return user


@pytest.mark.parametrize("role", sorted(figures.ROLES))
def test_who_may_see_it_sees_it_in_the_navigation(world: World, client: Client, role: str) -> None:
    kind = "supervision_commission" if role == "supervisor" else "department"
    organ = Organisation.objects.create(code="X", name="示例机关", short_name="机关", word="机", kind=kind)
    stored(world, 3)
    sign_in(client, seated(role, organ))
    page = client.get("/oversight/")
    assert page.status_code == 200
    assert page.context["total"].running == (3 if role in figures.EVERYWHERE else 0)
    assert '<a class="govuk-service-navigation__link" href="/oversight/"' in page.content.decode()


def test_who_may_not_is_told_for_whom_it_is(world: World, client: Client) -> None:
    sign_in(client, world.officer)
    page = client.get("/oversight/")
    assert page.status_code == 403
    assert "供机关负责人" in page.content.decode()
    assert "/oversight/" not in client.get("/desk/").content.decode()
    assert client.get("/oversight/export/csv/").status_code == 403


@pytest.mark.parametrize("rows", [5, 200])
def test_the_page_costs_the_same_however_many_cases(world: World, client: Client, rows: int) -> None:
    stored(world, rows)
    sign_in(client, world.head)
    client.get("/oversight/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/oversight/")
    assert page.status_code == 200
    assert page.context["total"].running == rows
    assert len(queries) <= 4, [query["sql"] for query in queries]
    assert len(page.content) <= 40_000


@pytest.mark.parametrize(
    ("by", "heading"), [("organ", "单位"), ("procedure", "程序"), ("month", "月份"), ("x", "单位")]
)
def test_each_table_is_taken_away(world: World, client: Client, by: str, heading: str) -> None:
    stored(world, 4, handler=None)
    sign_in(client, world.head)
    answer = client.get(f"/oversight/export/csv/?by={by}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == heading
    assert rows[-1][0] == "合计"
    assert "figures-" in answer["Content-Disposition"]
    if by != "month":
        assert (rows[0][2], rows[1][2], rows[-1][2]) == ("在办", "4", "4")
    for kind, begins in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        assert client.get(f"/oversight/export/{kind}/?by={by}").content.startswith(begins)
    assert f"/oversight/export/pdf/?by={by if by != 'x' else 'organ'}" in client.get("/oversight/").content.decode()


@pytest.mark.parametrize(
    "query", ["?organ=x", "?organ=99999999999", "?procedure=no.such", "?organ=1&procedure=" + "y" * 99]
)
def test_nonsense_in_the_address_narrows_to_nothing_or_not_at_all(world: World, client: Client, query: str) -> None:
    stored(world, 2)
    sign_in(client, world.head)
    assert client.get(f"/oversight/{query}").status_code == 200
