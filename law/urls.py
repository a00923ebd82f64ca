"""Addresses of the statute-book. Those for programs are in law.api."""

from django.urls import path

from law import views

app_name = "law"

urlpatterns = [
    path("", views.index, name="index"),
    path("limits/", views.limits, name="limits"),
    path("thresholds/", views.thresholds, name="thresholds"),
    path("calendar/", views.calendar, name="calendar"),
    path("due/", views.due, name="due"),
    path("<int:pk>/", views.text, name="text"),
]
