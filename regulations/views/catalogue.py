"""The catalogue for everybody: finding a document, and what was published last as a feed. Works without script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed as Syndication
from django.core import signing
from django.core.cache import cache
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from regulations.forms.catalogue import CatalogueForm
from regulations.models import DocumentVersion, NormativeDocument
from regulations.queries import catalogue
from regulations.queries.document import by_number
from regulations.queries.snippets import hits
from regulations.rules.names import SUBJECTS, normal_number
from regulations.rules.standing import CURRENT, NOT_YET, SUSPENDED

TOTALS_LIVE = 60  # seconds; the rows themselves are never remembered
MOST_IN_FEED = 50
TONES = {CURRENT: "green", NOT_YET: "yellow", SUSPENDED: "yellow"}  # of the tag; of what has ended grey
_PLACE = signing.Signer(salt="regulations.catalogue")


def place_of(text: str) -> catalogue.Place | None:
    """The place in the catalogue where a page goes on; None for anything that is none."""
    try:
        day, pk = json.loads(_PLACE.unsign(text))
        return catalogue.Place(date.fromisoformat(day), pk)
    except (signing.BadSignature, ValueError):
        return None


def written(place: catalogue.Place) -> str:
    return _PLACE.sign(json.dumps([place.published_on.isoformat(), place.id]))


def _totals(on: date) -> catalogue.Totals:
    key = f"regulations:totals:{on}"
    found: catalogue.Totals | None = cache.get(key)
    if found is None:
        found = catalogue.totals(on)
        cache.set(key, found, TOTALS_LIVE)
    return found


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The documents by words, organ, subject, kind, validity and year, the newest first."""
    today = timezone.localdate()
    figures = _totals(today)
    issuers = [(value, name) for value, name, _ in figures.issuers]
    form = CatalogueForm(issuers, [year for year, _ in figures.years], request.GET or None)
    valid = form.is_bound and form.is_valid()
    asked: Mapping[str, Any] = form.cleaned_data if valid else {}
    year = asked.get("year")
    wanted = catalogue.Wanted(
        words=asked.get("q", ""), issuer=asked.get("issuer", ""), subject=asked.get("subject", ""),
        kind=asked.get("kind", ""), validity=asked.get("validity", ""), year=int(year) if year else None,
        after=place_of(request.GET.get("after", "")),
    )  # fmt: skip
    found = catalogue.page(wanted, today)
    kept = [(name, value) for name, value in request.GET.items() if name != "after" and value]
    context = {
        "form": form,
        "found": [
            (hit, hit.document.validity(today), hit.document.standing(today)) for hit in hits(found.rows, wanted.words)
        ],
        "next_url": f"?{urlencode([*kept, ('after', written(found.next))])}" if found.next else "",
        "count": found.count,
        "many": found.many,
        "asked": bool(kept),
        "figures": figures,
        "tones": TONES,
        "subjects": [
            (label, figures.subjects[code], f"?subject={code}")
            for code, label in SUBJECTS.items()
            if code in figures.subjects
        ],
        "issuers": [(name, number, "?" + urlencode({"issuer": value})) for value, name, number in figures.issuers[:24]],
    }
    return render(request, "regulations/list.html", context, status=422 if form.is_bound and not valid else 200)


@login_not_required
@require_safe
def numbered(request: HttpRequest, number: str) -> HttpResponse:
    """The stable address of a document by its number (and `?issuer=`); of several the list of them."""
    wanted = normal_number(number)
    found = by_number(wanted, request.GET.get("issuer", ""))
    if len(found) == 1:
        return redirect(found[0])
    return redirect(f"{reverse('regulations:list')}?{urlencode({'q': wanted[:60]})}")


class Feed(Syndication):
    """The documents that were published last, as Atom."""

    feed_type = Atom1Feed
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    title = "东城区规范性文件库"
    subtitle = "新公布和收入的规范性文件"
    link = reverse_lazy("regulations:list")
    description = subtitle

    def items(self) -> list[NormativeDocument]:
        rows = catalogue.public().filter(published_on__lte=timezone.localdate())
        rows = rows.prefetch_related("suspensions", _VERSIONS)
        return list(rows.defer("words", "interpretation").order_by(*catalogue.ORDER)[:MOST_IN_FEED])

    def item_title(self, item: Any) -> str:
        return f"{item.title}（{item.number}）"

    def item_description(self, item: Any) -> str:
        return f"{item.issuer}，{item.published_on:%Y-%m-%d}公布，{item.validity(timezone.localdate())}。"

    def item_link(self, item: Any) -> str:
        return str(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        return f"tag:{self.host},2026:documents/{item.pk}"  # RFC 4151: who named it, since when

    item_guid_is_permalink = False

    def item_author_name(self, item: Any) -> str:
        return str(item.issuer)

    def item_pubdate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.published_on, time()))

    def item_updateddate(self, item: Any) -> datetime:
        """The last day until today on which something changed: words, a suspension, the end."""
        today, paused = timezone.localdate(), [day for one in item.suspensions.all() for day in (one.since, one.until)]
        ends = [day + timedelta(days=1) for day in (item.ended_on, item.valid_until) if day]
        words = [one.text.effective_from or one.text.version_on for one in item.versions.all()]
        changed = max(day for day in (item.published_on, *ends, *words, *paused) if day and day <= today)
        return timezone.make_aware(datetime.combine(changed, time()))


_VERSIONS = Prefetch("versions", DocumentVersion.objects.select_related("text").defer("body", "text__history"))
feed = login_not_required(require_safe(Feed()))
