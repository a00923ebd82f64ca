"""One rating for each matter; what is bad is verified, mended and answered within its limit."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.utils import timezone

from approvals.actions.ratings import rate
from approvals.models import Rating
from approvals.queries.ratings import FOLLOW_UP, handled_by, standings
from casework import registry
from casework.actions import settle
from casework.models import Case, Deadline, Document, Notice
from casework.printing.qr import svg_data_uri
from casework.printing.render import paper_html, text_of
from casework.queries.rights import Standing
from casework.refusal import Refused
from tests.approvals.bundle_world import BATHS, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.pages import text


def bad(world: World, words: str = "排队太久") -> Case:
    """The follow-up of a bad rating."""
    follow_up = rate(world.ended(), 1, words, moment("2026-03-06T09:00")).follow_up
    assert follow_up
    return follow_up


def test_a_good_rating_needs_nothing_more(world: World) -> None:
    rating = rate(world.ended(), 5, "很好", moment("2026-03-06T09:00"))
    assert (rating.get_level_display(), rating.follow_up) == ("非常满意", None)
    assert not Case.objects.filter(procedure=FOLLOW_UP).exists()


def test_a_matter_is_rated_once(world: World) -> None:
    case = world.ended()
    first = rate(case, 5, "", moment("2026-03-06T09:00"))
    assert rate(case, 5, "", moment("2026-03-06T09:01")).pk == first.pk
    with pytest.raises(Refused, match="一件事只评价一次"):
        rate(case, 1, "", moment("2026-03-06T09:02"))
    for change in ({"level": 1}, {"words": "改了"}):
        with pytest.raises(InternalError), transaction.atomic():
            Rating.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(case=world.file(), level=1, organ=case.organ, matter="x", at=timezone.now())


def test_what_has_not_ended_is_not_rated_nor_is_a_follow_up(world: World) -> None:
    with pytest.raises(Refused, match="还没有办结"):
        rate(world.accepted(), 5, "", moment("2026-03-06T09:00"))
    follow_up = bad(world)
    with pytest.raises(Refused, match="还没有办结"):
        rate(follow_up, 5, "", moment("2026-03-06T10:00"))


def test_a_bad_rating_is_followed_up_within_five_working_days(world: World) -> None:
    follow_up = bad(world)
    clock = Deadline.objects.get(case=follow_up)
    assert (clock.key, clock.due_on) == ("hp_follow_up", date(2026, 3, 13))
    told = set(Notice.objects.filter(case=follow_up).values_list("to__username", flat=True))
    assert {world.section_head.username, world.head.username} <= told
    assert world.officer.username not in told
    world.take(follow_up, "verify", world.section_head, "2026-03-09T09:00", reached_on="2026-03-09", findings="属实")
    world.take(follow_up, "answer", world.section_head, "2026-03-10T09:00", rectification="已经增开一个窗口")
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.ended_at) == ("answered", moment("2026-03-10T09:00"))
    letter = Document.objects.get(case=follow_up, paper="xk_rating_reply")
    kind = registry.paper("xk_rating_reply")
    assert kind
    page = text_of(paper_html(kind, letter.printed))
    for words in ("“排队太久”（非常不满意）", "属实", "已经增开一个窗口", letter.number):
        assert words in page


def test_whoever_handled_the_matter_does_not_verify_it(world: World) -> None:
    follow_up = bad(world)
    row = registry.procedure(FOLLOW_UP).step("verify")
    assert Standing(world.officer, date(2026, 3, 9)).actors(follow_up, row) == []
    assert [actor.user for actor in Standing(world.section_head, date(2026, 3, 9)).actors(follow_up, row)] == [
        world.section_head
    ]


def test_a_section_head_who_handled_the_matter_leaves_it_to_the_head(world: World) -> None:
    case = world.accepted()
    facts = {"officers": [str(world.officer.pk), str(world.second.pk)], "verify_on": "2026-03-05"}
    world.take(case, "assign_verification", world.section_head, "2026-03-04T09:00", **facts)
    case.refresh_from_db()
    Case.objects.filter(pk=case.pk).update(ended_at=moment("2026-03-05T09:00"))
    follow_up = rate(case, 1, "太慢", moment("2026-03-06T09:00")).follow_up
    assert follow_up
    found = {"reached_on": "2026-03-09", "findings": "属实"}
    with pytest.raises(Refused, match="没有办理过被评价事项"):
        world.take(follow_up, "verify", world.section_head, "2026-03-09T09:00", **found)
    world.take(follow_up, "verify", world.head, "2026-03-09T10:00", **found)
    follow_up.refresh_from_db()
    assert follow_up.state == "verified"


def test_whoever_acted_in_a_part_handled_the_bundle(world: World) -> None:
    street = make_street(world)
    case = street.accepted()
    street.agree(BATHS, "2026-03-09T10:00")
    Case.objects.filter(pk=case.pk).update(ended_at=moment("2026-03-10T09:00"))
    case.refresh_from_db()
    follow_up = rate(case, 1, "太慢", moment("2026-03-11T09:00")).follow_up
    assert follow_up
    known = handled_by(follow_up)
    assert {street.user("wjw-head").pk, street.user("wjw-officer").pk, world.officer.pk} <= known
    assert known.isdisjoint({world.citizen.pk, world.section_head.pk})


def test_the_case_page_leads_to_the_rating(world: World) -> None:
    case = world.ended()
    own = world.client(world.citizen).get(f"/cases/{case.code}/").content.decode()
    assert "/services/rating/?number=" in own
    assert f"code={case.code}" in own
    window = text(world.client(world.officer).get(f"/cases/{case.code}/"))
    assert "评价这次服务的二维码" in window
    under_way = world.accepted()
    for user in (world.citizen, world.officer):
        assert "评价这次服务" not in text(world.client(user).get(f"/cases/{under_way.code}/"))


def test_what_was_rated_in_bad_faith_is_kept_and_not_counted(world: World) -> None:
    follow_up = bad(world)
    on = date(2026, 3, 20)
    assert [(row.number, row.content, row.bad, row.open) for row in standings(on)] == [(1, 0, 1, 1)]
    world.take(follow_up, "verify", world.section_head, "2026-03-09T09:00", reached_on="2026-03-09", findings="误点")
    world.take(follow_up, "leave_aside", world.head, "2026-03-10T09:00", reasons="评价人说明是误点。")
    assert standings(on) == []
    assert Rating.objects.count() == 1


def test_an_answer_that_does_not_come_is_told_upwards(world: World) -> None:
    follow_up = bad(world)
    assert [act.step for act in settle(follow_up, moment("2026-03-13T18:00"))] == []
    assert [act.step for act in settle(follow_up, moment("2026-03-14T00:10"))] == ["flag_overdue"]
    assert settle(follow_up, moment("2026-03-15T00:10")) == []


def test_number_and_code_are_the_key_to_the_page(world: World) -> None:
    case = world.ended()
    key = {"number": case.number, "code": case.code}
    client = Client()
    assert "评价这次服务" in text(client.get("/services/track/", key))
    assert "请填写收件凭证上的案号和查询码" in text(client.get("/services/rating/"))
    assert client.get("/services/rating/", {**key, "code": "X" * 15}).status_code == 404
    assert "您对这次办事满意吗" in text(client.get("/services/rating/", key))
    nothing = client.post("/services/rating/", {**key, "words": "没有选"})
    assert (nothing.status_code, "请选择一个评价" in text(nothing), "没有选" in text(nothing)) == (422, True, True)
    given = client.post("/services/rating/", {**key, "level": "2", "words": "说法不一"})
    assert (given.status_code, "已转承办单位负责人回访核实" in text(given)) == (200, True)
    assert "不满意" in text(client.get("/services/rating/", key))
    other = client.post("/services/rating/", {**key, "level": "5"})
    assert (other.status_code, "一件事只评价一次" in text(other)) == (422, True)
    assert "0.0%" in text(client.get("/services/ratings/"))


def test_the_page_of_what_is_under_way_offers_no_rating(world: World) -> None:
    case = world.accepted()
    key = {"number": case.number, "code": case.code}
    assert "评价这次服务" not in text(Client().get("/services/track/", key))
    assert "还没有办结" in text(Client().get("/services/rating/", key))


def test_the_printed_receipt_leads_to_the_case_and_from_there_to_the_rating(world: World, settings: Any) -> None:
    case = world.ended()
    paper = Document.objects.get(case=case, paper="xk_intake_receipt")
    kind = registry.paper(paper.paper)
    assert kind
    address = f"/services/track/?{urlencode({'code': case.code, 'number': case.number})}"
    assert svg_data_uri(settings.BASE_URL + address) in paper_html(kind, paper.printed)
    page = Client().get(address)
    [onward] = [url for label, url in page.context["onward"] if "评价" in label]
    assert case.title in text(Client().get(onward))


def test_the_ratings_of_all_organs_are_among_the_services_of_every_page() -> None:
    for page in ("/", "/services/rating/", "/services/accepted/"):
        head = Client().get(page).content.decode().partition('id="main-content"')[0]
        assert 'href="/services/ratings/"' in head, page
