"""Addresses of oversight: the figures of all chapters, and complaints about organs."""

from django.urls import path, re_path

from oversight.views import complaints, dashboard, filings

app_name = "oversight"

urlpatterns = [
    path("complaints/", complaints.start, name="complain"),
    path("complaints/new/", complaints.named, name="complain-named"),
    path("complaints/unnamed/", complaints.unnamed, name="complain-unnamed"),
    path("complaints/received/<slug:code>/", complaints.done, name="complained"),
    path("oversight/", dashboard.dashboard, name="dashboard"),
    re_path(r"^oversight/export/(?P<kind>csv|xlsx)/$", dashboard.export, name="export"),
    path("oversight/filings/", filings.table, name="filings"),
    re_path(r"^oversight/filings/export/(?P<kind>csv|xlsx|pdf)/$", filings.export, name="filings-export"),
]
