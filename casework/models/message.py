"""What must reach somebody: notices to people, messages to other systems. The row is the truth."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One notice to one person. `key` makes each exactly one; the portal inbox needs no sending, other channels do."""

    class Channel(models.TextChoices):
        INBOX = "inbox", "站内信"
        EMAIL = "email", "电子邮件"
        SMS = "sms", "短信"

    key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="notices")
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True)
    deadline = models.ForeignKey("casework.Deadline", models.PROTECT, null=True, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.INBOX)
    urgency = models.CharField(max_length=10, default="info")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-created_at"], name="notice_inbox", condition=Q(channel="inbox")),
            models.Index(fields=["to"], name="notice_unread", condition=Q(channel="inbox", read_at__isnull=True)),
            models.Index(
                fields=["next_try_at", "id"],
                name="notice_to_send",
                condition=Q(sent_at__isnull=True) & ~Q(channel="inbox"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


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
