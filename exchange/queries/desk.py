"""What the people who look after the exchange see of its messages; nobody is named in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from accounts.models import AccessEvent
from accounts.permissions import Snapshot
from casework.models import Message
from exchange.rules.kinds import label

KEEPER = "exchange_officer"
READERS = frozenset({KEEPER, "auditor", "supervisor"})
PAGE = 25
State = Message.State
TABS = {
    "held": "待人工处理",
    "waiting": "等待发送或者接收",
    "done": "已经完成",
    "rejected": "已退回",
    "replaced": "已代替",
}


def may_read(held: Snapshot) -> bool:
    """Whoever looks after the exchange, and those who read everything."""
    return any(held.holds(role) for role in READERS)


def may_act(held: Snapshot) -> bool:
    return held.holds(KEEPER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits in one direction, and since when."""

    label: str
    waiting: int
    oldest: datetime | None
    held: int


def waiting() -> list[Waiting]:
    """Both directions. One query over what is still to do."""
    to_do = Message.objects.filter(state__in=[State.WAITING, State.HELD])
    rows = to_do.order_by().values("direction").annotate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        oldest=Min("created_at", filter=Q(state=State.WAITING)),
        held=Count("pk", filter=Q(state=State.HELD)),
    )  # fmt: skip
    known = {row["direction"]: (row["waiting"], row["oldest"], row["held"]) for row in rows}
    return [Waiting(str(one.label), *known.get(one.value, (0, None, 0))) for one in Message.Direction]


def page(tab: str, before: int | None) -> tuple[list[Message], int | None]:
    """One page of a tab, newest first, and the key behind which the next begins."""
    found = Message.objects.filter(state=tab).select_related("case").order_by("-pk").defer("body", "repaired")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def kind_label(message: Message) -> str:
    return label(message.kind)


def version(message: Message) -> int:
    """How often people did something with a message: who decides says which of these states was seen."""
    done = AccessEvent.objects.filter(subject=f"message:{message.pk}")
    return done.exclude(kind=AccessEvent.Kind.PERSONAL_DATA_READ).count()


def history(message: Message) -> list[AccessEvent]:
    """What people did with a message, the latest first."""
    found = AccessEvent.objects.filter(subject=f"message:{message.pk}").select_related("actor")
    return list(found.order_by("-pk")[:100])
