"""Addresses of licensing: the public catalogue, applying, one's own affairs, the window."""

from django.urls import path

from approvals.views import apply, catalogue, materials, my, results, window

urlpatterns = [
    path("services/", catalogue.services, name="services"),
    path("services/personal/", catalogue.services, {"audience": "personal"}, name="services-personal"),
    path("services/corporate/", catalogue.services, {"audience": "corporate"}, name="services-corporate"),
    path("services/departments/", catalogue.departments, name="services-departments"),
    path("services/results/", results.published, name="results"),
    path("services/track/", results.track, name="track"),
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
    path("desk/intake/", window.intake, name="intake"),
    path("desk/cases/<slug:code>/interested/", window.interested, name="interested"),
]
