"""Notices that leave the house: claimed in small batches, offered at the last moment, marked when they were taken.

Three commits, so that a worker may be killed anywhere:
1. claim: the row is this worker's until `next_try_at` (the lease). Killed after it: another takes over.
2. offer: written by the channel at the last moment before which the other side cannot have the notice.
3. mark: sent, or waiting for the next try, or given up with its reason.
A row that was offered and not marked is in doubt. It is never sent again before the other side was asked whether it
has it; a mail relay cannot be asked, and then the setting decides (NOTICE_EMAIL_AGAIN_IN_DOUBT).
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import actions as people
from accounts import identity, reach
from accounts.models import AccessEvent, User
from casework import channels, telling
from casework.models import Notice

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=40)
HANDS_FREE = 15.0  # seconds of a batch after which nothing more is offered: the lease outlives every time-out
PAUSE = timedelta(minutes=1)  # doubled with each failure
MOST_PAUSE = timedelta(hours=2)
MOST_TRIES = 12
STALE = timedelta(days=3)  # a notice that comes later misleads; the inbox has had it all the time


class _Lost(Exception):
    """The lease ran out and another worker has the row."""


@dataclass(slots=True)
class Batch:
    """What became of one batch. `more`: it was full and the other side is there, so the next may follow at once."""

    claimed: int = 0
    sent: int = 0
    away: bool = False

    @property
    def more(self) -> bool:
        return self.claimed == BATCH and not self.away


def send_batch(channel: str, at: datetime) -> Batch:
    """Claim what waits on one channel at `at` and send it over one connection."""
    claim = uuid4()
    rows = _claim(channel, claim, at)
    batch = Batch(claimed=len(rows))
    if not rows:
        return batch
    began = time.monotonic()
    with channels.opened(channel, at) as way:
        for notice in rows:
            if batch.away or time.monotonic() - began > HANDS_FREE:
                _release(notice, at + (_jitter(PAUSE) if batch.away else timedelta()))
                continue
            try:
                batch.sent += _Sending(notice, way, at).run()
            except channels.Away as error:
                batch.away = True
                # Nobody was there: that is no try of this notice.
                _settle(notice, error=str(error)[:500], next_try_at=at + _jitter(PAUSE), offered_at=None)
                log.warning("%s is away: %s", channel, error)
            except _Lost:
                log.warning("notice %s is somebody else's now", notice.pk)
    return batch


def send_again(notice: Notice, by: User, at: datetime) -> bool:
    """Try a notice anew that was given up; False if it was not. A mail in doubt may then arrive twice."""
    with transaction.atomic():
        given_up = Notice.objects.filter(pk=notice.pk, gave_up_at__isnull=False)
        if notice.channel == Notice.Channel.EMAIL:
            given_up.update(offered_at=None)
        # What was too old is wanted all the same.
        done = given_up.update(gave_up_at=None, claim=None, attempts=0, next_try_at=at, again_at=at, error="")
        if done:
            people.record(AccessEvent.Kind.NOTICE_SENT_AGAIN, at, actor=by, notice=notice.pk)
    return bool(done)


@transaction.atomic
def _claim(channel: str, claim: UUID, at: datetime) -> list[Notice]:
    waiting = Notice.objects.filter(
        channel=channel, sent_at__isnull=True, gave_up_at__isnull=True, next_try_at__lte=at
    ).order_by("next_try_at", "pk")
    found = list(
        waiting.select_for_update(skip_locked=True, of=("self",)).select_related("to", "party", "case", "deadline")[
            :BATCH
        ]
    )
    Notice.objects.filter(pk__in=[one.pk for one in found]).update(claim=claim, next_try_at=at + LEASE)
    for one in found:
        one.claim = claim
    return found


def _settle(notice: Notice, **columns: object) -> None:
    """Write what became of a claimed row and let go of it; nothing if another worker has it by now."""
    held = Notice.objects.filter(pk=notice.pk, claim=notice.claim, sent_at__isnull=True)
    held.update(claim=None, **columns)


def _release(notice: Notice, until: datetime) -> None:
    _settle(notice, next_try_at=until)


def _jitter(pause: timedelta) -> timedelta:
    """Half to one and a half of it, so that many that failed together do not come back together."""
    return pause * random.uniform(0.5, 1.5)  # noqa: S311


@dataclass(slots=True)
class _Sending:
    """One claimed notice on its way; `run` answers 1 if it arrived."""

    notice: Notice
    way: channels.Channel
    at: datetime
    tries: int = 0
    offered: bool = False

    def run(self) -> int:
        notice = self.notice
        self.tries, self.offered = notice.attempts, notice.offered_at is not None
        if self.offered and (answer := self._resolve()) is not None:
            return answer
        if self._stale():
            return self._give_up("超过三日未能发出，不再发送")
        if later := self._quiet():
            _release(notice, later + _jitter(PAUSE))
            return 0
        address = self._address()
        if not address:
            return self._give_up("收件人已关闭此渠道，或者没有可用的地址")
        return self._send(address)

    def _send(self, address: str) -> int:
        notice = self.notice
        masked = (identity.mask_email if notice.channel == Notice.Channel.EMAIL else identity.mask_phone)(address)
        try:
            self.way.send(_letter(notice, address), self._offer)
        except (channels.Away, _Lost):
            raise
        except (channels.Rejected, channels.NotTaken) as error:
            self.offered = False
            return self._give_up(str(error)) if isinstance(error, channels.Rejected) else self._later(str(error))
        except Exception as error:
            # Whatever it was, the other notices of the batch go on; only what was offered is in doubt.
            if not isinstance(error, channels.Unanswered):
                log.exception("notice %s could not be sent", notice.pk)
            return self._later(str(error))
        _settle(notice, sent_at=self.at, sent_to=masked, error="")
        return 1

    def _offer(self) -> None:
        """The last moment: committed before anything can be taken. Raises _Lost if the row is no longer held."""
        held = Notice.objects.filter(pk=self.notice.pk, claim=self.notice.claim, sent_at__isnull=True)
        if not held.update(offered_at=self.at, attempts=self.tries + 1):
            raise _Lost
        self.tries, self.offered = self.tries + 1, True

    def _resolve(self) -> int | None:
        """Settle the doubt about an earlier offer; None if the notice is to be sent now."""
        taken = self.way.taken(self.notice.key)
        if taken:
            _settle(self.notice, sent_at=self.notice.offered_at, error="")
            return 1
        if taken is None and self.way.can_tell:
            if self._stale():
                return self._give_up("对方始终没有答复，无法确认是否送达")
            return self._later("等待对方确认是否已经收到")
        if taken is None and not settings.NOTICE_EMAIL_AGAIN_IN_DOUBT:
            return self._give_up("发送中断，无法确认是否送达")
        self.offered = False
        return None

    def _later(self, reason: str) -> int:
        if self.tries >= MOST_TRIES and not self.offered:
            return self._give_up(reason)
        pause = min(PAUSE * 2 ** min(max(self.tries - 1, 0), 10), MOST_PAUSE)
        self._put_down(reason, next_try_at=self.at + _jitter(pause))
        return 0

    def _give_up(self, reason: str) -> int:
        self._put_down(reason, gave_up_at=self.at, next_try_at=None)
        log.error("notice %s was given up after %s tries", self.notice.pk, self.tries)
        return 0

    def _put_down(self, reason: str, **columns: object) -> None:
        doubt = {} if self.offered else {"offered_at": None}
        _settle(self.notice, error=reason[:500], attempts=self.tries, **doubt, **columns)

    def _stale(self) -> bool:
        return self.at - (self.notice.again_at or self.notice.created_at) > STALE

    def _quiet(self) -> datetime | None:
        if self.notice.channel != Notice.Channel.SMS:
            return None
        ends_on = self.notice.deadline.due_on if self.notice.deadline else None
        return telling.quiet_until(timezone.localtime(self.at), settings.SMS_QUIET, ends_on)

    def _address(self) -> str:
        if self.notice.party:
            return reach.number(self.notice.party)
        return reach.address(self.notice.to, self.notice.channel) if self.notice.to else ""


def _letter(notice: Notice, address: str) -> channels.Letter:
    if notice.channel == Notice.Channel.SMS:
        return channels.Letter(notice.key, address, notice.body)
    number = notice.case.number if notice.case else ""
    subject = notice.subject if number in notice.subject else f"{number} {notice.subject}"
    text = render_to_string("casework/mail/notice.txt", {"notice": notice, "base_url": settings.BASE_URL})
    return channels.Letter(notice.key, address, text, subject)
