"""Addresses of the chapter: the catalogue for everybody."""

from django.urls import path, re_path

from regulations.views import catalogue, document, exports

app_name = "regulations"

CATALOGUE = [
    path("documents/", catalogue.listed, name="list"),
    path("documents/feed/", catalogue.feed, name="feed"),
    path("documents/numbers/<str:number>/", catalogue.numbered, name="number"),
    path("documents/<int:pk>/", document.document, name="document"),
    path("documents/<int:pk>/versions/", document.versions, name="versions"),
    re_path(r"^documents/(?P<pk>\d{1,18})/(?P<kind>pdf|xml|json|txt)/$", exports.export, name="export"),
]

urlpatterns = [*CATALOGUE]
