"""How people rate the service that they had (好差评): once for each matter, by whoever holds its receipt."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q


class Rating(models.Model):
    """One rating of one matter that has come to its end. It stands: nobody changes or removes it.

    A bad one has its follow-up from the moment at which it is given; one that was left aside after verification is
    kept and not counted.
    """

    class Level(models.IntegerChoices):
        VERY_GOOD = 5, "非常满意"
        GOOD = 4, "满意"
        FAIR = 3, "基本满意"
        BAD = 2, "不满意"
        VERY_BAD = 1, "非常不满意"

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="rating", verbose_name="办件")
    level = models.PositiveSmallIntegerField("评价", choices=Level.choices)
    words = models.CharField("意见", max_length=500, blank=True)
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_index=False)
    matter = models.CharField("事项", max_length=80)
    at = models.DateTimeField("评价时间")
    follow_up = models.OneToOneField(
        "casework.Case", models.PROTECT, null=True, blank=True, related_name="rated", verbose_name="核实案件"
    )

    class Meta:
        verbose_name = "好差评"
        constraints = [
            models.CheckConstraint(name="rating_is_one_of_five", condition=Q(level__range=(1, 5))),
            models.CheckConstraint(
                name="bad_rating_is_followed_up", condition=Q(level__gte=3) | Q(follow_up__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["organ", "at"], name="rating_of_organ", include=["level"])]
        triggers = [pgtrigger.Protect(name="ratings_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_level_display()}"
