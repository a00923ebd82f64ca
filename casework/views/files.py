"""Handing a file out: as an attachment that no browser runs, not before it was found harmless, others' on record."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts import actions as people
from accounts.models import AccessEvent
from accounts.source import client_address
from casework.inspection.kinds import CONTENT_TYPES
from casework.models import Document
from casework.queries.files import may_open, words
from casework.queries.rights import subject_of

log = logging.getLogger(__name__)


def answer(request: HttpRequest, document: Document, name: str = "") -> HttpResponseBase:
    """The file, or a page that says why it cannot be had now. Whether the person may know of it was asked before.

    Opening what somebody else handed in is written into the register of readings first.
    """
    user: Any = request.user
    if not may_open(document, user):
        return _shut(request, document)
    try:
        content = document.file.open("rb")
    except OSError:
        log.exception("file %s cannot be read", document.token)
        return render(request, "casework/file_shut.html", {"document": document, "away": True}, status=503)
    if document.kind != Document.Kind.PAPER and document.added_by_id != user.pk:
        people.record(
            AccessEvent.Kind.PERSONAL_DATA_READ, timezone.now(), actor=user, user=user, source=client_address(request),
            subject=subject_of(document.case) if document.case else "", document=document.token,
            case=document.case.number if document.case else "",
        )  # fmt: skip
    known = document.content_type in CONTENT_TYPES
    response = FileResponse(content, content_type=document.content_type if known else "application/octet-stream")
    response["Content-Disposition"] = attachment(name or document.title)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _shut(request: HttpRequest, document: Document) -> HttpResponseBase:
    held = document.scan == Document.Scan.HELD
    context = {"document": document, "held": held, "words": "" if held else words(document)}
    return render(request, "casework/file_shut.html", context, status=423)


def attachment(name: str) -> str:
    """How a file is to be saved (RFC 6266): the name in UTF-8, and a plain one for who cannot read that."""
    ending = name.rpartition(".")[2] if "." in name else "bin"
    ending = ending if re.fullmatch(r"[A-Za-z0-9]{1,10}", ending) else "bin"
    return f"attachment; filename=\"document.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
