"""Names that deceive, contents that are something else, and nothing at all."""

from __future__ import annotations

from collections.abc import Callable

from tests.casework.hostile import Specimen
from tests.casework.hostile.documents import pdf
from tests.casework.hostile.pictures import jpg, png

# The test file of the antivirus industry, in two halves, so that no scanner takes this source for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

NAMES: dict[str, str] = {
    "photo\u202egpj.pdf": "name", "合同\u202dfdp.pdf": "name", "a\u200b.pdf": "name", "a\u2066b.pdf": "name",
    "a\x00.pdf": "name", "a.pdf\x00.exe": "name", "a\n.pdf": "name", "a\r\nX: y.pdf": "name", "\ufeffa.pdf": "name",
    "x" * 252 + ".pdf": "name", "图" * 5000 + ".pdf": "name",
    "a.exe.pdf": "name", "合同.scr.pdf": "name", "a.html.pdf": "name", "a.php.pdf": "name", "a.docm.pdf": "name",
    "a.js .pdf": "name", "a.SVG.pdf": "name",
    "a.exe": "extension", "a.pdf.exe": "extension", "a.pdf ": "extension", "a.png": "extension", "a.docx": "extension",
    "a": "extension", "": "extension", ".pdf.": "extension", "a.pdf.": "extension", "a.html": "extension",
    "a.svg": "extension", "pdf": "extension",
}  # fmt: skip
CONTENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "EICAR": ("病毒.com", lambda: EICAR),
    "EICAR as PDF": ("材料.pdf", lambda: EICAR),
    "program as PDF": ("发票.pdf", lambda: b"MZ\x90\x00" + bytes(200)),
    "ELF as PNG": ("图.png", lambda: b"\x7fELF" + bytes(200)),
    "script as PDF": ("材料.pdf", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "page as PDF": ("材料.pdf", lambda: b"<html><script>alert(1)</script>"),
    "page before a PDF": ("材料.pdf", lambda: b"<html><script>alert(1)</script>" + pdf()),
    "blank before a PDF": ("材料.pdf", lambda: b"\n" + pdf()),
    "old Word": ("材料.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "old Word as docx": ("材料.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "old Excel as xlsx": ("表.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "locked Word as docx": ("材料.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage" + bytes(600)),
    "rich text": ("材料.rtf", lambda: rb"{\rtf1{\object\objocx}}"),
    "rich text as PDF": ("材料.pdf", lambda: rb"{\rtf1{\object\objocx}}"),
    "RAR": ("材料.rar", lambda: b"Rar!\x1a\x07\x01\x00"),
    "shortcut": ("材料.lnk", lambda: b"L\x00\x00\x00\x01\x14\x02\x00"),
    "plain text as PDF": ("材料.pdf", lambda: "请看附件".encode()),
    "PostScript as PDF": ("材料.pdf", lambda: b"%!PS-Adobe-3.0\n(cmd) run"),
    "film as JPEG": ("图.jpg", lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(90)),
}
DISGUISES = [
    *(Specimen(f"name {name[:40]!r}", name, pdf, code) for name, code in NAMES.items()),
    *(Specimen(f"content {label}", name, make, "kind") for label, (name, make) in CONTENTS.items()),
    *(Specimen(f"empty {kind}", f"空.{kind}", lambda: b"", "empty") for kind in ("pdf", "png", "jpg", "docx", "ofd")),
    *(
        Specimen(f"{label} too large", name, lambda make=make: make() + bytes(21 * 1024 * 1024), "size")  # type: ignore[misc]
        for label, name, make in (("PDF", "a.pdf", pdf), ("PNG", "a.png", png), ("JPEG", "a.jpg", jpg))
    ),
]
