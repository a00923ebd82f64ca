"""What people do with messages that wait for them. What one proposes another decides; all of it is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import actions as people
from accounts.models import AccessEvent, User
from casework.models import Case, Message
from casework.refusal import Reason, Refused
from casework.signals import messages_arrived, messages_written
from exchange.actions import outbox, streams
from exchange.queries.desk import version
from exchange.queries.peer import IN, OUT
from exchange.rules import bodies

State, Proposal = Message.State, Message.Proposal
OVER = (State.REJECTED, State.REPLACED)
# What may be proposed for a held message.
MAY: dict[str, tuple[str, ...]] = {IN: (Proposal.REPAIR, Proposal.REJECT), OUT: (Proposal.REPLACE,)}
GONE = "该消息已由他人处理，请查看最新情况"


@transaction.atomic
def retry(message: Message, by: User, at: datetime) -> None:
    """Send it, or take it in, once more as it is: both sides know it by its id, so that nothing is done twice."""
    locked = _hold(message)
    over = locked.state in OVER or (locked.direction == IN and locked.state == State.DONE)
    if locked.proposal or over:
        raise _refused(GONE)
    _again(locked, at)
    _record(AccessEvent.Kind.MESSAGE_RETRIED, locked, by, at)


@transaction.atomic
def propose(
    message: Message, what: str, by: User, at: datetime, *, reason: str, body: dict[str, Any] | None = None
) -> None:
    """Propose to take in a repaired text, or to send the message back to the city with a reason; of a message of ours
    that the city cannot use, to set it aside for another one."""
    locked = _hold(message)
    if what not in MAY[locked.direction] or locked.state != State.HELD or locked.proposal:
        raise _refused(GONE)
    if what != Proposal.REJECT:
        wrong = bodies.of_arrived if locked.direction == IN else bodies.of_body
        if faults := wrong(locked.kind, body):
            raise _refused("修正后的内容仍不符合规定：" + "；".join(faults), "body")
        if locked.direction == OUT and body == locked.body:
            raise _refused("代替的消息与原消息相同，可以直接重新发送", "body")
        locked.repaired = body
    locked.proposal, locked.proposed_by, locked.reason = what, by, reason
    locked.save(update_fields=["repaired", "proposal", "proposed_by", "reason"])
    _record(AccessEvent.Kind.MESSAGE_PROPOSED, locked, by, at, decision=locked.get_proposal_display(), reason=reason)


@transaction.atomic
def decide(message: Message, agreed: bool, by: User, at: datetime, *, seen: int, reason: str = "") -> None:
    """The second look: the proposal takes effect, or is put down and the message waits on.

    `seen` is the `version` of the message that was shown: nobody agrees to what came afterwards.
    """
    # Whoever acts in the case holds it before its messages; what replaces one may become the last of them.
    if message.direction == OUT and message.case_id:
        Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    locked = _hold(message)
    if locked.state != State.HELD or not locked.proposal or version(locked) != seen:
        raise _refused(GONE)
    if locked.proposed_by_id == by.pk:
        raise _refused("提出处理意见的人员不得复核，请由另一人办理")
    what, words = locked.proposal, locked.get_proposal_display()
    given, replacing = locked.reason, locked.repaired
    locked.proposal, locked.proposed_by, locked.reason = "", None, ""
    if not agreed or what == Proposal.REPLACE:
        locked.repaired = {}
    elif what == Proposal.REJECT:
        locked.state, locked.done_at, locked.next_try_at, locked.error = State.REJECTED, at, None, given
        told = {"message": locked.key, "reason": given}
        outbox.write("rejection", f"rejection:{locked.key}", told, at, case=locked.case)
    locked.save(
        update_fields=["repaired", "proposal", "proposed_by", "reason", "state", "done_at", "next_try_at", "error"]
    )
    if agreed and what == Proposal.REPAIR:
        _again(locked, at)
    elif agreed and what == Proposal.REPLACE:
        outbox.replace(locked, replacing, at)
    outcome = f"同意{words}" if agreed else f"不同意{words}"
    _record(AccessEvent.Kind.MESSAGE_DECIDED, locked, by, at, decision=outcome, reason=reason or given)


def _hold(message: Message) -> Message:
    return Message.objects.select_for_update(of=("self",)).get(pk=message.pk)


def _again(message: Message, at: datetime) -> None:
    columns: dict[str, Any] = {
        "state": State.WAITING, "done_at": None, "next_try_at": at, "claim": None, "attempts": 0, "error": "",
    }  # fmt: skip
    Message.objects.filter(pk=message.pk).update(**columns)
    if message.direction == OUT:
        streams.block(message)
    bell = messages_written if message.direction == OUT else messages_arrived
    transaction.on_commit(lambda: bell.send(sender=Message))


def _record(
    kind: AccessEvent.Kind, message: Message, by: User, at: datetime, decision: str = "", reason: str = ""
) -> None:
    subject = f"message:{message.pk}"
    people.record(kind, at, actor=by, subject=subject, message=message.key, decision=decision, reason=reason)


def _refused(words: str, field: str = "") -> Refused:
    return Refused([Reason("message", words, field=field)])
