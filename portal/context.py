"""What base.html needs on every page (settings: "portal.context.shell" among the context processors)."""

from django.conf import settings
from django.http import HttpRequest

from casework.queries.inbox import unread_soon
from portal.navigation import bar, links, url_of

ELDER_COOKIE = "elder"
WITH_A_SEARCH = ("/", "/search/")  # pages whose own content begins with the box


def shell(request: HttpRequest) -> dict[str, object]:
    """The shell (公众端 or 办理端), its navigation, elder mode, and the words of the footer."""
    user = request.user if hasattr(request, "user") and request.user.is_authenticated else None
    desk = user is not None and user.is_official
    # A page that breaks before anybody is looked at has no snapshot.
    held = getattr(user, "snapshot", None) if desk else None
    roles = held.roles if held else ()
    return {
        "shell": {
            "desk": desk,
            "name": "办理端" if desk else "公众端",
            "navigation": bar(links("desk" if desk else "public", request.path, roles)),
            "utility": links("utility"),
            "footer": links("footer"),
            "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
            "search": "" if desk or request.path in WITH_A_SEARCH else url_of("search"),
            "preference": url_of("preference"),
            "user_name": user.display_name if user else "",
            "user_page": url_of("accounts:profile"),
            "notices": url_of("casework:notices") if user else "",
            "unread": unread_soon(user, getattr(request, "remembered", None)) if user else 0,
            "sign_in": "" if user else settings.LOGIN_URL,
            "sign_out": url_of("accounts:logout") if user else "",
            "site": getattr(settings, "SITE_FOOTER", {}),
            "demo": settings.DEMO,
        }
    }
