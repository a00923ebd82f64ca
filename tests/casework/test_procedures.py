"""The tables of all chapters: they are complete, without fault, in Chinese, and a case can run through each of them."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.checks import detours, faults, gates, reachable, ways
from casework.procedure import BACK, NEW, SAME, Procedure
from casework.sheets.library import limit_names, paper_titles
from tests.casework.tables import TABLES

# How many rows each table had when it was written down. Whoever changes a rule changes the number here as well.
ROWS = {
    "approvals.bundle": 40,
    "approvals.bundle_part": 45,
    "approvals.licence": 65,
    "approvals.licence_change": 27,
    "approvals.licence_in_force": 36,
    "approvals.licence_renewal": 29,
    "approvals.rating": 5,
    "decisions.catalogue": 8,
    "decisions.major_decision": 71,
    "disclosure.dataset": 18,
    "disclosure.dataset_access": 8,
    "disclosure.publication": 33,
    "disclosure.record_correction": 4,
    "disclosure.request": 54,
    "disputes.litigation": 40,
    "disputes.mediation": 22,
    "disputes.opinion_letter": 7,
    "disputes.petition": 46,
    "disputes.reconsideration": 102,
    "enforcement.compulsory_execution": 47,
    "enforcement.compulsory_measure": 24,
    "enforcement.coordination": 16,
    "enforcement.criminal_referral": 31,
    "enforcement.file_evaluation": 19,
    "enforcement.fine_payment": 25,
    "enforcement.inspection": 21,
    "enforcement.penalty_ordinary": 94,
    "enforcement.penalty_simple": 14,
    "enforcement.plan": 12,
    "enforcement.publicity": 22,
    "enforcement.transfer": 14,
    "oversight.accountability": 29,
    "oversight.annual_report": 25,
    "oversight.assessment": 20,
    "oversight.audit": 23,
    "oversight.complaint": 22,
    "oversight.judicial_advice": 13,
    "oversight.proposal": 22,
    "oversight.supervision": 22,
    "oversight.trader_report": 17,
    "powerlist.basis_change": 6,
    "powerlist.change": 32,
    "regulations.annual_catalogue": 3,
    "regulations.cleanup": 20,
    "regulations.cleanup_item": 13,
    "regulations.document": 52,
    "regulations.filing": 35,
    "regulations.filing_congress": 34,
    "regulations.plan": 4,
    "regulations.review_suggestion": 26,
    "regulations.validity": 27,
    "training.course": 14,
    "training.credential": 32,
    "training.exam": 18,
    "training.law_statement": 11,
}
TALL = 80  # moves of a walk
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def test_every_procedure_is_there_with_all_its_rows() -> None:
    assert {code: len(table.steps) for code, table in TABLES.items()} == ROWS
    assert sum(ROWS.values()) == 1519


def test_no_fault() -> None:
    assert faults(TABLES.values(), limits=limit_names(), papers=paper_titles()) == []


@every_table
def test_papers_are_codes_of_the_list_or_chinese_titles(table: Procedure) -> None:
    given_ = {paper for row in table.steps for paper in row.gives}
    assert {paper for paper in given_ if paper.isascii()} <= paper_titles().keys()


@every_table
def test_what_people_read_is_chinese(table: Procedure) -> None:
    for text in _words(table):
        assert not re.search(r"[A-Za-z]", text), text
        assert not re.search(r"[,;:()!?]", text), text
        assert re.search(r"[\u4e00-\u9fff]", text), text


@every_table
def test_floors_are_waited_out_and_limits_run_out(table: Procedure) -> None:
    """A minimum period is `elapsed`, every other limit `expired`; what counts back is checked `ahead` of its event."""
    names = limit_names()
    for row in table.steps:
        for gate in gates(row):
            floors = {key for key in gate.keys if "（不少于" in names[key]}
            if gate.kind == "expired":
                assert not floors, (row.name, floors)
            if gate.kind == "elapsed":
                assert floors == set(gate.keys), (row.name, gate.keys)
            if gate.kind == "ahead":
                assert all(names[key].endswith("前）") for key in gate.keys), (row.name, gate.keys)


@every_table
def test_every_state_can_be_reached_and_has_a_way_to_an_end(table: Procedure) -> None:
    edges = ways(table)
    ends = {place.name for place in table.states if place.final}
    assert reachable(edges, NEW) == {place.name for place in table.states} - {NEW}
    assert all(place.final or reachable(edges, place.name) & ends for place in table.states)


@every_table
@settings(max_examples=15, deadline=None)
@given(picks=st.lists(st.integers(min_value=0), min_size=TALL, max_size=TALL))
def test_walks_stay_in_the_table_and_can_end(table: Procedure, picks: list[int]) -> None:
    """Anybody may do what the table lets him do, in any order: the case never leaves it and never is stuck."""
    path = [NEW]
    for pick in picks:
        moves = list(_moves(table, path))
        if not moves:
            break
        path.append(moves[pick % len(moves)])
    assert all(there in ways(table)[here] for here, there in pairwise(path))
    ends = {place.name for place in table.states if place.final}
    assert path[-1] in ends or reachable(ways(table), path[-1]) & ends


def _moves(table: Procedure, path: list[str]) -> Iterator[str]:
    """Where a case that came this way can go next; a return leads to the state before the detour."""
    here = path[-1]
    for row in table.steps:
        if here not in row.when or row.to in (SAME, here):
            continue
        if row.to != BACK:
            yield row.to
            continue
        before = [place for place, after in pairwise(path) if after == here and place in detours(table, here)]
        yield from before[-1:]


def _words(table: Procedure) -> Iterator[str]:
    for place in table.states:
        yield from filter(None, (place.label, place.reason))
    for row in table.steps:
        yield from filter(None, (row.label, row.note, row.contested))
        yield from (ask.label for ask in row.asks)
        yield from (gate.words for gate in gates(row))
        yield from (paper for paper in row.gives if not paper.isascii())
