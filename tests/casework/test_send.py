"""Notices on their way: a real relay, a real gateway, and everything that they can say or leave unsaid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from typing import Any

import pytest

from accounts.models import AccessEvent, Party
from casework.actions import notices, send
from casework.channels.sms import TIME_OUT
from casework.models import Act, Case, Notice
from casework.procedure import step
from tests.casework.conftest import World, moment
from tests.casework.test_take import accepted
from tests.faults.notices import KEY, reachable
from tests.faults.sinks import MailSink, SmsSink

AT = moment("2026-03-04T10:00")
LATER = timedelta(hours=3)  # longer than any pause


@dataclass
class Post:
    """Both sinks, and an applicant who wants to be told by everything."""

    world: World
    mail: MailSink
    sms: SmsSink

    def send(self, at: datetime = AT) -> None:
        for channel in ("email", "sms"):
            while send.send_batch(channel, at).more:
                pass

    def row(self, channel: str) -> Notice:
        return Notice.objects.filter(channel=channel).latest("pk")


@pytest.fixture
def post(world: World, settings: Any) -> Iterator[Post]:
    mail, sms = MailSink(), SmsSink(KEY)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", mail.port, False
    settings.EMAIL_HOST_USER = ""
    settings.EMAIL_USE_SSL = False
    settings.SMS_URL, settings.SMS_KEY = sms.url, KEY
    settings.NOTICE_CHANNELS = {"email": "casework.channels.mail.Smtp", "sms": "casework.channels.sms.Gateway"}
    reachable(world.citizen, "13800000001")
    yield Post(world, mail, sms)
    mail.stop()
    sms.stop()


def text_of(message: Message) -> str:
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_inbox_mail_and_sms_tell_the_same_once(post: Post) -> None:
    case = accepted(post.world)
    assert sorted(Notice.objects.filter(to=post.world.citizen).values_list("channel", flat=True)) == [
        "email", "inbox", "sms",
    ]  # fmt: skip
    post.send()
    post.send(AT + LATER)
    [message], [text] = post.mail.ledger, post.sms.ledger
    assert text["to"] == "13800000001"
    assert text["text"] == f"【东城区政务】办件{case.number}：受理。请登录平台查看。"
    mail = text_of(message)
    assert f"/cases/{case.code}/" in mail
    assert "/accounts/notices/" in mail
    assert post.world.applicant.name not in mail
    assert post.row("email").sent_to == "u***@mail.example"
    assert post.row("sms").sent_to == "138****0001"
    assert {one.attempts for one in Notice.objects.exclude(channel="inbox")} == {1}


def test_who_chose_nothing_has_the_inbox_only(world: World) -> None:
    accepted(world)
    assert set(Notice.objects.values_list("channel", flat=True)) == {"inbox"}


def test_without_a_relay_and_a_gateway_there_is_only_the_inbox(post: Post, settings: Any) -> None:
    settings.NOTICE_CHANNELS = {}
    accepted(post.world)
    assert set(Notice.objects.values_list("channel", flat=True)) == {"inbox"}


@pytest.mark.parametrize(("phone", "told"), [("13911112222", 1), ("01065251234", 0), ("", 0)])
def test_a_party_from_the_window_gets_an_sms(post: Post, phone: str, told: int) -> None:
    visitor = Party.objects.create(kind="natural", name="来窗口的人", phone=phone, created_at=AT)
    case = accepted(post.world)
    Notice.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(applicant=visitor, filed_by=None)
    case.refresh_from_db()
    row = step("inform", "告知", when="review", by="case_officer", to="review", under=(), tells="applicant")
    act = Act.objects.filter(case=case).latest("seq")
    for _ in range(2):  # a second time writes nothing
        people = notices.told(act, case, row)
        assert people
        notices.tell(act, case, people)
    post.send()
    assert [entry["to"] for entry in post.sms.ledger] == [phone] * told
    assert not Notice.objects.filter(channel="inbox").exists()


def test_a_relay_that_is_away_costs_no_try_and_loses_nothing(post: Post, settings: Any) -> None:
    accepted(post.world)
    settings.EMAIL_PORT = 1
    batch = send.send_batch("email", AT)
    row = post.row("email")
    assert (batch.away, row.attempts, row.offered_at, row.claim) == (True, 0, None, None)
    assert row.next_try_at
    assert AT < row.next_try_at < AT + timedelta(minutes=2)
    settings.EMAIL_PORT = post.mail.port
    post.send(AT + LATER)
    assert len(post.mail.ledger) == 1


def test_a_gateway_that_is_away_costs_no_try_and_loses_nothing(post: Post, settings: Any) -> None:
    accepted(post.world)
    settings.SMS_URL = "http://127.0.0.1:1/messages"
    assert send.send_batch("sms", AT).away
    assert post.row("sms").offered_at is None
    settings.SMS_URL = post.sms.url
    post.send(AT + LATER)
    assert len(post.sms.ledger) == 1
    assert post.sms.asked == 0


def test_what_is_refused_for_now_is_tried_again_and_given_up_in_the_end(post: Post) -> None:
    accepted(post.world)
    post.mail.answer, post.sms.status = "451 greylisted", 503
    at = AT
    for _ in range(23):
        post.send(at)
        at += LATER
    for channel, reason in (("email", "451"), ("sms", "503")):
        row = post.row(channel)
        assert row.attempts == send.MOST_TRIES
        assert row.gave_up_at is not None
        assert not row.in_doubt
        assert reason in row.error
    assert post.mail.ledger == post.sms.ledger == []


def test_an_address_that_does_not_exist_is_given_up_at_once_and_may_be_tried_anew(post: Post) -> None:
    accepted(post.world)
    post.mail.at_recipient = "550 no such mailbox"
    post.send()
    row = post.row("email")
    assert (row.gave_up_at, row.in_doubt) == (AT, False)
    assert "550" in row.error
    post.mail.at_recipient = ""
    assert send.send_again(row, post.world.head, AT + timedelta(days=6))
    assert not send.send_again(row, post.world.head, AT + timedelta(days=6))
    post.send(AT + timedelta(days=6))
    assert len(post.mail.ledger) == 1
    assert post.row("email").created_at == row.created_at
    assert AccessEvent.objects.get(kind="notice_sent_again").detail == {"notice": row.pk}


def test_what_is_refused_for_good_is_no_doubt(post: Post) -> None:
    accepted(post.world)
    post.mail.answer, post.sms.status = "554 not wanted here", 422
    post.send()
    for channel in ("email", "sms"):
        row = post.row(channel)
        assert (row.gave_up_at, row.in_doubt, row.attempts) == (AT, False, 1)


def test_a_gateway_that_took_it_and_did_not_say_so_is_asked(post: Post) -> None:
    accepted(post.world)
    post.sms.mute = True
    post.send()
    assert post.row("sms").in_doubt
    post.sms.mute, post.sms.knows = False, False
    for hours in (1, 4, 9):
        post.send(AT + timedelta(hours=hours))
    assert post.row("sms").sent_at is None  # in doubt it is never sent again
    post.sms.knows = True
    post.send(AT + timedelta(hours=24))
    assert post.row("sms").sent_at == AT
    assert len(post.sms.ledger) == 1


def test_a_gateway_that_never_says_leaves_the_doubt_to_people(post: Post) -> None:
    accepted(post.world)
    post.sms.mute, post.sms.knows = True, False
    post.send()
    post.send(AT + timedelta(days=4))
    row = post.row("sms")
    assert row.gave_up_at is not None
    assert row.in_doubt
    assert len(post.sms.ledger) == 1
    post.sms.knows = True
    send.send_again(row, post.world.head, AT + timedelta(days=5))
    post.send(AT + timedelta(days=5))
    assert post.row("sms").sent_at == AT
    assert len(post.sms.ledger) == 1


@pytest.mark.parametrize(("again", "taken"), [(False, 1), (True, 2)])
def test_a_mail_in_doubt_is_left_or_sent_again_as_the_deployment_says(
    post: Post, settings: Any, again: bool, taken: int
) -> None:
    settings.NOTICE_EMAIL_AGAIN_IN_DOUBT = again
    accepted(post.world)
    post.mail.hangs_up = True
    post.send()
    assert post.row("email").in_doubt
    post.mail.hangs_up = False
    post.send(AT + LATER)
    row = post.row("email")
    assert len(post.mail.ledger) == taken
    assert len(set(post.mail.counted())) == 1
    assert (row.sent_at is not None, row.in_doubt) == (again, not again)


def test_who_left_the_channel_gets_nothing_that_was_not_sent_yet(post: Post) -> None:
    accepted(post.world)
    post.world.citizen.by_email = post.world.citizen.by_sms = False
    post.world.citizen.save()
    post.send()
    assert post.mail.ledger == post.sms.ledger == []
    assert post.row("sms").gave_up_at == AT


def test_a_notice_that_is_days_old_is_not_sent_any_more(post: Post) -> None:
    accepted(post.world)
    post.send(AT + timedelta(days=10))
    assert post.mail.ledger == post.sms.ledger == []
    assert "超过三日" in post.row("email").error


def test_an_sms_waits_for_the_morning(post: Post) -> None:
    accepted(post.world)
    night = moment("2026-03-04T23:30")
    post.send(night)
    assert len(post.mail.ledger) == 1
    row = post.row("sms")
    assert row.next_try_at
    assert moment("2026-03-05T08:00") <= row.next_try_at < moment("2026-03-05T08:02")
    post.send(moment("2026-03-05T08:02"))
    assert len(post.sms.ledger) == 1


def test_a_lease_keeps_others_off_and_ends(post: Post) -> None:
    accepted(post.world)
    [held] = send._claim("sms", send.uuid4(), AT)
    assert send.send_batch("sms", AT + timedelta(seconds=39)).claimed == 0
    assert send.send_batch("sms", AT + timedelta(seconds=41)).sent == 1
    # The first worker wakes up: it must not offer what another has sent meanwhile.
    with send.channels.opened("sms", AT) as way, pytest.raises(send._Lost):
        send._Sending(held, way, AT).run()
    assert len(post.sms.ledger) == 1


def test_recovery_takes_less_than_a_minute(settings: Any) -> None:
    beat = settings.CELERY_BEAT_SCHEDULE["notices"]["schedule"]
    assert send.LEASE.total_seconds() + beat <= 60
    assert send.HANDS_FREE + sum(TIME_OUT) < send.LEASE.total_seconds()


def waiting(post: Post, number: int) -> None:
    Notice.objects.bulk_create(
        Notice(
            key=f"many:{place}:email", to=post.world.citizen, channel="email", subject=f"第{place}封", body="。",
            created_at=AT, next_try_at=AT,
        )
        for place in range(number)
    )  # fmt: skip


def test_many_go_in_batches_over_one_connection_each(post: Post) -> None:
    waiting(post, 45)
    before = post.mail.connections
    batches = [send.send_batch("email", AT) for _ in range(3)]
    assert [(batch.claimed, batch.more) for batch in batches] == [(20, True), (20, True), (5, False)]
    assert (len(post.mail.ledger), post.mail.connections - before) == (45, 3)


def test_one_that_cannot_be_written_does_not_hold_up_the_others(post: Post) -> None:
    waiting(post, 3)
    Notice.objects.filter(key="many:1:email").update(subject="换行\n在标题里")
    post.send()
    assert len(post.mail.ledger) == 2
    assert Notice.objects.get(key="many:1:email").offered_at is None
