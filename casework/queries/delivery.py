"""What became of notices: for the officer whether people read them, for the system administrator what did not leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q

from accounts.models import User
from accounts.prepared import AN_ID, Prepared
from casework import channels
from casework.models import Case, Notice

PAGE = 25
MOST_RECEIPTS = 100
NOT_DELIVERED = {"email": "邮件未能送达", "sms": "短信未能送达"}
IN_DOUBT = {"email": "邮件可能未送达", "sms": "短信可能未送达"}

_TOLD = Prepared(
    Notice.objects.filter(Q(to__kind=User.Kind.PERSON) | Q(party__isnull=False), case=AN_ID)
    .select_related("to", "party", "act")
    .only(
        "key", "channel", "subject", "created_at", "read_at", "sent_at", "gave_up_at", "offered_at",
        "to__display_name", "party__name", "act__label",
    )
    .order_by("-pk")[:MOST_RECEIPTS]
)  # fmt: skip


@dataclass(slots=True)
class Receipt:
    """One thing told to one person: when, whether it was read in the inbox, and how the other channels fared."""

    what: str
    who: str
    at: datetime
    inbox: bool = False
    read_at: datetime | None = None
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits on one channel, and since when."""

    channel: str
    label: str
    waiting: int
    oldest: datetime | None
    given_up: int


def receipts(case: Case) -> list[Receipt]:
    """Who of the public was told of what in this case, newest first. One query.

    Reading is a fact of the portal, not a date of service: service is recorded by its own steps.
    """
    told: dict[str, Receipt] = {}
    for one in _TOLD.rows({AN_ID: case.pk}):
        who = one.to.display_name if one.to else one.party.name if one.party else ""
        receipt = told.setdefault(_cause(one), Receipt(one.act.label if one.act else one.subject, who, one.created_at))
        if one.channel == Notice.Channel.INBOX:
            receipt.inbox, receipt.read_at = True, one.read_at
        else:
            receipt.others.append(outcome(one))
    return list(told.values())


def outcome(notice: Notice) -> str:
    """What became of an e-mail or an SMS, in words."""
    if notice.sent_at:
        return f"{notice.get_channel_display()}已发出"
    if notice.gave_up_at:
        return (IN_DOUBT if notice.in_doubt else NOT_DELIVERED)[notice.channel]
    return f"{notice.get_channel_display()}待发送"


def failures(inbox: Iterable[Notice]) -> dict[int, list[str]]:
    """For notices of an inbox: which other channels did not bring them. One query."""
    keys = {f"{one.key}:{channel}": one.pk for one in inbox for channel in NOT_DELIVERED}
    found: dict[int, list[str]] = {}
    for one in Notice.objects.filter(key__in=keys, gave_up_at__isnull=False).order_by("channel"):
        found.setdefault(keys[one.key], []).append(outcome(one))
    return found


def waiting() -> list[Waiting]:
    """The state of each channel of this deployment. One query over two partial indexes."""
    rows = (
        Notice.objects.exclude(channel=Notice.Channel.INBOX)
        .filter(sent_at=None)
        .values("channel")
        .annotate(
            waiting=Count("pk", filter=Q(gave_up_at=None)),
            oldest=Min("created_at", filter=Q(gave_up_at=None)),
            given_up=Count("pk", filter=Q(gave_up_at__isnull=False)),
        )
    )
    known = {row["channel"]: (row["waiting"], row["oldest"], row["given_up"]) for row in rows}
    names = dict.fromkeys([*channels.available(), *known])
    return [Waiting(name, Notice.Channel(name).label, *known.get(name, (0, None, 0))) for name in names]


def given_up(before: int | None = None) -> tuple[list[Notice], int | None]:
    """One page of what was given up, newest first, and the key behind which the next begins."""
    found = Notice.objects.filter(gave_up_at__isnull=False).select_related("case").order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def _cause(notice: Notice) -> str:
    """The key without its channel: what was told to whom."""
    channel = f":{notice.channel}"
    return notice.key.removesuffix(channel)
