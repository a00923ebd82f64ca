"""What licensing tells the city, and what it does with what the city sends: applications and where they stand.

Each act that moves an approval for the public (`approvals.queries.exchange`) leaves as one message. A filing of the
city passes the same gates as every other.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts import actions as people
from accounts import identity
from accounts.models import Party
from approvals.actions.drafts import keep_file
from approvals.models import LicensingItem
from approvals.queries import drafts, items, questions
from approvals.queries.drafts import FROM_CITY, LICENCE
from casework import facts, registry
from casework.actions import open_case
from casework.models import Act, Case, Draft, Message
from casework.queries.clock import database_now
from casework.queries.rights import LAW
from exchange.actions import outbox
from exchange.actions.take_in import Held, content
from exchange.queries.peer import IN, moment
from exchange.rules.kinds import Kind

DIRECTORY = Path(__file__).resolve().parents[1] / "data" / "exchange"


def tell_status(case: Case, act: Act) -> Message:
    """Where the case stands now. The case is locked, so that its messages are numbered in the order of its acts.

    Nobody is named in it: the city knows the people of its own filings, and has no need of others (个人信息保护法 6).
    """
    body: dict[str, Any] = {
        "case": case.number,
        "item": case.matter,
        "organ": case.organ.code,
        "state": case.state,
        "label": registry.procedure(case.procedure, case.version).state(case.state).label,
        "step": act.label,
        "at": moment(act.at),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "ended": case.ended_at is not None,
    }
    if reference := _reference(case):
        body["reference"] = reference
    # Now, whenever the act took place: a day that was compared gets no more messages.
    return outbox.write("status", case.number, body, database_now(), case=case, act=act)


def _reference(case: Case) -> str:
    """Under what name the city knows a case that came from it."""
    if case.channel != Case.Channel.EXCHANGE:
        return ""
    filing = Message.objects.filter(direction=IN, kind="filing", case=case).only("stream").first()
    return filing.stream if filing else ""


def filing(message: Message, stored: list[str]) -> Case:
    """The case that an application becomes. It was received when it arrived, whenever it is taken in."""
    told, at = content(message), message.created_at
    item = items.with_materials(told["item"], timezone.localdate(at))
    if item is None or not item.is_open:
        raise Held(f"事项{told['item']}没有公布，或者不能网上申请")
    if not item.serves(told["applicant"]["kind"]):
        raise Held("本事项不面向这类申请人")
    party = people.register_party(**told["applicant"], at=at, verified_by="municipal")
    draft = _draft(message, told, item, party)
    for given in told["materials"]:
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


def _draft(message: Message, told: dict[str, Any], item: LicensingItem, party: Party) -> Draft:
    """Nobody's draft, as if all its pages had been filled in."""
    asked = questions.asks(item)
    answers, reasons = facts.clean(asked, told["answers"], {})
    if reasons:
        raise Held("；".join(str(reason) for reason in reasons))
    at, contact = message.created_at, dict(told["contact"])
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
            "delivery": told["delivery"],
            "declared_to_the_city": told["identity_checked"] and told["declared"],
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


def status(message: Message, stored: list[str]) -> Case:
    """What the city does in a case of ours is kept beside it; it moves nothing here."""
    number = content(message)["case"]
    case = Case.objects.filter(number=number, procedure__startswith="approvals.").first()
    if case is None:
        raise Held(f"没有案号为{number}的审批案件")
    return case


KINDS = (
    Kind(code="status", label="办理状态", schema=DIRECTORY / "status.json", take=status),
    Kind(code="filing", label="转来的申请", schema=DIRECTORY / "filing.json", take=filing),
)
