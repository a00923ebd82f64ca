"""What became of the list: by year, as a feed, and what the public is asked about now."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed as Syndication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from powerlist.queries.changes import consulted
from powerlist.queries.versions import Event, as_item, events, first_day
from powerlist.rules import item as items

MOST_IN_FEED = 50
MOST_IN_YEAR = 500


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The changes of a year with their number by kind."""
    today = timezone.localdate()
    begun = first_day() or today
    years = list(range(today.year + 1, begun.year - 1, -1))  # what is published for the next year shows too
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else today.year
    found = events(date(year, 1, 1), date(year, 12, 31), MOST_IN_YEAR)
    counts = Counter(event.kind for event in found)
    context = {
        "year": year,
        "years": years,
        "found": found,
        "counts": [(kind, counts[kind]) for kind in ("新增", "变更", "划转", "取消")],
        "today": today,
        "cut": len(found) == MOST_IN_YEAR,
    }
    return render(request, "powerlist/changes.html", context)


@login_not_required
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What the public is asked about: each text beside what stands now."""
    on = timezone.localdate()
    return render(request, "powerlist/consultations.html", {"found": consulted(on)})


class Feed(Syndication):
    """The latest changes as Atom."""

    feed_type = Atom1Feed
    title = "东城区权责清单调整"
    subtitle = "新增、变更、划转和取消的权责事项"
    link = reverse_lazy("powerlist:changes")
    description = subtitle

    def items(self) -> list[Event]:
        return events(date(2000, 1, 1), date(2999, 12, 31), MOST_IN_FEED)

    def item_title(self, item: Any) -> str:
        return f"{item.kind}：{item.version.name}（{item.version.organ.short_name}）"

    def item_description(self, item: Any) -> str:
        words = f"自{item.day:%Y-%m-%d}起施行。"
        if item.before:
            rows = items.differences(as_item(item.before), as_item(item.version))
            words += "变更：" + "、".join(label for label, _, _ in rows) + "。"
        return words

    def item_link(self, item: Any) -> str:
        return reverse("powerlist:versions", args=[item.version.power.code])

    def item_guid(self, item: Any) -> str:
        return f"tag:powers:{item.key}"

    item_guid_is_permalink = False

    def item_updateddate(self, item: Any) -> datetime:
        act = item.version.ended_by if item.kind == "取消" else item.version.made_by
        return act.at if act else timezone.make_aware(datetime.combine(item.day, time()))


feed = login_not_required(require_safe(Feed()))
