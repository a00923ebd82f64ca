"""Files that come with a form: kept whatever else has to be put right, and what is refused is said at the field."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts import rates
from accounts.models import User
from accounts.source import network
from casework.models import Draft
from casework.refusal import Refused
from casework.views import uploads
from oversight.actions import evidence
from oversight.forms import EvidenceForm
from oversight.queries.complaints import received

log = logging.getLogger(__name__)


def files_of(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """The files of a form; those that came in pieces stay where they are while the store is away."""
    try:
        return uploads.files_of(request)
    except OSError:
        log.exception("files of a complaint could not be read")
        return request.FILES


def receive(request: HttpRequest, form: EvidenceForm, begin: Callable[[str], Draft], user: User | None) -> bool:
    """Keep the files of a form that was sent; true if all of the form is in order and every file was kept.

    `begin` answers the draft under a token. `user`: none for what is sent without a name, whoever has signed in.
    """
    token = str(form["token"].value() or "")[:15]
    form.offer(received(token, user))
    form.full_clean()
    given, chosen = form.cleaned_data.get("evidence"), form.cleaned_data.get("left_out")
    if "token" in form.cleaned_data and (given or chosen):
        try:
            draft = begin(form.cleaned_data["token"])
        except Refused as refusal:
            form.refuse(refusal.reasons)
            return False
        if draft.case_id is None:  # otherwise the button was pressed twice
            evidence.leave_out(draft, chosen or [])
            _keep(request, form, draft, user)
    form.offer(received(token, user))
    return form.is_valid()


def _keep(request: HttpRequest, form: EvidenceForm, draft: Draft, user: User | None) -> None:
    def keep(file: UploadedFile) -> None:
        now = timezone.now()
        if user is None and (wait := rates.count("evidence_source", network(request), now)):
            raise uploads.Enough(f"“{file.name}”没有收下：从您的网络传来的文件过多，请{-(-wait // 60)}分钟后再传")
        evidence.keep(draft, file, user, now)

    uploads.keep_all(form, "evidence", keep)


def status(form: EvidenceForm) -> int:
    """The status of a page that shows the form."""
    return 200 if not form.is_bound else 503 if form.has_error("evidence", uploads.NO_STORE) else 422
