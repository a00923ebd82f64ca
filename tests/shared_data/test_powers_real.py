"""What the shipped list of powers rests on, held against the real statutes: SHARED names the directory.

Every citation of a power leads to an article in force, or its row says that it was not checked (未核对).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from law.actions import import_laws
from law.reading import read_table
from powerlist.actions.stock import COLUMNS, DATA, STAGES
from powerlist.queries import basis
from powerlist.rules.item import limit_words, split_citations
from tests.shared_data.test_laws_real import LAWS

TODAY = date(2026, 11, 30)
UNCHECKED = "未核对"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def book(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The statute-book, filled once, within a transaction that the end of the module undoes."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_laws(LAWS)
        yield
        transaction.set_rollback(True)


def wrong(cells: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """The citations of each row that lead to no article in force, and what is wrong with them."""
    every = dict.fromkeys(words for listed in cells.values() for words in listed)
    state = {one.citation: one.state for one in basis.cited(every, TODAY)}
    found = {
        key: [(words, state[words]) for words in listed if state[words] != basis.IN_FORCE]
        for key, listed in cells.items()
    }
    return {key: listed for key, listed in found.items() if listed}


def test_every_basis_and_limit_of_a_power_is_there_or_marked() -> None:
    rows = {row["code"]: row for row in read_table(DATA / "powers.csv", COLUMNS)}
    cited = {
        code: [*split_citations(row["basis"]), *split_citations(limit_words(row["time_limit"]))]
        for code, row in rows.items()
    }
    assert all(split_citations(row["basis"]) for row in rows.values())
    unmarked = {code: listed for code, listed in wrong(cited).items() if UNCHECKED not in rows[code]["note"]}
    assert unmarked == {}


def test_every_basis_of_a_stage_is_there() -> None:
    listed = read_table(DATA / "stages.csv", STAGES)
    powers = {row["code"]: row["note"] for row in read_table(DATA / "powers.csv", COLUMNS)}
    cited = {f"{row['power']} {row['order']}": split_citations(row["basis"]) for row in listed}
    unmarked = {key: found for key, found in wrong(cited).items() if UNCHECKED not in powers.get(key.split()[0], "")}
    assert unmarked == {}
