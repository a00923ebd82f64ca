"""Files in which a draft is handed in: DOCX, Markdown, plain text. Read to lines, or one line that says why not. Pure.

Only words are taken. What Word numbers by itself (自动编号) stands in no paragraph: where such paragraphs occur the
reader says so, since article numbers would be lost without a word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from casework.inspection import archives
from casework.inspection.kinds import MEGABYTE, FileRefused
from law.reading import Unreadable
from regulations.rules import text

MOST_BYTES = 5 * MEGABYTE
KINDS = (".docx", ".md", ".txt")
_MARKS = re.compile(r"^\s{0,3}(#{1,6}\s+|[-*+]\s+|>\s?)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")


@dataclass(frozen=True, slots=True)
class Handed:
    """What a file says: its title line, its other lines, and what the reader must tell the person."""

    title: str
    body: str
    source: str
    warnings: tuple[str, ...] = ()


def read(stream: IO[bytes], name: str) -> Handed:
    """Title and body of a draft. Raises Unreadable."""
    stream.seek(0)
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"“{name}”超过{MOST_BYTES // MEGABYTE} MB")
    if not raw.strip():
        raise Unreadable(f"“{name}”是空文件，请重新选择")
    ending = f".{name.rpartition('.')[2].lower()}"
    if ending not in KINDS:
        raise Unreadable(f"“{name}”的格式不受支持，请另存为 .docx、.md 或者 .txt 后再上传")
    warnings: tuple[str, ...] = ()
    if ending == ".docx":
        lines, numbered = _docx(raw, name)
        if numbered:
            warnings = (f"有{numbered}个段落使用了自动编号，编号没有读出，请核对条文序号",)
    else:
        lines = _decoded(raw, name).split("\n")
        if ending == ".md":
            lines = [_EMPHASIS.sub(r"\2", _MARKS.sub("", line)) for line in lines]
    whole = text.cleaned("\n".join(lines))
    if len(whole) > text.MOST_SIGNS:
        raise Unreadable(f"“{name}”超过{text.MOST_SIGNS}个字")
    title, _, body = whole.partition("\n")
    if not body:
        raise Unreadable(f"“{name}”除标题外没有正文")
    return Handed(title[:200], body, ending[1:], warnings)


def _decoded(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in words:
            return words.replace("\r\n", "\n")
    raise Unreadable(f"“{name}”不是文本文件，或者编码不能识别，请另存为 UTF-8")


def _docx(raw: bytes, name: str) -> tuple[list[str], int]:
    """The paragraphs of a document, those in tables too, and how many of them Word numbers by itself."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    stream = io.BytesIO(raw)
    try:
        entries = archives.directory(stream, name)
        if archives.kind_of(entries) != "docx":
            raise Unreadable(f"“{name}”不是Word文档（.docx）")
        archives.check_entries(entries, "docx", name)
        with zipfile.ZipFile(stream) as archive:
            root = fromstring(archive.read("word/document.xml"), forbid_dtd=True)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from refusal
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, EOFError, OSError) as error:
        raise Unreadable(f"“{name}”不能打开，请重新保存后再上传") from error
    lines, numbered = [], 0
    for paragraph in _named(root, "p"):
        words = "".join(_said(node) for node in paragraph.iter())
        lines.append(words)
        numbered += bool(words.strip()) and any(True for _ in _named(paragraph, "numPr"))
    return lines, numbered


def _named(root: Any, name: str) -> Iterator[Any]:
    """Elements by their local name: the two editions of the format differ in the address of their namespace only."""
    return (node for node in root.iter() if _local(node) == name)


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _said(node: Any) -> str:
    name = _local(node)
    return node.text or "" if name == "t" else {"tab": " ", "br": "\n", "cr": "\n"}.get(name, "")
