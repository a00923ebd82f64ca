"""A hearing: everybody may put their name down once and in time, some are chosen, it is held or cancelled."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from casework.models import Case, Document, Notice
from casework.refusal import NotAllowed, Refused
from regulations.models import Hearing, HearingRegistration
from tests.migrating import migrated
from tests.regulations.ground import House, make_house, moment

HEARD = {"place": "区市场监管局会议室", "subject": "服务点设置", "registration": "网上报名；按身份抽签。"}


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def announced(house: House, register_by: str = "2026-04-10", hearing_date: str = "2026-04-25") -> tuple[Case, Hearing]:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    facts = {"hearing_date": hearing_date, "register_by": register_by}
    house.act(case, "scj-officer", "announce_hearing", "2026-03-06T09:00", **facts, **HEARD)
    return case, Hearing.objects.get(case=case, closed_by=None)


def test_names_are_put_down_in_time_and_once(house: House) -> None:
    for wrong in ("2026-03-05", "2026-04-25"):
        with pytest.raises(Refused, match="报名截止日期不早于今天，早于听证日期"):
            announced(house, register_by=wrong)
    case, _ = announced(house)
    one = house.register(case, "citizen", "2026-04-10T23:00")
    with pytest.raises(Refused, match="此前没有报名参加本次听证"):
        house.register(case, "citizen", "2026-04-10T23:10")
    with pytest.raises(Refused, match="报名截止日期尚未过去"):
        house.register(case, "neighbour", "2026-04-11T00:10")
    with pytest.raises(NotAllowed):
        house.register(case, "scj-head", "2026-04-10T23:00")
    receipt = Document.objects.get(case=case, paper="gfx_hearing_receipt")
    assert receipt.act == one.act
    assert "希望就近设置。" in str(receipt.context)


def test_participants_are_chosen_and_told(house: House) -> None:
    case, hearing = announced(house)
    one, other = (house.register(case, who, "2026-04-01T09:00") for who in ("citizen", "neighbour"))
    chosen = {"chosen": [str(one.pk)], "method": "抽签。"}
    with pytest.raises(Refused, match="报名截止日期已过"):
        house.act(case, "scj-officer", "choose_participants", "2026-04-10T09:00", **chosen)
    record = {"present": "居民代表", "views": "支持。"}
    with pytest.raises(Refused, match="有人报名的，已确定听证参加人"):
        house.act(case, "scj-officer", "hold_hearing", "2026-04-25T15:00", **record)
    with pytest.raises(Refused, match="请从列出的选项中选择"):
        house.act(case, "scj-officer", "choose_participants", "2026-04-11T09:00", chosen=["999999"], method="抽签。")
    act = house.act(case, "scj-officer", "choose_participants", "2026-04-11T09:00", **chosen)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.chosen_by, other.chosen_by) == (act, None)
    told = Notice.objects.filter(act=act, channel="inbox").values_list("to__username", flat=True)
    assert list(told) == ["citizen"]
    listed = Document.objects.get(case=case, paper="gfx_hearing_participants").context["elements"]["chosen"]
    assert listed == [f"{house.user('citizen').display_name}（关心这一事项的居民）"]
    assert house.client("citizen").get(f"/cases/{case.code}/").status_code == 200  # where the notice leads
    assert house.client("neighbour").get(f"/cases/{case.code}/").status_code == 404
    held = house.act(case, "scj-officer", "hold_hearing", "2026-04-25T15:00", **record)
    hearing.refresh_from_db()
    assert hearing.closed_by == held
    mine = words(house.client("citizen").get("/my/opinions/"))
    assert "您已被确定为听证参加人" in mine
    assert "您未被确定为听证参加人" in words(house.client("neighbour").get("/my/opinions/"))


def test_a_hearing_that_cannot_be_held_is_cancelled_and_announced_anew(house: House, client: Client) -> None:
    case, first = announced(house)
    one = house.register(case, "citizen", "2026-04-01T09:00")
    house.act(case, "scj-officer", "choose_participants", "2026-04-11T09:00", chosen=[str(one.pk)], method="只有一人。")
    act = house.act(case, "scj-officer", "cancel_hearing", "2026-04-20T09:00", reasons="场地不能使用。")
    assert case.state == "drafting"
    assert Notice.objects.filter(act=act, to=house.user("citizen")).exists()
    assert "听证公告" not in words(client.get("/consultations/"))
    assert "听证已经取消。理由：场地不能使用。" in words(client.get(f"/consultations/hearings/{first.pk}/"))
    assert Document.objects.get(case=case, paper="gfx_hearing_cancellation").act == act
    facts = {"hearing_date": "2026-06-25", "register_by": "2026-06-10"}
    house.act(case, "scj-officer", "announce_hearing", "2026-04-21T09:00", **facts, **HEARD)
    again = house.register(case, "citizen", "2026-05-06T09:00")  # for the new one, once
    assert again.hearing != first
    assert not case.participants.filter(role="participants", until=None).exists()
    house.act(case, "scj-officer", "cancel_hearing", "2026-05-07T09:00", reasons="改为座谈会。")


def test_the_public_puts_its_name_down_in_the_browser(house: House, client: Client) -> None:
    year = timezone.localdate().year + 1
    case, one = announced(house, f"{year}-11-30", f"{year}-12-31")
    url = f"/consultations/hearings/{one.pk}/"
    assert f'href="{url}"' in client.get("/consultations/").content.decode()
    page = words(client.get(url))
    for said in ("第二条", "登录后报名", f"{year}年11月30日", *HEARD.values()):
        assert said in page
    sent = {"capacity": "concerned", "views": "我家门前就是服务点。"}
    assert client.post(url, sent)["Location"].startswith("/accounts/login/")
    assert house.client("scj-officer").post(url, sent).status_code == 403
    citizen = house.client("citizen")
    assert citizen.post(url, {**sent, "capacity": "king"}).status_code == 422
    assert citizen.post(url, sent).status_code == 302
    assert citizen.post(url, sent).status_code == 422  # once
    assert "您已于" in words(citizen.get(url))
    mine = words(citizen.get("/my/opinions/"))
    assert "我家门前就是服务点。" in mine
    assert "尚未确定参加人" in mine
    receipt = Document.objects.get(case=case, paper="gfx_hearing_receipt")
    for who in ("neighbour", "scj-officer"):
        assert house.client(who).get(f"/my/opinions/receipts/{receipt.token}/").status_code == 404
    assert "我家门前" not in words(client.get(url))
    listed = words(house.client("scj-officer").get(f"/desk/making/{case.code}/hearing/"))
    assert f"{house.user('citizen').display_name}（与规定的事项有利害关系）" in listed
    assert "我家门前就是服务点。" in listed
    for who in ("neighbour", "wjw-officer"):
        assert house.client(who).get(f"/desk/making/{case.code}/hearing/").status_code == 404
    assert "听证报名情况" in words(house.client("scj-officer").get(f"/cases/{case.code}/steps/cancel_hearing/"))
    assert client.get("/consultations/hearings/999999/").status_code == 404


def test_after_the_last_day_the_page_takes_no_names(house: House) -> None:
    _, one = announced(house)
    citizen, url = house.client("citizen"), f"/consultations/hearings/{one.pk}/"
    assert "现在不接受网上报名" in words(citizen.get(url))
    assert citizen.post(url, {"capacity": "resident", "views": "晚了。"}).status_code == 422
    assert not HearingRegistration.objects.exists()


def test_a_hearing_that_was_announced_before_there_were_rows_has_its_row(house: House) -> None:
    def told() -> list[tuple[Any, ...]]:
        rows = Hearing.objects.order_by("act__seq")
        return list(rows.values_list("act", "version", "on", "place", "subject", "registration", "closed_by__step"))

    case, one = announced(house)
    house.act(case, "scj-officer", "hold_hearing", "2026-04-25T15:00", present="居民代表", views="支持。")
    facts = {"hearing_date": "2026-06-25", "register_by": "2026-06-10"}
    house.act(case, "scj-officer", "announce_hearing", "2026-04-26T09:00", **facts, **HEARD)
    before = told()
    assert [step for *_, step in before] == ["hold_hearing", None]
    migrated(("regulations", "0005_changed_law"))
    migrated()
    assert told() == before
    again = Hearing.objects.get(act=one.act_id)
    assert again.register_by is None  # the announcement alone said how


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_is_one_registration(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    house = make_house(tmp_path / "laws")
    case, _ = announced(house)

    def say(_: int) -> str:
        try:
            house.register(case, "citizen", "2026-04-01T09:00")
            return "taken"
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(say, range(4)))
    assert sorted(told) == ["refused"] * 3 + ["taken"]
    assert HearingRegistration.objects.count() == 1
    assert moment("2026-04-01T09:00") == HearingRegistration.objects.get().at
