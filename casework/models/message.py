"""What must reach somebody: notices to people, messages to other systems. The row is the truth."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.sealed import SealedJSONField


class Notice(models.Model):
    """One notice over one channel. `key` makes it exactly one. A row in the inbox has arrived; others must be sent.

    It goes to an account, or to a party without one, by SMS to the number that the party left at the window. Where it
    goes is asked when it is sent, so that no second copy of anybody's number is kept: `sent_to` is masked.

    A worker holds a row by `claim` until `next_try_at`. `offered_at` is written and committed at the last moment before
    which the other side cannot have taken the notice: a row that is offered and not sent is in doubt, and is never sent
    again without asking.
    """

    class Channel(models.TextChoices):
        INBOX = "inbox", "站内信"
        EMAIL = "email", "电子邮件"
        SMS = "sms", "短信"

    key = models.CharField(max_length=120)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="notices")
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, db_index=False)
    deadline = models.ForeignKey("casework.Deadline", models.PROTECT, null=True, blank=True, db_index=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices", db_index=False
    )
    party = models.ForeignKey(
        "accounts.Party", models.PROTECT, null=True, blank=True, related_name="notices", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.INBOX)
    urgency = models.CharField(max_length=10, default="info")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.CharField(max_length=80, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True, help_text="when somebody wanted it sent although it was old")
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_notice"),
            models.CheckConstraint(
                condition=Q(to__isnull=False, party__isnull=True)
                | Q(to__isnull=True, party__isnull=False) & ~Q(channel="inbox"),
                name="notice_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True), name="notice_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(fields=["to", "-id"], name="notice_inbox", condition=Q(channel="inbox")),
            models.Index(fields=["to"], name="notice_unread", condition=Q(channel="inbox", read_at__isnull=True)),
            models.Index(
                fields=["channel", "next_try_at", "id"],
                name="notice_waiting",
                condition=Q(sent_at__isnull=True, gave_up_at__isnull=True) & ~Q(channel="inbox"),
            ),
            models.Index(fields=["-gave_up_at"], name="notice_given_up", condition=Q(gave_up_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def in_doubt(self) -> bool:
        """Offered, and nobody knows whether it was taken."""
        return self.offered_at is not None and self.sent_at is None


class Message(models.Model):
    """A message to or from another system. One that leaves is written in the transaction of the act that causes it.

    `key` is its name on both sides, `digest` what it says. Messages of one `stream` (a case) take effect in the order
    of their numbers: none goes before the one in front of it is done, and of those that leave only the first has a
    `next_try_at` (`exchange.actions.streams`). A worker holds a row that leaves by `claim` until then. HELD
    waits for a person: the other side refused it, or it could not be taken in as it is.
    What one person proposes for it (to take a repaired text in its place, to send it back) a second one decides; the
    text that came stands beside the repaired one.

    What the other side cannot use of ours is replaced by another message (`replaces`), so that its stream goes on: at
    its number, or behind the others where the other side has it already (`returned_at`).
    """

    class Direction(models.TextChoices):
        OUT = "out", "发出"
        IN = "in", "收到"

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        DONE = "done", "完成"
        HELD = "held", "待人工处理"
        REJECTED = "rejected", "已退回"
        REPLACED = "replaced", "已由新的消息代替"

    class Proposal(models.TextChoices):
        REPAIR = "repair", "修正后接收"
        REJECT = "reject", "退回对方"
        REPLACE = "replace", "搁置并以新的消息代替"

    direction = models.CharField(max_length=3, choices=Direction.choices)
    peer = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    stream = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=0, help_text="how many messages were set aside at this number")
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="messages")
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, db_index=False)
    body = SealedJSONField(default=dict)
    digest = models.CharField(max_length=64)
    repaired = SealedJSONField(default=dict, blank=True)
    proposal = models.CharField(max_length=8, choices=Proposal.choices, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField("理由", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    written_at = models.DateTimeField(help_text="by the clock of whoever wrote it")
    created_at = models.DateTimeField(help_text="when it came to be here")
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    error = models.CharField(max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True, help_text="when the other side returned what it had")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name="代替的消息"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["direction", "peer", "key"], name="one_message"),
            models.UniqueConstraint(
                fields=["direction", "peer", "stream", "sequence", "turn"], name="one_place_in_a_stream"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, state__in=["waiting", "held"])
                | Q(done_at__isnull=False, state__in=["done", "rejected", "replaced"]),
                name="message_done_or_to_do",
            ),
            models.CheckConstraint(
                condition=Q(proposal="", proposed_by__isnull=True) | ~Q(proposal="") & Q(proposed_by__isnull=False),
                name="message_proposal_is_somebodys",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["direction", "peer", "next_try_at", "id"],
                name="message_to_do",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["direction", "peer", "written_at"], name="message_day"),
            models.Index(fields=["state", "-id"], name="message_listed"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="messages_stand",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                IF (OLD.direction, OLD.peer, OLD.kind, OLD.key, OLD.stream, OLD.sequence, OLD.digest, OLD.written_at,
                    OLD.created_at)
                   IS DISTINCT FROM
                   (NEW.direction, NEW.peer, NEW.kind, NEW.key, NEW.stream, NEW.sequence, NEW.digest, NEW.written_at,
                    NEW.created_at) THEN
                    RAISE EXCEPTION 'what a message is stands' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="messages_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.peer} {self.kind}"
