"""Addresses of normative documents."""

from django.urls import path

from regulations.views import cleanup, suggestions

app_name = "regulations"

urlpatterns = [
    path("documents/<int:pk>/suggest/", suggestions.new, name="suggest"),
    path("documents/suggestions/<slug:code>/", suggestions.done, name="suggested"),
    path("documents/cleanups/", cleanup.published, name="cleanup-results"),
    path("desk/cleanups/", cleanup.board, name="cleanups"),
    path("desk/cleanups/new/<slug:step>/", cleanup.new, name="cleanup-new"),
    path("desk/cleanups/<slug:code>/", cleanup.one, name="cleanup"),
]
