"""Workers that ring, claim, send and mark are killed at any line of it: what reaches people, and how often.

`strike` is one reminder under fire; `run` is many, with deaths drawn at random, and counts. Tests call them with few
rounds, the drill with many.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection

from accounts.models import User
from accounts.queries import phone_index
from casework.channels.mail import headers
from casework.channels.port import Letter
from casework.models import Case, Notice
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent
from tests.casework.conftest import World, make_world, moment
from tests.faults.sinks import MailSink, SmsSink
from tests.running import surroundings

KEY = "a key of tests"
FILED, RUNG = "2026-03-02T09:00", moment("2026-03-10T09:00")
APART = timedelta(minutes=5)  # between two looks of the worker: longer than the lease and the first pauses
MOST_LOOKS = 40


def reachable(user: User, number: str) -> None:
    """The account has chosen e-mail and SMS, and can be reached by both."""
    user.by_email = user.by_sms = True
    user.phone, user.phone_index, user.email = number, phone_index(number), f"u{user.pk}@mail.example"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@dataclass
class Count:
    """What a run came to. `lost` and `doubled` must be 0 for SMS; mails are at most once, or in doubt and shown so."""

    kills: int = 0
    looks: int = 0
    reminders: int = 0
    sms: Counter[int] = field(default_factory=Counter)  # times taken → number of notices
    mail: Counter[int] = field(default_factory=Counter)
    mails_in_doubt: int = 0
    unexplained: list[str] = field(default_factory=list)


class Bench:
    """Sinks, a mortal worker, and an organ whose officers want everything. Needs a database that commits."""

    def __init__(self, log: Path, **more: str) -> None:
        self.mail, self.sms = MailSink(), SmsSink(KEY)
        self.world: World = make_world()
        for place, user in enumerate((self.world.officer, self.world.section_head, self.world.citizen)):
            reachable(user, f"1380000000{place}")
        self.log = log
        self.worker = self.start(**more)

    def start(self, **more: str) -> subprocess.Popen[str]:
        database = connection.settings_dict
        address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        around = surroundings(
            DATABASE_URL=f"postgresql://{address}", REDIS_URL=settings.CELERY_BROKER_URL,
            PORTAL_SMTP_HOST="127.0.0.1", PORTAL_SMTP_PORT=str(self.mail.port), PORTAL_SMTP_TLS="none",
            PORTAL_SMS_URL=self.sms.url, PORTAL_SMS_KEY=KEY, **more,
        )  # fmt: skip
        with self.log.open("ab") as errors:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.mortal"], cwd=BASE_DIR, env=around, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, preexec_fn=end_with_parent,
            )  # fmt: skip
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n", self.log.read_text()
        return worker

    def look(self, at: datetime, die: int | None = None, work: str = "ring") -> dict[str, Any]:
        """One look of the worker, in a process of its own that dies at the line; then the wire comes to rest."""
        assert self.worker.stdin
        assert self.worker.stdout
        print(json.dumps({"work": work, "at": at.isoformat(), "die": die}), file=self.worker.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self.worker.stdout.readline())
        assert not answer["failed"], self.log.read_text()[-3000:]
        self.mail.settle()
        self.sms.settle()
        return answer

    def strike(self, deaths: list[int], count: Count) -> list[Notice]:
        """One case falls silent: it is rung, and everybody told, by workers of whom so many die, at these lines."""
        case = self.world.file(FILED)
        # The notices of filing itself belong to no reminder.
        Notice.objects.filter(case=case).delete()
        at, left = RUNG, list(deaths)
        for _ in range(MOST_LOOKS):
            count.looks += 1
            answer = self.look(at, left.pop(0) if left else None)
            count.kills += answer["killed"]
            at += APART
            if not left and not answer["killed"] and self.settled(case):
                break
        notices = list(Notice.objects.filter(case=case).order_by("pk"))
        self.judge(notices, count)
        return notices

    def settled(self, case: Case) -> bool:
        waiting = Notice.objects.filter(case=case, sent_at=None, gave_up_at=None)
        case.refresh_from_db()
        return case.state == "review" and not waiting.exists()

    def judge(self, notices: list[Notice], count: Count) -> None:
        """Holds each row against the ledgers."""
        sms, mail = self.sms.counted(), self.mail.counted()
        count.reminders += sum(one.channel == Notice.Channel.INBOX for one in notices)
        for one in notices:
            if one.channel == Notice.Channel.SMS:
                taken = sms[one.key]
                count.sms[taken] += 1
                if taken != 1 or one.sent_at is None:
                    count.unexplained.append(f"{one.key} was taken {taken} times, sent_at {one.sent_at}, {one.error}")
            elif one.channel == Notice.Channel.EMAIL:
                taken = mail[message_id(one.key)]
                count.mail[taken] += 1
                count.mails_in_doubt += one.in_doubt
                in_doubt = one.in_doubt and one.gave_up_at is not None
                if (taken, one.sent_at is not None) != (1, True) and not (taken <= 1 and in_doubt):
                    count.unexplained.append(f"{one.key} was taken {taken} times, sent_at {one.sent_at}, {one.error}")

    def places(self) -> list[int]:
        """Where a worker can die in the course of one reminder: each line, the first and the last time."""
        self.world.file(FILED)
        return list(self.look(RUNG)["places"])

    def stop(self) -> None:
        assert self.worker.stdin
        self.worker.stdin.close()
        self.worker.wait(20)
        self.mail.stop()
        self.sms.stop()


def message_id(key: str) -> str:
    return headers(Letter(key, "", ""), RUNG)["Message-ID"]


def run(bench: Bench, rounds: int, seed: int = 1) -> Count:
    """So many reminders. Every place has its turn in a drawn order; up to two more workers die at places drawn."""
    places, chance, count = bench.places(), random.Random(seed), Count()
    for number in range(rounds):
        if number % len(places) == 0:
            chance.shuffle(places)
        first, more = places[number % len(places)], chance.sample(places, chance.randint(0, 2))
        bench.strike([first, *more], count)
    return count
