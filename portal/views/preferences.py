"""How somebody likes to see the portal. Kept in a cookie, so it works before signing in and on any page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.coming_back import next_page
from portal.context import ELDER_COOKIE

ONE_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Switches elder mode 长者模式 (`elder` = 1 or 0) and goes back to the page `next`."""
    response = redirect(next_page(request, "/"))
    if request.POST.get("elder") == "1":
        response.set_cookie(
            ELDER_COOKIE,
            "1",
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response
