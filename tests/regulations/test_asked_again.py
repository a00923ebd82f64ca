"""The public is asked twice before it is answered, and asked for a shorter time: everybody can read both."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from casework.actions.ring import ring_all
from regulations.models import Comment, Consultation
from tests.regulations.ground import BODY, House, moment


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_a_text_that_is_asked_about_again_is_answered_for_both_at_once(house: House, client: Client) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    house.comment(case, "citizen", "2026-03-10T09:00", words="写明时间。")
    ring_all(moment("2026-04-07T00:10"))
    house.form(case, "2026-04-07T09:00", BODY.replace("服务时间", "服务时间和电话"))
    house.act(case, "scj-officer", "open_public_comment", "2026-04-08T09:00", until="2026-05-09", channel="信函")
    house.comment(case, "neighbour", "2026-04-10T09:00", words="写明地址。")
    ring_all(moment("2026-05-10T00:10"))
    for given in Comment.objects.all():
        house.answer(given, "2026-05-11T09:00")
    done = house.act(case, "scj-officer", "publish_feedback", "2026-05-11T10:00", summary="两次征求意见，两条意见。")
    first, second = Consultation.objects.filter(case=case).order_by("pk")
    assert (first.feedback_by, second.feedback_by) == (done, done)
    assert first.version.number == 1
    assert second.version.number == 2
    for one, said in ((first, "写明时间。"), (second, "写明地址。")):
        page = words(client.get(f"/consultations/{one.pk}/"))
        assert "两次征求意见，两条意见。" in page
        assert said in page
    house.act(case, "scj-officer", "record_not_economic", "2026-05-11T11:00", reasons="不涉及。")
    house.send(case, "2026-05-11T12:00")
    assert case.state == "legality_review"


def test_why_a_consultation_was_shortened_and_when_it_really_ended_is_public(house: House, client: Client) -> None:
    case = house.planned()
    drafters = [str(house.user(name).pk) for name in ("scj-officer", "scj-officer2")]
    house.act(case, "scj-head", "start_drafting", "2026-03-04T09:00", drafters=drafters, business="no")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-10", channel="信函")
    one = Consultation.objects.get(case=case)
    page = words(client.get(f"/consultations/{one.pk}/"))
    assert "2026年3月6日至2026年4月10日" in page
    assert "缩短期限" not in page
    house.act(case, "scj-officer2", "shorten_public_comment", "2026-03-20T09:00", reasons="汛期将至。", approver="局长")
    one.refresh_from_db()
    assert (one.shortened, str(one.ended_on)) == (True, "2026-03-20")
    page = words(client.get(f"/consultations/{one.pk}/"))
    assert "2026年3月6日至2026年3月20日" in page
    assert "公告的截止日期为2026年4月10日，经批准缩短。理由：汛期将至。" in page
    listed = words(client.get("/consultations/"))
    assert "2026年3月20日截止（缩短期限）" in listed
    assert "2026年4月10日截止" not in listed
