"""At the window: who was identified by which paper, what came on paper before, and when its clocks begin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Seat
from approvals import actions
from approvals.actions import file_application
from approvals.queries import presence
from casework.models import Case, Deadline, Draft
from casework.refusal import NotAllowed, Refused
from tests.approvals.conftest import ANSWERS, CONTACT, World, moment, pdf
from tests.approvals.pages import text

SEEN = {
    "way": "counter", "who": "agent", "name": "钱示例", "id_kind": "resident_id", "id_number": "11010119900307109X",
    "authority": True, "checked_by": "clerk示例", "checked_at": "2026-03-05T09:00:00+08:00",
}  # fmt: skip
CHECKED = "已经核对申请人身份"


def at_window(world: World, at: str = "2026-03-05T09:00", **seen: Any) -> Draft:
    """The clerk's draft of the food licence, with everything filled in and one scan."""
    draft = actions.begin(world.clerk, world.item(), moment(at), point=world.point)

    def fill(locked: Draft) -> dict[str, Any]:
        locked.party = world.company
        return {
            "presence": {**SEEN, **seen}, "contact": CONTACT, "answers": ANSWERS, "seen": [1, 2, 3],
            "paper": [{"code": "M3", "copies": 1}], "delivery": {"way": "collect", "point": world.point.pk},
        }  # fmt: skip

    draft = actions.save(draft, fill, moment(at))
    actions.keep_file(draft, world.item().materials.get(code="M2"), pdf("M2.pdf"), world.clerk, moment(at))
    return draft


def take_in(world: World, draft: Draft, at: str = "2026-03-05T10:00") -> Case:
    return file_application(draft, world.clerk, moment(at), attested=[CHECKED])


def test_nothing_is_taken_in_of_nobody(world: World) -> None:
    for seen in ({"id_number": ""}, {"authority": False}, {"way": "post"}, {"checked_at": ""}):
        with pytest.raises(Refused, match="身份核验和收到时间"):
            take_in(world, at_window(world, **seen))
    assert Case.objects.count() == 0


def test_the_file_says_who_was_identified_and_the_receipt_what_was_scanned(world: World) -> None:
    case = take_in(world, at_window(world))
    said = dict(presence.rows(case.application.presence))
    assert said["核验身份"] == "受委托的代理人钱示例，居民身份证 110***********109X，已查验授权委托书"
    assert said["核验时间"] == "2026年3月5日 09:00，clerk示例"
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence FROM approvals_application WHERE case_id = %s", [case.pk])
        assert "11010119900307109X" not in cursor.fetchone()[0], "personal data lie sealed"
    listed = case.documents.get(paper="xk_intake_receipt").context["elements"]["materials"]
    assert [one["form"] for one in listed] == ["电子件", "扫描件", "纸质"]
    page = text(world.client(world.officer).get(f"/cases/{case.code}/"))
    assert "（窗口扫描）" in page
    assert "110***********109X" in page
    assert "11010119900307109X" not in page


@pytest.mark.parametrize("way", ["earlier", "post"])
def test_clocks_count_from_the_day_on_which_the_paper_came(world: World, way: str) -> None:
    draft = at_window(world, way=way, received_at="2026-03-02T16:30:00+08:00")
    case = take_in(world, draft)
    assert case.opened_at == moment("2026-03-02T16:30")
    # five working days: the 3rd, 4th, 5th, 6th and 9th (the 7th and 8th are a weekend)
    assert Deadline.objects.get(case=case, key="xk_deficiency_notice").due_on == date(2026, 3, 9)
    act = case.acts.get()
    assert act.at == moment("2026-03-02T16:30"), "in law"
    assert act.recorded_at > act.at, "and in fact"
    receipt = case.documents.get(paper="xk_intake_receipt").context["elements"]
    assert receipt["received_at"].startswith("2026-03-02T")
    assert receipt["materials"][0]["form"] == "纸质"


def test_what_comes_later_or_before_ones_time_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="不能晚于现在"):
        take_in(world, at_window(world, way="post", received_at="2026-03-05T10:01:00+08:00"))
    Seat.objects.filter(user=world.clerk).update(since=date(2026, 3, 3))
    with pytest.raises(NotAllowed):
        take_in(world, at_window(world, way="post", received_at="2026-03-02T10:00:00+08:00"))


def test_another_applicant_is_identified_anew(world: World) -> None:
    client, draft = world.client(world.clerk), at_window(world)
    home = f"/apply/draft/{draft.code}/"
    person = {"kind": "natural", "name": "李示例", "id_kind": "resident_id", "phone": "13700000000"}
    client.post(f"{home}applicant/", {"go": "on", **person, "id_number": "11010119900307109X"})
    draft.refresh_from_db()
    assert draft.content["presence"] == {}
    assert "身份核验和收到时间" in text(client.get(home))


def test_the_page_asks_for_what_the_way_needs(world: World) -> None:
    client, draft = world.client(world.clerk), at_window(world)
    page = f"/apply/draft/{draft.code}/presence/"
    given = {"who": "head", "name": "钱示例", "id_kind": "resident_id", "id_number": "11010119900307109X", "go": "on"}
    assert "请填写收到纸质申请的时间" in text(client.post(page, {**given, "way": "post"}))
    assert "请选择法定代表人" in text(client.post(page, {**given, "way": "counter", "who": "self"}))
    assert "请查验授权委托书" in text(client.post(page, {**given, "way": "counter", "who": "agent"}))
    later = timezone.localtime() + timedelta(hours=2)
    came = {"received_at": later.isoformat()}
    assert "不能晚于现在" in text(client.post(page, {**given, "way": "post", **came}))
    before = timezone.localtime() - timedelta(days=1)
    assert client.post(page, {**given, "way": "post", "received_at": before.isoformat()}).status_code == 302
    assert "补录：收到申请之日为" in text(client.get(f"/apply/draft/{draft.code}/check/"))
    assert client.get(page).status_code == 200, "what was saved is shown again"
