"""Who stood at the window and when the application came: what a clerk states before taking one in.

`presence` in a draft and in an application holds `way` (how it came), `received_at` (an ISO moment, of what came
before), `who`, `name`, `id_kind`, `id_number`, `authority`, and `checked_by`, `checked_at` of the clerk. In an
application `later` lists the same of what was brought to a window afterwards, with the number of its `act`, the `label`
of its step and the `point`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts import identity
from accounts.models import Party

COUNTER, EARLIER, POST = "counter", "earlier", "post"
WAYS = (
    (COUNTER, "申请人现在到窗口当面提交"),
    (EARLIER, "此前已经在窗口收下纸质申请，现在补录"),
    (POST, "邮寄收到纸质申请"),
)
SELF, HEAD, AGENT = "self", "head", "agent"
WHO = ((SELF, "申请人本人"), (HEAD, "法定代表人或者负责人"), (AGENT, "受委托的代理人"))
CAPACITIES = {SELF: "申请人", HEAD: "申请人的法定代表人（负责人）", AGENT: "申请人的代理人"}  # as papers name them
_SHORT = {COUNTER: "到窗口当面提交", EARLIER: "在窗口提交纸质申请，事后补录", POST: "邮寄纸质申请"}


def settled(content: Mapping[str, Any]) -> bool:
    """Whether everything is there: a person with a paper, the authority of an agent, the moment of what came before."""
    found = content.get("presence", {})
    person = all(found.get(name) for name in ("way", "who", "name", "id_kind", "id_number", "checked_at"))
    allowed = found.get("who") != AGENT or bool(found.get("authority"))
    return person and allowed and (found.get("way") == COUNTER or bool(found.get("received_at")))


def received_at(content: Mapping[str, Any], now: datetime) -> datetime:
    """When the application was received (收到申请之日): now, or when its paper came."""
    found = content.get("presence", {})
    stated = parse_datetime(str(found.get("received_at", ""))) if found.get("way") in (EARLIER, POST) else None
    return stated or now


def rows(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value for people; the number of the paper is masked. Nothing of what did not come to a window."""
    return _rows(found) + [
        (f"{each['label']}：{label}", value) for each in found.get("later", []) for label, value in _rows(each)
    ]


def of_act(found: Mapping[str, Any], seq: int) -> Mapping[str, Any]:
    """Who brought what one later act took in; empty if it was not brought to a window."""
    return next((each for each in found.get("later", []) if each["act"] == seq), {})


def _rows(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not found.get("name"):
        return []
    kinds, who = dict(Party.IdKind.choices), dict(WHO)
    number = identity.mask_number(str(found.get("id_number", "")))
    checked = parse_datetime(str(found.get("checked_at", "")))
    seen = f"{who.get(found['who'], '')}{found['name']}，{kinds.get(found['id_kind'], '')} {number}"
    seen += "，已查验授权委托书" if found.get("authority") else ""
    listed = [("提交方式", _SHORT.get(found["way"], "")), ("核验身份", seen)]
    if checked:
        by = f"，{found['checked_by']}" if found.get("checked_by") else ""
        listed.append(("核验时间", f"{_clock(checked)}{by}"))
    if came := parse_datetime(str(found.get("received_at", ""))):
        listed.append(("收到纸质申请", _clock(came)))
    return listed


def _clock(moment: datetime) -> str:
    at = timezone.localtime(moment)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
