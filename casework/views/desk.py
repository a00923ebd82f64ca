"""The work queue: tabs, filters, views of one's own, the way from case to case, exports."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.actions import desk as actions
from casework.forms import ChangeViewForm, QueueFilter, ViewForm
from casework.printing.worker import RenderFailed
from casework.queries import options, queue
from casework.queries.inbox import unread_key
from casework.queries.worklist import TABS, Scope, Wanted
from casework.refusal import Refused
from casework.views import trail
from casework.views.sheets import FORMATS, queue_sheet, sheet_response
from law.queries import work_calendar

log = logging.getLogger(__name__)
OPTIONS_LIVE = 60  # seconds for which the lists of the filters are remembered


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """One page of a tab. Query budget: the page and the counts, however many rows there are.

    Without a tab in the address: the officer's default view, if there is one.
    """
    scope = trail.office_scope(request)
    # Everything that this page keeps in the cache, its head included, in one round trip.
    known = [options.key_of(scope), _views_key(request), unread_key(request.user)]
    request.remembered = cache.get_many(known)  # type: ignore[attr-defined]
    if not request.GET and (first := next((query for _, query, default in _saved(request) if default), None)):
        return redirect(f"{reverse('casework:desk')}?{first}")
    asked, today = trail.wanted(request.GET), timezone.localdate()
    calendar = work_calendar()
    matters, organs = _options(request, scope)
    found = queue.page(
        scope, asked, today, calendar,
        after=trail.place(request.GET, "after"), before=trail.place(request.GET, "before"),
    )  # fmt: skip
    counts = queue.counts(scope, asked, today, calendar)
    here = reverse("casework:desk")
    context = {
        "tabs": _tabs(request, counts, here),
        "title": TABS[asked.tab],
        "asked": asked,
        "day_label": "办结日期" if asked.tab == "ended" else "办理期限",
        "form": QueueFilter(
            {"q": asked.q, "matter": asked.matter, "organ": asked.organ, "tab": asked.tab}, matters, organs
        ),
        "clear_url": f"{here}?{trail.query(Wanted(asked.tab))}" if asked != Wanted(asked.tab) else "",
        "rows": found.rows,
        "total": counts[asked.tab],
        "trail": trail.query(asked),
        "actions": [{"value": "assign", "label": "分派所选"}] if scope.may_assign() and asked.tab != "ended" else [],
        "limit": actions.MOST_CASES,
        # The box for all of them is shown only where one request can take them all.
        "on_page": len(found.rows) if counts[asked.tab] <= actions.MOST_CASES else counts[asked.tab],
        "previous_url": f"{here}?{trail.query(asked, before=found.previous)}" if found.previous else "",
        "next_url": f"{here}?{trail.query(asked, after=found.following)}" if found.following else "",
    }
    return render(request, "casework/desk.html", context)


@require_safe
def neighbour(request: HttpRequest) -> HttpResponse:
    """The next (or with `back` the previous) case in the queue from the place `at`; the queue itself at its end."""
    scope, asked, today = trail.office_scope(request), trail.wanted(request.GET), timezone.localdate()
    at = trail.place(request.GET, "at")
    side = "before" if "back" in request.GET else "after"
    calendar = work_calendar()
    found = queue.page(scope, asked, today, calendar, **{side: at}, size=1) if at else queue.Page([], None, None)
    if not found.rows:
        messages.info(request, "已经是本队列的第一件。" if side == "before" else "本队列后面没有案件了。")
        return redirect(f"{reverse('casework:desk')}?{trail.query(asked)}")
    row = found.rows[0]
    return redirect(trail.case_url(row.code, "?" + trail.query(asked, at=row.place)))


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole tab under its filters as a table; more than one file takes is refused, not cut off."""
    scope, asked, today = trail.office_scope(request), trail.wanted(request.GET), timezone.localdate()
    form, back = FORMATS[kind], f"{reverse('casework:desk')}?{trail.query(asked)}"
    rows = queue.lines(scope, asked, today, work_calendar(), form.most + 1)
    if len(rows) > form.most:
        messages.error(request, f"该格式一次最多导出 {form.most} 件，请缩小筛选范围后再导出。")
        return redirect(back)
    try:
        return sheet_response(queue_sheet(TABS[asked.tab], rows, today, asked != Wanted(asked.tab)), form)
    except RenderFailed:
        log.exception("a list of %s lines was not made", len(rows))
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为导出 Excel 表格。")
        return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """The officer's own views: keep the present filter under a name, and forget those no longer used."""
    trail.office_scope(request)
    user: Any = request.user
    query = trail.query(trail.wanted(request.GET)) if "tab" in request.GET else ""
    form = ViewForm(request.POST or None)
    if request.method == "POST" and query and form.is_valid():
        try:
            actions.keep_view(user, form.cleaned_data["name"], query, timezone.now())
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field, reason.words)
        else:
            cache.delete(_views_key(request))
            messages.success(request, "视图已保存。")
            return redirect(f"{reverse('casework:desk')}?{query}")
    saved = user.saved_views.all()
    status = 422 if form.errors else 200
    return render(request, "casework/views.html", {"form": form, "saved": saved, "query": query}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view of one's own, or let the queue open with it. 404 for views of others."""
    trail.office_scope(request)
    view = get_object_or_404(request.user.saved_views, pk=pk)  # type: ignore[union-attr]
    form = ChangeViewForm(request.POST or None, initial={"name": view.name, "is_default": view.is_default})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_view(view, **form.cleaned_data)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field, reason.words)
        else:
            cache.delete(_views_key(request))
            messages.success(request, "视图已修改。")
            return redirect("casework:views")
    status = 422 if form.errors else 200
    return render(request, "casework/change_view.html", {"form": form, "view": view}, status=status)


@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    trail.office_scope(request)
    actions.drop_view(request.user, pk)  # type: ignore[arg-type]
    cache.delete(_views_key(request))
    messages.success(request, "视图已删除。")
    return redirect("casework:views")


def _options(request: HttpRequest, scope: Scope) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """The lists of the filters. They follow the open cases a minute behind; the rows themselves never do."""
    key = options.key_of(scope)
    found = request.remembered.get(key)  # type: ignore[attr-defined]
    if found is None:
        found = options.options(scope)
        cache.set(key, found, OPTIONS_LIVE)
    return found


def _views_key(request: HttpRequest) -> str:
    return f"casework:own-views:{request.user.pk}"


def _saved(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The officer's own views: name, query, and whether it is the default one. From the cache, or by one query."""
    saved = request.remembered.get(_views_key(request))  # type: ignore[attr-defined]
    if saved is None:
        found = request.user.saved_views.values_list("name", "query", "is_default")  # type: ignore[union-attr]
        saved = list(found)
        cache.set(_views_key(request), saved)
    return saved


def _tabs(request: HttpRequest, counts: dict[str, int], here: str) -> list[dict[str, Any]]:
    asked = trail.wanted(request.GET)
    present = trail.query(asked)
    saved = _saved(request)
    own = next((name for name, query, _ in saved if query == present), None)
    tabs: list[dict[str, Any]] = []
    for tab, label in TABS.items():
        address = trail.query(Wanted(tab, asked.q, asked.matter, asked.organ))
        current = own is None and tab == asked.tab
        tabs.append({"label": label, "url": f"{here}?{address}", "count": counts[tab], "current": current})
    tabs += [{"label": name, "url": f"{here}?{query}", "current": name == own} for name, query, _ in saved]
    return [*tabs, {"label": "＋ 保存当前视图", "url": f"{reverse('casework:views')}?{present}"}]
