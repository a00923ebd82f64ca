"""Addresses of the chapter: the catalogue and the consultations for everybody, the making and filing under /desk/."""

from django.urls import path, re_path

from regulations.views import (
    catalogue,
    cleanup,
    consultations,
    document,
    exports,
    filing,
    hearings,
    making,
    plan,
    review,
    statistics,
    suggestions,
)

app_name = "regulations"

CATALOGUE = [
    path("documents/", catalogue.listed, name="list"),
    path("documents/feed/", catalogue.feed, name="feed"),
    path("documents/numbers/<str:number>/", catalogue.numbered, name="number"),
    path("documents/<int:pk>/", document.document, name="document"),
    path("documents/<int:pk>/versions/", document.versions, name="versions"),
    re_path(r"^documents/(?P<pk>\d{1,18})/(?P<kind>pdf|xml|json|txt)/$", exports.export, name="export"),
]
MAKING = [
    path("consultations/", consultations.index, name="consultations"),
    path("consultations/plan/", plan.yearly_plan, name="plan"),
    re_path(r"^consultations/plan/(?P<kind>csv|xlsx|pdf)/$", plan.plan_file, name="plan-file"),
    path("consultations/hearings/<int:pk>/", hearings.hearing, name="hearing"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("my/opinions/", consultations.mine, name="my-comments"),
    path("my/opinions/receipts/<str:token>/", consultations.receipt, name="comment-receipt"),
    path("consultations/suggest/", consultations.suggest, name="suggest"),
    path("consultations/proposals/<slug:code>/", making.proposal, name="proposal"),
    path("consultations/proposals/<slug:code>/discard/", making.discard, name="proposal-discard"),
    path("desk/making/", making.desk, name="desk"),
    path("desk/making/new/", making.new, name="new"),
    path("desk/making/plan/", plan.draw_up, name="plan-new"),
    path("desk/making/<slug:code>/write/", making.write, name="write"),
    path("desk/making/<slug:code>/texts/", making.texts, name="texts"),
    path("desk/making/<slug:code>/review/", review.review, name="review"),
    path("desk/making/<slug:code>/opinions/", review.answer_all, name="answers"),
    path("desk/making/<slug:code>/hearing/", hearings.registrations, name="registrations"),
]
FILING = [
    path("filings/", filing.catalogue, name="filing-catalogue"),
    path("desk/filings/", filing.desk, {"kind": "filing"}, name="filings"),
    path("desk/filings/rates/", filing.rates, name="filing-rates"),
    re_path(r"^desk/filings/rates/(?P<kind>csv|xlsx|pdf)/$", filing.rates_file, name="filing-rates-file"),
    path("desk/filings/statistics/", statistics.figures, name="statistics"),
    re_path(
        r"^desk/filings/statistics/(?P<code>[a-z]+)/(?P<kind>csv|xlsx|pdf)/$",
        statistics.figures_file,
        name="statistics-file",
    ),
    path("desk/filings/congress/", filing.desk, {"kind": "congress"}, name="congress-filings"),
    path("desk/filings/annual/", filing.desk, {"kind": "annual"}, name="annual-catalogues"),
    path("desk/filings/<slug:code>/", filing.materials, name="filing-materials"),
    path("desk/filings/<slug:code>/materials/<str:token>/", filing.paper, name="filing-paper"),
    path("desk/validities/", filing.desk, {"kind": "validity"}, name="validities"),
]

REVIEWING = [
    path("documents/<int:pk>/propose-review/", suggestions.new, name="propose-review"),
    path("documents/proposals/<slug:code>/", suggestions.done, name="review-proposed"),
    path("documents/cleanups/", cleanup.published, name="cleanup-results"),
    path("desk/cleanups/", cleanup.board, name="cleanups"),
    path("desk/cleanups/new/<slug:step>/", cleanup.new, name="cleanup-new"),
    path("desk/cleanups/<slug:code>/", cleanup.one, name="cleanup"),
]

urlpatterns = [*CATALOGUE, *MAKING, *FILING, *REVIEWING]
