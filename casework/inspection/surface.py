"""The look that a request can afford: name, size, kind by content, limits from headers and directories, hash.

Reads in pieces and unpacks nothing. What it lets through is still held until it was looked into (`child`) and scanned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from casework.inspection import archives, images, pdfs
from casework.inspection.kinds import (
    ARCHIVES,
    KINDS,
    MEGABYTE,
    USUAL_MOST,
    FileRefused,
    check_name,
    extension_of,
    plain_name,
    words_of,
)

HEAD = 1024  # bytes; readers of PDF look for its mark that far into a file


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was let through. `kind`, `extension` and `content_type` follow from the content."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: str

    @property
    def extension(self) -> str:
        return self.kind


def look(
    stream: IO[bytes],
    name: str,
    size: int,
    kinds: tuple[str, ...],
    most: int = USUAL_MOST,
    ours: Callable[[str], bool] = lambda sha256: False,
) -> Found:
    """Look into a file that somebody uploaded. Raises FileRefused unless it is whole and of one of the kinds.

    `most` is the limit in bytes; `ours` knows by its SHA-256 a paper that this house issued, which may carry a file
    inside as no other may. The stream must be seekable; it is left at its beginning.
    """
    shown = check_name(name)
    check_size(shown, size, most)
    stream.seek(0)
    kind = _kind(stream, shown, kinds)
    if extension_of(name) not in KINDS[kind].extensions:
        raise FileRefused("extension", f"“{shown}”的内容与扩展名不符，请重新保存后再上传")
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    if kind == "pdf" and not ours(digest):
        pdfs.surface(stream, shown)
    elif kind == "png":
        images.png(stream, shown)
    elif kind == "jpg":
        images.jpeg(stream, shown)
    stream.seek(0)
    return Found(shown, kind, KINDS[kind].content_type, size, digest)


def check_size(name: str, size: int, most: int) -> None:
    """Raises FileRefused for an empty file and for one that is too large; nothing was read yet."""
    shown = plain_name(name)
    if size <= 0:
        raise FileRefused("empty", f"“{shown}”是空文件，请重新选择")
    if size > most:
        raise FileRefused("size", f"“{shown}”超过{most // MEGABYTE} MB，请压缩或者拆分后再上传")


def _kind(stream: IO[bytes], name: str, kinds: tuple[str, ...]) -> str:
    """Which of the kinds the content is; a file that is two things at once is none of them."""
    head = stream.read(HEAD)
    found = next((code for code, kind in KINDS.items() if head.startswith(kind.head)), "")
    if found in ARCHIVES:
        entries = archives.directory(stream, name)
        found = archives.kind_of(entries)
        if found in kinds:
            archives.check_entries(entries, found, name)
    elif found and archives.ends_as_archive(stream):
        raise FileRefused("foreign", f"“{name}”夹带了压缩包，不能接收")
    if found and found != "pdf" and b"%PDF-" in head:
        raise FileRefused("foreign", f"“{name}”夹带了其他格式的内容，不能接收")
    if found not in kinds:
        raise FileRefused("kind", f"“{name}”的内容不是{words_of(kinds)}格式，请转换后再上传")
    return found
