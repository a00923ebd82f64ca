"""Every row of the licensing table is walked, and every condition holds against somebody."""

from __future__ import annotations

import pytest

from approvals.procedures.licence import LICENCE
from tests.approvals.conftest import World
from tests.approvals.stories import acceptance, collecting, examination, hearing, hidden, intake
from tests.approvals.stories.complete import untold, untried, unwalked
from tests.approvals.stories.diary import Story
from tests.approvals.stories.printed import read_papers
from tests.approvals.stories.required import PRINTED
from tests.approvals.stories.teller import Teller

STORIES: tuple[Story, ...] = (
    *intake.STORIES, *acceptance.STORIES, *hidden.STORIES, *examination.STORIES, *hearing.STORIES,
    *collecting.STORIES,
)  # fmt: skip

# Conditions that hold wherever their row can be reached: nothing can be refused by them, they say it all the same.
ALWAYS = {
    ("deem_accepted", "nothing_told_in_time"),  # its state is the one in which nothing was told
    ("continue_from_bundle", "parent"),  # taken by a bundle that is split, and by nothing else
    ("take_in_withdrawal", "no_decision_yet"),  # the same
    ("withdraw", "no_decision_yet"),  # every state in which one can withdraw comes before the decision
}


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_story(town: World, story: Story) -> None:
    """The diary as it was written, and the papers that came out of it, element by element."""
    read_papers(story, Teller(town, story).tell())


def test_every_paper_of_the_table_is_read() -> None:
    assert {printed.code for printed in PRINTED} == {code for row in LICENCE.steps for code in row.gives}


def test_every_row_is_walked() -> None:
    assert unwalked(LICENCE, STORIES) == {"continue_from_bundle"}  # tests/approvals/stories/test_bundles.py


def test_every_condition_holds_against_somebody() -> None:
    assert untried(LICENCE, STORIES) == ALWAYS


def test_of_every_row_it_is_known_who_is_told() -> None:
    assert untold(LICENCE, STORIES) == {"continue_from_bundle"}
