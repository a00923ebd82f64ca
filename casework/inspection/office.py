"""Unpacking an OFD, DOCX or XLSX under limits and reading every description in it. Only in the child process."""

from __future__ import annotations

import re
import zipfile
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from casework.inspection import archives, images
from casework.inspection.kinds import MOST_UNPACKED, FileRefused, extension_of

PIECE = 1 << 16
DEEPEST = 200  # elements within elements
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
_BAD_TYPES = re.compile(r"macroenabled|vbaproject|activex|oleobject|\.template\.|binary", re.IGNORECASE)
_HARMLESS_BINARY = re.compile(r"printersettings", re.IGNORECASE)
_BAD_RELATIONS = re.compile(r"(attachedTemplate|oleObject|aFChunk|subDocument|externalLink|frame|control)$", re.I)
_LINKS = ("http://", "https://", "mailto:", "#", "tel:")
_ACTS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b|cmd\||\|'\s*/c", re.IGNORECASE)
_RISKY_FORMULA = re.compile(r"\b(WEBSERVICE|CALL|REGISTER|EXEC)\s*\(|\|'?\s*/", re.IGNORECASE)
_DESCRIPTIONS = frozenset({"xml", "rels", "vml", "svg"})


class Reader(ContentHandler):
    """Looks at each element of one description as it goes by; keeps nothing but short fields."""

    def __init__(self, path: str, name: str) -> None:
        super().__init__()
        self.path, self.name = path, name
        self.depth = 0
        self.field: list[str] | None = None
        self.types: dict[str, str] = {}

    def startElement(self, tag: str, attributes: AttributesImpl) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FileRefused("unpacking", f"“{self.name}”的结构过于复杂，请重新保存后再上传")
        local = tag.rpartition(":")[2]
        if local == "Relationship":
            self._relation(attributes)
        elif local in ("Override", "Default"):
            content = attributes.get("ContentType", "")
            self.types[attributes.get("PartName", "").lstrip("/")] = content
            if _BAD_TYPES.search(content) and not _HARMLESS_BINARY.search(content):
                raise FileRefused("macro", f"“{self.name}”含有宏或者控件，请另存为不含宏的文档后再上传")
        elif local in ("instrText", "f", "ddeLink", "oleLink"):
            if local.endswith("Link"):
                raise self._external()
            self.field = []
        elif local == "fldSimple" and _ACTS.search(" ".join(attributes.values())):
            raise self._external()
        if extension_of(self.path) == "svg":
            self._picture(local, attributes)

    def characters(self, content: str) -> None:
        if self.field is not None and len(self.field) < 1000:
            self.field.append(content)

    def endElement(self, tag: str) -> None:
        self.depth -= 1
        local = tag.rpartition(":")[2]
        if self.field is not None and local in ("instrText", "f"):
            words, self.field = "".join(self.field), None
            if (_ACTS if local == "instrText" else _RISKY_FORMULA).search(words):
                raise self._external()

    def _relation(self, attributes: AttributesImpl) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").lower() == "external"
        link = kind.endswith("/hyperlink") and target.lower().startswith(_LINKS)
        if (outside and not link) or _BAD_RELATIONS.search(kind):
            raise self._external()
        if not outside and (":" in target.split("/")[0] or target.startswith(("//", "\\"))):
            raise self._external()

    def _picture(self, local: str, attributes: AttributesImpl) -> None:
        values = " ".join(attributes.values()).lower()
        handlers = any(key.lower().startswith("on") for key in attributes.keys())  # noqa: SIM118 - not a dict
        if local.lower() in ("script", "foreignobject", "iframe") or handlers or "javascript:" in values:
            raise FileRefused("active", f"“{self.name}”中的图片含有脚本，请删除后再上传")

    def _external(self) -> FileRefused:
        return FileRefused("external", f"“{self.name}”引用了外部内容，请断开链接后再上传")


def unpack(stream: IO[bytes], kind: str, name: str) -> None:
    """Unpack every entry, count what comes out, read every description. Raises FileRefused."""
    entries = archives.directory(stream, name)
    archives.check_entries(entries, kind, name)
    if archives.kind_of(entries) != kind:
        raise archives.broken(name)
    total = 0
    types: dict[str, str] = {}
    try:
        with zipfile.ZipFile(stream) as archive:
            for entry in entries:
                with archive.open(entry) as part:
                    if not _described(entry.filename):
                        _rest(part, name)
                    elif entry.filename == "[Content_Types].xml":
                        types = _read(part, entry, name).types
                    else:
                        _read(part, entry, name)
                total += entry.file_size
                if total > 2 * MOST_UNPACKED:
                    raise FileRefused("unpacking", f"“{name}”解压后的内容过大，请拆分后再上传")
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # damaged entries come in many kinds
        raise archives.broken(name) from error
    if kind in _MAIN:
        part_name, wanted = _MAIN[kind]
        if not types.get(part_name, "").endswith(wanted):
            raise archives.broken(name)


def _described(path: str) -> bool:
    return extension_of(path) in _DESCRIPTIONS


def _read(part: IO[bytes], entry: zipfile.ZipInfo, name: str) -> Reader:
    """Read a description: no document type, no entities, nothing fetched from elsewhere."""
    from defusedxml import DefusedXmlException, sax

    reader = Reader(entry.filename, name)
    try:
        sax.parse(part, reader, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused("external", f"“{name}”的内部结构引用了外部实体，不能接收") from error
    except SAXException as error:
        raise archives.broken(name) from error
    return reader


def _rest(part: IO[bytes], name: str) -> None:
    """Unpack what nobody has read yet; its check sum is compared at its end. Pictures are sized first."""
    size, head = 0, b""
    while piece := part.read(PIECE):
        if not size:
            head = piece[:64]
        size += len(piece)
        if size > MOST_UNPACKED:
            raise FileRefused("unpacking", f"“{name}”解压后的内容过大，请拆分后再上传")
    if head.startswith((b"MZ", b"\x7fELF", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")):
        raise FileRefused("embedded", f"“{name}”嵌入了其他文件，请单独上传所嵌入的文件")
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        images.check_pixels(int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"), name)
