"""A view that answers a constant: what the web server and Django cost before anything is done."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.floors.base import *  # noqa: F403

ROOT_URLCONF = "bench.floors.bare"


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", constant)]
