"""How often something was done lately, where the count must survive the cache."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One count of `accounts.rates`. Tells nothing about a person, and is deleted when it is over."""

    key = models.CharField(max_length=160, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "计数"

    def __str__(self) -> str:
        return self.key
