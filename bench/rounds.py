"""Alternating rounds: A B C, C B A, … so that whatever changes on the machine meanwhile meets everybody alike."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from bench import client, proc
from bench.contestants import Contestant
from bench.figures import quantile, tail

FOREIGN_MOST = 0.15  # cores that other programs may take during a round; otherwise it is repeated
ALONE = 0.4  # of a round has one connection, the rest has many
MANY = 8  # connections
FLAT = 3.5  # times a round's seconds: as long do two sizes take turns
STRETCH = 1.0  # seconds of turns after which is looked whether others were at work
WARM_UP_TURNS = 24  # every thread has its connection, and has seen the page
WARM_UP = 0.6  # seconds before the first round; shorter rounds are for what takes seconds for one answer


class Runner(Protocol):
    """Something that works for a while and knows what its processes have cost."""

    name: str

    def run(self, connections: int, seconds: float) -> client.Load: ...
    def roots(self) -> list[int]: ...


@dataclass(slots=True)
class Web:
    """Requests to one contestant; `check` says what is wrong with an answer."""

    contestant: Contestant
    asked: Iterator[bytes]
    check: client.Check
    name: str = ""
    answers: int = 0

    def __post_init__(self) -> None:
        self.name = self.name or self.contestant.name

    def run(self, connections: int, seconds: float) -> client.Load:
        load = client.drive(self.contestant.port, self.asked, connections, seconds, self.check)
        self.answers += load.answers
        return load

    def roots(self) -> list[int]:
        return [self.contestant.root]


@dataclass(slots=True)
class Loop:
    """A function called again and again in this process, which is charged for what it costs here."""

    name: str
    call: Callable[[], object]

    def run(self, connections: int, seconds: float) -> client.Load:
        load = client.Load(seconds)
        begun = time.perf_counter()
        while (now := time.perf_counter()) - begun < seconds:
            self.call()
            load.latencies.append(time.perf_counter() - now)
        load.seconds, load.answers = time.perf_counter() - begun, len(load.latencies)
        load.requests = load.answers
        return load

    def roots(self) -> list[int]:
        return []


class Sample(NamedTuple):
    """One round: requests a second at many connections, ms at one, CPU ms for each request."""

    rate: float
    p50: float
    p95: float
    cpu: float


class Series(list[Sample]):
    """The rounds of one runner, and each figure of them by itself."""

    def of(self, figure: str) -> list[float]:
        return [getattr(sample, figure) for sample in self]

    def median(self, figure: str) -> float:
        return statistics.median(self.of(figure))


class Flat:
    """Turns (with most, with fewest) in ms, and what they came to: the p95 of each, and their ratio."""

    def __init__(self, pairs: Sequence[tuple[float, float]]) -> None:
        many, few = zip(*pairs, strict=True)
        self.many, self.few = quantile(many, 0.95), quantile(few, 0.95)
        self.ratio = tail(pairs)


@dataclass(slots=True)
class Rounds:
    """How rounds are run, and what was noticed on the way."""

    servers: Callable[[], list[int]]  # PostgreSQL and Valkey, who work for everybody
    number: int = 5
    seconds: float = 5.0
    run: int = 0
    repeated: int = 0
    disturbed: int = 0
    wrong: list[str] = field(default_factory=list)

    def flat(self, few: Web, many: Web) -> Flat:
        """One request to each in turn, and the other way round: whatever changes on the machine meets both alike.

        A stretch during which other programs were at work is thrown away and repeated, as a round is.
        """
        lanes = [client.Lane(web.contestant.port, web.asked, web.check) for web in (many, few)]
        for _ in range(WARM_UP_TURNS):
            for lane in lanes:
                lane.turn()
        pairs: list[tuple[float, float]] = []
        spare = self.number
        while len(pairs) < 2 or sum(map(sum, pairs)) < 1000 * FLAT * self.seconds:
            found, foreign = self._stretch(lanes)
            if foreign > FOREIGN_MOST and spare:
                spare -= 1
                self.repeated += 1
                continue
            self.run += 1
            self.disturbed += foreign > FOREIGN_MOST
            pairs += found
        for web, lane in zip((many, few), lanes, strict=True):
            lane.hang_up()
            self.wrong += [f"{web.name}: {fault}" for fault in lane.wrong]
        flat = Flat(pairs)
        print(f"    {few.name} {flat.few:.2f} ms, {many.name} {flat.many:.2f} ms in {len(pairs)} turns", flush=True)
        return flat

    def _stretch(self, lanes: Sequence[client.Lane]) -> tuple[list[tuple[float, float]], float]:
        """A second of turns in ms, and the cores that others took meanwhile."""
        began, before, busy = time.perf_counter(), proc.processes(), proc.busy()
        found: list[tuple[float, float]] = []
        while time.perf_counter() - began < STRETCH:
            if len(found) % 2 == 0:
                many = lanes[0].turn()
                few = lanes[1].turn()
            else:
                few = lanes[1].turn()
                many = lanes[0].turn()
            found.append((1000 * many, 1000 * few))
        return found, self._foreign(began, before, busy)

    def often(self, runners: Sequence[Runner]) -> dict[str, Series]:
        """For pages that take hundredths of a second: the median of many short rounds varies less."""
        return self.compare(runners, number=2 * self.number, seconds=0.3 * self.seconds)

    @property
    def short(self) -> float:
        """Seconds of a round for pages that are judged by one figure."""
        return 0.5 * self.seconds

    def compare(
        self,
        runners: Sequence[Runner],
        *,
        many: int = MANY,
        alone: float = ALONE,
        number: int = 0,
        seconds: float = 0.0,
    ) -> dict[str, Series]:
        """Every runner in every round, forwards and backwards in turn.

        `alone` is the share of a round that has one connection, the rest has `many`.
        """
        found = {runner.name: Series() for runner in runners}
        number, seconds = number or self.number, seconds or self.seconds
        spare = number  # rounds that may be repeated
        for runner in runners if seconds > WARM_UP else ():  # every thread has its connection, and has seen the page
            runner.run(many if alone < 1 else 1, WARM_UP)
        for turn in range(number):
            for runner in runners if turn % 2 == 0 else reversed(runners):
                sample, foreign = self._one(runner, many, alone, seconds)
                while foreign > FOREIGN_MOST and spare:
                    spare -= 1
                    self.repeated += 1
                    sample, foreign = self._one(runner, many, alone, seconds)
                self.run += 1
                self.disturbed += foreign > FOREIGN_MOST
                found[runner.name].append(sample)
        for name, series in found.items():
            rate, p95, cpu = (series.median(figure) for figure in ("rate", "p95", "cpu"))
            print(f"    {name:<18}{rate:>10,.1f} a second  p95{p95:>10,.2f} ms  CPU{cpu:>10,.2f} ms", flush=True)
        return found

    def _one(self, runner: Runner, many: int, share: float, seconds: float) -> tuple[Sample, float]:
        """One round of one runner, and the cores that others took meanwhile."""
        begun, before, busy = time.perf_counter(), proc.processes(), proc.busy()
        alone, cpu = self._charged(runner, 1, seconds * share)
        loaded = alone
        if share < 1:
            loaded, cpu = self._charged(runner, many, seconds * (1 - share))
        foreign = self._foreign(begun, before, busy)
        latencies = [1000 * one for one in alone.latencies]
        sample = Sample(loaded.rate, quantile(latencies, 0.5), quantile(latencies, 0.95), 1000 * cpu / loaded.answers)
        return sample, foreign

    def _foreign(self, begun: float, before: dict[int, proc.Process], busy: float) -> float:
        """The cores that other programs took since then."""
        known = [os.getpid(), proc.KERNEL, *self.servers()]
        foreign = proc.busy() - busy - proc.seconds(known, proc.processes()) + proc.seconds(known, before)
        return foreign / (time.perf_counter() - begun)

    def _charged(self, runner: Runner, connections: int, seconds: float) -> tuple[client.Load, float]:
        """A load and what it cost: the runner's processes and those of the servers; a loop is charged for itself."""
        charged = [*runner.roots(), *self.servers()]
        own, before = time.process_time(), proc.seconds(charged, proc.processes())
        load = runner.run(connections, seconds)
        own, cpu = time.process_time() - own, proc.seconds(charged, proc.processes()) - before
        self.wrong += [f"{runner.name}: {fault}" for fault in load.wrong]
        return load, cpu if runner.roots() else cpu + own
