"""Keeping files that somebody hands in: stored under a name of our own, held until they were looked into and scanned.

The row is the truth: a held file is claimed with its lock, looked into in a process of its own, scanned, and marked in
one transaction. A worker that dies leaves it held for the next; a scanner that is away leaves everything held.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from casework.inspection import clamd, worker
from casework.inspection.kinds import KINDS, MEGABYTE, FileRefused
from casework.inspection.surface import Found
from casework.models import Document, Draft, Notice
from casework.queries.readers import Readers
from casework.queries.verify import issued
from casework.signals import file_arrived

log = logging.getLogger(__name__)
PIECE = 1 << 20
PAUSE = timedelta(minutes=1)  # doubled with each failure
MOST_PAUSE = timedelta(hours=1)
NO_SCANNER = "none"


@contextmanager
def stored(file: File, found: Found, at: datetime, **columns: Any) -> Iterator[Document]:
    """A document whose file lies in the store, not saved yet. Whoever does not save it, or fails, leaves no file.

    Raises OSError where the store is away. The original name is data (`title`), never part of a path.
    """
    document = Document(
        title=found.name, content_type=found.content_type, size=found.size, sha256=found.sha256, added_at=at, **columns
    )
    storage, field = document.file.storage, document.file.field
    file.seek(0)
    name = storage.save(field.generate_filename(document, f"{document.token}.{found.kind}"), File(file.file))
    document.file = name
    try:
        yield document
    except BaseException:
        forget(name)
        raise
    if document._state.adding:
        forget(name)
    else:
        transaction.on_commit(lambda: file_arrived.send(sender=Document))


def keep(
    draft: Draft,
    file: File,
    found: Found,
    user: User | None,
    at: datetime,
    *,
    slot: str,
    most_files: int,
    most_bytes: int,
) -> Document:
    """Keep a file for one place of a draft; the same file twice is kept once. `user`: none for what is nobody's.

    At most so many files in the place, and so many bytes in the draft. FileRefused: too many, or the draft is a case by
    now. OSError: the store of files is away. Nothing of the draft is touched then.
    """
    columns: dict[str, Any] = {"kind": Document.Kind.MATERIAL, "slot": slot, "added_by": user}
    with stored(file, found, at, draft=draft, **columns) as document, transaction.atomic():
        locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if locked.case_id:
            raise FileRefused("submitted", "已经提交，不能再上传材料")
        present = list(Document.objects.filter(draft=locked, case=None).only("slot", "size", "sha256"))
        if same := next((d for d in present if d.sha256 == found.sha256 and d.slot == slot), None):
            return same
        if sum(each.slot == slot for each in present) >= most_files:
            raise FileRefused("many", f"同一材料最多上传{most_files}个文件")
        if sum(each.size for each in present) + found.size > most_bytes:
            raise FileRefused("many", f"全部材料合计不能超过{most_bytes // MEGABYTE} MB")
        document.save()
        Draft.objects.filter(pk=locked.pk).update(saved_at=at)
    return document


def forget(name: str) -> None:
    """Delete a stored file that no row needs; one that cannot be deleted now is found by `verify_files`."""
    try:
        Document._meta.get_field("file").storage.delete(name)
    except OSError:
        log.exception("file %s could not be deleted", name)


def discard(document: Document) -> None:
    """Delete a document that joined no case, and after the commit its file."""
    name = str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: forget(name))


def check_files(at: datetime, most: int | None = None) -> int:
    """Look into the files that are held at `at`, at `most` so many; answers how many got a verdict.

    Without a scanner none is even looked into: they stay held, and the beat asks again.
    """
    if settings.SCANNER != NO_SCANNER and not clamd.ping(settings.SCANNER):
        if _waiting(at).exists():
            log.error("the virus scanner at %r does not answer: files stay held", settings.SCANNER)
        return 0
    judged = 0
    while judged != most and (outcome := _check_one(at)) is not None:
        judged += outcome
    return judged


def _waiting(at: datetime) -> Any:
    held = Document.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), ~Q(file=""), scan=Document.Scan.HELD)
    return held.exclude(kind=Document.Kind.PAPER)


@transaction.atomic
def _check_one(at: datetime) -> int | None:
    """Judge the next held file: 1 if there is a verdict, 0 if it has to wait longer, None if none waits."""
    free = _waiting(at).select_for_update(skip_locked=True, of=("self",)).select_related("case", "draft", "added_by")
    document: Document | None = free.order_by("pk").first()
    if document is None:
        return None
    try:
        with _copy(document) as copy:
            found = _judge(document, copy)
    except FileRefused as refusal:
        document.scan, document.finding = Document.Scan.REFUSED, str(refusal)[:300]
    except (clamd.ScannerDown, OSError) as error:
        document.attempts += 1
        document.error = f"{type(error).__name__}: {error}"[:500]
        document.next_try_at = at + min(PAUSE * 2 ** min(document.attempts - 1, 10), MOST_PAUSE)
        document.save(update_fields=["attempts", "error", "next_try_at"])
        log.error("file %s stays held: %s", document.token, error)
        return 0
    else:
        document.scan = Document.Scan.INFECTED if found else Document.Scan.CLEAN
        document.finding = found[:300]
    document.scanned_at, document.error, document.next_try_at = at, "", None
    document.scanned_by = settings.SCANNER.partition(":")[0]
    document.save(update_fields=["scan", "finding", "scanned_at", "scanned_by", "error", "next_try_at"])
    if document.locked_away:
        log.warning("file %s is locked away: %s %s", document.token, document.scan, document.finding)
        _tell(document, at)
    return 1


@contextmanager
def _copy(document: Document) -> Iterator[IO[bytes]]:
    """The stored file as a file on this disk, compared with the hash under which it was kept."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy, document.file.open("rb") as kept:
        digest = hashlib.sha256()
        while piece := kept.read(PIECE):
            digest.update(piece)
            copy.write(piece)
        if digest.hexdigest() != document.sha256:
            raise OSError("the stored file is not the one that was handed in")
        yield copy


def _judge(document: Document, copy: IO[bytes]) -> str:
    """What the scanner found, nothing for a clean file. The scanner comes first: what it knows has a name.

    Nobody looks into the depth of a paper of our own: it is known byte for byte, and carries a file inside.
    """
    found = ""
    if settings.SCANNER != NO_SCANNER:
        copy.seek(0)
        found = clamd.scan(copy, settings.SCANNER)
    if not found and not issued(document.sha256):
        kind = next(code for code, kind in KINDS.items() if kind.content_type == document.content_type)
        worker.examine(cast(BinaryIO, copy), kind, document.title)
    return found


def _tell(document: Document, at: datetime) -> None:
    """The one who handed it in and the office learn that the file counts as not handed in."""
    why = document.finding if document.scan == Document.Scan.REFUSED else "文件中发现病毒"
    readers = {document.added_by_id} if document.added_by_id else set()
    if document.case:
        everybody = Readers([document.case], timezone.localdate(at))
        readers |= everybody.of("applicant", document.case) | everybody.of("case_officer", document.case)
    number = document.case.number if document.case else document.draft.title if document.draft else ""
    Notice.objects.bulk_create(
        [
            Notice(
                key=f"file:{document.pk}:{user_id}", case=document.case, to_id=user_id, created_at=at, sent_at=at,
                urgency="soon", subject=f"{number}：文件“{document.title[:60]}”未通过安全检查",
                body=f"{why}。该文件已经隔离，视为没有提交，请另行提供。",
            )
            for user_id in sorted(readers)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
