"""What base.html needs on every page (settings: "portal.context.shell" among the context processors)."""

from django.conf import settings
from django.http import HttpRequest

from portal.navigation import links, url_of

ELDER_COOKIE = "elder"


def shell(request: HttpRequest) -> dict[str, object]:
    """The shell (公众端 or 办理端), its navigation, elder mode, and the words of the footer."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    desk = signed_in and bool(getattr(user, "is_staff", False))
    return {
        "shell": {
            "desk": desk,
            "name": "办理端" if desk else "公众端",
            "navigation": links("desk" if desk else "public", request.path),
            "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
            "user_name": (user.get_short_name() or user.get_username()) if signed_in and user else "",
            "sign_in": None if signed_in else url_of("accounts:sign_in"),
            "sign_out": url_of("accounts:sign_out") if signed_in else None,
            "nonce": str(getattr(request, "csp_nonce", "")),
            "site": getattr(settings, "SITE_FOOTER", {}),
        }
    }
