"""A file on its way to us in pieces, so that a lost connection costs a piece and not the whole."""

from django.conf import settings
from django.db import models

from casework.models.issue import new_token


class Upload(models.Model):
    """An upload that may be interrupted. The row tells how far it is; its pieces lie in the storage of documents.

    `pieces` are the names of the stored pieces in their order; `digests` their SHA-256, of which `digest` is made.
    """

    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    kinds = models.CharField(max_length=60, help_text="the kinds of file that its place takes")
    offset = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    digests = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(offset__lte=models.F("size")), name="upload_within_size")
        ]
        indexes = [
            models.Index(fields=["owner", "-touched_at"], name="upload_mine"),
            models.Index(fields=["touched_at"], name="upload_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.size}"

    @property
    def percent(self) -> int:
        return int(self.offset * 100 / self.size)
