"""Random people take random steps at random hours, twice, late, back-dated: a small model knows what must happen.

The sample procedure is modelled whole and by hand. Of the licence's procedure, whose conditions have tests of their
own, the model knows what no condition changes: who, from where, to where. HYPOTHESIS_PROFILE=fuzz makes 50,000 steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pytest_django.fixtures import Settings

from accounts.models import Party, Seat, User
from casework import registry
from casework.actions import Offer, settle, take
from casework.actions.clocks import NO_LAMP
from casework.models import Act, Case, Decision, Notice
from casework.office import OFFICE_STEPS
from casework.procedure import BACK, SAME, Step
from casework.queries import audit
from casework.queries.rights import LAW, Actor, Standing
from casework.refusal import Conflict, NotAllowed, Refused
from tests.approvals import conftest as licensing
from tests.casework.conftest import World, renew_stamp

FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
OFF = {date(2026, 4, 6), date(2026, 5, 1)}
# step → from, to, role
ROWS = {
    "accept": ("filed", "review", "case_officer"),
    "note": ("review", "review", "case_officer"),
    "suspend": ("review", "suspended", "case_officer"),
    "resume": ("suspended", "review", "case_officer"),
    "extend": ("review", "review", "head_of_organ"),
    "grant": ("review", "granted", "head_of_organ"),
    "refuse_false": ("review", "refused", "head_of_organ"),
    "reopen": ("refused", "review", "head_of_organ"),
}
SECOND_PERSON, CLOCKS = {"extend", "grant"}, {"filed": {"sample_answer"}, "review": {"sample_decide"}}
STATES = ("filed", "review", "suspended", "granted", "refused")
ROLES = ("case_officer", "head_of_organ", "section_head", "citizen", "the_law")
FITS = st.sampled_from([True, True, True, False])
MINUTES = st.sampled_from([0, 1, 60, 60, 600, 1440, 1440, 4320, 14400, -1, -1440])


def sized(examples: int) -> settings:
    """How much a test tries: little for everybody, 50,000 steps altogether for the fuzz."""
    steps = 50 if FUZZ else 15
    return settings(
        max_examples=550 if FUZZ else examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not FUZZ,
        phases=tuple(Phase) if FUZZ else (Phase.generate,),
    )


class Walk(RuleBasedStateMachine):
    """What both machines share: one case in a transaction that is taken back, a clock, and what must always hold."""

    taken: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.case = self.begin()
        self.case.refresh_from_db()
        self.acts = list(self.case.acts.order_by("seq"))
        self.now = self.acts[-1].at
        self.notices = set(Notice.objects.values_list("key", flat=True))

    def begin(self) -> Case:
        raise NotImplementedError

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def count(self, what: str) -> None:
        Walk.taken[what] = Walk.taken.get(what, 0) + 1

    def reload(self) -> None:
        self.case.refresh_from_db()
        self.acts = list(self.case.acts.order_by("seq"))

    def try_step(self, step: str, actor: Actor, at: datetime, offer: Offer) -> bool:
        """Take it, and once more with the same picture of the file, as a double click does."""
        before, seen = Notice.objects.count(), self.case.act_count
        offer = replace(offer, seen=seen)
        try:
            with transaction.atomic():
                act = take(self.case, step, actor, at, offer)
        except (Refused, NotAllowed):
            self.reload()
            assert (self.case.act_count, Notice.objects.count()) == (seen, before)
            self.count("refused")
            return False
        self.count("taken")
        after = Notice.objects.count()
        with pytest.raises(Conflict), transaction.atomic():
            take(self.case, step, actor, at, offer)
        assert Notice.objects.count() == after
        self.reload()
        assert self.acts[-1].pk == act.pk
        assert at >= self.now
        self.now = at
        return True

    @invariant()
    def the_state_is_what_the_acts_say(self) -> None:
        stands = "new"
        for number, act in enumerate(self.acts, 1):
            assert (act.seq, act.from_state) == (number, stands)
            stands = act.to_state
        row = Case.objects.get(pk=self.case.pk)
        assert (row.state, row.act_count) == (stands, len(self.acts))

    @invariant()
    def the_record_holds(self) -> None:
        assert audit.chain_faults(audit.ACTS, [self.case.pk % 16]) == []
        assert audit.state_faults() == []

    @invariant()
    def the_earliest_clock_is_the_one_in_the_queue(self) -> None:
        """A clock that stands still counts with the day up to which people were told that it would."""
        days = []
        for clock in self.case.deadlines.filter(stopped_at=None, owner="case").select_related("limit"):
            pause = clock.suspensions.filter(ends_on=None).first()
            day = clock.due_on or (pause.expected_until if pause else None)
            if day and not (clock.limit and clock.limit.end_rule in NO_LAMP):
                days.append(day)
        assert Case.objects.get(pk=self.case.pk).due_on == min(days, default=None)

    @invariant()
    def no_decision_is_one_persons(self) -> None:
        table = registry.procedure(self.case.procedure, self.case.version)
        for decision in Decision.objects.filter(case=self.case).select_related("act"):
            if decision.act.step in OFFICE_STEPS or not table.step(decision.act.step).second_person:
                continue
            others = Act.objects.filter(case=self.case, actor=decision.act.actor_id, seq__lt=decision.act.seq)
            assert not others.exclude(role=decision.act.role).exists()

    @rule(place=st.integers(0, 40), count=st.integers(-1, 2))
    def the_state_is_moved_by_hand(self, place: int, count: int) -> None:
        """Raw SQL, whoever runs it: no state and no count without the act of this very transaction."""
        states = [each.name for each in registry.procedure(self.case.procedure, self.case.version).states]
        state = states[place % len(states)]
        if (state, count) == (self.case.state, 0):
            return
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_case SET state = %s, act_count = act_count + %s WHERE id = %s",
                [state, count, self.case.pk],
            )
        self.count("by hand")

    @rule(data=st.data())
    def an_act_is_written_by_hand(self, data: st.DataObject) -> None:
        """Any row, from where the case stands to anywhere, in any role: written only if the table has it so."""
        table = registry.procedure(self.case.procedure, self.case.version)
        row = data.draw(st.sampled_from(table.steps))
        target = data.draw(st.sampled_from([place.name for place in table.states]))
        role = data.draw(st.sampled_from([*ROLES, *row.by]))
        user = data.draw(st.sampled_from([None, *self.people()]))
        at = self.now + timedelta(minutes=data.draw(st.sampled_from([0, 5, -5])))
        mine = [act for act in self.acts if user and act.actor_id == user.pk]
        alone = row.second_person and any(act.role != role for act in mine)
        to = {SAME: self.case.state, BACK: (self.case.detours or [""])[-1]}.get(row.to, row.to)
        lawful = (
            self.case.state in row.when and target == to and role in row.by and (user is None) == (role == LAW.role)
            and at >= self.now and not alone and not any(act.step in row.not_by for act in mine)
        )  # fmt: skip
        values = {"case": self.case, "seq": self.case.act_count + 1, "step": row.name, "label": "x", "at": at}
        try:
            with transaction.atomic():
                Act.objects.create(
                    **values, actor=user, actor_name="x", role=role, from_state=self.case.state, to_state=target
                )  # fmt: skip
                written = True
                transaction.set_rollback(True)
        except IntegrityError:
            written = False
        assert written == lawful, (row.name, self.case.state, target, role)
        self.count("by hand")

    def people(self) -> list[User]:
        raise NotImplementedError


class Sample(Walk):
    """The sample procedure, wholly foretold."""

    world: ClassVar[World]

    def begin(self) -> Case:
        self.both = self.world.officer
        Seat.objects.create(user=self.both, role="head_of_organ", organisation=self.world.organ, since=date(2026, 1, 1))
        case = self.world.file()
        self.state, self.handler = "filed", 0
        return case

    def people(self) -> list[User]:
        world = self.world
        return [world.officer, world.other_officer, world.head, world.section_head, world.citizen]

    @rule(step=st.sampled_from(sorted(ROWS)), who=st.integers(0, 4), as_head=st.booleans(), minutes=MINUTES, fits=FITS)
    def somebody_takes_a_step(self, step: str, who: int, as_head: bool, minutes: int, fits: bool) -> None:
        """Anybody anything, or, more often, a step that is open here by somebody of its role."""
        user = self.people()[who]
        if fits and (here := [name for name in sorted(ROWS) if ROWS[name][0] == self.state]):
            step, minutes = here[who % len(here)], abs(minutes)
            as_head = ROWS[step][2] == "head_of_organ"
            handlers = [one for one in self.people() if one.pk == self.handler]
            user = self.world.head if as_head else (handlers or [user])[0]
        start, to, role = ROWS[step]
        mine = "head_of_organ" if as_head else "case_officer"
        if not Seat.objects.filter(user=user, role=mine).exists():
            mine = ""
        at = self.now + timedelta(minutes=minutes)
        actor = self.world.actor(user, mine) if mine else Actor(user, role, "x", self.world.organ)
        offer = Offer(
            facts={"text": "x", "reasons": "x", "until": at.date() + timedelta(days=9)}, attested=["材料齐全"]
        )
        named = {"note": {"text"}, "suspend": {"until"}, "grant": {"reasons"}}.get(step, set())
        offer = replace(offer, facts={name: value for name, value in offer.facts.items() if name in named})
        done = self.try_step(step, actor, at, offer)
        earlier = [act for act in self.acts[: len(self.acts) - done] if act.actor_id == user.pk]
        may = (
            self.state == start and mine == role and minutes >= 0
            and not (role == "case_officer" and self.handler not in (0, user.pk))
            and not (step in SECOND_PERSON and any(act.role != role for act in earlier))
            and not (step == "refuse_false" and any(act.step == "accept" for act in earlier))
        )  # fmt: skip
        # An extension is given once, and in time only.
        assert done == may or (may and step == "extend"), (step, self.state, mine, minutes)
        if done:
            self.state = to
            if role == "case_officer" and not self.handler:
                self.handler = user.pk

    @rule(days=st.integers(0, 30))
    def time_passes_and_the_law_acts(self, days: int) -> None:
        at = self.now + timedelta(days=days)
        before = len(self.acts)
        settle(self.case, at)
        settle(self.case, at)
        self.reload()
        new = [act.step for act in self.acts[before:]]
        if self.state == "filed" and timezone.localdate(at) > self.fifth_working_day():
            assert new[0] == "deem_accepted"
            self.state = "review"
        else:
            assert set(new) <= {"flag_overdue"}
            assert self.state == "review" or not new
        assert len([act for act in self.acts if act.step == "flag_overdue"]) <= 1 + sum(
            act.step in {"reopen", "extend", "resume"} for act in self.acts
        )
        if new:
            self.now = self.acts[-1].at
        self.count("law")

    def fifth_working_day(self) -> date:
        day, left = date(2026, 3, 2), 5
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in OFF
        return day

    @invariant()
    def the_case_stands_where_the_model_says(self) -> None:
        assert self.case.state == self.state

    @invariant()
    def exactly_these_clocks_run(self) -> None:
        running = self.case.deadlines.filter(stopped_at=None, owner="case")
        pauses = {clock.key for clock in running if clock.suspensions.filter(ends_on=None).exists()}
        if self.state == "suspended":
            assert ({clock.key for clock in running}, pauses) == ({"sample_decide"}, {"sample_decide"})
        else:
            assert {clock.key for clock in running} == CLOCKS.get(self.state, set())
            assert pauses == set()


class Licence(Walk):
    """A licence for food: whatever its conditions say, a step goes from where to where its row says, by whom."""

    world: ClassVar[licensing.World]

    def begin(self) -> Case:
        self.standings = [Standing(one, date(2026, 3, 3)) for one in self.people()]
        return self.world.accepted()

    def people(self) -> list[User]:
        world = self.world
        return [
            world.officer,
            world.second,
            world.section_head,
            world.head,
            world.lawyer,
            world.citizen,
            world.stranger,
        ]

    @rule(data=st.data(), who=st.integers(0, 6), minutes=MINUTES, fitting=FITS)
    def somebody_takes_a_step(self, data: st.DataObject, who: int, minutes: int, fitting: bool) -> None:
        table = registry.procedure(self.case.procedure, self.case.version)
        here = table.steps_from(self.case.state, timezone.localdate(self.now))
        row = data.draw(st.sampled_from(here if fitting and here else table.steps))
        minutes = abs(minutes) if fitting else minutes
        at, standing = self.now + timedelta(minutes=minutes), self.standings[who]
        if fitting:  # somebody who may, if there is one
            standing = next((one for one in self.standings if one.actors(self.case, row)), standing)
        user, actors = self.people()[self.standings.index(standing)], standing.actors(self.case, row)
        actor = actors[0] if actors else Actor(user, row.by[0], "x", self.world.organ)
        state, detours = self.case.state, list(self.case.detours)
        gates = [gate.words for gate in row.needs if gate.attested]
        done = self.try_step(row.name, actor, at, Offer(facts=self.facts(row, at, data), attested=gates))
        if not done:
            return
        earlier = [act for act in self.acts[:-1] if act.actor_id == user.pk]
        assert state in row.when
        assert actors
        assert actor.role in row.by
        assert minutes >= 0
        assert not (row.second_person and any(act.role != actor.role for act in earlier))
        assert not any(act.step in row.not_by for act in earlier)
        assert self.case.state == {SAME: state, BACK: (detours or [""])[-1]}.get(row.to, row.to)

    @rule(days=st.integers(0, 40))
    def time_passes_and_the_law_acts(self, days: int) -> None:
        before = len(self.acts)
        settle(self.case, self.now + timedelta(days=days))
        self.reload()
        assert all(act.role == LAW.role and act.actor_id is None for act in self.acts[before:])
        self.now = max(self.now, self.acts[-1].at)
        self.count("law")

    def facts(self, row: Step, at: datetime, data: st.DataObject) -> dict[str, Any]:
        """Something for every question, most often what fits."""
        soon = timezone.localdate(at) + timedelta(days=data.draw(st.integers(0, 30)))
        party = Party.objects.order_by("pk").last()
        plain = {"line": "x", "text": "x", "date": soon, "moment": at, "money": "1", "number": 3, "yes": True}
        plain |= {"staff": self.world.second.pk, "party": party and party.pk, "many": []}
        return {
            ask.name: ask.choices[0][0] if ask.choices else plain.get(ask.kind, self.world.second.pk)
            for ask in row.asks
            if ask.required
        }


@pytest.fixture
def portal_settings(settings: Settings) -> Settings:
    """Django's settings, beside hypothesis's of the same name."""
    return settings


@pytest.fixture
def counted(db: None) -> Iterator[None]:
    """Every kind of try was made; what the law is was known to other tests otherwise."""
    Walk.taken = {}
    yield
    renew_stamp()
    print(Walk.taken)
    assert min(Walk.taken.get(what, 0) for what in ("taken", "refused", "by hand", "law")) > 0


def test_the_sample_procedure_does_what_a_small_model_foretells(world: World, counted: None) -> None:
    Sample.world = world
    run_state_machine_as_test(Sample, settings=sized(20))


def test_a_licence_goes_nowhere_but_where_its_table_says(
    counted: None, tmp_path: Path, portal_settings: Settings
) -> None:
    portal_settings.MEDIA_ROOT = tmp_path
    licensing.make_district()
    renew_stamp()
    Licence.world = licensing.make_world()
    run_state_machine_as_test(Licence, settings=sized(8))
