"""The kinds of files that can be taken, how each is recognised, and the limits that hold for all.

Not taken at all: the office formats before 2007 (doc, xls, ppt), whose container hides macros and embedded programs
from any inspection that is short enough to be trusted; archives; SVG and HTML, which are programs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
USUAL_MOST = 20 * MEGABYTE  # bytes of one file, unless its place allows more
MOST = 250 * MEGABYTE  # bytes of one file, wherever
MOST_PIXELS = 80_000_000
MOST_SIDE = 30_000  # pixels
MOST_PAGES = 1000
MOST_ENTRIES = 5000
MOST_DIRECTORY = 2 * MEGABYTE  # bytes of an archive's list of entries
MOST_UNPACKED = 400 * MEGABYTE
MOST_RATIO = 200  # unpacked to packed, of an entry that unpacks to more than a megabyte
LONGEST_NAME = 255


class FileRefused(ValueError):
    """The file is not taken; `code` names the reason, the text says in Chinese why and what to do."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its signature, the names that it may bear, what a browser and libmagic call it."""

    code: str
    content_type: str
    head: bytes
    extensions: tuple[str, ...]
    magic: frozenset[str]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPS = {"application/zip", "application/octet-stream"}
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", b"%PDF-", ("pdf",), frozenset({"application/pdf"})),
        Kind("jpg", "image/jpeg", b"\xff\xd8\xff", ("jpg", "jpeg"), frozenset({"image/jpeg"})),
        Kind("png", "image/png", b"\x89PNG\r\n\x1a\n", ("png",), frozenset({"image/png"})),
        Kind("ofd", "application/ofd", b"PK\x03\x04", ("ofd",), frozenset(_ZIPS)),
        Kind(
            "docx", f"{_OFFICE}wordprocessingml.document", b"PK\x03\x04", ("docx",),
            frozenset({*_ZIPS, f"{_OFFICE}wordprocessingml.document"}),
        ),
        Kind(
            "xlsx", f"{_OFFICE}spreadsheetml.sheet", b"PK\x03\x04", ("xlsx",),
            frozenset({*_ZIPS, f"{_OFFICE}spreadsheetml.sheet"}),
        ),
    )
}  # fmt: skip
CONTENT_TYPES = {kind.content_type for kind in KINDS.values()}
ARCHIVES = frozenset({"ofd", "docx", "xlsx"})


def several(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


# What a system might run by a click; in the middle of a name it deceives whoever does not see the last part.
PROGRAMS = several(
    "exe com bat cmd scr pif msi msp dll cpl lnk url reg js jse vbs vbe wsf wsh ps1 psm1 sh bash py pl rb php phtml"
    " phar asp aspx jsp jspx jar apk app hta htm html xhtml svg swf iso img vhd docm xlsm pptm dotm xltm chm"
    " scf inf desktop"
)
# Direction marks and what else cannot be seen, which make a name read as another one.
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain_name(name: str) -> str:
    """The name of a file as it may be shown: without directories, control and direction signs, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(". ")
    stem, dot, extension = kept.rpartition(".")
    return f"{stem[:100]}{dot}{extension[:10]}" if dot else kept[:100] or "文件"


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def check_name(name: str) -> str:
    """The plain name. Raises FileRefused for a name that is made to deceive."""
    shown = plain_name(name)
    if _UNSEEN.search(name):
        raise FileRefused("name", f"“{shown}”的文件名含有不可见的字符，请改名后再上传")
    if len(name) > LONGEST_NAME:
        raise FileRefused("name", f"“{shown[:30]}……”的文件名过长，请改名后再上传")
    if {part.strip().lower() for part in name.split(".")[1:-1]} & PROGRAMS:
        raise FileRefused("name", f"“{shown}”的文件名含有多个扩展名，请改名后再上传")
    return shown


def words_of(kinds: tuple[str, ...]) -> str:
    """PDF、OFD、JPG"""
    return "、".join(kind.upper() for kind in kinds)
