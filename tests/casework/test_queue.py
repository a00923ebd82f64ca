"""The work queue: who finds what, exact counts, an order that paging keeps, and a fixed number of queries."""

from datetime import date, timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Delegation, Organisation, Seat, User
from accounts.snapshot import snapshot
from casework import lamps
from casework.actions import Offer, take
from casework.models import Case, Participant
from casework.queries import options, queue
from casework.queries.keyset import Place, place_of
from casework.queries.rights import Standing
from casework.queries.worklist import TABS, Scope, Wanted, scope_of
from law.queries import work_calendar
from tests.accounts.people import sign_in
from tests.casework.conftest import World, moment

TODAY = date(2026, 3, 18)


def scope(user: User, on: date = TODAY) -> Scope:
    return scope_of(snapshot(User.objects.get(pk=user.pk), on))


def numbers(user: User, **asked: Any) -> dict[str, int]:
    return queue.counts(scope(user), Wanted(**asked), TODAY, work_calendar())


def codes(user: User, tab: str, **asked: Any) -> list[str]:
    rows = queue.page(scope(user), Wanted(tab, **asked), TODAY, work_calendar(), size=500).rows
    return [row.code for row in rows]


def stored(world: World, count: int, first: int = 1, **columns: object) -> list[Case]:
    """Many cases at once, as the queue finds them; no acts stand behind them."""
    days = [None, *(TODAY + timedelta(days=n) for n in range(-6, 14))]
    same = {
        "procedure": "sample.permit",
        "version": date(2020, 1, 1),
        "matter": "m1",
        "title": "示例事项",
        "state": "review",
        "applicant": world.applicant,
        "opened_at": moment("2026-03-02T09:00"),
        "organ": world.organ,
        "handler": world.officer,
    } | columns
    numbers = range(first, first + count)
    cases = [
        Case(number=f"示示申〔2026〕{n}号", applicant_name=f"申请人{n}", **{"due_on": days[n % len(days)]} | same)
        for n in numbers
    ]
    with pgtrigger.ignore("casework.Case:no_state_without_act"):
        return Case.objects.bulk_create(cases)


@pytest.fixture
def elsewhere(world: World) -> tuple[Organisation, User]:
    """Another organ with an officer of its own."""
    organ = Organisation.objects.create(
        code="OTHER", name="示例区另一局", short_name="另一局", word="另", kind="department"
    )
    user = User.objects.create(
        username="elsewhere", kind="staff", display_name="elsewhere", created_at=moment("2026-01-01T09:00")
    )
    Seat.objects.create(user=user, role="case_officer", organisation=organ, since=date(2026, 1, 1))
    return organ, user


def test_each_tab_counts_exactly_what_it_shows(world: World) -> None:
    stored(world, 40)
    stored(world, 7, 41, handler=None)
    stored(world, 5, 48, ended_at=moment("2026-03-10T09:00"), state="granted")
    counted = numbers(world.officer)
    assert counted == {tab: len(codes(world.officer, tab)) for tab in TABS}
    assert (counted["open"], counted["mine"], counted["unassigned"], counted["ended"]) == (47, 40, 7, 5)
    assert 0 < counted["soon"] < 47
    assert 0 < counted["overdue"] < 47


def test_an_empty_queue_counts_nothing(world: World) -> None:
    assert numbers(world.officer) == dict.fromkeys(TABS, 0)


def test_soon_is_what_the_lamp_calls_soon_or_today(world: World) -> None:
    stored(world, 42)
    rows = queue.page(scope(world.officer), Wanted("open"), TODAY, work_calendar(), size=500).rows
    by_lamp = {row.code for row in rows if row.lamp.code in ("soon", "today")}
    assert by_lamp == set(codes(world.officer, "soon"))
    assert {row.code for row in rows if row.lamp.code == "overdue"} == set(codes(world.officer, "overdue"))


