"""The statute-book, the table of limits and the calculator: public pages that work without script."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from law import queries
from law.forms import DueForm, LimitFilterForm, TextSearchForm, VersionForm
from law.limits import Due, LimitError
from law.links import linked
from law.models import LegalText, Provision, TimeLimit
from law.resting import resting_on
from law.terms import day_of
from law.wording import articles_zh, law_zh

TEXTS_ON_A_PAGE = 30
LIMITS_ON_A_PAGE = 40
ARTICLES_SHOWN = 20
AROUND = 60
HEADINGS = (
    Provision.Kind.PART,
    Provision.Kind.SUBPART,
    Provision.Kind.CHAPTER,
    Provision.Kind.SECTION,
    Provision.Kind.ANNEX,
)


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The texts by name; with words also the articles that hold them."""
    form = TextSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "kind": ""}
    today = timezone.localdate()
    texts = queries.search_texts(asked["q"], asked["kind"])
    page = _page(request, texts, TEXTS_ON_A_PAGE)
    articles = queries.search_provisions(asked["q"], today)[:ARTICLES_SHOWN] if asked["q"] else []
    context = {
        "form": form,
        "texts": [(text, text.validity(today)) for text in page.object_list],
        "articles": _excerpts(list(articles), asked["q"]),
        "total": page.paginator.count,
        "asked": asked["q"] or asked["kind"],
        **_neighbours(request, page),
    }
    return render(request, "law/index.html", context)


@login_not_required
@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a text; `?on=` goes to the version in force on that day."""
    found = get_object_or_404(LegalText, pk=pk)
    form = VersionForm(request.GET) if "on" in request.GET else VersionForm()
    missing: date | None = None
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        other = queries.text_in_force(found.family, on)
        if other is None:
            missing = on
        elif other != found.pk:
            return redirect(f"{reverse('law:text', args=[other])}?{urlencode({'on': on.isoformat()})}")
    provisions = list(found.provisions.defer("tokens", "search").order_by("order"))
    today = timezone.localdate()
    context = {
        "text": found,
        "validity": found.validity(today),
        "in_force": found.in_force(today),
        "form": form,
        "missing": missing,
        "versions": [(version, version.validity(today)) for version in queries.versions(found)],
        "relations": _relations(found, today),
        "resting": resting_on(found, today),
        "contents": [provision for provision in provisions if provision.kind in HEADINGS],
        "provisions": zip(provisions, linked((p.content for p in provisions), today, without=found.pk), strict=True),
    }
    return render(request, "law/text.html", context)


@login_not_required
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """All time limits with their law, their version and whether they were checked against the text."""
    form = LimitFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "chapter": "", "old": ""}
    today = timezone.localdate()
    rows = queries.limits_in_force(None if asked["old"] else today)
    if asked["chapter"]:
        rows = rows.filter(chapter=asked["chapter"])
    for word in asked["q"].split():
        rows = rows.filter(
            Q(procedure_zh__icontains=word)
            | Q(trigger_zh__icontains=word)
            | Q(law_zh__icontains=word)
            | Q(key__icontains=word)
        )
    page = _page(request, rows, LIMITS_ON_A_PAGE)
    shown: list[TimeLimit] = list(page.object_list)
    context = {
        "form": form,
        "rows": zip(shown, linked((row.citation for row in shown), today), strict=True),
        "total": page.paginator.count,
        "asked": any(asked.values()),
        **_neighbours(request, page),
    }
    return render(request, "law/limits.html", context)


@login_not_required
@require_safe
def thresholds(request: HttpRequest) -> HttpResponse:
    """All amounts, counts and quotas in force today, and the law that sets them."""
    today = timezone.localdate()
    rows = list(queries.thresholds_in_force(today))
    return render(
        request, "law/thresholds.html", {"rows": zip(rows, linked((r.citation for r in rows), today), strict=True)}
    )


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The holidays and make-up working days of a year, and whether its notice is published."""
    years = sorted(queries.work_calendar().published)
    year = request.GET.get("year", "")
    chosen = int(year) if year.isdecimal() and int(year) in years else max(years, default=timezone.localdate().year)
    context = {"years": years, "year": chosen, "days": queries.days_of(chosen)}
    return render(request, "law/calendar.html", context)


@login_not_required
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The calculator: the last day of a limit and every consideration on the way to it."""
    asked = "trigger" in request.GET
    form = DueForm(request.GET) if asked else DueForm(initial={"key": request.GET.get("key", "")})
    result: Due | None = None
    basis: SafeString | str = ""
    if asked and form.is_valid():
        data = form.cleaned_data
        try:
            result = queries.work_out(data["key"], data["trigger"], data["suspended"], extended=data["extended"])
            basis = linked([law_zh(result.law) + articles_zh(result.article)], day_of(result.trigger))[0]
        except LimitError as error:
            form.add_error(None, str(error))
    return render(request, "law/due.html", {"form": form, "result": result, "basis": basis})


def _page(request: HttpRequest, rows: QuerySet[Any], size: int) -> Any:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _neighbours(request: HttpRequest, page: Any) -> dict[str, str]:
    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


def _relations(found: LegalText, on: date) -> list[tuple[str, str, str]]:
    rows = []
    for relation in found.relations.all():
        other = queries.text_in_force(relation.target_family, on)
        rows.append(
            (relation.get_kind_display(), relation.target_title, reverse("law:text", args=[other]) if other else "")
        )
    return rows


def _excerpts(articles: list[Provision], words: str) -> list[tuple[Provision, SafeString]]:
    """Each article with the words around the first hit, the hits marked."""
    places = Q()
    for article in articles:
        places |= Q(text_id=article.text_id, annex=article.annex, article=article.article, bis=article.bis)
    held: dict[tuple[int, int, int, int], str] = {}
    if articles:
        for piece in (
            Provision.objects.filter(places).exclude(content="").defer("tokens", "search").order_by("text_id", "order")
        ):
            place = (piece.text_id, piece.annex, piece.article, piece.bis)
            held[place] = held.get(place, "") + piece.label + piece.content
    pattern = re.compile("|".join(re.escape(word) for word in sorted(_words(words), key=len, reverse=True)) or r"(?!)")
    return [(a, _excerpt(held.get((a.text_id, a.annex, a.article, a.bis), ""), pattern)) for a in articles]


def _words(words: str) -> set[str]:
    return {*words.split(), *queries.segment(words).split()}


def _excerpt(content: str, pattern: re.Pattern[str]) -> SafeString:
    first = pattern.search(content)
    start = max(0, first.start() - AROUND) if first else 0
    end = min(len(content), start + 3 * AROUND)
    excerpt = content[start:end]
    marked, done = "…" if start else "", 0
    for match in pattern.finditer(excerpt):
        marked += f"{escape(excerpt[done : match.start()])}<mark>{escape(match[0])}</mark>"
        done = match.end()
    marked += escape(excerpt[done:]) + ("…" if end < len(content) else "")
    return mark_safe(marked)  # noqa: S308 - every piece is escaped above
