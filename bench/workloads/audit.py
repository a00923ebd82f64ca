"""What the chained record costs where an act is written, and how long it takes to verify all of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from bench.arena import Arena
from bench.figures import Interval, median_of
from bench.goals import Finding, Goal

COST = Goal("P15.cost", "chaining of the acts of a submission: share of its CPU", 25, 12, "%")
VERIFY = Goal("P15.verify", "verifying the record: seconds for a million acts, two at a time", 120, 40, "s")
GOALS = (COST, VERIFY)

# An opinion of the office may be given in any open case: whoever may give it, in the role that may.
INSERT = """
EXPLAIN (ANALYZE, FORMAT JSON)
INSERT INTO casework_act (case_id, seq, step, label, actor_id, actor_name, role, at, from_state, to_state, facts,
    attested, basis)
SELECT c.id, c.act_count + 1, p.step, '内部审核意见', u.id, u.display_name, p.roles[1], now(), c.state, c.state,
    '{"proposal": "grant", "reasons": "材料齐全，符合法定形式"}', '[]', ''
FROM casework_case c JOIN casework_permitted p ON p.procedure = c.procedure AND p.version = c.version
CROSS JOIN LATERAL (SELECT id, display_name FROM accounts_user WHERE kind = 'staff' ORDER BY id LIMIT 1) u
WHERE p.step = 'advise' AND c.ended_at IS NULL ORDER BY c.id LIMIT 500
"""
ACTS = """
SELECT avg(act_count)::float FROM (
    SELECT c.act_count FROM casework_draft d JOIN casework_case c ON c.id = d.case_id ORDER BY d.id DESC LIMIT 500
) filed
"""


def run(arena: Arena) -> Iterator[Finding]:
    if arena.submission:
        milliseconds = [_chaining(arena) for _ in range(arena.rounds.number)]
        acts = arena.rows(ACTS)[0][0]
        of_one = median_of(milliseconds).times(acts)
        share = of_one.times(100 / arena.submission)
        yield Finding(
            COST, share, f"{of_one.middle:.3f} ms for {acts:.1f} acts", f"submission {arena.submission:.2f} ms"
        )
    begun = time.monotonic()
    said = arena.manage(arena.database(arena.sizes.largest), "verify_audit", "--jobs", "2")
    took = time.monotonic() - begun
    every = int(re.findall(r"(\d+) acts", said)[0])
    million = Interval.exactly(took * 1e6 / every)
    yield Finding(VERIFY, million, f"{every:,} acts in {took:.1f} s, and every case against its acts")


def _chaining(arena: Arena) -> float:
    """ms that the trigger takes for one act; what was written is undone."""
    with arena.cluster.cursor(arena.database(arena.sizes.largest)) as cursor:
        cursor.execute("BEGIN")
        cursor.execute(INSERT)
        plan = cursor.fetchone()[0][0]
        cursor.execute("ROLLBACK")
    triggers = [one for one in plan["Triggers"] if "chain" in one["Trigger Name"]]
    return float(sum(one["Time"] / one["Calls"] for one in triggers))
