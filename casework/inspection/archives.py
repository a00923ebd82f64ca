"""Archives (OFD, DOCX, XLSX): judged by their list of entries before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import IO

from casework.inspection.kinds import (
    MEGABYTE,
    MOST_DIRECTORY,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    PROGRAMS,
    FileRefused,
    extension_of,
    several,
)

_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PACKED = several("zip rar 7z gz tgz bz2 xz tar cab jar docx xlsx pptx docm xlsm ofd epub odt ods iso")
# What may lie in an OFD document (GB/T 33190): descriptions, pictures, faces, seals and their signatures.
_OF_OFD = several("xml xsd jpg jpeg png bmp gif tif tiff jb2 jbig2 ttf otf ttc cff esl dat sig cer crt p7b txt")


def broken(name: str) -> FileRefused:
    return FileRefused("broken", f"“{name}”不能打开，请重新保存后再上传")


def _bomb(name: str) -> FileRefused:
    return FileRefused("unpacking", f"“{name}”解压后的内容过大，请拆分后再上传")


def ends_as_archive(stream: IO[bytes]) -> bool:
    """Whether an unpacking program would take the file for an archive."""
    return _end_of_directory(stream) is not None


def _end_of_directory(stream: IO[bytes]) -> tuple[int, int, int, int] | None:
    """Number of entries, size and offset of the directory, and where its end record stands."""
    size = stream.seek(0, 2)
    begin = max(0, size - 65535 - _END.size)
    stream.seek(begin)
    tail = stream.read()
    at = tail.rfind(_END_SIGN)
    while at >= 0:
        if at + _END.size <= len(tail):
            _, disk, first, here, entries, length, offset, comment = _END.unpack_from(tail, at)
            if at + _END.size + comment <= len(tail) and here <= entries and not (disk or first):
                return entries, length, offset, begin + at
        at = tail.rfind(_END_SIGN, 0, at)
    return None


def directory(stream: IO[bytes], name: str) -> list[zipfile.ZipInfo]:
    """The entries of an archive that is one and nothing else, within every limit. Raises FileRefused. Unpacks nothing.

    Costs no more memory than the directory, whose size is limited before it is read.
    """
    found = _end_of_directory(stream)
    if found is None:
        raise broken(name)
    entries, length, offset, end = found
    if entries > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise FileRefused("unpacking", f"“{name}”含有过多的文件，请拆分后再上传")
    if offset + length != end:
        raise FileRefused("foreign", f"“{name}”夹带了文档以外的内容，请重新保存后再上传")
    try:
        with zipfile.ZipFile(stream) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise broken(name) from error
    if len(listed) != entries or not listed:
        raise broken(name)
    _check(listed, offset, name)
    return listed


def _check(entries: list[zipfile.ZipInfo], directory_at: int, name: str) -> None:
    seen: set[str] = set()
    free = total = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        _check_path(entry, name)
        key = entry.filename.casefold()
        if key in seen:
            raise broken(name)
        seen.add(key)
        if entry.header_offset < free or (free == 0 and entry.header_offset != 0):
            raise FileRefused("unpacking", f"“{name}”的内部结构重叠，请重新保存后再上传")
        free = entry.header_offset + 30 + entry.compress_size
        if free > directory_at or entry.compress_type not in _PLAIN:
            raise broken(name)
        if entry.flag_bits & 0x41:
            raise FileRefused("locked", f"“{name}”设有密码，请解除后再上传")
        if entry.file_size > MEGABYTE and entry.file_size > entry.compress_size * MOST_RATIO:
            raise _bomb(name)
        total += entry.file_size
        if total > MOST_UNPACKED:
            raise _bomb(name)


def _check_path(entry: zipfile.ZipInfo, name: str) -> None:
    path = getattr(entry, "orig_filename", entry.filename)
    parts = path.split("/")
    away = path.startswith("/") or "\\" in path or ":" in path or ".." in parts or not path.isprintable()
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if away or not path or (kind and kind not in (stat.S_IFREG, stat.S_IFDIR)):
        raise FileRefused("path", f"“{name}”的内部文件指向文档以外的位置，不能接收")


def kind_of(entries: list[zipfile.ZipInfo]) -> str:
    """ofd, docx or xlsx by the entries that make one; nothing for any other archive."""
    names = {entry.filename for entry in entries}
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
    return ""


def check_entries(entries: list[zipfile.ZipInfo], kind: str, name: str) -> None:
    """No macros, controls, embedded files or nested archives. Raises FileRefused."""
    for entry in entries:
        path = entry.filename.lower()
        last = path.rpartition("/")[2]
        extension = extension_of(last)
        if kind == "ofd":
            if extension not in _OF_OFD and not path.endswith("/"):
                raise _embedded(name)
            continue
        if "vbaproject" in last or "vbadata" in last or "/macrosheets/" in path or "/dialogsheets/" in path:
            raise FileRefused("macro", f"“{name}”含有宏，请另存为不含宏的文档后再上传")
        if "/activex/" in path or "/ctrlprops/" in path or (extension == "bin" and "printersettings" not in last):
            raise FileRefused("active", f"“{name}”含有控件，请删除后再上传")
        if "/embeddings/" in path or extension in _PACKED or (extension in PROGRAMS and extension != "svg"):
            raise _embedded(name)
        if "/externallinks/" in path:
            raise FileRefused("external", f"“{name}”引用了外部文件，请断开链接后再上传")


def _embedded(name: str) -> FileRefused:
    return FileRefused("embedded", f"“{name}”嵌入了其他文件，请单独上传所嵌入的文件")
