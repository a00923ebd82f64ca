"""Addresses of the lists: powers, organs, purchases and transfers, communities; those who change them under /desk/."""

from django.urls import path, re_path

from powerlist.views import (
    basis_changes,
    changes,
    communities,
    disclosing,
    drafting,
    exports,
    importing,
    organs,
    plain,
    public,
    purchases,
    report,
)

app_name = "powerlist"

POWERS = [
    path("powers/", public.listed, name="list"),
    path("powers/plain/", plain.asked, name="plain"),
    path("powers/changes/", changes.changes, name="changes"),
    re_path(r"^powers/changes/(?P<kind>csv|xlsx|pdf)/$", changes.file, name="changes-file"),
    path("powers/changes/feed/", changes.feed, name="feed"),
    path("powers/consultations/", changes.consultations, name="consultations"),
    re_path(
        r"^powers/export/(?P<organ>[A-Za-z0-9-]{1,40})/(?P<kind>csv|xlsx|json|pdf)/$", exports.export, name="export"
    ),
    re_path(r"^powers/(?P<code>[A-Za-z0-9-]{1,80})/$", public.power, name="power"),
    re_path(r"^powers/(?P<code>[A-Za-z0-9-]{1,80})/versions/$", public.versions, name="versions"),
    path("desk/powers/", drafting.desk, name="desk"),
    path("desk/powers/new/", drafting.new, name="new"),
    path("desk/powers/import/", importing.new, name="import"),
    path("desk/powers/import/sheet/", importing.sheet, name="import-sheet"),
    path("desk/powers/import/<slug:code>/", importing.imported, name="imported"),
    path("desk/powers/import/<slug:code>/report/", importing.report, name="import-report"),
    path("desk/powers/import/<slug:code>/discard/", importing.discard, name="import-discard"),
    path("desk/powers/drafts/<slug:code>/", drafting.draft, name="draft"),
    path("desk/powers/drafts/<slug:code>/check/", drafting.check, name="check"),
    path("desk/powers/drafts/<slug:code>/discard/", drafting.discard, name="discard"),
    path("desk/powers/report/", report.page, name="report"),
    re_path(r"^desk/powers/report/(?P<part>overlaps|gaps|unused)/$", report.page, name="report-part"),
    re_path(
        r"^desk/powers/report/(?P<part>overlaps|gaps|unused)/(?P<kind>csv|xlsx|pdf)/$", report.file, name="report-file"
    ),
    path("desk/powers/laws/<slug:code>/", basis_changes.basis_change, name="basis-change"),
    path("desk/powers/cases/<slug:code>/", drafting.text, name="text"),
    path("desk/powers/cases/<slug:code>/complete/", drafting.complete, name="complete"),
]
ORGANS = [
    path("organs/", organs.index, name="organs"),
    path("organs/map/", organs.chart, name="organ-chart"),
    path("organs/<str:code>/", organs.organ, name="organ"),
    path("organs/<str:code>/powers/", organs.powers, name="organ-powers"),
]
PURCHASES = [
    path("purchases/", purchases.catalogue, name="purchases"),
    path("purchases/versions/<int:number>/", purchases.catalogue, name="catalogue"),
    re_path(
        r"^purchases/versions/(?P<number>\d{1,6})/(?P<kind>csv|xlsx|pdf)/$",
        purchases.catalogue_file,
        name="catalogue-file",
    ),
    path("purchases/projects/", purchases.projects, name="projects"),
    re_path(r"^purchases/projects/(?P<kind>csv|xlsx|pdf)/$", purchases.projects_file, name="projects-file"),
    path("transfers/", purchases.transfers, name="transfers"),
    re_path(r"^transfers/(?P<kind>csv|xlsx|pdf)/$", purchases.transfers_file, name="transfers-file"),
]
COMMUNITIES = [
    path("communities/", communities.directory, name="communities"),
    path("activities/", communities.activities, name="activities"),
    path("activities/past/", communities.past_activities, name="past-activities"),
    path("activities/<int:pk>/", communities.activity, name="activity"),
    path("activities/<int:pk>/sign-up/", communities.sign_up, name="sign-up"),
    path("activities/<int:pk>/leave/", communities.leave, name="leave"),
    path("my/activities/", communities.mine, name="my-activities"),
    path("desk/activities/<int:pk>/", communities.participants, name="participants"),
]
DISCLOSING = [
    path("desk/disclosure/", disclosing.index, name="disclosing"),
    path("desk/disclosure/<slug:what>/new/", disclosing.new, name="disclose"),
    path("desk/disclosure/<slug:what>/<int:pk>/", disclosing.row, name="disclosed"),
]

urlpatterns = [*POWERS, *ORGANS, *PURCHASES, *COMMUNITIES, *DISCLOSING]
