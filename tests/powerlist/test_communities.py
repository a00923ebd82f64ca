"""Activities: the last place is taken once, whoever waits longest moves up, and nobody gets round the closing time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from casework.models import Notice
from casework.refusal import NotAllowed, Refused
from powerlist.actions import communities as actions
from powerlist.actions import disclosure
from powerlist.models import Activity, SignUp, SocialOrganisation
from powerlist.queries import communities
from tests.accounts.people import citizen, official, sign_in
from tests.powerlist.ground import SEATED, Ground, make_ground, moment

pytestmark = pytest.mark.django_db
ENTERED = moment("2026-03-02T09:00")
CLOSES, BEGINS = moment("2026-03-09T18:00"), moment("2026-03-10T09:00")
IN, WAITING, LEFT = SignUp.State.IN, SignUp.State.WAITING, SignUp.State.LEFT
REFUSED = (IntegrityError, InternalError)


def held(ground: Ground, places: int = 1, waiting: int = 2, at: datetime = ENTERED, **other: Any) -> Activity:
    """An activity of the subdistrict, published."""
    given = {
        "title": "助老服务", "about": "内容", "place": "社区服务站", "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=2), "closes_at": CLOSES, "places": places, "waiting_places": waiting,
        **other,
    }  # fmt: skip
    row = actions.enter_activity(ground.street, given, ground.clerk, at)
    return disclosure.publish(row, ground.head, at)


def soon(ground: Ground, **other: Any) -> Activity:
    """An activity in a week, counted from the real clock, for tests through the pages."""
    at = timezone.now()
    begins = at + timedelta(days=7)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "closes_at": begins - timedelta(days=1)}
    return held(ground, at=at, **(times | other))


def counters(activity: Activity) -> tuple[int, int]:
    fresh = Activity.objects.get(pk=activity.pk)
    return fresh.taken, fresh.waiting


def told() -> list[tuple[int | None, str]]:
    """Who was told what in the inbox."""
    return list(Notice.objects.filter(channel=Notice.Channel.INBOX).values_list("to", "subject"))


# --- places ------------------------------------------------------------------------------------------------------


def test_places_then_turns_then_nothing(ground: Ground) -> None:
    activity = held(ground)
    people = [citizen() for _ in range(4)]
    states = [actions.sign_up(activity, each, ENTERED).state for each in people[:3]]
    assert states == [IN, WAITING, WAITING]
    with pytest.raises(Refused, match="报满"):
        actions.sign_up(activity, people[3], ENTERED)
    assert counters(activity) == (1, 2)
    assert communities.turn(SignUp.objects.get(person=people[2])) == 2


def test_signing_up_twice_is_signing_up_once(ground: Ground) -> None:
    activity, person = held(ground, places=5), citizen()
    assert actions.sign_up(activity, person, ENTERED) == actions.sign_up(activity, person, ENTERED)
    assert counters(activity) == (1, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(activity=activity, person=person, state=IN, signed_at=ENTERED)


def test_who_has_waited_longest_moves_up_and_is_told(ground: Ground) -> None:
    activity = held(ground)
    first, second, third = (citizen() for _ in range(3))
    for each in (first, second, third):
        actions.sign_up(activity, each, ENTERED)
    late = CLOSES + timedelta(hours=1)  # also after the closing time: the place is there
    actions.leave(activity, first, late)
    assert SignUp.objects.get(person=second).state == IN
    assert SignUp.objects.get(person=second).promoted_at == late
    assert SignUp.objects.get(person=third).state == WAITING
    assert counters(activity) == (1, 1)
    assert told() == [(second.pk, "助老服务：候补成功")]
    actions.leave(activity, third, late)
    assert counters(activity) == (1, 0)


def test_who_left_may_come_back_behind_the_others(ground: Ground) -> None:
    activity = held(ground)
    first, second = citizen(), citizen()
    actions.sign_up(activity, first, ENTERED)
    actions.sign_up(activity, second, ENTERED)
    actions.leave(activity, first, ENTERED)
    assert actions.leave(activity, first, ENTERED) is None
    assert actions.sign_up(activity, first, ENTERED).state == WAITING
    assert counters(activity) == (1, 1)


def test_times_and_callings_off_hold(ground: Ground) -> None:
    activity, person = held(ground), citizen()
    assert actions.sign_up(activity, person, CLOSES).state == IN
    with pytest.raises(Refused, match="截止"):
        actions.sign_up(activity, citizen(), CLOSES + timedelta(seconds=1))
    with pytest.raises(Refused, match="已经开始"):
        actions.leave(activity, person, BEGINS)
    with pytest.raises(NotAllowed, match="个人账号"):
        actions.sign_up(activity, ground.head, ENTERED)
    with pytest.raises(NotAllowed):
        actions.call_off(activity, ground.clerk, "天气原因", ENTERED)
    actions.call_off(activity, ground.head, "天气原因", ENTERED)
    assert told() == [(person.pk, "助老服务：活动取消")]
    with pytest.raises(Refused, match="已经取消"):
        actions.sign_up(activity, citizen(), ENTERED)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_at": ENTERED}, "现在以后"),
        ({"closes_at": BEGINS + timedelta(minutes=1)}, "不得晚于"),
        ({"ends_at": BEGINS}, "晚于开始时间"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(ground: Ground, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        held(ground, **wrong)


# --- the database itself -----------------------------------------------------------------------------------------


def test_the_database_gives_no_place_too_many_and_none_too_late(ground: Ground) -> None:
    activity = held(ground, places=1, waiting=0)
    waiting = held(ground, places=1, waiting=1)
    kept = actions.sign_up(activity, citizen(), ENTERED)
    actions.sign_up(waiting, citizen(), ENTERED)
    second = actions.sign_up(waiting, citizen(), ENTERED)
    draft = Activity.objects.create(
        organ=ground.street, entered_by=ground.clerk, entered_at=ENTERED, title="未公布", about="内容", place="地点",
        starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=1), closes_at=CLOSES, places=5,
    )  # fmt: skip
    person = citizen()

    def make(**values: Any) -> SignUp:
        return SignUp.objects.create(**{"person": person, "state": IN, "signed_at": ENTERED, **values})

    attempts = (
        lambda: make(activity=activity),
        lambda: make(activity=activity, state=WAITING),
        lambda: make(activity=draft),
        lambda: make(activity=waiting, signed_at=CLOSES + timedelta(seconds=1)),
        lambda: SignUp.objects.filter(pk=second.pk).update(state=IN),
        lambda: SignUp.objects.filter(pk=kept.pk).update(state=WAITING),
        lambda: SignUp.objects.filter(pk=kept.pk).update(person=person),
        lambda: SignUp.objects.filter(pk=kept.pk).delete(),
        lambda: Activity.objects.filter(pk=activity.pk).update(places=9),
    )
    for attempt in attempts:
        with pytest.raises(REFUSED), transaction.atomic():
            attempt()
    assert (counters(activity), counters(waiting)) == ((1, 0), (1, 1))


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_once_however_many_want_it_at_once() -> None:
    ground = make_ground()
    activity, people = held(ground, places=3, waiting=2), [citizen() for _ in range(12)]
    together = Barrier(len(people))

    def want(person: User) -> str:
        try:
            together.wait(60)
            return str(actions.sign_up(activity, person, ENTERED).state)
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        came = list(pool.map(want, people))
    assert sorted(came) == ["in"] * 3 + ["refused"] * 7 + ["waiting"] * 2
    assert counters(activity) == (3, 2)

    def give_up(sign_up: SignUp) -> bool:
        try:
            return actions.leave(activity, sign_up.person, ENTERED) is not None
        finally:
            connections.close_all()

    taken = list(SignUp.objects.filter(state=IN).select_related("person"))
    waited = list(SignUp.objects.filter(state=WAITING).values_list("pk", flat=True))
    with ThreadPoolExecutor(len(taken)) as pool:
        assert all(pool.map(give_up, taken))
    assert list(SignUp.objects.filter(state=IN).values_list("pk", flat=True)) == waited
    assert counters(activity) == (2, 0)
    assert len(told()) == 2


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_many_times_has_one_place() -> None:
    ground = make_ground()
    activity, person = held(ground, places=3), citizen()

    def press(_: int) -> int:
        try:
            return actions.sign_up(activity, person, ENTERED).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(press, range(6)))) == 1
    assert counters(activity) == (1, 0)


# --- pages -------------------------------------------------------------------------------------------------------


def test_a_citizen_signs_up_and_gives_up_in_the_browser(client: Client, ground: Ground) -> None:
    activity, person = soon(ground), citizen()
    path = f"/activities/{activity.pk}/"
    assert "登录后报名" in client.get(path).content.decode()
    assert client.post(f"{path}sign-up/").status_code == 302
    assert not SignUp.objects.exists()
    sign_in(client, person)
    assert "报名成功" in client.post(f"{path}sign-up/", follow=True).content.decode()
    assert "助老服务" in client.get("/my/activities/").content.decode()
    assert "已经取消报名" in client.post(f"{path}leave/", follow=True).content.decode()
    assert "您没有报名" in client.post(f"{path}leave/", follow=True).content.decode()
    assert client.get(f"{path}sign-up/").status_code == 405
    assert client.get("/activities/999999/").status_code == 404


def test_the_organiser_sees_a_list_with_masked_data(client: Client, ground: Ground) -> None:
    activity, person = soon(ground), citizen("王小燕")
    actions.sign_up(activity, person, timezone.now())
    page = sign_in(client, ground.clerk).get(f"/desk/activities/{activity.pk}/").content.decode()
    assert "王*" in page
    assert "王小燕" not in page
    assert person.phone not in page
    assert person.phone[-4:] in page
    assert sign_in(client, ground.treasurer).get(f"/desk/activities/{activity.pk}/").status_code == 404
    assert sign_in(client, person).get(f"/desk/activities/{activity.pk}/").status_code == 403


def test_two_officials_hold_an_activity(client: Client, ground: Ground) -> None:
    begins = timezone.localtime(timezone.now() + timedelta(days=5)).replace(hour=9, minute=30)
    parts = ("year", "month", "day", "hour", "minute")

    def boxes(name: str, at: datetime) -> dict[str, str]:
        return {f"{name}-{part}": str(getattr(at, part)) for part in parts}

    given = {
        "organ": ground.street.pk, "title": "义诊", "about": "内容", "place": "地点", "places": "10",
        "waiting_places": "0",
        **boxes("starts_at", begins), **boxes("ends_at", begins + timedelta(hours=1)), **boxes("closes_at", begins),
    }  # fmt: skip
    wrong = given | boxes("ends_at", begins - timedelta(hours=1))
    answer = sign_in(client, ground.clerk).post("/desk/disclosure/activities/new/", wrong)
    assert answer.status_code == 422
    assert "结束时间须晚于开始时间" in answer.content.decode()
    assert client.post("/desk/disclosure/activities/new/", given).status_code == 302
    activity = Activity.objects.get()
    assert client.get(f"/activities/{activity.pk}/").status_code == 404
    sign_in(client, ground.head).post(f"/desk/disclosure/activities/{activity.pk}/", {"go": "publish"})
    assert "义诊" in client.get("/activities/?q=义诊").content.decode()
    client.post(f"/desk/disclosure/activities/{activity.pk}/", {"go": "withdraw", "reason": "天气原因"})
    assert "天气原因" in client.get(f"/activities/{activity.pk}/").content.decode()
    assert "义诊" not in client.get("/activities/").content.decode()


def test_the_civil_affairs_bureau_publishes_a_social_organisation(client: Client, ground: Ground) -> None:
    bureau = Organisation.objects.get(code="DC-MZJ")
    enters, publishes = (official(role, bureau, at=SEATED) for role in ("case_officer", "head_of_organ"))
    path = "/desk/disclosure/organisations/new/"
    given = {
        "name": "东城区示例志愿服务中心", "kind": "service", "scope": "志愿服务",
        "since-year": "2026", "since-month": "2", "since-day": "1",
    }  # fmt: skip
    refused = sign_in(client, ground.clerk).post(path, given)
    assert refused.status_code == 403
    assert "社会组织由区民政局录入" in refused.content.decode()
    sign_in(client, enters)
    assert client.post(path, given | {"since-year": "2999"}).status_code == 422
    assert client.post(path, given).status_code == 302
    one = SocialOrganisation.objects.get()
    assert one.organ == bureau
    assert "示例志愿服务中心" not in client.get("/communities/").content.decode()
    row = f"/desk/disclosure/organisations/{one.pk}/"
    client.post(row, {"go": "publish"})  # the same person
    assert SocialOrganisation.objects.get().published_at is None
    sign_in(client, publishes).post(row, {"go": "publish"})
    assert "东城区示例志愿服务中心" in client.get("/communities/").content.decode()
    form = sign_in(client, ground.clerk).get("/desk/disclosure/activities/new/").content.decode()
    assert "东城区示例志愿服务中心" in form
    again = sign_in(client, enters).post(path, given)
    assert "已经录入过同名的社会组织" in again.content.decode()
    sign_in(client, publishes).post(row, {"go": "withdraw", "reason": "注销登记"})
    assert "东城区示例志愿服务中心" not in client.get("/communities/").content.decode()
    assert sign_in(client, enters).post(path, given).status_code == 302
    with pytest.raises(REFUSED), transaction.atomic():
        SocialOrganisation.objects.filter(pk=one.pk).update(name="另一个名称")


def test_what_is_over_is_listed_and_a_community_names_its_activities(client: Client, ground: Ground) -> None:
    at = timezone.now() - timedelta(days=9)
    community = Organisation.objects.filter(kind="community", parent=ground.street).earliest("code")
    held(
        ground, at=at, title="过去的活动", community=community, starts_at=at + timedelta(days=2),
        ends_at=at + timedelta(days=3), closes_at=at + timedelta(days=1),
    )  # fmt: skip
    soon(ground, title="将来的活动", community=community)
    past = client.get("/activities/past/").content.decode()
    assert "过去的活动" in past
    assert "将来的活动" not in past
    assert "过去的活动" not in client.get("/activities/").content.decode()
    assert client.get("/activities/past/?after=x").status_code == 200
    page = client.get(f"/organs/{community.code}/").content.decode()
    assert "将来的活动" in page
    assert "过去的活动" not in page


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    ground: Ground, django_assert_num_queries: Any
) -> None:
    activity = held(ground, places=40)
    for n in range(30):
        held(ground, title=f"活动{n}")
        actions.sign_up(activity, citizen(), ENTERED)
        organisation = SocialOrganisation.objects.create(
            name=f"组织{n}", kind="service", organ=ground.street, scope="示例", since=ENTERED.date(),
            entered_by=ground.clerk, entered_at=ENTERED,
        )  # fmt: skip
        disclosure.publish(organisation, ground.head, ENTERED)
    with django_assert_num_queries(1):
        first, place = communities.coming(ENTERED)
    with django_assert_num_queries(1):
        second, end = communities.coming(ENTERED, after=place)
    assert len({one.pk for one in first + second}) == 31
    assert end is None
    with django_assert_num_queries(1):
        assert len(communities.participants(activity)) == 30
    with django_assert_num_queries(1):
        communities.social_organisations(ENTERED.date())
    with django_assert_num_queries(2):
        communities.communities(ENTERED.date())


def test_the_directory_shows_communities_and_stations(client: Client, ground: Ground) -> None:
    page = client.get("/communities/?subdistrict=110101001").content.decode()
    assert "东华门街道示例社区服务站（示例）" in page
    assert "天坛街道示例社区" not in page
    assert client.get("/communities/?subdistrict=none").status_code == 200
    assert client.get("/activities/?after=x~1&subdistrict=110101001").status_code == 200


def test_programs_read_the_activities_without_the_people(client: Client, ground: Ground) -> None:
    activity = soon(ground)
    actions.sign_up(activity, citizen(), timezone.now())
    answer = client.get("/api/v1/activities/").json()
    assert answer["next"] == ""
    (one,) = answer["results"]
    assert (one["title"], one["places"], one["taken"], one["host"]) == ("助老服务", 1, 1, "")
