"""The table of a run in Markdown, and its figures in JSON for the next run to compare with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Interval
from bench.goals import MISSED, Finding, Goal

REASONS = Path(__file__).parent / "reasons.toml"
HEAD = """# Bench: how fast, beside whom

`{command}` made this page: the portal beside floors and a peer, all up at once behind the same gunicorn (two workers of
four threads each) on the same PostgreSQL, in alternating rounds (A B C, C B A); where the same page is compared
at two sizes, or near and far, request by request in turns. A goal counts as met only if the *worse end* of the 95 %
interval meets it. Every page is compared with SQL while it is measured: rows in their order, counts,
scope; a wrong page fails the run. CPU is that of web workers, PostgreSQL and Valkey together; the load client's is not
counted. Floors are code (`bench/floors`): *plain* is a Django page with session, user, scope, ORM and template over the
same tables, *lean* the same rows by a cached session, one statement and Jinja2, *bare* a view that answers a constant.
They leave out navigation, counts, forms and links, which makes the goals against them harder. The peer is
django-helpdesk from its package, stock and with the index that its work list lacks, with as many tickets, and as many
of them open in the unit that is looked at; the stronger of the two stands in the table.
"""


@dataclass(slots=True)
class Run:
    """Everything that a run knows in the end."""

    command: str
    about: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    unmeasured: list[Goal] = field(default_factory=list)
    bars: dict[str, tuple[float, ...]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def markdown(run: Run, before: dict[str, list[float]], chart: str) -> str:
    """The page. `before`: the intervals of an earlier run; `chart`: the address of the drawing."""
    return "\n".join([*_lines(run, before, chart), ""])


def figures(run: Run) -> str:
    """The intervals by goal, as JSON."""
    return json.dumps({finding.goal.key: list(finding.value) for finding in run.findings}, indent=1) + "\n"


def _lines(run: Run, before: dict[str, list[float]], chart: str) -> Iterator[str]:
    yield HEAD.format(command=run.command)
    yield from (f"* {name}: {value}" for name, value in run.about.items())
    yield f"\n![The work list in requests a second and CPU, and every goal with its interval]({chart})\n"
    if run.faults:
        yield "## This run is not valid\n"
        yield from (f"* {fault}" for fault in run.faults)
        yield ""
    yield "## Goals\n"
    yield "| goal | | must | stretch | measured (95 % interval) | ours | beside | |"
    yield "|---|---|---|---|---|---|---|---|"
    for finding in run.findings:
        goal = finding.goal
        yield (
            f"| {goal.key} | {goal.what} | {_line(goal, goal.must)} | {_line(goal, goal.stretch)} | "
            f"{interval(finding.value, goal.unit)} | {finding.ours} | {finding.beside or '–'} | {_shown(finding)} |"
        )
    for goal in run.unmeasured:
        lines = f"{_line(goal, goal.must)} | {_line(goal, goal.stretch)}"
        yield f"| {goal.key} | {goal.what} | {lines} | not measured | | | |"
    yield from _misses(run)
    if run.bars:
        yield "\n## The work list, everybody\n"
        yield "| | requests a second, 8 connections | p95, one connection | CPU for each request |"
        yield "|---|---|---|---|"
        for name, (rate, p95, cpu) in run.bars.items():
            yield f"| {name} | {number(rate)} | {number(p95)} ms | {number(cpu)} ms |"
    if before:
        yield from _again(run, before)


def _misses(run: Run) -> Iterator[str]:
    reasons = tomllib.loads(REASONS.read_text())
    missed = [finding for finding in run.findings if finding.verdict == MISSED]
    if not missed:
        return
    yield "\n## What is missed, why, and what comes next\n"
    yield "Reasons and next steps are kept in `bench/reasons.toml`.\n"
    for finding in missed:
        said = reasons.get(finding.goal.key, {})
        reason = said.get("reason", "No reason is written down yet.")
        yield f"* **{finding.goal.key}** {reason} {said.get('next', '')}".rstrip()


def _again(run: Run, before: dict[str, list[float]]) -> Iterator[str]:
    """Ratios hold on any day; what was counted once, in seconds or megabytes, follows the day's machine."""
    both = [(one, Interval(*before[one.goal.key])) for one in run.findings if one.goal.key in before]
    yield "\n## Beside the run before\n"
    for kind in ("ratios", "other figures"):
        chosen = [pair for pair in both if (pair[0].goal.unit == "×") == (kind == "ratios")]
        apart = [f"{one.goal.key} {interval(was, one.goal.unit)}" for one, was in chosen if not one.value.overlaps(was)]
        told = f" Apart, with what they were then: {'; '.join(apart)}." if apart else ""
        yield f"* {len(chosen) - len(apart)} of {len(chosen)} {kind} overlap with those of the run before.{told}"


def _line(goal: Goal, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{'≤' if goal.most else '≥'} {value:,.10g} {goal.unit}".rstrip()


def _shown(finding: Finding) -> str:
    return f"**{finding.verdict}**" if finding.verdict == MISSED else finding.verdict


def interval(value: Interval, unit: str) -> str:
    """1.23 (1.10–1.40) ×; one figure alone where it was counted."""
    alone = value.low == value.high
    return f"{number(value.middle)}{'' if alone else f' ({number(value.low)}–{number(value.high)})'} {unit}".rstrip()


def number(value: float) -> str:
    """Three digits that say something."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def earlier(path: Path) -> dict[str, list[float]]:
    """The intervals that an earlier run left."""
    return json.loads(path.read_text()) if path.exists() else {}


def summary(findings: Iterable[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    return ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts))
