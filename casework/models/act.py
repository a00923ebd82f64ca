"""What was done: append-only, and chained so that a changed, lost or inserted row shows."""

import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models.chain import Lane, chained, hashed, stamp

LANES = 16  # chains that can grow side by side; an act joins the lane of its case
TABLE, HEADS = "casework_act", "casework_actlane"
HASHED = hashed(
    "a.id, a.case_id, a.seq, a.step, a.label, a.actor_id, a.actor_name, a.role, a.organisation_id",
    stamp("at"), stamp("recorded_at"),
    "a.from_state, a.to_state, a.facts, a.attested, a.basis, a.address, a.transaction, a.lane, a.link",
)  # fmt: skip

# What take() checks, once more where nobody can go round it. `casework_permitted` is written by the owner of the
# database from the procedures' tables.
PERMITTED = """
SELECT * INTO c FROM casework_case WHERE id = NEW.case_id;
SELECT * INTO r FROM casework_permitted p
    WHERE p.procedure = c.procedure AND p.version = c.version AND p.step = NEW.step;
IF NOT FOUND THEN
    RAISE EXCEPTION 'act: % has no step %', c.procedure, NEW.step USING ERRCODE = '23514';
END IF;
IF NEW.seq <> c.act_count + 1 OR NEW.from_state <> c.state
   OR (cardinality(r.from_states) = 0 AND c.ended_at IS NOT NULL)
   OR (cardinality(r.from_states) > 0 AND NOT NEW.from_state = ANY(r.from_states)) THEN
    RAISE EXCEPTION 'act: step % does not begin in state % of case %', NEW.step, c.state, c.id USING ERRCODE = '23514';
END IF;
IF NEW.to_state <> (CASE r.to_state WHEN 'same' THEN c.state WHEN 'previous' THEN COALESCE(c.detours ->> -1, '')
                    ELSE r.to_state END) THEN
    RAISE EXCEPTION 'act: step % does not lead to state %', NEW.step, NEW.to_state USING ERRCODE = '23514';
END IF;
IF NOT NEW.role = ANY(r.roles) OR (NEW.actor_id IS NULL) <> (NEW.role IN ('the_law', 'unnamed')) THEN
    RAISE EXCEPTION 'act: step % is not taken by %', NEW.step, NEW.role USING ERRCODE = '23514';
END IF;
IF EXISTS (SELECT 1 FROM casework_act e WHERE e.case_id = NEW.case_id AND (
        e.at > NEW.at
        OR (e.actor_id = NEW.actor_id AND (r.second_person AND e.role <> NEW.role OR e.step = ANY(r.not_by))))) THEN
    RAISE EXCEPTION 'act: step % needs another person, or a later time, than the acts before it', NEW.step
        USING ERRCODE = '23514';
END IF;
RETURN NEW;
"""


class Act(models.Model):
    """One step taken in one case: who, in which office, when, on what facts, from where to where.

    `at` is when it took place in law, `recorded_at` when the database wrote it down. The hash covers every column and
    the hash of the lane's act before it; PostgreSQL computes it, so that raw SQL cannot write an unchained row.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="acts", db_index=False)  # one_act_at_a_time
    seq = models.PositiveIntegerField()
    step = models.CharField(max_length=60)
    label = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="acts")
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, db_index=False)
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
                name="act_is_permitted",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("c", "casework_case%ROWTYPE"), ("r", "casework_permitted%ROWTYPE")],
                func=PERMITTED,
            ),
            *chained(
                TABLE, HEADS, f"NEW.case_id % {LANES}", HASHED, "NEW.transaction := pg_current_xact_id()::text::bigint;"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.label}"


class ActLane(Lane):
    """The head of one chain of acts."""
