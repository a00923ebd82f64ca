"""What the city sent takes effect: exactly once, in the order of its stream, in one transaction with its row.

A filing passes the same gates as every other. What does not pass is held for a person, with the reasons; nothing is
thrown away.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import actions as people
from accounts import identity
from accounts.models import Party
from approvals.actions.drafts import DraftError, keep_file
from approvals.actions.exchange import streams
from approvals.models import LicensingItem
from approvals.queries import drafts, items, questions
from approvals.queries.drafts import FROM_CITY, LICENCE
from approvals.queries.exchange.peer import IN
from approvals.rules.exchange import bodies
from casework import facts
from casework.actions import open_case
from casework.actions.files import forget
from casework.inspection.kinds import FileRefused
from casework.models import Case, Draft, Message
from casework.queries.rights import LAW
from casework.refusal import Refused

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=1)  # doubled with each failure
MOST_TRIES = 6
State = Message.State


class Held(Exception):
    """It cannot be taken in as it is; the text says why, in Chinese, to whoever looks after the exchange."""


def take_in(at: datetime, most: int) -> int:
    """Take in what waits at `at`, at `most` so many; answers how many were looked at."""
    looked = 0
    while looked < most and _take_in_one(at):
        looked += 1
    return looked


@transaction.atomic
def _take_in_one(at: datetime) -> bool:
    message = _next(at)
    if message is None:
        return False
    stored: list[str] = []
    try:
        with transaction.atomic():
            if faults := bodies.of_body(message.kind, _content(message)):
                raise Held("；".join(faults))
            case = KINDS[message.kind](message, stored)
        columns: dict[str, Any] = {"state": State.DONE, "done_at": at, "next_try_at": None, "error": "", "case": case}
    except (Held, Refused, people.Refused, FileRefused, DraftError) as error:
        _forget(stored)
        columns = {"state": State.HELD, "next_try_at": None, "error": str(error)[:1000]}
    except (DatabaseError, OSError, LookupError, ValueError, TypeError, AttributeError) as error:
        _forget(stored)
        columns = _failed(message, error, at)
    for name, value in columns.items():
        setattr(message, name, value)
    message.save(update_fields=[*columns, "body", "repaired"])
    return True


def _next(at: datetime) -> Message | None:
    """The message that waits longest and whose predecessor is done; none that another worker has."""
    before = Message.objects.filter(
        direction=IN, peer=OuterRef("peer"), stream=OuterRef("stream"), sequence=OuterRef("sequence") - 1
    ).exclude(done_at=None)
    waiting = Message.objects.filter(
        Q(sequence=1) | Exists(before), direction=IN, peer=settings.EXCHANGE_PEER, state=State.WAITING,
        next_try_at__lte=at,
    )  # fmt: skip
    return waiting.order_by("next_try_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()


def _failed(message: Message, error: Exception, at: datetime) -> dict[str, Any]:
    """An error of ours: again later, and after some tries a person looks at it."""
    # What PostgreSQL says of a row that it refuses has the row in it.
    known = None if isinstance(error, DatabaseError) else error
    log.error("message %s could not be taken in: %s", message.key, type(error).__name__, exc_info=known)
    tries = message.attempts + 1
    if tries >= MOST_TRIES:
        return {
            "attempts": tries,
            "state": State.HELD,
            "next_try_at": None,
            "error": "系统多次处理失败，请联系维护人员",
        }
    pause = PAUSE * 2 ** min(tries - 1, 6)
    return {"attempts": tries, "next_try_at": at + pause, "error": f"系统处理失败：{type(error).__name__}"}


def _forget(stored: list[str]) -> None:
    for name in stored:
        forget(name)


def _content(message: Message) -> Any:
    """What counts: the text that came, or what two people put in its place."""
    return message.repaired or message.body


# --- a filing -------------------------------------------------------------------------------------------------------


def _filing(message: Message, stored: list[str]) -> Case:
    """The case that an application becomes. It was received when it arrived, whenever it is taken in."""
    content, at = _content(message), message.created_at
    item = items.with_materials(content["item"], timezone.localdate(at))
    if item is None or not item.is_open:
        raise Held(f"事项{content['item']}没有公布，或者不能网上申请")
    if not item.serves(content["applicant"]["kind"]):
        raise Held("本事项不面向这类申请人")
    party = people.register_party(**content["applicant"], at=at, verified_by="municipal")
    draft = _draft(message, content, item, party)
    for given in content["materials"]:
        stored.append(_material(draft, item, given, at))
    uploaded = drafts.documents(draft)
    unfinished = [part.title for part in drafts.parts(draft, item, uploaded) if part.needed and not part.done]
    if unfinished:
        raise Held(f"申请内容不完整：{'、'.join(unfinished)}")
    case = open_case(
        LICENCE, FROM_CITY, LAW, at, organ=item.organ, matter=item.code, title=item.name, applicant=party,
        draft=draft, channel=Case.Channel.EXCHANGE,
    )  # fmt: skip
    # What people wrote is now sealed with the case and needed nowhere else (个人信息保护法 19).
    message.body, message.repaired = {"item": item.code}, {}
    return case


def _draft(message: Message, content: dict[str, Any], item: LicensingItem, party: Party) -> Draft:
    """Nobody's draft, as if all its pages had been filled in."""
    asked = questions.asks(item)
    answers, reasons = facts.clean(asked, content["answers"], {})
    if reasons:
        raise Held("；".join(str(reason) for reason in reasons))
    at, contact = message.created_at, dict(content["contact"])
    try:
        contact["phone"] = identity.telephone(contact["phone"])
    except identity.IdentityError as error:
        raise Held(str(error)) from None
    return Draft.objects.create(
        owner=None, party=party, procedure=LICENCE, step=FROM_CITY, matter=item.code, title=item.name,
        created_at=at, saved_at=at,
        content={
            "contact": contact,
            "answers": facts.frozen(answers),
            "seen": [sheet.number for sheet in questions.sheets(item)],
            "delivery": content["delivery"],
            "declared_to_the_city": content["identity_checked"] and content["declared"],
            "message": message.pk,
        },
    )  # fmt: skip


