"""A document to take away, as of a day: PDF, Akoma Ntoso 3, JSON and plain text."""

from __future__ import annotations

import json
import logging
from datetime import date
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from casework.printing.render import render_pdf
from casework.printing.worker import RenderFailed, RenderTimeout
from regulations.models import DocumentVersion, NormativeDocument
from regulations.papers import akn
from regulations.papers.text import about, context_of
from regulations.queries import document as queries
from regulations.serializers.documents import DocumentSerializer
from regulations.views.document import found_or_404, shown_on

log = logging.getLogger(__name__)
TYPES = {
    "pdf": "application/pdf",
    "xml": f"{akn.CONTENT_TYPE}; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


@login_not_required
@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The words that stood on `?on=` (today without it)."""
    document = found_or_404(pk)
    _, on = shown_on(request)
    version = queries.version_on(queries.versions(document), on)
    if version is None:
        raise Http404
    try:
        made = _written(document, version, kind, on)
    except (RenderFailed, RenderTimeout):
        log.exception("document %s was not printed", pk)
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为下载纯文本。")
        return redirect(document)
    response = HttpResponse(made, content_type=TYPES[kind])
    name = quote(f"{document.title}（{document.number}）")
    response["Content-Disposition"] = (
        f"attachment; filename=document-{document.pk}.{kind}; filename*=UTF-8''{name}.{kind}"
    )
    return response


def _written(document: NormativeDocument, version: DocumentVersion, kind: str, on: date) -> bytes:
    if kind == "txt":
        return (version.body + "\n").encode()
    pieces = queries.pieces(version.text)
    if kind == "xml":
        return akn.written(about(document, version, pieces), pieces)
    if kind == "json":
        told = DocumentSerializer(queries.told(document, version, pieces, on)).data
        return json.dumps(told, ensure_ascii=False, indent=1).encode()
    return render_pdf("papers/regulations/text.html", context_of(document, version, pieces))
