"""The addresses of the portal. A chapter's own addresses are in its room `urls`."""

from django.contrib import admin
from django.urls import path

from portal.views import health

urlpatterns = [
    path("healthz/live", health.live, name="health-live"),
    path("healthz/ready", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
]