@pytest.mark.parametrize("on", ["2026-03-20", "2026-03-21", "2026-04-03", "2026-04-30", "2026-12-29"])
def test_soon_and_the_lamp_agree_over_weekends_and_holidays(world: World, on: str) -> None:
    today, calendar = date.fromisoformat(on), work_calendar()
    horizon = calendar.add_working_days(today, lamps.SOON + 1)
    for n in range(15):
        due = today + timedelta(days=n)
        assert (due < horizon) == (lamps.lamp(due, today, calendar).code in ("today", "soon")), due


def test_counts_follow_the_filters(world: World) -> None:
    stored(world, 12)
    stored(world, 3, 13, matter="m2", title="另一事项")
    assert numbers(world.officer, matter="m2")["open"] == 3
    assert numbers(world.officer, q="另一事项")["mine"] == 3
    assert numbers(world.officer, q="申请人12")["open"] == 1


@pytest.mark.parametrize(
    "typed", ["示示申〔2026〕7号", "示示申[2026]7号", "示示申(2026)7号", " 示示申（２０２６）７号 ", "〔2026〕7"]
)
def test_a_number_is_found_however_it_is_typed(world: World, typed: str) -> None:
    cases = stored(world, 9)
    assert codes(world.officer, "open", q=typed) == [cases[6].code]


def test_a_query_code_is_found_as_it_is_read_out(world: World) -> None:
    case = stored(world, 2)[1]
    read_out = f"{case.code[:5].lower()}-{case.code[5:10]} {case.code[10:]}"
    assert codes(world.officer, "open", q=read_out) == [case.code]


def test_signs_of_a_pattern_are_only_signs(world: World) -> None:
    stored(world, 3)
    assert codes(world.officer, "open", q="%") == codes(world.officer, "open", q="_") == []


@pytest.mark.parametrize("tab", ["open", "ended"])
def test_paging_goes_through_every_row_once_in_order_and_back(world: World, tab: str) -> None:
    if tab == "ended":
        for n in range(60):
            stored(world, 1, n + 1, state="granted", ended_at=moment("2026-03-10T09:00") + timedelta(hours=n // 2))
    else:
        stored(world, 60)
    whole, size = codes(world.officer, tab), 7
    asked, calendar = Wanted(tab), work_calendar()
    page = queue.page(scope(world.officer), asked, TODAY, calendar, size=size)
    forward = [page]
    while page.following:
        page = queue.page(scope(world.officer), asked, TODAY, calendar, after=page.following, size=size)
        forward.append(page)
    assert [row.code for page in forward for row in page.rows] == whole
    assert len(whole) == 60
    backward = [page]
    while page.previous:
        page = queue.page(scope(world.officer), asked, TODAY, calendar, before=page.previous, size=size)
        backward.append(page)
    assert [row.code for page in reversed(backward) for row in page.rows] == whole


def test_the_nearest_day_comes_first_and_no_day_last(world: World) -> None:
    stored(world, 42)
    days = [
        row.due_on for row in queue.page(scope(world.officer), Wanted("open"), TODAY, work_calendar(), size=500).rows
    ]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))


@pytest.mark.parametrize("text", ["", "~", "~x", "2026-13-01~4", "x~4", "2026-03-01~99999999999999999999", "'; DROP~1"])
def test_a_malformed_place_is_none(text: str) -> None:
    assert place_of(text, "open") is None


def test_a_place_survives_its_address() -> None:
    assert place_of(str(Place("2026-03-01", 7)), "open") == Place("2026-03-01", 7)
    assert place_of(str(Place("", 7)), "open") == Place("", 7)


def test_nobody_finds_the_cases_of_another_organ(world: World, elsewhere: tuple[Organisation, User]) -> None:
    organ, stranger = elsewhere
    stored(world, 5)
    theirs = stored(world, 2, 6, organ=organ, handler=stranger)
    assert numbers(stranger)["open"] == 2
    assert set(codes(stranger, "open")) == {case.code for case in theirs}
    assert numbers(world.officer)["open"] == 5


