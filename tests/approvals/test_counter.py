"""At a window, for a case under way: who may, that somebody is identified, and what becomes of what was brought."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Seat, ServicePoint
from approvals import actions
from approvals.actions import counter
from approvals.models import Application
from approvals.queries import presence
from casework import registry
from casework.models import Act, Case, Document, Draft, Participant
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from tests.accounts.people import resident_number, sign_in
from tests.approvals.conftest import World, moment
from tests.approvals.custody_world import make_station, stationer
from tests.approvals.pages import text
from tests.approvals.test_window import SEEN, at_window, take_in

HOME = "/desk/counter/"
HEAD = {
    "way": "counter", "who": "head", "name": "钱示例", "id_kind": "resident_id", "id_number": resident_number(77),
}  # fmt: skip
NUMBER = str(SEEN["id_number"])
ASKED = {"items": ["M2", "M3"], "requirements": "没有标明面积", "correct_by": "2027-12-31"}


@pytest.fixture
def station(world: World) -> ServicePoint:
    """A station that takes in what the hall does."""
    point = make_station(world)
    world.item().points.get_or_create(point=point)
    return point


def deficient(world: World, at: str = "2026-03-03T10:00") -> Case:
    """Filed on line by the company, and something is missing."""
    case = world.file()
    world.take(case, "notify_deficiency", world.officer, at, **ASKED)
    case.refresh_from_db()
    return case


def attested(case: Case, step: str) -> list[str]:
    return [gate.words for gate in registry.procedure(case.procedure).step(step).needs if gate.attested]


def identified(world: World, case: Case, at: str, **more: Any) -> Draft:
    visit = counter.begin_visit(case, world.clerk, world.point, moment(at))
    return actions.save(visit, lambda locked: {"presence": SEEN, **more}, moment(at))


def test_with_the_receipt_any_point_that_serves_the_item_takes_in_and_sees_it_that_day(
    world: World, station: ServicePoint
) -> None:
    case = deficient(world)
    client = sign_in(world.client(world.citizen), stationer())
    page = f"{HOME}{case.code}/"
    assert client.get(page).status_code == 404, "the code alone opens nothing"
    assert "没有找到" in text(client.post(HOME, {"number": case.number, "code": "2" * 15}))
    answer = client.post(HOME, {"number": case.number, "code": case.code})
    assert answer["Location"] == page
    assert client.get(f"/cases/{case.code}/").status_code == 200
    standing = Standing(stationer(), timezone.localdate())
    table = registry.procedure(case.procedure)
    assert standing.actors(case, table.step("take_in_correction"))
    assert not standing.actors(case, table.step("accept")), "no more than what was brought"
    # Tomorrow the case is none of the station's any more.
    assert counter.end_visits(timezone.now() - timedelta(days=1)) == 0
    assert counter.end_visits(timezone.now() + timedelta(hours=1)) == 1
    assert client.get(f"/cases/{case.code}/").status_code == 404


def test_a_point_that_does_not_serve_the_item_sends_people_elsewhere(world: World, station: ServicePoint) -> None:
    case = deficient(world)
    world.item().points.filter(point=station).delete()
    client = sign_in(world.client(world.citizen), stationer())
    assert "不受理这一事项" in text(client.post(HOME, {"number": case.number, "code": case.code}))
    assert not Participant.objects.filter(case=case, point=station).exists()
    assert world.client(world.officer).get(HOME).status_code == 403
    assert world.client(world.citizen).get(HOME).status_code == 403


def test_what_was_brought_is_scanned_counted_and_handed_in_on_the_pages(world: World) -> None:
    case = deficient(world)
    client = world.client(world.clerk)
    client.post(HOME, {"number": case.number, "code": case.code})
    page, step = f"{HOME}{case.code}/", f"{HOME}{case.code}/take_in_correction/"
    assert client.get(step)["Location"] == page, "nobody was identified yet"
    said = client.post(page, {**HEAD, "what": "take_in_correction", "way": "post"})
    assert "请填写收到纸质申请的时间" in text(said)
    assert client.post(page, {**HEAD, "what": "take_in_withdrawal"})["Location"].endswith("take_in_withdrawal/")
    assert client.post(page, {**HEAD, "what": "take_in_correction"})["Location"] == step
    ready = {f"attest_{index}": "on" for index in (1, 2)} | {"seen": case.act_count}
    refused = client.post(step, {**ready, "M3": "2", "attest_1": ""})
    assert refused.status_code == 422
    kept = Draft.objects.get(owner=world.clerk, step="at_counter").content["paper"]
    assert kept == [{"code": "M3", "copies": 2}], "what was counted is not lost"
    late = client.post(step, {**ready, "seen": 0, "M3": "2"})
    assert late.status_code == 422
    assert case.acts.count() == 2, "somebody acted meanwhile: nothing was taken in"
    taken = client.post(step, {**ready, "M3": "2"})
    assert taken["Location"] == f"/cases/{case.code}/"
    case.refresh_from_db()
    assert (case.state, case.channel) == ("filed", "online")
    assert not Draft.objects.filter(owner=world.clerk, step="at_counter").exists()
    assert "核验身份" in text(world.client(world.citizen).get(f"/cases/{case.code}/"))


def test_nothing_is_taken_in_of_nobody_by_whatever_door(world: World) -> None:
    case = take_in(world, at_window(world))
    client = world.client(world.clerk)
    confirmed = {"seen": case.act_count, "attest_1": "on", "attest_2": "on"}
    for step in ("take_in_withdrawal", "take_in_spot_correction"):
        said = client.post(
            f"/cases/{case.code}/steps/{step}/", {**confirmed, "material": "M2", "wrong": "甲", "right": "乙"}
        )
        assert "身份核验和收到时间" in text(said)
    with pytest.raises(Refused, match="身份核验和收到时间"):
        counter.take_in(
            case, "take_in_withdrawal", world.clerk, moment("2026-03-06T10:00"),
            attested=attested(case, "take_in_withdrawal"),
        )  # fmt: skip
    # Whom a colleague identified is nobody that this clerk has seen.
    identified(world, case, "2026-03-06T09:00")
    Draft.objects.filter(step="at_counter").update(owner=world.second)
    with pytest.raises(Refused, match="身份核验和收到时间"):
        counter.take_in(
            case, "take_in_withdrawal", world.clerk, moment("2026-03-06T10:00"),
            attested=attested(case, "take_in_withdrawal"),
        )  # fmt: skip
    assert [act.step for act in case.acts.all()] == ["take_in_at_window"]


def test_whoever_was_identified_yesterday_is_identified_anew(world: World) -> None:
    case = deficient(world)
    identified(world, case, "2026-03-05T16:00", paper=[{"code": "M2", "copies": 1}])
    counter.end_visits(moment("2026-03-05T00:00"))
    assert presence.settled(Draft.objects.get(step="at_counter").content), "of today"
    counter.end_visits(moment("2026-03-06T00:00"))
    kept = Draft.objects.get(step="at_counter").content
    assert not presence.settled(kept)
    assert kept["paper"] == [{"code": "M2", "copies": 1}], "what was counted is not lost"


def test_what_came_by_post_counts_from_then_but_not_from_before_the_notice(world: World) -> None:
    case = deficient(world)
    post = {**SEEN, "way": "post", "received_at": "2026-03-03T09:00:00+08:00"}
    paper = [{"code": "M2", "copies": 1}, {"code": "M3", "copies": 1}]
    identified(world, case, "2026-03-05T09:00", presence=post, paper=paper)

    def take() -> Act:
        step = "take_in_correction"
        return counter.take_in(case, step, world.clerk, moment("2026-03-05T10:00"), attested=attested(case, step))

    with pytest.raises(Refused, match="不得倒签"):
        take()
    identified(world, case, "2026-03-05T09:00", presence={**post, "received_at": "2026-03-06T09:00:00+08:00"})
    with pytest.raises(Refused, match="不能晚于现在"):
        take()
    identified(world, case, "2026-03-05T09:00", presence={**post, "received_at": "2026-03-04T16:30:00+08:00"})
    Seat.objects.filter(user=world.clerk).update(since="2026-03-05")
    with pytest.raises(NotAllowed):
        take()
    Seat.objects.filter(user=world.clerk).update(since="2026-01-01")
    act = take()
    assert act.at == moment("2026-03-04T16:30")
    # Thursday the 5th and Friday the 6th, Monday the 9th to Wednesday the 11th.
    assert str(case.deadlines.filter(key="xk_deficiency_notice").latest("pk").due_on) == "2026-03-11"


def test_who_was_identified_lies_sealed_and_is_shown_masked(world: World) -> None:
    case = deficient(world)
    identified(world, case, "2026-03-05T09:00", paper=[{"code": "M2", "copies": 1}])
    step = "take_in_correction"
    counter.take_in(case, step, world.clerk, moment("2026-03-05T10:00"), attested=attested(case, step))
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence FROM approvals_application WHERE case_id = %s", [case.pk])
        assert NUMBER not in cursor.fetchone()[0]
    assert NUMBER not in str(Act.objects.filter(case=case).values())
    application = Application.objects.get(case=case)
    assert presence.of_act(application.presence, 3)["point"] == world.point.pk
    said = text(world.client(world.officer).get(f"/cases/{case.code}/"))
    assert "窗口收取补正：核验身份" in said
    assert NUMBER not in said
    receipt = Document.objects.filter(case=case, paper="xk_intake_receipt").latest("pk").context["elements"]
    assert receipt["place"] == world.point.name
    assert [(each["form"], each["copies"]) for each in receipt["materials"]] == [("纸质", 1)]


def test_a_point_of_receipt_takes_in_and_does_not_decide(world: World) -> None:
    case, table = take_in(world, at_window(world)), registry.procedure("approvals.licence")
    organs_own = Seat.objects.create(
        user=world.lawyer, role="window_clerk", organisation=world.organ, since=date(2026, 1, 1)
    )
    for user, decides in ((world.clerk, False), (organs_own.user, True)):
        standing = Standing(user, moment("2026-03-06T09:00").date())
        assert standing.actors(case, table.step("accept"))
        for step in ("refuse_not_competent", "tell_no_licence_needed"):
            assert bool(standing.actors(case, table.step(step))) == decides, step
