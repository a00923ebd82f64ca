"""The addresses of the portal. A chapter's own addresses are in its room `urls`."""

from django.conf import settings
from django.urls import include, path

from accounts.urls import sign_in_urlpatterns
from casework.views.search import search
from portal.views import health, pages, preferences, styleguide

urlpatterns = [
    path("", pages.home, name="home"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("help/", pages.help_page, name="help"),
    path("site-map/", pages.site_map, name="site-map"),
    path("search/", search, name="search"),
    path("preference/elder/", preferences.elder, name="preference"),
    path("law/", include("law.urls")),
    path("", include("casework.urls")),
    path("", include("exchange.urls")),
    path("", include("powerlist.urls")),
    path("", include("approvals.urls")),
    path("", include("regulations.urls")),
    path("", include("oversight.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include(sign_in_urlpatterns)),
    path("healthz/live", health.live, name="health-live"),
    path("healthz/ready", health.ready, name="health-ready"),
    path("api/v1/", include("portal.api")),
]

if settings.DEMO or settings.DEBUG:
    urlpatterns += [
        path("styleguide/", styleguide.components, name="styleguide"),
        path("styleguide/form/", styleguide.form, name="styleguide-form"),
        path("styleguide/queue/", styleguide.queue, name="styleguide-queue"),
        path("styleguide/case/", styleguide.case, name="styleguide-case"),
    ]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
