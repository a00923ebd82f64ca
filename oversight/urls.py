"""Addresses of oversight: the figures of all chapters."""

from django.urls import path, re_path

from oversight.views import dashboard, filings, watch

app_name = "oversight"

urlpatterns = [
    path("oversight/", dashboard.dashboard, name="dashboard"),
    re_path(r"^oversight/export/(?P<kind>csv|xlsx)/$", dashboard.export, name="export"),
    path("oversight/lamps/", watch.lamps, name="watch"),
    re_path(r"^oversight/lamps/export/(?P<kind>csv|xlsx|pdf)/$", watch.export, name="watch-export"),
    path("oversight/filings/", filings.table, name="filings"),
    re_path(r"^oversight/filings/export/(?P<kind>csv|xlsx|pdf)/$", filings.export, name="filings-export"),
]
