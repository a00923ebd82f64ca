"""A document for everybody: its words on a day, its versions side by side, what is related to it. Without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from law.comparison import differences
from law.links import linked
from law.models import Provision
from regulations.forms.catalogue import OnForm
from regulations.models import DocumentVersion, NormativeDocument
from regulations.papers.drawing import Node, graph
from regulations.queries import document as queries
from regulations.queries.catalogue import public
from regulations.rules.standing import CURRENT, NOT_YET, SUSPENDED

LONGEST_TITLE = 40  # signs of what stands behind 一、 as a heading


def shown_on(request: HttpRequest) -> tuple[OnForm, date]:
    """The day of `?on=`, today without it or where it is no day."""
    form = OnForm(request.GET) if any(name in request.GET for name in ("on", "on_0")) else OnForm()
    on: date = form.cleaned_data["on"] if form.is_bound and form.is_valid() else timezone.localdate()
    return form, on


def found_or_404(pk: int) -> NormativeDocument:
    """A public document, whole but for what is searched, with its suspensions. Two queries."""
    rows = public().filter(published_on__lte=timezone.localdate()).prefetch_related("suspensions")
    rows = rows.select_related("organ", "text", "replaced_by", "amends")
    return get_object_or_404(rows.defer("words", "replaced_by__words", "amends__words"), pk=pk)


@login_not_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document as of a day: the text with anchors, what it does to others, what rests on it."""
    found = found_or_404(pk)
    form, on = shown_on(request)
    today = timezone.localdate()
    every = queries.versions(found)
    version = queries.version_on(every, on)
    context: dict[str, Any] = {
        "document": found,
        "published_with": queries.published_with(found),
        "form": form,
        "on": on,
        "past": on != today,
        "version": version,
        "every": every,
        "standing": found.standing(on),
        "validity": found.validity(on),
        "current": CURRENT,
        "reviewable": found.standing(today) in (CURRENT, SUSPENDED),
        "not_yet": NOT_YET,
        "crumbs": [{"label": "规范性文件", "url": reverse("regulations:list")}, {"label": found.title}],
    }
    if version:
        context |= _text(found, version, on) | _related(found, version, on)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "regulations/document.html", context, status=status)


def _text(found: NormativeDocument, version: DocumentVersion, on: date) -> dict[str, Any]:
    pieces = queries.pieces(version.text)
    suffix = f"?on={on:%Y-%m-%d}" if on != timezone.localdate() else ""
    stopped = [one for one in queries.suspensions(found, pieces) if one.holds(on)]
    words = linked((piece.content for piece in pieces), on, without=version.text_id)
    shown = lines(pieces, words, queries.clauses(stopped))
    return {
        "stopped": stopped,
        "lines": shown,
        "contents": [line for line in shown if line.kind in ("article", "heading")],
        "exports": [
            (label, reverse("regulations:export", args=[found.pk, kind]) + suffix)
            for kind, label in (("pdf", "PDF"), ("xml", "法规交换格式（XML）"), ("json", "JSON"), ("txt", "纯文本"))
        ],
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text as the page draws it; `plain` are its words without links."""

    kind: str
    anchor: str
    label: str
    words: SafeString | str
    plain: str
    within: str = ""  # the anchor of what stands in the same line
    suspended: bool = False  # it is not applied on the day; said where the clause begins


def lines(pieces: Sequence[Provision], words: Sequence[SafeString], paused: Sequence[str] = ()) -> list[Line]:
    """The pieces with their words. 一、 and what it begins with are one line: a heading where that is short.

    paused: the anchors of clauses that are not applied.
    """
    found: list[Line] = []
    waiting: Provision | None = None
    for piece, linked_words in zip(pieces, words, strict=True):
        if waiting:
            title = len(piece.content) <= LONGEST_TITLE and not piece.content.endswith("。")
            kind = "article" if title else "listed"
            stopped = waiting.anchor in paused or piece.anchor in paused
            found.append(Line(kind, waiting.anchor, waiting.label, linked_words, piece.content, piece.anchor, stopped))
            waiting = None
        elif piece.kind == "article" and piece.label.endswith("、"):
            waiting = piece
        elif piece.kind in queries.HEADINGS:
            found.append(Line("heading", f"h{piece.order}", piece.label, linked_words, piece.content))
        elif piece.kind == "article" or piece.content:
            stopped = bool(piece.anchor) and piece.anchor in paused
            found.append(Line(piece.kind, piece.anchor, piece.label, linked_words, piece.content, suspended=stopped))
    return found


def _related(found: NormativeDocument, version: DocumentVersion, on: date) -> dict[str, Any]:
    rests_on = queries.outgoing(found, version.text, on)
    rested_on = [*queries.incoming(found, version.text), *queries.power_rows(version.text, on)]
    drawn = graph(
        found.title,
        [Node(one.relation, one.title, one.url) for one in rests_on],
        [Node(one.relation, one.title, one.url) for one in rested_on],
    )
    # The drawing escapes the words itself.
    return {"rests_on": rests_on, "rested_on": rested_on, "graph": mark_safe(drawn)}  # noqa: S308


@login_not_required
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a document and of what it replaced, each beside the one before it, the changes marked."""
    found = found_or_404(pk)
    lineage = queries.lineage(found)
    read = queries.pieces_of(one.version.text_id for one in lineage)
    pairs = []
    for one in lineage:
        before = read[one.before.text_id] if one.before else []
        rows = differences(before, read[one.version.text_id]) if before else []
        pairs.append(
            {"version": one.version, "before": one.before, "rows": [(row.label, row.before, row.after) for row in rows]}
        )
    context = {
        "document": found,
        "pairs": pairs,
        "crumbs": [
            {"label": "规范性文件", "url": reverse("regulations:list")},
            {"label": found.title, "url": found.get_absolute_url()},
            {"label": "历次版本"},
        ],
    }
    return render(request, "regulations/versions.html", context)
