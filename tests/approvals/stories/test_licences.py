"""Every row of the later life of a licence is walked, and every condition holds against somebody."""

from __future__ import annotations

import pytest

from approvals.queries.licences import CHANGE, IN_FORCE, LICENCE, RENEWAL
from casework import registry
from tests.approvals.conftest import World
from tests.approvals.stories import life_change, life_in_force, life_renewal
from tests.approvals.stories.diary import Story, does, happens, refused
from tests.approvals.stories.life_doors import acts, in_hand
from tests.approvals.stories.openings import RECEIPT
from tests.approvals.stories.teller import Teller

FORGED = {"reasons": "租赁合同系伪造。"}
BARRED = Story(
    name="three years after a licence by fraud: refused until the last day, let through on the next",
    procedure=LICENCE,
    ends="under_review",
    pages=(
        happens("2026-03-09T12:00", in_hand()),
        happens("2026-03-16T10:00", acts(IN_FORCE, "notify_revocation_intent", "officer", "2026-03-16T10:00",
                                         **FORGED)),
        happens(
            "2026-03-16T11:00",
            acts(IN_FORCE, "record_intent_told", "officer", "2026-03-16T11:00", told_on="2026-03-16",
                 recipients="王示例"),
        ),
        # The five working days end on 23 March; on the 26th the head of the organ decides.
        happens(
            "2026-03-26T10:00",
            acts(IN_FORCE, "revoke_for_fraud_safety", "head", "2026-03-26T10:00", receiver="执法队", **FORGED),
        ),
        does("2026-04-01T10:00", "citizen", "submit", papers=RECEIPT),
        refused("2026-04-01T11:00", "officer", "accept", gate="not_barred"),
        does(
            "2026-04-01T12:00", "officer", "refuse_barred", {"reasons": "申请人仍在限制申请期内。"},
            papers={"xk_non_acceptance_decision": ("第七十九条", "三年内不得再次申请", "2029年3月26日")},
        ),
        # 26 March 2029, a Monday, is the last day of the three years.
        does("2029-03-26T10:00", "citizen", "submit", papers=RECEIPT),
        refused("2029-03-26T11:00", "officer", "accept", gate="not_barred"),
        does("2029-03-27T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
    ),
)  # fmt: skip
STORIES: tuple[Story, ...] = (*life_change.STORIES, *life_renewal.STORIES, *life_in_force.STORIES)
NO_OWN_WORDS = frozenset({"xk_licence", "sy_service_receipt"})  # read in the stories of delivery


@pytest.mark.parametrize("story", [*STORIES, BARRED], ids=str)
def test_story(town: World, story: Story) -> None:
    Teller(town, story).tell()


@pytest.mark.parametrize("procedure", [CHANGE, RENEWAL, IN_FORCE])
def test_every_row_is_walked(procedure: str) -> None:
    pages = [page for story in STORIES if story.procedure == procedure for page in story.pages]
    walked = {page.step for page in pages if page.kind in ("does", "law")}
    assert walked == {row.name for row in registry.procedure(procedure).steps}


def test_every_paper_is_read() -> None:
    """Each paper that a row gives is printed in a story, and words are looked for on it."""
    tables = [registry.procedure(code) for code in (CHANGE, RENEWAL, IN_FORCE)]
    given = {paper for table in tables for row in table.steps for paper in row.gives}
    pages = [page for story in STORIES for page in story.pages]
    assert {code for page in pages for code, words in page.papers.items() if words} >= given - NO_OWN_WORDS


def test_the_law_decides_by_what_can_be_computed() -> None:
    for code in (CHANGE, RENEWAL, IN_FORCE):
        table = registry.procedure(code)
        assert table.live
        assert not [row.name for row in table.steps if row.by_the_law and any(gate.attested for gate in row.needs)]
