"""What was done: append-only, and chained so that a changed, lost or inserted row shows."""

import pgtrigger
from django.conf import settings
from django.db import models

LANES = 16  # chains that can grow side by side; an act joins the lane of its case

# What is hashed, as an SQL expression over a row `a`. Times are in UTC, so that no session setting matters.
HASHED = """jsonb_build_array(
    a.case_id, a.seq, a.step, a.label, a.actor_id, a.actor_name, a.role, a.organisation_id,
    to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(a.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    a.from_state, a.to_state, a.facts, a.attested, a.basis, a.address, a.lane, a.link
)::text"""


class Act(models.Model):
    """One step taken in one case: who, in which office, when, on what facts, from where to where.

    `at` is when it took place in law, `recorded_at` when the database wrote it down. The hash covers every column and
    the hash of the lane's act before it; PostgreSQL computes it, so that raw SQL cannot write an unchained row.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    step = models.CharField(max_length=60)
    label = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="acts")
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    from_state = models.CharField(max_length=60)
    to_state = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, blank=True)
    attested = models.JSONField(default=list, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    transaction = models.BigIntegerField(db_default=models.expressions.RawSQL("pg_current_xact_id()::text::bigint", []))
    lane = models.PositiveSmallIntegerField(db_default=0)
    link = models.BigIntegerField(db_default=0)
    previous = models.BinaryField(db_default=b"")
    hash = models.BinaryField(db_default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="one_act_at_a_time"),
            models.UniqueConstraint(fields=["lane", "link"], name="one_link"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="chain",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("head", "casework_actlane%ROWTYPE"), ("a", "casework_act%ROWTYPE")],
                func=f"""
                NEW.transaction := pg_current_xact_id()::text::bigint;
                NEW.recorded_at := statement_timestamp();
                NEW.lane := NEW.case_id % {LANES};
                INSERT INTO casework_actlane (lane, link, hash) VALUES (NEW.lane, 0, ''::bytea) ON CONFLICT DO NOTHING;
                SELECT * INTO head FROM casework_actlane WHERE lane = NEW.lane FOR UPDATE;
                NEW.link := head.link + 1;
                NEW.previous := head.hash;
                a := NEW;
                NEW.hash := sha256(NEW.previous || convert_to({HASHED}, 'UTF8'));
                UPDATE casework_actlane SET link = NEW.link, hash = NEW.hash WHERE lane = NEW.lane;
                RETURN NEW;
                """,  # noqa: S608 - constants of this module
            ),
            pgtrigger.Protect(name="acts_stand", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="acts_are_not_emptied",
                level=pgtrigger.Statement,
                operation=pgtrigger.Truncate,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'acts are kept' USING ERRCODE = '23514';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.label}"


class ActLane(models.Model):
    """The head of one chain: how many acts it has and the hash of the last, so that a cut tail shows too."""

    lane = models.PositiveSmallIntegerField(primary_key=True)
    link = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.lane}: {self.link}"
