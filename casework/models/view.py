"""How an officer likes to see the work queue."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """A filter of the work queue under a name of the officer's own. `query` holds only the queue's own parameters."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField("视图名称", max_length=20)
    query = models.CharField(max_length=500)
    saved_at = models.DateTimeField()
    is_default = models.BooleanField("默认视图", default=False, help_text="what the queue opens with")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_of_a_name"),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="one_default_view"),
        ]

    def __str__(self) -> str:
        return self.name
