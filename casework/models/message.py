"""What must reach somebody: notices to people, messages to other systems. The row is the truth."""

from django.conf import settings
from django.db import models
from django.db.models import Q


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
    """A message to or from another system, written in the transaction of the act that causes it."""

    class Direction(models.TextChoices):
        OUT = "out", "发出"
        IN = "in", "收到"

    direction = models.CharField(max_length=3, choices=Direction.choices)
    peer = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="messages")
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["direction", "peer", "key"], name="one_message")]
        indexes = [
            models.Index(fields=["peer", "next_try_at", "id"], name="message_to_do", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.peer} {self.kind}"
