"""“Who may do this to me?”: asked in everyday words, answered with powers, basis, limit and where to complain."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from powerlist.forms.public import PlainForm
from powerlist.queries import plain
from powerlist.rules.item import KINDS
from powerlist.views.places import place_of, written

EXAMPLES = ("开饭馆", "被罚款", "拆我的广告牌", "扣我的车", "遛狗没办证", "小区装地锁", "夜里施工太吵")


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    form = PlainForm(request.GET if "q" in request.GET else None)
    valid = form.is_bound and form.is_valid()
    said = form.cleaned_data["q"].strip() if valid else ""
    found = plain.answer(said, timezone.localdate(), place_of(request.GET.get("after", ""))) if said else None
    following = found.page.next if found else None
    context = {
        "form": form,
        "said": said,
        "found": found,
        "labels": KINDS,
        "kinds": [KINDS[kind] for kind in found.meant.kinds] if found else [],
        "told": [(word, "、".join(words)) for word, words in found.meant.told.items()] if found else [],
        "next_url": f"?{urlencode({'q': said, 'after': written(following)})}" if following else "",
        "examples": [(words, f"?{urlencode({'q': words})}") for words in EXAMPLES],
        "list_url": f"{reverse('powerlist:list')}?{urlencode({'q': said})}",
        "crumbs": [{"label": "权责清单", "url": reverse("powerlist:list")}, {"label": "谁能对我做这件事"}],
    }
    return render(request, "powerlist/plain.html", context, status=422 if form.errors else 200)
