"""Addresses of licensing: the public catalogue, applying, one's own affairs, the window."""

from django.urls import URLPattern, path, re_path

from approvals.views import (
    apply,
    bundles,
    catalogue,
    counter,
    custody,
    licences,
    materials,
    my,
    ratings,
    results,
    revocation,
    visits,
    window,
)


def _requests(base: str, name: str, **more: bool) -> list[URLPattern]:
    """The pages of a change or a renewal: the same for a holder and at the window."""
    return [
        path(base, licences.apply, more, name=f"{name}-apply"),
        path(f"{base}check/", licences.check, more, name=f"{name}-check"),
        path(f"{base}files/<str:token>/remove/", licences.remove, more, name=f"{name}-remove"),
        path(f"{base}materials/<slug:material>/", licences.file, more, name=f"{name}-file"),
    ]


urlpatterns = [
    path("services/", catalogue.services, name="services"),
    path("services/personal/", catalogue.services, {"audience": "personal"}, name="services-personal"),
    path("services/corporate/", catalogue.services, {"audience": "corporate"}, name="services-corporate"),
    path("services/departments/", catalogue.departments, name="services-departments"),
    path("services/results/", results.published, name="results"),
    path("services/accepted/", results.acceptances, name="accepted"),
    path("services/track/", results.track, name="track"),
    path("services/rating/", ratings.give, name="rate"),
    path("services/ratings/", ratings.published, name="ratings"),
    path("services/bundles/", bundles.listed, name="bundles"),
    path("services/bundles/<str:code>/", bundles.bundle, name="bundle"),
    path("services/<str:code>/", catalogue.guide, name="service"),
    path("apply/draft/<slug:code>/", apply.tasks, name="apply-tasks"),
    path("apply/draft/<slug:code>/done/", apply.done, name="apply-done"),
    path("apply/draft/<slug:code>/discard/", apply.discard, name="apply-discard"),
    path("apply/draft/<slug:code>/materials/<slug:material>/", materials.upload, name="apply-upload"),
    path("apply/draft/<slug:code>/files/<str:token>/", materials.download, name="apply-file"),
    path("apply/draft/<slug:code>/files/<str:token>/remove/", materials.remove, name="apply-remove"),
    path("apply/draft/<slug:code>/<slug:page>/", apply.page, name="apply-page"),
    path("apply/<str:code>/", apply.start, name="apply"),
    path("my/", my.my, name="my"),
    path("my/corrections/<slug:code>/", my.correct, name="my-correct"),
    path("my/corrections/<slug:code>/files/<str:token>/remove/", my.correct_remove, name="my-correct-remove"),
    path("my/corrections/<slug:code>/<slug:material>/", my.correct_file, name="my-correct-file"),
    path("my/uses/", my.uses, name="my-uses"),
    path("my/licences/", licences.mine, name="my-licences"),
    path("my/licences/<slug:code>/", licences.licence, name="my-licence"),
    *_requests("my/licences/<slug:code>/<slug:kind>/", "my-licence"),
    path("services/licences/<str:token>/revocation/", revocation.ask, name="ask-revocation"),
    path("desk/intake/", window.intake, name="intake"),
    path("desk/counter/", counter.receipt, name="counter"),
    path("desk/counter/<slug:code>/", counter.visit, name="counter-visit"),
    path("desk/counter/<slug:code>/files/<str:token>/remove/", counter.remove, name="counter-remove"),
    path("desk/counter/<slug:code>/materials/<slug:material>/", counter.file, name="counter-file"),
    path("desk/counter/<slug:code>/<slug:step>/", counter.take_in, name="counter-step"),
    path("visits/", visits.points, name="visits"),
    path("visits/<str:code>/book/", visits.book, name="visit-book"),
    path("visits/<slug:code>/cancel/", visits.cancel, name="visit-cancel"),
    path("visits/<str:code>/screen/", visits.screen, name="visit-screen"),
    path("desk/line/", visits.line, name="visit-line"),
    path("desk/hours/", visits.hours, name="visit-hours"),
    path("desk/handovers/", custody.handovers, name="handovers"),
    re_path(r"^desk/handovers/export/(?P<kind>csv|xlsx|pdf)/$", custody.export, name="handovers-export"),
    path("desk/bundles/", bundles.led, name="bundle-board"),
    path("desk/licences/", revocation.at_window, name="window-licences"),
    *_requests("desk/licences/<slug:code>/<slug:kind>/", "window-licence", window=True),
    path("desk/licences/<slug:code>/<slug:kind>/presence/", licences.presence, name="window-licence-presence"),
    path("desk/cases/<slug:code>/interested/", window.interested, name="interested"),
]
