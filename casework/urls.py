"""Addresses of the kernel's pages: the desk, cases and their steps, notices, procedures, verification."""

from django.urls import path, re_path

from casework.views import bulk, case, delegation, desk, inbox, party, process, step, undelivered, uploads, verify

app_name = "casework"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/neighbour/", desk.neighbour, name="neighbour"),
    path("desk/assign/", bulk.assign, name="assign"),
    re_path(r"^desk/export/(?P<kind>csv|xlsx|pdf)/$", desk.export, name="export"),
    path("desk/undelivered/", undelivered.undelivered, name="undelivered"),
    path("desk/undelivered/<int:pk>/", undelivered.again, name="send_again"),
    path("desk/views/", desk.views, name="views"),
    path("desk/views/<int:pk>/", desk.change_view, name="change_view"),
    path("desk/views/<int:pk>/delete/", desk.drop_view, name="drop_view"),
    path("desk/delegations/", delegation.delegations, name="delegations"),
    path("desk/delegations/<int:pk>/end/", delegation.end, name="end_delegation"),
    path("my/cases/", inbox.mine, name="mine"),
    path("my/notices/", inbox.notices, name="notices"),
    path("my/notices/read/", inbox.read_all, name="read_all"),
    path("my/notices/<int:pk>/", inbox.open_notice, name="open_notice"),
    path("cases/<slug:code>/", case.case, name="case"),
    path("cases/<slug:code>/documents/<str:token>/", case.document, name="document"),
    path("cases/<slug:code>/steps/<slug:step>/", step.step, name="step"),
    path("cases/<slug:code>/parties/<int:pk>/", party.reveal, name="reveal"),
    path("cases/<slug:code>/delegation/", delegation.delegate, name="delegate"),
    path("procedures/", process.procedures, name="procedures"),
    re_path(r"^procedures/(?P<code>[a-z_.]+)/$", process.procedure, name="procedure"),
    path("files/uploads/", uploads.begin, name="uploads"),
    path("files/uploads/<str:token>/", uploads.upload, name="upload"),
    path("v/<str:token>/", verify.verify, name="verify"),
]
