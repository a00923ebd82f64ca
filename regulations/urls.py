"""Addresses of normative documents: how they are made, what the public is asked; officials under /desk/."""

from django.urls import path

from regulations.views import cleanup, consultations, making, review, suggestions

app_name = "regulations"

MAKING = [
    path("consultations/", consultations.index, name="consultations"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("my/opinions/", consultations.mine, name="my-comments"),
    path("my/opinions/receipts/<str:token>/", consultations.receipt, name="comment-receipt"),
    path("consultations/suggest/", consultations.suggest, name="suggest"),
    path("consultations/proposals/<slug:code>/", making.proposal, name="proposal"),
    path("consultations/proposals/<slug:code>/discard/", making.discard, name="proposal-discard"),
    path("desk/making/", making.desk, name="desk"),
    path("desk/making/new/", making.new, name="new"),
    path("desk/making/<slug:code>/write/", making.write, name="write"),
    path("desk/making/<slug:code>/texts/", making.texts, name="texts"),
    path("desk/making/<slug:code>/review/", review.review, name="review"),
    path("desk/making/<slug:code>/opinions/", review.answer_all, name="answers"),
]

REVIEWING = [
    path("documents/<int:pk>/propose-review/", suggestions.new, name="propose-review"),
    path("documents/proposals/<slug:code>/", suggestions.done, name="review-proposed"),
    path("documents/cleanups/", cleanup.published, name="cleanup-results"),
    path("desk/cleanups/", cleanup.board, name="cleanups"),
    path("desk/cleanups/new/<slug:step>/", cleanup.new, name="cleanup-new"),
    path("desk/cleanups/<slug:code>/", cleanup.one, name="cleanup"),
]

urlpatterns = [*MAKING, *REVIEWING]
