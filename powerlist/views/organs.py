"""The public directory of organs: who they are, what they do, where one finds them, on any past day."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from law.links import linked
from powerlist.forms.day import DayForm
from powerlist.queries import communities, held, organs
from powerlist.views.places import day_place, day_written


def _day(request: HttpRequest) -> tuple[DayForm, dict[str, object]]:
    """The form with the day, and what every page of the directory says of it."""
    today = timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else None, today)
    on = form.day
    past = on if on != today else None
    kept = f"on={on:%Y-%m-%d}" if past else ""
    return form, {"form": form, "on": on, "past": past, "kept": kept and f"?{kept}", "kept_too": kept and f"&{kept}"}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All organs by kind."""
    form, context = _day(request)
    kinds = organs.directory(form.day)
    return render(request, "powerlist/organs.html", {**context, "kinds": kinds, "count": sum(len(o) for _, o in kinds)})


@login_not_required
@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The tree from the district to the community stations."""
    form, context = _day(request)
    return render(request, "powerlist/organ_chart.html", {**context, "root": organs.chart(form.day)})


@login_not_required
@require_safe
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """One organ: duties with their provisions, units, names, places."""
    form, context = _day(request)
    page = organs.organ(code, form.day)
    if page is None:
        raise Http404
    links = linked([duty.basis for duty in page.duties], form.day)
    duties = list(zip(page.duties, links, strict=True))
    exists = page.organ.covers(form.day)
    activities = [] if context["past"] else communities.of_community(page.organ, timezone.now())
    context |= {"page": page, "duties": duties, "exists": exists, "activities": activities}
    return render(request, "powerlist/organ.html", context)


@login_not_required
@require_safe
def powers(request: HttpRequest, code: str) -> HttpResponse:
    """Every power that an organ holds or has held, from when until when; also of an organ that has ended."""
    found = get_object_or_404(Organisation.objects.exclude(kind=Organisation.Kind.INTERNAL_UNIT), code=code)
    page = held.of_organ(found, day_place(request.GET.get("after", "")))
    context = {
        "organ": found,
        "rows": page.rows,
        "next_url": f"?{urlencode({'after': day_written(page.next)})}" if page.next else "",
        "crumbs": [
            {"label": "机构职能", "url": reverse("powerlist:organs")},
            {"label": found.name, "url": reverse("powerlist:organ", args=[code])},
            {"label": "历年行使的权力"},
        ],
    }
    return render(request, "powerlist/organ_powers.html", context)
