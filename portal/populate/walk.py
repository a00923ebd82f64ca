"""One sample case on its way: what each step leaves is what `casework.actions` would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casework.procedure import SAME, THE_LAW
from casework.queries.rights import LAW
from portal.populate.books import Books
from portal.populate.calendar import AFTER_MIDNIGHT, FIRST_MINUTE, LAST_MINUTE, Clockwork, Worked, until
from portal.populate.facts import STATED, Moment
from portal.populate.people import Applicant, Person
from portal.populate.record import as_jsonb
from portal.populate.rows import Matter, Row
from portal.populate.sheet import NULL

# Minutes of a working day in Beijing as the end of an instant in UTC.
CLOCK = [f"T{minute // 60 - 8:02d}:{minute % 60:02d}:00.000000" for minute in range(8 * 60, 18 * 60)]
NIGHT = f"T16:{AFTER_MIDNIGHT:02d}:00.000000"  # of the day before
APPLICANT_ROLES = frozenset({"citizen", "legal_person", "agent"})


@dataclass(slots=True)
class Pause:
    """Time that a clock does not count."""

    reason: str
    starts_on: date
    told: str
    started_by: int
    ends_on: date | None = None
    ended_by: int = 0


@dataclass(slots=True)
class Clock:
    """One clock of the case. `paper` is the day that a paper set, if one did."""

    key: str
    rule: str
    trigger: date
    triggered_at: str
    started_by: int
    paper: date | None = None
    pauses: list[Pause] = field(default_factory=list)
    extended_by: int = 0
    stopped_by: int = 0
    stopped_at: str = ""

    def worked(self, law: Clockwork) -> Worked:
        if self.paper:
            return until(self.paper)
        pauses = tuple((each.starts_on, each.ends_on, each.reason) for each in self.pauses)
        return law.worked_out(self.rule, self.trigger, pauses, bool(self.extended_by))


class Walk:
    """A case from its opening on. `take` is called with places of days that never go back, then `close`."""

    def __init__(self, books: Books, matter: Matter, applicant: Applicant, officer: Person) -> None:
        self.books, self.matter, self.applicant, self.officer = books, matter, applicant, officer
        self.chance = books.chance
        others = [each for each in matter.office.people["case_officer"] if each is not officer]
        self.officers = [officer, self.chance.choice(others)]
        self.presider = next(each for each in others if each is not self.officers[1])
        self.key = books.cases.reserve()
        self.number = self.code = ""
        self.state, self.seq, self.day, self.minute = "new", 0, -1, 0
        self.on = date.min
        self.at = self.opened_at = self.ended_at = ""
        self.handled = self.through_window = False
        self.filed_by = 0
        self.running: dict[str, Clock] = {}
        self.stopped: list[Clock] = []
        self.decision: tuple[Any, ...] | None = None
        self.licence: tuple[Any, ...] | None = None
        self.served_on = NULL

    # --- steps -----------------------------------------------------------------------------------------------------

    def take(self, name: str, day: int) -> None:
        """Take a step on a working day, behind what was taken before."""
        chance = self.chance
        if day == self.day:
            self.minute = min(self.minute + 2 + int(8 * chance.random()), LAST_MINUTE)
        else:
            self.day, self.minute = day, FIRST_MINUTE + int(240 * chance.random())
        self.on = self.books.days.days[day]
        self.at = self.books.days.iso[day] + CLOCK[self.minute - 8 * 60]
        self._act(self.books.rows[name])

    def silence(self, name: str) -> None:
        """The law takes its step on the day after the clock that ends first, in the night."""
        last = self.due_on()
        if last is None:
            raise ValueError(f"no clock runs out before {name}")
        self.on, self.at = last + timedelta(days=1), last.isoformat() + NIGHT
        self.day = self.books.days.at_or_before(self.on)
        self.minute = FIRST_MINUTE
        self._act(self.books.rows[name])

    def due_on(self) -> date | None:
        """The earliest last day of the clocks that run; of one that stands still, the day that was told."""
        found = [self._day_of(clock) for clock in self.running.values()]
        return min((day for day in found if day), default=None)

    def _act(self, row: Row) -> None:
        step = row.step
        actor, name, role, organ = self._actor(row)
        now = Moment(
            self.chance, self.books.days, self.day, self.officers, self.applicant, self.presider.user,
            [code for code, _ in self.matter.materials],
        )  # fmt: skip
        stated = STATED.get(step.name)
        facts = stated(now) if stated else {}
        target = self.state if step.to == SAME else step.to
        self.seq += 1
        if self.seq == 1:
            self._open(role, actor)
        act = self.books.record.enter(
            self.key, self.seq, row.words, actor, name, role, organ, self.at, (self.state, target),
            as_jsonb(facts) if facts else "{}",
        )  # fmt: skip
        self.state = target
        if role == "case_officer":
            self.handled = True
        if self.books.ends(target):
            self.ended_at = self.at
        if self.seq == 1:
            self._apply_for(act, actor, name)
        self._take_part(row, facts, act)
        self._run_clocks(row, facts, act)
        self._decide(row, facts, act)
        self._tell(row, act, actor)

    def _actor(self, row: Row) -> tuple[int | None, str, str, int | None]:
        role, office = row.role, self.matter.office
        if role in APPLICANT_ROLES:
            return self.applicant.filer.user, self.applicant.filer.name, self.applicant.role, None
        if role == THE_LAW:
            return None, LAW.name, role, None
        person = self.officer if role == "case_officer" else office.holder(role)
        return person.user, person.name, role, office.organ.pk

    def _open(self, role: str, actor: int | None) -> None:
        self.opened_at = self.at
        self.filed_by = actor or 0
        self.through_window = role == "window_clerk"
        self.number = self.books.number(self.matter.office.organ, self.books.case_word, self.on.year)
        self.code = self.books.new_code()

    def _apply_for(self, act: int, actor: int | None, name: str) -> None:
        self.books.application(self, name)
        for slot, title in self.matter.materials[:2]:
            self.books.material(self, act, slot, title, actor)

    def _take_part(self, row: Row, facts: dict[str, Any], act: int) -> None:
        for ask in row.step.asks:
            if ask.part and ask.name in facts:
                chosen = facts[ask.name] if isinstance(facts[ask.name], list) else [facts[ask.name]]
                for user in chosen:
                    self.books.parts.add(self.key, ask.part, user, act, f"{self.at}+00")

    # --- clocks ----------------------------------------------------------------------------------------------------

    def _run_clocks(self, row: Row, facts: dict[str, Any], act: int) -> None:
        """What `casework.actions.clocks.apply` does."""
        step = row.step
        for key in step.stops:
            self._stop(key, act)
        for extend in step.extends:
            if clock := self.running.get(extend.key):
                clock.extended_by = act
        for resume in step.resumes:
            if clock := self.running.get(resume.key):
                for pause in clock.pauses:
                    if pause.ends_on is None:
                        pause.ends_on, pause.ended_by = self.on, act
        for begun in step.pauses:
            if clock := self.running.get(begun.key):
                self._pause(clock, begun.reason, facts.get(begun.until.removeprefix("fact:"), NULL), act)
        for start in step.starts:
            self._stop(start.key, act)
            paper = facts.get(start.until.removeprefix("fact:")) if start.until else None
            if start.until and not paper:
                continue
            rule = self.matter.item.limit_key if start.unless_otherwise and start.key == "xk_decide" else start.key
            self.running[start.key] = Clock(
                start.key, rule, self.on, self.at, act, date.fromisoformat(paper) if paper else None
            )
        if self.ended_at:
            for key in list(self.running):
                self._stop(key, act)

    def _pause(self, clock: Clock, reason: str, told: str, act: int) -> None:
        """For a reason for which the clock stands still already, only a new day is told."""
        standing = next((each for each in clock.pauses if each.ends_on is None and each.reason == reason), None)
        if standing:
            standing.told = told
        else:
            clock.pauses.append(Pause(reason, self.on, told, act))

    def _stop(self, key: str, act: int) -> None:
        if clock := self.running.pop(key, None):
            clock.stopped_by, clock.stopped_at = act, self.at
            self.stopped.append(clock)

    # --- papers, decisions, notices ----------------------------------------------------------------------------------

    def _decide(self, row: Row, facts: dict[str, Any], act: int) -> None:
        matter, papers = self.matter, {}
        for code, word, title in row.papers:
            number = self.books.number(matter.office.organ, word, self.on.year) if word else ""
            papers[code] = (
                self.books.paper(self, act, code, matter.item.result_name if code == "xk_licence" else title, number),
                number,
            )
        if row.step.decides:
            code, _, _ = row.papers[0]
            remedy = matter.office.remedies[code, self.applicant.natural, self.on.year]
            self.decision = (
                self.key, act, papers[code][0], matter.office.organ.pk, f"{self.books.table.code}.{row.step.name}",
                row.step.label, self.applicant.party, self.on, remedy, "t" if row.public else "f", matter.title,
            )  # fmt: skip
        if row.public:
            end = matter.valid_to(self.on)
            self.licence = (
                self.key, papers["xk_licence"][1], matter.item.result_name, matter.item.pk, matter.office.organ.pk,
                self.applicant.party, self.applicant.name, facts.get("scope", ""), self.on,
                end - timedelta(days=1) if end else NULL, self.on,
            )  # fmt: skip
        if row.step.name == "deliver":
            self.served_on = facts["served_on"]

    def _tell(self, row: Row, act: int, actor: int | None) -> None:
        if self.on < self.books.told_since:
            return
        readers = {self.applicant.filer.user} if row.tells_applicant and not self.through_window else set()
        if row.tells_officer:
            readers.add(self.officer.user)
        for reader in sorted(readers - {actor}):
            self.books.notice(self, act, reader, row.step.label)

    # --- the end ---------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Write down what the case has become."""
        books = self.books
        for clock in (*self.stopped, *self.running.values()):
            self._write_clock(clock)
        if self.decision:
            books.decisions.add(*self.decision, self.served_on)
        if self.licence:
            books.licences.add(*self.licence, self.served_on)
        matter = self.matter
        books.cases.keyed(
            self.key, self.code, self.number, matter.code, matter.title, self.state, matter.office.organ.pk,
            self.officer.user if self.handled else NULL, self.applicant.party, self.applicant.name,
            self.filed_by, "window" if self.through_window else "online",
            matter.point if self.through_window else NULL, f"{self.opened_at}+00",
            f"{self.ended_at}+00" if self.ended_at else NULL, self.seq, self._due_on() or NULL,
        )  # fmt: skip

    def _due_on(self) -> date | None:
        lit = (clock for clock in self.running.values() if clock.worked(self.books.law).lights)
        return min((day for clock in lit if (day := self._day_of(clock))), default=None)

    def _write_clock(self, clock: Clock) -> None:
        books, worked = self.books, clock.worked(self.books.law)
        rung, ring_on = 0, None
        if not clock.stopped_by and worked.due_on:
            rung, ring_on = books.law.rings(worked.due_on)
        key = books.deadlines.add(
            self.key, clock.key, clock.rule, worked.limit or NULL, f"{clock.triggered_at}+00", worked.due_on or NULL,
            clock.paper or NULL, clock.extended_by or NULL, "t" if worked.provisional else "f", worked.explanation,
            clock.started_by, clock.stopped_by or NULL, f"{clock.stopped_at}+00" if clock.stopped_by else NULL,
            ring_on or NULL, rung,
        )  # fmt: skip
        for pause in clock.pauses:
            books.suspensions.add(
                key, pause.reason, pause.starts_on, pause.ends_on or NULL, pause.told, pause.started_by,
                pause.ended_by or NULL,
            )  # fmt: skip

    def _day_of(self, clock: Clock) -> date | None:
        day = clock.worked(self.books.law).due_on
        if day is None and (standing := next((each for each in clock.pauses if each.ends_on is None), None)):
            return date.fromisoformat(standing.told) if standing.told != NULL else None
        return day
