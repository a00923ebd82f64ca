"""The ways of a bundle as diaries: through the pages, each day with its clocks, each act with its papers."""

from __future__ import annotations

import pytest

from approvals.procedures.admission import AT_RECEIPT, REFUSAL, legal_review, redirection, verification
from approvals.procedures.bundle import BUNDLE
from approvals.procedures.bundle_part import BUNDLE_PART
from approvals.procedures.hearing import interested_and_hearing
from tests.approvals.bundle_world import make_street
from tests.approvals.conftest import World
from tests.approvals.stories import bundle_returns, bundle_ways
from tests.approvals.stories.bundle_teller import BundleTeller
from tests.approvals.stories.diary import Story

STORIES = (*bundle_ways.STORIES, *bundle_returns.STORIES)
# Rows that are the same in the procedure of a single licence, whose diaries walk them; tests/approvals/test_bundles.py
# and test_redirection.py look at what is another in a bundle.
SHARED = {
    row.name
    for row in (
        *AT_RECEIPT, *REFUSAL, *verification(), *legal_review("examining"), *interested_and_hearing("examining", ""),
        *redirection("granted"),
    )
} | {"abandon_without_correction"}  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_story(world: World, story: Story) -> None:
    make_street(world)
    BundleTeller(world, story).tell()


def test_every_row_is_walked() -> None:
    pages = [page for story in STORIES for page in story.pages]
    taken = {page.step for page in pages if page.kind in ("does", "law")}
    taken |= {name.partition(":")[2] for page in pages for name in page.sets_off or ()}
    assert {row.name for table in (BUNDLE, BUNDLE_PART) for row in table.steps} - taken - SHARED == set()
