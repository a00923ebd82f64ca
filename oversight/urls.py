"""Addresses of oversight: the figures of all chapters, and complaints about organs."""

from django.urls import path, re_path

from oversight.views import complaints, dashboard, filings, watch

app_name = "oversight"

urlpatterns = [
    path("complaints/", complaints.start, name="complain"),
    path("complaints/new/", complaints.named, name="complain-named"),
    path("complaints/unnamed/", complaints.unnamed, name="complain-unnamed"),
    path("complaints/more/", complaints.more, name="complain-more"),
    path("complaints/<slug:code>/more/", complaints.add, name="complain-add"),
    path("complaints/received/<slug:code>/", complaints.done, name="complained"),
    path("oversight/", dashboard.dashboard, name="dashboard"),
    re_path(r"^oversight/export/(?P<kind>csv|xlsx|pdf)/$", dashboard.export, name="export"),
    path("oversight/lamps/", watch.lamps, name="watch"),
    re_path(r"^oversight/lamps/export/(?P<kind>csv|xlsx|pdf)/$", watch.export, name="watch-export"),
    path("oversight/filings/", filings.table, name="filings"),
    re_path(r"^oversight/filings/export/(?P<kind>csv|xlsx|pdf)/$", filings.export, name="filings-export"),
]
