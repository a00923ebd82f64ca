"""How a procedure runs, drawn and told from its table: for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accounts.roles import ROLES
from casework import registry
from casework.procedure import NEW, Procedure
from casework.sheets import Words, chart
from law.queries import book
from law.terms import Limit


@login_not_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure that takes cases, by chapter."""
    found = [
        {"title": chapter.title, "tables": [table for table in chapter.procedures if table.live]}
        for chapter in registry.chapters().values()
    ]
    return render(request, "casework/procedures.html", {"chapters": [part for part in found if part["tables"]]})


@login_not_required
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """The chart of one procedure and its rows: who may do what, on which article, within which time."""
    table = registry.procedures().get(code)
    if table is None or not table.live:
        raise Http404
    words = Words(limit=_limit, paper=_paper, tables=registry.procedures())
    context = {
        "table": table,
        # The chart is drawn from our own tables and escapes their words itself.
        "chart": mark_safe(chart(table)),  # noqa: S308
        "states": [_state(words, table, place.name) for place in table.states if place.name != NEW],
        "steps": [_step(words, table, row.name) for row in table.steps],
    }
    return render(request, "casework/procedure.html", context)


def _state(words: Words, table: Procedure, name: str) -> dict[str, Any]:
    place = table.state(name)
    return {
        "label": place.label,
        "final": place.final,
        "who": "、".join(ROLES[code].label for code in place.responsible),
        "limits": words.limits(place.clocks) or place.reason,
    }


def _step(words: Words, table: Procedure, name: str) -> dict[str, Any]:
    row = table.step(name)
    return {
        "label": row.label,
        "who": words.who(row),
        "here": "、".join(words.place(table, state) for state in row.when),
        "there": words.place(table, row.to),
        "basis": "；".join(map(str, row.under)),
        "needs": [words.gate(table, gate) for gate in row.needs],
        "clocks": words.clocks(table, row),
        "papers": "、".join(words.paper(code) for code in row.gives),
        "told": words.told(row),
    }


def _limit(key: str) -> str:
    """A time limit by name; of several versions the newest."""
    versions: list[Limit] = book().limits.get(key, [])
    return f"“{versions[-1].procedure_zh}”" if versions else "期限"


def _paper(code: str) -> str:
    paper = registry.paper(code)
    return paper.title if paper else "文书"
