"""Receiving a file in pieces: the server knows how far it is, whoever lost the connection goes on from there.

Pieces lie in the store of documents under names of our own, so that every web server finds them; the row counts them.
Taking one more is a comparison of the offset and its change in one statement: of two that send the same piece one wins.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Sum

from accounts.models import User
from casework.actions.files import forget
from casework.inspection.kinds import KINDS, FileRefused, check_name, extension_of, words_of
from casework.inspection.surface import check_size
from casework.models import Upload

PIECE = 4 * 1024 * 1024  # bytes; every piece but the last
MOST_OPEN = 10  # of one person
MOST_BYTES = 600 * 1024 * 1024  # of one person
LIFE = timedelta(hours=24)  # after the last piece


class Misplaced(Exception):
    """The piece does not follow what is there; `offset` is where it goes on."""

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


def begin(user: User, name: str, size: int, terms: Mapping[str, Any], at: datetime) -> Upload:
    """A new upload, or the one that the person began earlier for the same file. Raises FileRefused.

    `terms` are the kinds and the limit in bytes of the place that the file is for.
    """
    shown = check_name(name)
    check_size(name, size, terms["most"])
    kinds = tuple(terms["kinds"])
    if not any(extension_of(name) in KINDS[kind].extensions for kind in kinds):
        raise FileRefused("kind", f"“{shown}”的格式不受支持，请上传 {words_of(kinds)}")
    mine = Upload.objects.filter(owner=user, touched_at__gt=at - LIFE)
    if begun := mine.filter(name=name, size=size, kinds=",".join(kinds)).order_by("pk").last():
        return begun
    waiting = mine.aggregate(bytes=Sum("size", default=0))["bytes"]
    if mine.count() >= MOST_OPEN or waiting + size > MOST_BYTES:
        raise FileRefused("many", "您没有传完的文件过多，请先传完或者等待二十四小时后再试")
    return Upload.objects.create(owner=user, name=name, size=size, kinds=",".join(kinds), created_at=at, touched_at=at)


def append(upload: Upload, offset: int, piece: bytes, at: datetime) -> Upload:
    """Keep one more piece. Raises Misplaced, FileRefused for a piece of another length, OSError without a store."""
    if offset != upload.offset:
        raise Misplaced(upload.offset)
    if len(piece) != min(PIECE, upload.size - offset) or not piece:
        raise FileRefused("piece", "收到的数据不完整，请重试")
    name = default_storage.save(f"uploads/{upload.token}/{offset:012d}", ContentFile(piece))
    digests = [*upload.digests, hashlib.sha256(piece).hexdigest()]
    moved = Upload.objects.filter(pk=upload.pk, offset=offset).update(
        offset=offset + len(piece), pieces=[*upload.pieces, name], digests=digests, touched_at=at
    )
    if not moved:
        forget(name)
        there = Upload.objects.filter(pk=upload.pk).values_list("offset", flat=True).first()
        raise Misplaced(there or 0)
    upload.refresh_from_db()
    return upload


def finish(upload: Upload, digest: str, at: datetime) -> Upload:
    """Close an upload whose pieces are all there. Raises FileRefused, and drops it, if it is not the sender's file.

    `digest` is the SHA-256 of the joined hexadecimal SHA-256 of all pieces: a browser can compute it piece by piece.
    """
    if upload.offset != upload.size:
        raise Misplaced(upload.offset)
    if hashlib.sha256("".join(upload.digests).encode()).hexdigest() != digest:
        drop(upload)
        raise FileRefused("changed", f"“{upload.name}”在上传过程中有变化，请重新上传")
    Upload.objects.filter(pk=upload.pk).update(done_at=at, touched_at=at)
    upload.refresh_from_db()
    return upload


def join(upload: Upload) -> IO[bytes]:
    """The whole file on this disk, deleted when it is closed. Raises OSError if a piece is away or another one."""
    whole = tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - the caller closes it
    try:
        for name, digest in zip(upload.pieces, upload.digests, strict=True):
            with default_storage.open(name) as kept:
                piece = kept.read()
            if hashlib.sha256(piece).hexdigest() != digest:
                raise OSError(f"piece {name} is not the one that was received")
            whole.write(piece)
    except BaseException:
        whole.close()
        raise
    whole.seek(0)
    return whole


def drop(upload: Upload) -> None:
    """Forget an upload and its pieces."""
    Upload.objects.filter(pk=upload.pk).delete()
    for name in upload.pieces:
        forget(name)


def drop_stale(at: datetime) -> int:
    """Forget what nobody went on with for a day; answers how many."""
    stale = list(Upload.objects.filter(touched_at__lte=at - LIFE).order_by("pk")[:200])
    for upload in stale:
        drop(upload)
    return len(stale)