def test_the_queue_shows_only_what_may_be_opened(world: World, elsewhere: tuple[Organisation, User]) -> None:
    organ, stranger = elsewhere
    own, theirs = stored(world, 3), stored(world, 3, 4, organ=organ, handler=stranger)
    Participant.objects.create(case=theirs[0], role="expert", user=world.officer, since=moment("2026-03-02T09:00"))
    for user in (world.officer, world.other_officer, world.section_head, world.head, stranger):
        may = set(Standing(user, TODAY).visible().values_list("code", flat=True))
        assert set(codes(user, "open")) <= may
    assert theirs[0].code in codes(world.officer, "open")
    assert {case.code for case in own} <= set(codes(world.officer, "open"))


def test_an_auditor_finds_everything(world: World, elsewhere: tuple[Organisation, User]) -> None:
    organ, stranger = elsewhere
    stored(world, 3)
    stored(world, 2, 4, organ=organ, handler=stranger)
    Seat.objects.filter(user=stranger).delete()
    Seat.objects.create(user=stranger, role="auditor", organisation=organ, since=date(2026, 1, 1))
    assert numbers(stranger)["open"] == 5
    assert len(options.options(scope(stranger))[1]) == 2


def test_a_delegate_of_one_case_finds_that_case(world: World, elsewhere: tuple[Organisation, User]) -> None:
    _, stranger = elsewhere
    case = stored(world, 3)[1]
    Delegation.objects.create(
        seat=Seat.objects.get(user=world.officer),
        to=stranger,
        subject=f"case:{case.pk}",
        reason="休假",
        since=date(2026, 3, 1),
        until=date(2026, 4, 1),
        granted_by=world.head,
        granted_at=moment("2026-03-01T09:00"),
    )
    assert codes(stranger, "open") == [case.code]


def test_a_proposal_waits_for_the_next_above(world: World) -> None:
    case = world.file()
    officer, head = world.actor(world.officer, "case_officer"), world.actor(world.section_head, "section_head")
    take(case, "accept", officer, moment("2026-03-04T10:00"), Offer(attested=["材料齐全"]))
    assert codes(world.section_head, "mine") == []
    take(case, "advise", officer, moment("2026-03-05T10:00"), Offer(facts={"proposal": "agree", "reasons": "符合"}))
    assert codes(world.section_head, "mine") == [case.code]
    assert codes(world.head, "mine") == []
    take(case, "advise", head, moment("2026-03-06T10:00"), Offer(facts={"proposal": "agree", "reasons": "同意"}))
    assert codes(world.section_head, "mine") == []
    assert codes(world.head, "mine") == [case.code]


def test_a_proposal_sent_back_waits_for_nobody_above(world: World) -> None:
    case = world.file()
    officer, head = world.actor(world.officer, "case_officer"), world.actor(world.section_head, "section_head")
    take(case, "accept", officer, moment("2026-03-04T10:00"), Offer(attested=["材料齐全"]))
    take(case, "advise", head, moment("2026-03-06T10:00"), Offer(facts={"proposal": "return", "reasons": "补充"}))
    assert codes(world.head, "mine") == []
    assert codes(world.officer, "mine") == [case.code]


@pytest.mark.parametrize("rows", [5, 200])
def test_the_page_costs_the_same_however_many_rows(world: World, client: Client, rows: int) -> None:
    stored(world, rows)
    sign_in(client, world.section_head)
    client.get("/desk/?tab=open")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/desk/?tab=open")
    assert page.status_code == 200
    assert len(page.context["rows"]) == min(rows, queue.PAGE)
    assert len(queries) <= 4, [query["sql"] for query in queries]
    assert len(page.content) <= 40_000


@pytest.mark.parametrize("tab", list(TABS))
def test_one_query_a_page_and_one_for_all_counts(world: World, tab: str) -> None:
    stored(world, 60)
    mine, calendar = scope(world.head), work_calendar()
    with CaptureQueriesContext(connection) as queries:
        queue.page(
            mine, Wanted(tab), TODAY, calendar, after=place_of("2026-03-16~3", "open") if tab != "ended" else None
        )
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        queue.counts(mine, Wanted(tab), TODAY, calendar)
    assert len(queries) == 1
