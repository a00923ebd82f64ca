"""PDF documents: nothing that acts by itself, no files inside, not locked, a bounded number of pages."""

from __future__ import annotations

import re
from typing import IO, Any

from casework.inspection.kinds import MOST_PAGES, MOST_PIXELS, MOST_UNPACKED, FileRefused

PIECE = 1 << 20
OVERLAP = 64
MOST_OBJECTS = 400_000
MOST_DEPTH_OF_FILTERS = 2
# Drawings are scanned at 600 dpi; their pixels are counted more generously than those of a photograph.
MOST_DRAWN = 8 * MOST_PIXELS
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE|SubmitForm|ImportData|FileAttachment)(?![A-Za-z])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound"}
)
_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/Collection"})
_PARTS = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/EmbeddedFile"})


def active(name: str) -> FileRefused:
    return FileRefused("active", f"“{name}”含有脚本、附件或者动态表单，请打印为普通PDF后再上传")


def locked(name: str) -> FileRefused:
    return FileRefused("locked", f"“{name}”设有密码或者使用限制，请解除后再上传")


def broken(name: str) -> FileRefused:
    return FileRefused("broken", f"“{name}”不能打开，请重新保存后再上传")


def surface(stream: IO[bytes], name: str) -> None:
    """The cheap look: it is whole, and outside its packed streams no word stands that makes a PDF act.

    Reads in pieces; whatever the content, each byte is looked at a bounded number of times.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 2048))
    tail = stream.read()
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise FileRefused("broken", f"“{name}”不完整，请重新保存后再上传")
    if tail[end + 5 :].strip(b"\x00\t\n\x0c\r "):
        raise FileRefused("foreign", f"“{name}”夹带了文档以外的内容，请重新保存后再上传")
    stream.seek(0)
    rest, packed = b"", False
    while piece := stream.read(PIECE):
        rest, packed = _search(rest + piece, packed, name)
    _judge(b"" if packed else rest, name)


def _search(window: bytes, packed: bool, name: str) -> tuple[bytes, bool]:
    """Judge what lies outside streams; answers what the next piece must be read together with."""
    at = 0
    while True:
        word = b"endstream" if packed else b"stream"
        found = window.find(word, at)
        if found < 0:
            if not packed:
                _judge(window[at:], name)
            return window[max(at, len(window) - OVERLAP) :], packed
        if not packed:
            _judge(window[at:found], name)
        at, packed = found + len(word), not packed


def _judge(text: bytes, name: str) -> None:
    if _LOCKED.search(text):
        raise locked(name)
    if _ACTIVE.search(text):
        raise active(name)


def walk(stream: IO[bytes], name: str) -> None:
    """The look into the depth: every object that the document reaches. Only in the child process."""
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    stream.seek(0)
    try:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted:
            raise locked(name)
        todo: list[Any] = [reader.trailer.get("/Root"), reader.trailer.get("/Info")]
        seen: set[tuple[int, int]] = set()
        pages = unpacked = objects = 0
        while todo:
            value = todo.pop()
            if isinstance(value, IndirectObject):
                if (value.idnum, value.generation) in seen:
                    continue
                seen.add((value.idnum, value.generation))
                value = value.get_object()
            objects += 1
            if objects > MOST_OBJECTS:
                raise FileRefused("unpacking", f"“{name}”的结构过于复杂，请重新保存后再上传")
            if isinstance(value, DictionaryObject):
                _judge_entry(value, name)
                pages += _plain(value.get("/Type")) == "/Page"
                if isinstance(value, StreamObject):
                    unpacked += _weigh(value, name)
                todo.extend(value.values())
            elif isinstance(value, ArrayObject):
                todo.extend(value)
            if unpacked > MOST_UNPACKED:
                raise FileRefused("unpacking", f"“{name}”解压后的内容过大，请拆分后再上传")
    except FileRefused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # pypdf lets many kinds through
        raise broken(name) from error
    if pages == 0:
        raise broken(name)
    if pages > MOST_PAGES:
        raise FileRefused("pages", f"“{name}”超过{MOST_PAGES}页，请拆分后再上传")


def _plain(value: Any) -> str:
    value = value.get_object() if hasattr(value, "get_object") else value
    return str(value) if isinstance(value, str) else ""


def _judge_entry(entry: Any, name: str) -> None:
    if _KEYS & set(entry) or _plain(entry.get("/S")) in _ACTIONS:
        raise active(name)
    if _plain(entry.get("/Subtype")) in _PARTS or _plain(entry.get("/Type")) in _PARTS:
        raise active(name)


def _weigh(entry: Any, name: str) -> int:
    """The size to which a stream unpacks, counted without keeping it; pictures are counted by their pixels."""
    import zlib

    filters = entry.get("/Filter")
    filters = filters.get_object() if hasattr(filters, "get_object") else filters
    names = [_plain(each) for each in filters] if isinstance(filters, list) else [_plain(filters)] if filters else []
    if len(names) > MOST_DEPTH_OF_FILTERS or len(names) != len(set(names)):
        raise FileRefused("unpacking", f"“{name}”经过多重压缩，请打印为普通PDF后再上传")
    if _plain(entry.get("/Subtype")) == "/Image":
        width, height = (int(entry.get(key, 0)) for key in ("/Width", "/Height"))
        if width * height > MOST_DRAWN:
            raise FileRefused("pixels", f"“{name}”中图片的像素过多，请缩小后再上传")
        return 0
    if names[:1] != ["/FlateDecode"]:
        return len(entry._data)
    unpacker, data, size = zlib.decompressobj(), entry._data, 0
    try:
        while data and not unpacker.eof and size <= MOST_UNPACKED:
            size += len(unpacker.decompress(data, PIECE))
            data = unpacker.unconsumed_tail
    except zlib.error:
        return size  # readers show what there is of a damaged stream
    return size