def _material(draft: Draft, item: LicensingItem, given: dict[str, str], at: datetime) -> str:
    """Keep one file through the same gates as an upload; its name in the store."""
    material = next((one for one in item.materials.all() if one.code == given["code"]), None)
    if material is None:
        raise Held(f"材料{given['code']}不在公布的材料目录以内")
    try:
        file = ContentFile(base64.b64decode(given["content"], validate=True), given["name"])
    except binascii.Error:
        raise Held(f"材料{given['code']}的内容不能读取") from None
    return str(keep_file(draft, material, file, None, at).file.name)


# --- status, rejection ----------------------------------------------------------------------------------------------


def _status(message: Message, stored: list[str]) -> Case:
    """What the city does in a case of ours is kept beside it; it moves nothing here."""
    number = _content(message)["case"]
    case = Case.objects.filter(number=number, procedure__startswith="approvals.").first()
    if case is None:
        raise Held(f"没有案号为{number}的审批案件")
    return case


def _rejection(message: Message, stored: list[str]) -> Case | None:
    """The city could not use a message of ours: a person looks at that one."""
    content = _content(message)
    refused = Message.objects.filter(direction="out", peer=message.peer, key=content["message"])
    if not refused.update(
        state=State.HELD, done_at=None, next_try_at=None, claim=None, error=f"对方退回：{content['reason']}"[:1000]
    ):
        raise Held("没有这一消息")
    found = refused.get()
    streams.block(found)
    return found.case


KINDS: dict[str, Callable[[Message, list[str]], Case | None]] = {
    "filing": _filing, "status": _status, "rejection": _rejection,
}  # fmt: skip
