"""Filings that went to the city's platform: which those are, what it answered, and the way of each message."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from casework.models import Case, Message
from exchange.queries.peer import IN, OUT, connected
from exchange.rules import kinds
from law.wording import day_zh

FILING, REPORT, ANSWER = "document_filing", "document_filing_report", "document_filing_answer"
MOST = 50
State = Message.State


def with_the_city(case: Case) -> bool:
    """Whether the city's platform has the filing, or gets it as soon as it answers. One query, or none without one."""
    return connected() and Message.objects.filter(direction=OUT, kind=FILING, case=case).exists()


def answered(key: str) -> bool:
    """Whether the city's platform sent an answer under this id that has not taken effect yet. One query."""
    found = Message.objects.filter(direction=IN, peer=settings.EXCHANGE_PEER, kind=ANSWER, key=key)
    return bool(key) and found.filter(state=State.WAITING).exists()


def beside(case: Case) -> list[tuple[datetime, str]]:
    """The way of each message of a filing, the latest first: sent, received there, answered. One query, or none."""
    if not connected():
        return []
    found = Message.objects.filter(case=case, kind__in=(FILING, REPORT, ANSWER)).select_related("act")
    listed = found.defer("body", "repaired").order_by("-created_at", "-pk")[:MOST]
    return [(one.created_at, _words(one)) for one in listed]


def _words(message: Message) -> str:
    act = message.act
    label = act.label if act else kinds.label(message.kind)
    if message.direction == IN:
        said = act.facts if act else {}
        return f"收到答复：{label}（{'，'.join(filter(None, (said.get('office'), said.get('number'))))}）"
    if message.state == State.HELD:
        return f"{label}：市级平台没有接收，等待数据交换管理人员处理"
    if message.state == State.REPLACED:
        return f"{label}：市级平台没有接收，已经另发消息代替"
    if message.done_at is None:
        return f"{label}：等待送达市级平台"
    received = timezone.localtime(message.done_at)
    return f"{label}：市级平台已于{day_zh(received.date())}{received:%H:%M}收到"
