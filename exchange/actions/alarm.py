"""Whoever looks after the exchange is told when something waits for them: a message that is held, books that differ.

The list has every message. Of many that are held together an officer is told once in an hour for each direction.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import Seat
from casework.actions import notices
from casework.models import Message
from casework.telling import Words, day
from exchange.models import Reconciliation
from exchange.queries.desk import KEEPER, kind_label
from exchange.queries.peer import OUT


def held(message: Message, at: datetime) -> None:
    """A message waits for a person."""
    what = "发出的消息未被市级平台接收" if message.direction == OUT else "收到的消息不能接收"
    body = f"{kind_label(message)}（{message.stream}）等，后续的消息也在等待。请在“市级交换”中处理。"
    hour = timezone.localtime(at).strftime("%Y-%m-%dT%H")
    _tell(f"exchange:{message.direction}:{hour}", Words(f"市级交换：{what}，待人工处理", body, f"市级交换：{what}"), at)


def unequal(run: Reconciliation) -> None:
    """Books differ, or could not be compared: once a day for each day that was compared.

    What is merely on its way on the day that has just ended is no news.
    """
    if run.equal or not (run.count or run.error or run.day < timezone.localdate(run.at) - timedelta(days=1)):
        return
    said = run.error or f"有{run.count}处差异、{run.pending}条尚未送达"
    words = f"{day(run.day)}的消息与市级平台核对不一致"
    _tell(
        f"exchange:books:{run.day}:{timezone.localdate(run.at)}",
        Words(words, f"{said}。请在“每日核对”中查看。", words), run.at,
    )  # fmt: skip


def _tell(cause: str, words: Words, at: datetime) -> None:
    keepers = _keepers(timezone.localdate(at))
    if keepers:
        notices.tell_people(cause, dict.fromkeys(keepers, words), at)


def _keepers(on: date) -> list[int]:
    return sorted(Seat.objects.at(on).filter(role=KEEPER).values_list("user_id", flat=True))
