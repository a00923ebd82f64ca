"""The matrix notices when a permission check is missing. `make mutants` takes out all of them, the tests a sample.

Each mutant must be seen by the matrix of the routes where it shows, by the lists, or by the rights to steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from zlib import crc32

import pytest

from tests.security.findings import lists, member_organs, own, rights
from tests.security.matrix import ask, cells, wrong
from tests.security.mutate import Mutant, mutants
from tests.security.policy import RULES
from tests.security.world import Town

ALL = list(mutants())
# By its name each one is in the sample or not, whatever others come and go.
PART, ITS_TURN = 40, 5
SAMPLE = [one for one in ALL if os.environ.get("MUTANTS") == "all" or crc32(one.name.encode()) % PART == ITS_TURN]


def findings(town: Town, routes: tuple[str, ...]) -> Iterator[str]:
    """What is wrong, as it is found: whatever asks for the first only does no more than it must."""
    for route in routes:
        served = RULES[route].methods()
        for cell in cells(RULES[route]):
            if cell.method in served and cell.method != "HEAD" and (fault := wrong(cell, ask(town, cell))):
                yield fault
    if len(routes) != 1:
        yield from rights(town)
        yield from member_organs(town)
        yield from lists(town)
    yield from own(town)


@pytest.mark.parametrize("mutant", SAMPLE, ids=lambda mutant: mutant.name)
def test_a_missing_check_is_noticed(town: Town, mutant: Mutant) -> None:
    with mutant.apply():
        try:
            found = next(findings(town, mutant.routes), "")
        except Exception as error:  # a portal that breaks without its check has noticed it too
            found = repr(error)
    assert found, f"nobody noticed that a check is missing: {mutant.name}"


def test_there_are_mutants_of_every_kind() -> None:
    assert len(ALL) > 120
    assert len({mutant.name for mutant in ALL}) == len(ALL)
