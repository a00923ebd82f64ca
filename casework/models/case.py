"""The case itself, who takes part in it, what a person has begun to fill in, and the numbers that organs give."""

import secrets

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least

from casework.models.count import counting
from casework.models.sealed import SealedJSONField

OPEN, ENDED = Q(ended_at__isnull=True), Q(ended_at__isnull=False)
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none that an old eye or an ear confuses with another


def new_code() -> str:
    """A query code of 75 bits: it can be read out on the telephone and cannot be guessed."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(15))


class Case(models.Model):
    """One matter on its way through one procedure. `state` is a cache of the Acts; only an Act may move it."""

    class Channel(models.TextChoices):
        ONLINE = "online", "网上申请"
        WINDOW = "window", "窗口收件"
        OFFICE = "office", "依职权"
        EXCHANGE = "exchange", "上级平台"

    code = models.CharField(max_length=15, unique=True, default=new_code, editable=False)
    number = models.CharField("案号", max_length=60, unique=True, help_text="the code until it is given, once")
    procedure = models.CharField(max_length=60)
    version = models.DateField(help_text="first day of the procedure's version, fixed when the case was opened")
    matter = models.CharField(max_length=80, blank=True, help_text="code of the item or power that the case is about")
    title = models.CharField("事项", max_length=200)
    state = models.CharField(max_length=60, default="new")
    detours = models.JSONField(default=list, blank=True, help_text="states to return to, the latest last")
    # The lists of the desk have their own indexes over these (below).
    organ = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="cases", verbose_name="承办单位", db_index=False
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_cases",
        db_index=False,
        verbose_name="承办人",
    )
    applicant = models.ForeignKey("accounts.Party", models.PROTECT, null=True, blank=True, related_name="cases")
    applicant_name = models.CharField("申请人", max_length=200, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="filed_cases"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    service_point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, null=True, blank=True, db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    linked = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reopened_as")
    opened_at = models.DateTimeField("收件时间")
    ended_at = models.DateTimeField(null=True, blank=True)
    act_count = models.PositiveIntegerField(default=0)
    due_on = models.DateField(
        "办理期限", null=True, blank=True, help_text="earliest clock that runs; cache of Deadline"
    )

    promised_on = models.DateField(
        "承诺期限",
        null=True,
        blank=True,
        help_text="earliest promise within a clock that runs; none while it stands still",
    )

    # Two columns that a trigger derives, so that lists and counts need nothing but the case.
    proposed_by = models.CharField(
        max_length=40, db_default="", editable=False, help_text="role of the last act, if that was a proposal upwards"
    )
    late = models.BooleanField(db_default=False, editable=False, help_text="its due day had passed when it ended")

    class Meta:
        indexes = [
            # One for each list of the desk, in its order.
            models.Index(fields=["organ", "due_on", "id"], name="case_queue", condition=OPEN, include=["handler"]),
            models.Index(fields=["organ", "-ended_at", "-id"], name="case_ended", condition=ENDED),
            models.Index(fields=["handler", "due_on", "id"], name="case_mine", condition=OPEN),
            models.Index(fields=["organ", "state", "due_on", "id"], name="case_state", condition=OPEN),
            models.Index(
                fields=["organ", "proposed_by", "due_on", "id"],
                name="case_proposed",
                condition=OPEN & ~Q(proposed_by=""),
            ),
            models.Index(fields=["organ", "matter", "due_on", "id"], name="case_item", condition=OPEN),
            models.Index(fields=["organ", "matter", "-ended_at", "-id"], name="case_item_ended", condition=ENDED),
            models.Index(
                fields=["service_point", "due_on", "id"],
                name="case_point",
                condition=OPEN & Q(service_point__isnull=False),
            ),
            models.Index(
                fields=["service_point", "state", "due_on", "id"],
                name="case_point_state",
                condition=OPEN & Q(service_point__isnull=False),
            ),
            models.Index(
                fields=["service_point", "-ended_at", "-id"],
                name="case_point_ended",
                condition=ENDED & Q(service_point__isnull=False),
            ),
            models.Index(fields=["due_on", "id"], name="case_everywhere", condition=OPEN),
            models.Index(fields=["-ended_at", "-id"], name="case_everywhere_ended", condition=ENDED),
            models.Index(Least("due_on", "promised_on"), "id", "organ", name="case_watched", condition=OPEN),
            models.Index(fields=["applicant", "-opened_at"], name="case_applicant"),
            models.Index(fields=["procedure", "matter"], name="case_matter"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_state_without_act",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "act_count", "detours"),
                when=pgtrigger.Before,
                func="""
                IF TG_OP = 'INSERT' THEN
                    IF NEW.state <> 'new' OR NEW.act_count <> 0 THEN
                        RAISE EXCEPTION 'case starts in state new: every further state needs its act'
                            USING ERRCODE = '23514';
                    END IF;
                ELSIF NEW.detours NOT IN (OLD.detours, OLD.detours || to_jsonb(OLD.state), OLD.detours - (-1)) THEN
                    RAISE EXCEPTION 'detours remember where case % stood, nothing else', NEW.id
                        USING ERRCODE = '23514';
                ELSIF (NEW.state, NEW.act_count, NEW.detours) IS DISTINCT FROM
                      (OLD.state, OLD.act_count, OLD.detours) AND NOT EXISTS (
                    SELECT 1 FROM casework_act a
                    WHERE a.case_id = NEW.id AND a.seq = NEW.act_count AND a.seq = OLD.act_count + 1
                      AND a.from_state = OLD.state AND a.to_state = NEW.state
                      AND a.transaction = pg_current_xact_id()::text::bigint
                ) THEN
                    RAISE EXCEPTION 'no state without its act: case % cannot go from % to %',
                        NEW.id, OLD.state, NEW.state
                        USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="number_stands",
                operation=pgtrigger.UpdateOf("number"),
                when=pgtrigger.Before,
                func="""
                IF OLD.number <> OLD.code AND NEW.number <> OLD.number THEN
                    RAISE EXCEPTION 'case % keeps its number', OLD.number USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="derived",
                operation=pgtrigger.UpdateOf("act_count", "ended_at"),
                when=pgtrigger.Before,
                func="""
                NEW.proposed_by := COALESCE((
                    SELECT a.role FROM casework_act a WHERE a.case_id = NEW.id AND a.seq = NEW.act_count
                      AND a.step = 'advise' AND a.facts ->> 'proposal' IS DISTINCT FROM 'return'
                ), '');
                NEW.late := NEW.ended_at IS NOT NULL AND CASE
                    WHEN OLD.ended_at IS NULL
                    THEN COALESCE(OLD.due_on < (NEW.ended_at AT TIME ZONE 'Asia/Shanghai')::date, false)
                    ELSE OLD.late END;
                RETURN NEW;
                """,
            ),
            counting(pgtrigger.Insert, new=True),
            counting(pgtrigger.Update, new=True, old=True),
            counting(pgtrigger.Delete, old=True),
            pgtrigger.Protect(name="cases_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number


class Participant(models.Model):
    """Somebody's part in one case: a third person, a verifying officer, a presider, a member organ, a recused officer;
    or the service point at which the result waits to be collected.

    Why a table of its own: the part has dates and an Act that gave it, a person may hold several, and rights (to be
    told, to be heard, not to decide) hang on it. See docs/decisions/kernel.md.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="participants")
    role = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="parts")
    party = models.ForeignKey("accounts.Party", models.PROTECT, null=True, blank=True, related_name="parts")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True)
    point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, null=True, blank=True, db_index=False)
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False)
                | Q(party__isnull=False)
                | Q(organisation__isnull=False)
                | Q(point__isnull=False),
                name="participant_is_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["user", "role"], name="participant_user", condition=Q(until__isnull=True)),
            models.Index(fields=["party", "role"], name="participant_party", condition=Q(until__isnull=True)),
            models.Index(fields=["organisation", "role"], name="participant_organ", condition=Q(until__isnull=True)),
            models.Index(
                fields=["point", "role"], name="participant_point", condition=Q(until__isnull=True, point__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class Draft(models.Model):
    """What somebody has begun and not yet submitted. Submitting makes it exactly one case, however often pressed.

    What another system sends is nobody's: such a draft has no owner and becomes its case in the same transaction.
    """

    code = models.CharField(max_length=15, unique=True, default=new_code, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="drafts")
    party = models.ForeignKey("accounts.Party", models.PROTECT, null=True, blank=True)
    procedure = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    matter = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    content = SealedJSONField(default=dict)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="draft")

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_open", condition=Q(case__isnull=True))]

    def __str__(self) -> str:
        return self.title


class Series(models.Model):
    """The last number that an organ gave for a word in a year. Taken under a row lock, so that there are no gaps."""

    organ = models.ForeignKey("accounts.Organisation", models.PROTECT)
    word = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["organ", "word", "year"], name="one_series")]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.last}号"
