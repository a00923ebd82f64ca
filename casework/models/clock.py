"""Clocks that run in a case, and the intervals that do not count."""

from django.db import models
from django.db.models import Q


class Deadline(models.Model):
    """One running, paused or ended clock. `due_on` is the last day in time; hour limits also have `due_at`.

    The limit's version is fixed by the trigger date and kept with the clock, so that a later change of law does not
    move it. `ring_on` is the next day on which somebody must be reminded or the law itself acts.

    Clocks are found by their case, by the day they ring and by the party they bar: a reference that is never asked
    backwards has no index, since every act and every ring would pay for it.
    """

    class Owner(models.TextChoices):
        CASE = "case", "案件"
        DECISION = "decision", "决定"
        PARTY = "party", "当事人"
        ORGAN = "organ", "机关"
        ITEM = "item", "物品"
        ADDRESSEE = "addressee", "受送达人"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="deadlines", db_index=False)
    key = models.CharField(max_length=60)
    rule = models.CharField(max_length=60, help_text="key of the limit that governs it: the clock's own, or a sector's")
    limit = models.ForeignKey("law.TimeLimit", models.PROTECT, null=True, blank=True, db_index=False)
    owner = models.CharField(max_length=10, choices=Owner.choices, default=Owner.CASE)
    decision = models.ForeignKey(
        "casework.Decision", models.PROTECT, null=True, blank=True, related_name="deadlines", db_index=False
    )
    party = models.ForeignKey(
        "accounts.Party", models.PROTECT, null=True, blank=True, related_name="deadlines", db_index=False
    )
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, db_index=False)
    item = models.CharField(max_length=100, blank=True)
    triggered_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True, help_text="empty while paused without a known end")
    due_at = models.DateTimeField(null=True, blank=True)
    set_by_paper = models.DateField(null=True, blank=True, help_text="a day that the paper itself fixes")
    extended_by = models.ForeignKey(
        "casework.Act", models.PROTECT, null=True, blank=True, related_name="extensions", db_index=False
    )
    extended_to = models.DateField(null=True, blank=True, help_text="where the extension was to a fixed day")
    provisional = models.BooleanField(default=False)
    explanation = models.JSONField(default=list)
    started_by = models.ForeignKey("casework.Act", models.PROTECT, related_name="started", db_index=False)
    stopped_by = models.ForeignKey(
        "casework.Act", models.PROTECT, null=True, blank=True, related_name="stopped", db_index=False
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    ring_on = models.DateField(null=True, blank=True)
    rings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key", "item"],
                condition=Q(stopped_at__isnull=True, owner="case"),
                name="one_clock_of_a_kind",
            )
        ]
        indexes = [
            models.Index(fields=["ring_on", "id"], name="deadline_ring", condition=Q(ring_on__isnull=False)),
            models.Index(fields=["party", "key"], name="deadline_bar", condition=Q(owner="party")),
            models.Index(fields=["case", "started_by"], name="deadline_case"),
            models.Index(
                fields=["id"], name="deadline_provisional", condition=Q(provisional=True, stopped_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.due_on}"

    @property
    def running(self) -> bool:
        return self.stopped_at is None


class Suspension(models.Model):
    """An interval that a clock does not count: it begins on `starts_on` and ends before `ends_on`."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    expected_until = models.DateField(null=True, blank=True, help_text="the day told to the person in writing")
    started_by = models.ForeignKey("casework.Act", models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="pause_ends_later"
            ),
            # Of the case above two parts may exclude time at once, each by an act of its own.
            models.UniqueConstraint(
                fields=["deadline", "started_by"], condition=Q(ends_on__isnull=True), name="one_open_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on or ''} {self.reason}"
