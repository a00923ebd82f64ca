"""What was hidden or forged, and the bars that follow (行政许可法 78, 79)."""

from __future__ import annotations

from casework.actions.clocks import begin
from casework.models import Act
from casework.procedure import Start
from tests.approvals.conftest import World
from tests.approvals.stories.acceptance import ACCEPTING
from tests.approvals.stories.diary import STOPPED, Story, does, happens, refused
from tests.approvals.stories.openings import ACCEPTED, FILED, FORGED, GRANT, LICENCE, filed, flags


def _fraud_is_found(world: World) -> None:
    """The licence is revoked for fraud, by a row of another table; what is left of it here is its bar."""
    act = Act.objects.latest("id")
    begin(act, act.case, Start("xk_bar_fraud", owner="party"), {})


ORDINARY = Story(
    name="forged material, where nobody's safety hangs on it: no bar",
    procedure=LICENCE,
    item={"safety": False},
    pages=(
        FILED,
        refused("2026-03-04T09:00", "officer", "refuse_false_material_safety", FORGED, gate="safety_matter"),
        does("2026-03-04T10:00", "officer", "refuse_false_material", FORGED, due={"xk_deficiency_notice": STOPPED},
             papers={"xk_non_acceptance_decision": ("检测报告系伪造", "第七十八条", "六十日内", "六个月内")},
             told=("citizen",)),
        filed("2026-03-05T09:00"),
        does("2026-03-05T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
    ),
    ends="under_review",
)  # fmt: skip

ONE_YEAR = Story(
    name="forged material in a matter of safety: barred to the last day of the year, free the day after",
    procedure=LICENCE,
    pages=(
        FILED,
        refused("2026-03-04T09:00", "officer", "refuse_false_material", FORGED, gate="not_safety_matter"),
        does("2026-03-04T10:00", "officer", "refuse_false_material_safety", FORGED,
             due={"xk_bar_false_material": "2027-03-04"},
             papers={"xk_non_acceptance_decision": ("第七十八条", "一年内不得再次申请", "2027年3月4日止", "六十日内")},
             told=("citizen",)),
        filed("2026-06-01T09:00"),
        *(refused("2026-06-01T09:30", "officer", step, gate="not_barred") for step in ACCEPTING),
        refused("2026-06-01T09:31", "officer", "decide_on_the_spot", gate="not_barred"),
        does("2026-06-02T10:00", "officer", "refuse_barred", {"reasons": "申请人在限制期内。"},
             papers={"xk_non_acceptance_decision": ("一年内不得再次申请", "2027年3月4日止", "六个月内")},
             told=("citizen",)),
        filed("2027-03-04T09:00"),
        refused("2027-03-04T10:00", "officer", "accept", gate="not_barred"),
        refused("2027-03-05T09:00", "officer", "refuse_barred", {"reasons": "申请人在限制期内。"}, gate="barred"),
        does("2027-03-05T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
    ),
    ends="under_review",
)  # fmt: skip

THREE_YEARS = Story(
    name="a licence got by fraud bars for three years",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-06T10:00", "head", "grant", {**GRANT, "valid_from": "2026-03-06"},
             papers={"xk_grant_decision": (), "xk_licence": ()}),
        does("2026-03-09T10:00", "officer", "deliver",
             {"method": "direct", "recipient": "王示例", "served_on": "2026-03-09"}, papers={"sy_service_receipt": ()}),
        happens("2026-03-09T11:00", _fraud_is_found),
        filed("2029-03-09T09:00"),
        refused("2029-03-09T09:30", "officer", "accept", gate="not_barred"),
        does("2029-03-09T10:00", "officer", "refuse_barred", {"reasons": "申请人在限制期内。"},
             papers={"xk_non_acceptance_decision": ("第七十九条", "三年内不得再次申请", "2029年3月9日止")}),
        filed("2029-03-12T09:00"),
        does("2029-03-12T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
    ),
    ends="under_review",
)  # fmt: skip

AT_DECISION = Story(
    name="forged material found at the end: refused, and another case of the same applicant cannot be granted",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        filed("2026-03-03T11:00"),
        does("2026-03-03T12:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
        refused("2026-03-10T09:00", "head", "refuse_false_material_at_decision", FORGED, gate="not_safety_matter"),
        does("2026-03-10T10:00", "head", "refuse_false_material_safety_at_decision", FORGED, nth=0,
             due={"xk_bar_false_material": "2027-03-10", "xk_decide": STOPPED},
             papers={"xk_refusal_decision": ("检测报告系伪造", "第七十八条", "一年内不得再次申请", "2027年3月10日止",
                                             "六十日内", "六个月内")},
             told=("citizen",)),
        refused("2026-03-11T09:00", "head", "grant", GRANT, gate="not_barred"),
        happens("2026-03-11T09:30", flags(safety=False)),
        refused("2026-03-11T10:00", "head", "refuse_false_material_safety_at_decision", FORGED, gate="safety_matter"),
        does("2026-03-11T11:00", "head", "refuse_false_material_at_decision", FORGED,
             papers={"xk_refusal_decision": ("检测报告系伪造",)}, told=("citizen",)),
    ),
    ends="refused",
)  # fmt: skip

STORIES = (ORDINARY, ONE_YEAR, THREE_YEARS, AT_DECISION)
