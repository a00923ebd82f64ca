"""What became of notices: read, not arrived, given up - for the officer, the person, the system administrator."""

from datetime import timedelta
from typing import Any

import pytest

from casework.models import Notice
from tests.casework.conftest import moment
from tests.casework.test_take import accepted
from tests.casework.town import Town

AT = moment("2026-03-04T10:00")


@pytest.fixture
def told(town: Town) -> Notice:
    """The inbox row of the citizen who was told that the application was accepted."""
    accepted(town.world)
    return Notice.objects.filter(to=town.world.citizen, channel="inbox").latest("pk")


def undelivered(of: Notice, channel: str, **more: Any) -> Notice:
    return Notice.objects.create(
        key=f"{of.key}:{channel}", case=of.case, act=of.act, to=of.to, channel=channel, subject=of.subject,
        created_at=AT, gave_up_at=AT, error="邮件服务器拒收（550）", attempts=1, **more,
    )  # fmt: skip


def test_the_officer_sees_whether_it_was_read(town: Town, told: Notice) -> None:
    assert told.case
    url = f"/cases/{told.case.code}/"
    officer, citizen = town.client("officer"), town.client("citizen")
    assert "站内信未读" in officer.get(url).content.decode()
    undelivered(told, "sms")
    Notice.objects.filter(pk=told.pk).update(read_at=moment("2026-03-05T10:12"))
    page = officer.get(url).content.decode()
    assert "站内信已读" in page
    assert "10:12" in page.partition("站内信已读")[2][:80]
    assert "短信未能送达" in page
    assert "站内信已读" not in citizen.get(url).content.decode()


def test_the_person_sees_in_the_inbox_what_did_not_arrive(town: Town, told: Notice) -> None:
    citizen = town.client("citizen")
    assert "未能送达" not in citizen.get("/my/notices/").content.decode()
    undelivered(told, "email")
    undelivered(told, "sms", offered_at=AT)
    page = citizen.get("/my/notices/").content.decode()
    assert "邮件未能送达" in page
    assert "短信可能未送达" in page


def test_the_system_administrator_sees_what_was_given_up_and_sends_it_again(town: Town, told: Notice) -> None:
    row = undelivered(told, "email")
    Notice.objects.create(
        key="waits", to=told.to, channel="sms", subject="提醒", created_at=AT - timedelta(hours=2), next_try_at=AT
    )
    client = town.client("system")
    page = client.get("/desk/undelivered/").content.decode()
    assert "邮件服务器拒收（550）" in page
    assert "8:00" in page  # since when the oldest waits
    assert town.world.applicant.name not in page
    assert told.subject not in page
    assert client.post(f"/desk/undelivered/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert (row.gave_up_at, row.attempts, row.error) == (None, 0, "")
    assert row.next_try_at is not None
    assert "无需重新发送" in client.post(f"/desk/undelivered/{told.pk}/", follow=True).content.decode()


@pytest.mark.parametrize("name", ["officer", "head", "citizen"])
def test_nobody_else_does(town: Town, told: Notice, name: str) -> None:
    client = town.client(name)
    assert client.get("/desk/undelivered/").status_code == 403
    assert client.post(f"/desk/undelivered/{told.pk}/").status_code == 403
