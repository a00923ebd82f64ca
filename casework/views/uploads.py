"""Receiving files in pieces, as the script of the upload pages sends them; and handing them to the forms.

The idea is that of the tus protocol: ask for an upload, send pieces with the offset they belong to, after a lost
connection ask how far it is. A form then names the upload in the place of the file, and sees no difference.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.forms import Form
from django.http import Http404, HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework.actions import uploads
from casework.fields import TERMS
from casework.inspection.kinds import KINDS, FileRefused
from casework.models import Upload

log = logging.getLogger(__name__)
NO_STORE = "away"  # code of the error of a store that does not answer
AWAY = "存放文件的系统暂时没有响应，请稍后继续上传"
SUFFIX = "-upload"  # NAME-upload in a form: the upload in the place of the file NAME


@never_cache
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> JsonResponse:
    """Ask for an upload of `name` with `size` bytes for a place with these `terms`; one begun earlier goes on."""
    user: Any = request.user
    try:
        terms = signing.loads(request.POST.get("terms", ""), salt=TERMS, max_age=24 * 3600)
        size = int(request.POST.get("size", ""))
    except (signing.BadSignature, ValueError):
        return _refused("页面已经过期，请刷新后再上传")
    try:
        upload = uploads.begin(user, request.POST.get("name", ""), size, terms, timezone.now())
    except FileRefused as refusal:
        return _refused(str(refusal))
    return _told(upload, 201)


@never_cache
@require_http_methods(["GET", "HEAD", "PATCH", "POST", "DELETE"])
def upload(request: HttpRequest, token: str) -> JsonResponse:
    """One's own upload: how far it is (GET), one more piece (PATCH), the end with its digest (POST), away (DELETE)."""
    found = Upload.objects.filter(token=token, owner=request.user.pk).first()
    if found is None:
        raise Http404
    try:
        if request.method == "PATCH":
            offset = int(request.headers.get("Upload-Offset", ""))
            found = uploads.append(found, offset, _piece(request), timezone.now())
        elif request.method == "POST":
            found = uploads.finish(found, request.POST.get("digest", ""), timezone.now())
        elif request.method == "DELETE":
            uploads.drop(found)
    except uploads.Misplaced as misplaced:
        return JsonResponse({"offset": misplaced.offset}, status=409)
    except (FileRefused, ValueError) as refusal:
        return _refused(str(refusal) if isinstance(refusal, FileRefused) else "请求不完整，请重试")
    except UnreadablePostError:
        return _refused("连接中断，请重试")
    except OSError:
        log.exception("a piece of upload %s was not kept", token)
        return JsonResponse({"words": AWAY}, status=503)
    return _told(found)


def _piece(request: HttpRequest) -> bytes:
    """The body, never more than one piece of it. ValueError for a larger or a shortened one."""
    length = int(request.headers.get("Content-Length") or 0)
    if not 0 < length <= uploads.PIECE:
        raise ValueError("length of the piece")
    piece = request.read(length)
    if len(piece) != length:
        raise ValueError("the piece is shortened")
    return piece


def _told(found: Upload, status: int = 200) -> JsonResponse:
    said = {
        "token": found.token, "url": reverse("casework:upload", args=[found.token]), "offset": found.offset,
        "size": found.size, "piece": uploads.PIECE, "done": found.done_at is not None,
    }  # fmt: skip
    return JsonResponse(said, status=status)


def _refused(words: str) -> JsonResponse:
    return JsonResponse({"words": words}, status=422)


class Joined(UploadedFile):
    """A file that came in pieces, for a form."""

    def __init__(self, found: Upload) -> None:
        self.upload = found
        content_type = next((kind.content_type for code, kind in KINDS.items() if code in found.kinds.split(",")), "")
        super().__init__(uploads.join(found), found.name, content_type, found.size)


def files_of(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """The files of a form: those in it, and those that it names because they came in pieces before.

    Raises OSError if the store is away. None unless the form was sent.
    """
    if request.method != "POST":
        return None
    files: MultiValueDict[str, UploadedFile] = request.FILES.copy()
    for field in [name for name in request.POST if name.endswith(SUFFIX)]:
        tokens = request.POST.getlist(field)[: uploads.MOST_OPEN]
        for found in Upload.objects.filter(token__in=tokens, owner=request.user.pk, done_at__isnull=False):
            files.appendlist(field.removesuffix(SUFFIX), Joined(found))
    return files


class Enough(Exception):
    """No more files are taken now: neither this one nor those behind it. Its words say why."""


def keep_all(form: Form, field: str, keep: Callable[[UploadedFile], object]) -> bool:
    """Keep every chosen file of a form that was looked at; what is refused is said at the field, what was kept stays.

    keep: raises FileRefused or Enough, and OSError or DatabaseError while the store is away.
    """
    for file in form.cleaned_data.get(field) or []:
        try:
            keep(file)
        except Enough as enough:
            form.add_error(field, str(enough))
            break
        except FileRefused as refusal:
            form.add_error(field, str(refusal))
        except (OSError, DatabaseError):
            log.exception("a file of a form was not kept")
            words = f"“{file.name}”没有保存成功，其他内容没有丢失，请稍后再试一次"
            form.add_error(field, ValidationError(words, code=NO_STORE))
            continue
        settled(file)
    return not form.errors


def settled(file: Any) -> None:
    """Say that a file was taken or refused for good: its pieces are not needed any more."""
    if isinstance(file, Joined):
        file.close()
        uploads.drop(file.upload)


def unfinished(request: HttpRequest) -> list[Upload]:
    """What the person began to send and has not finished."""
    since = timezone.now() - uploads.LIFE
    return list(Upload.objects.filter(owner=request.user.pk, touched_at__gt=since, done_at=None).order_by("-pk"))
