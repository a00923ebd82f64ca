"""PDF documents that act, hide, lock or explode."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.actions import JavaScript

from tests.casework.hostile import Specimen


def pdf(catalog: str = "", extra: str = "", page: str = "", count: int = 1, trailer: str = "") -> bytes:
    """A whole PDF of empty pages written by hand, with what is given put into its parts."""
    kids = " ".join(f"{10 + number} 0 R" for number in range(count))
    bodies = {1: f"<</Type/Catalog/Pages 2 0 R {catalog}>>", 2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>"}
    bodies |= {10 + n: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842] {page}>>" for n in range(count)}
    out, at = b"%PDF-1.7\n", {}
    for number, body in bodies.items():
        at[number] = len(out)
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    for number in (int(found) for found in re.findall(r"^(\d+) 0 obj", extra, re.MULTILINE)):
        at[number] = len(out) + extra.index(f"{number} 0 obj")
    start = len(out) + len(extra.encode("latin-1"))
    out += extra.encode("latin-1") + f"xref\n0 {max(at) + 1}\n".encode()
    for number in range(max(at) + 1):
        out += b"%010d 00000 n \n" % at[number] if number in at else b"0000000000 65535 f \n"
    return out + f"trailer<</Root 1 0 R/Size {max(at) + 1} {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")


def packed(catalog: str, inside: str) -> bytes:
    """The hostile object lies in a packed object stream, where a search for words does not find it."""
    data = zlib.compress(f"50 0 {inside}".encode())
    head = f"60 0 obj<</Type/ObjStm/N 1/First 5/Length {len(data)}/Filter/FlateDecode>>stream\n".encode()
    out = b"%PDF-1.7\n"
    at: dict[int, int] = {}
    pieces = {
        1: f"1 0 obj<</Type/Catalog/Pages 2 0 R {catalog}>>endobj\n".encode(),
        2: b"2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj\n",
        10: b"10 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n",
        60: head + data + b"\nendstream endobj\n",
    }
    for number, piece in pieces.items():
        at[number] = len(out)
        out += piece
    start = len(out)
    rows = b""
    for number in range(62):
        if number == 50:
            rows += b"\x02" + (60).to_bytes(4, "big") + b"\x00"
        elif number == 61 or number in at:
            rows += b"\x01" + at.get(number, start).to_bytes(4, "big") + b"\x00"
        else:
            rows += b"\x00" + bytes(5)
    xref = zlib.compress(rows)
    out += f"61 0 obj<</Type/XRef/Size 62/W[1 4 1]/Root 1 0 R/Length {len(xref)}/Filter/FlateDecode>>".encode()
    return out + b"stream\n" + xref + f"\nendstream endobj\nstartxref\n{start}\n%%EOF\n".encode()


def written(change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF as pypdf writes it, after a change."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stream(number: int, data: bytes, entries: str) -> str:
    return f"{number} 0 obj<</Length {len(data)} {entries}>>stream\n{data.decode('latin-1')}\nendstream endobj\n"


ACTIONS = {
    "JavaScript": "<</S/JavaScript/JS(app.alert(1))>>",
    "Launch": "<</S/Launch/F(cmd.exe)>>",
    "Launch with Win": "<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>",
    "SubmitForm": "<</S/SubmitForm/F(http://example.com/)>>",
    "ImportData": "<</S/ImportData/F(x.fdf)>>",
    "GoToE": "<</S/GoToE/T<</R/C/N(x)>>>>",
    "GoToR": "<</S/GoToR/F(x.pdf)/D[0/Fit]>>",
    "Rendition": "<</S/Rendition/OP 0>>",
    "Movie": "<</S/Movie/T(x)>>",
    "Sound": "<</S/Sound>>",
}
PLACES: dict[str, Callable[[str], bytes]] = {
    "when opened": lambda action: pdf(catalog=f"/OpenAction {action}"),
    "on a page": lambda action: pdf(page=f"/AA<</O {action}>>"),
    "behind a link": lambda action: pdf(page=f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A {action}>>]"),
    "in a bookmark": lambda action: pdf(catalog=f"/Outlines<</First<</Title(x)/A {action}>>>>"),
    "when closed": lambda action: pdf(catalog=f"/AA<</WC {action}>>"),
    "after another": lambda action: pdf(catalog=f"/OpenAction<</S/GoTo/D[10 0 R/Fit]/Next {action}>>"),
    "packed": lambda action: packed("/OpenAction 50 0 R", action),
    "by reference": lambda action: pdf(catalog="/OpenAction 50 0 R", extra=f"50 0 obj{action}endobj\n"),
}
ACTIVE = [
    Specimen(f"PDF {what} {where}", "材料.pdf", lambda put=put, action=action: put(action), "active")  # type: ignore[misc]
    for what, action in ACTIONS.items()
    for where, put in PLACES.items()
]

BOMB = zlib.compress(zlib.compress(bytes(50_000_000), 9), 9)
FLAT = zlib.compress(bytes(450_000_000), 1)
OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "name with escapes": (lambda: pdf(catalog="/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>"), "active"),
    "escaped and packed": (lambda: packed("/OpenAction 50 0 R", "<</S/L#61unch/F(cmd.exe)>>"), "active"),
    "words hidden behind a comment": (
        lambda: pdf(extra="%stream\n", catalog="/Names<</JavaScript 50 0 R>>") + b"", "active",
    ),
    "script in names": (lambda: pdf(catalog="/Names<</JavaScript<</Names[(x)<</S/JavaScript/JS(1)>>]>>>>"), "active"),
    "script by pypdf": (lambda: written(lambda w: w.add_open_action(JavaScript("app.alert(1)"))), "active"),
    "attachment by pypdf": (lambda: written(lambda w: w.add_attachment("x.exe", b"MZ")), "active"),
    "embedded files": (lambda: pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"), "active"),
    "packed embedded file": (lambda: packed("/Names 50 0 R", "<</EmbeddedFiles<</Names[]>>>>"), "active"),
    "file attachment": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>]"), "active"),
    "packed file attachment": (
        lambda: packed("/X 50 0 R", "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>"), "active",
    ),
    "rich media": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]"), "active"),
    "movie": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]>>]"), "active"),
    "sound": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/Sound/Rect[0 0 9 9]>>]"), "active"),
    "screen": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]>>]"), "active"),
    "three dimensions": (lambda: pdf(page="/Annots[<</Type/Annot/Subtype/3D/Rect[0 0 9 9]>>]"), "active"),
    "dynamic form": (lambda: pdf(catalog="/AcroForm<</XFA[(x)1 0 R]>>"), "active"),
    "packed dynamic form": (lambda: packed("/AcroForm 50 0 R", "<</XFA[(x)]>>"), "active"),
    "portfolio": (lambda: pdf(catalog="/Collection<</View/D>>"), "active"),
    "locked": (lambda: written(lambda w: w.encrypt("x")), "locked"),
    "locked for printing": (lambda: written(lambda w: w.encrypt("", "owner", algorithm="RC4-128")), "locked"),
    "locked by words": (lambda: pdf(trailer="/Encrypt 9 0 R"), "locked"),
    "half": (lambda: pdf()[:120], "broken"),
    "no end": (lambda: pdf().replace(b"%%EOF", b""), "broken"),
    "no pages": (lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "broken"),
    "only a head": (lambda: b"%PDF-1.7\n%%EOF", "broken"),
    "no table of objects": (lambda: pdf().replace(b"startxref", b"startxxxx"), "broken"),
    "rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"%%EOF", "broken"),
    "root is a loop": (
        lambda: b"%PDF-1.4\n1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "broken",
    ),
    "too many pages": (lambda: pdf(count=1001), "pages"),
    "deep arrays": (lambda: pdf(catalog="/X " + "[" * 50_000 + "]" * 50_000), "broken|unpacking"),
    "picture of a billion pixels": (
        lambda: pdf(
            page="/Resources<</XObject<</I 50 0 R>>>>",
            extra=stream(50, b"x", "/Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceGray"),
        ),
        "pixels",
    ),
    "stream that explodes": (
        lambda: pdf(page="/Contents 50 0 R", extra=stream(50, FLAT, "/Filter/FlateDecode")), "unpacking",
    ),
    "stream packed twice": (
        lambda: pdf(page="/Contents 50 0 R", extra=stream(50, BOMB, "/Filter[/FlateDecode/FlateDecode]")), "unpacking",
    ),
    "stream packed thrice": (
        lambda: pdf(
            page="/Contents 50 0 R",
            extra=stream(50, BOMB, "/Filter[/ASCIIHexDecode/ASCII85Decode/FlateDecode]"),
        ),
        "unpacking",
    ),
    "page appended": (lambda: pdf() + b"<html><script>alert(1)</script></html>", "foreign"),
    "program appended": (lambda: pdf() + b"MZ\x90\x00" + bytes(100), "foreign"),
    "many streams without end": (lambda: b"%PDF-1.7\n" + b"stream\n" * 2_000_000 + b"%%EOF", "broken"),
}  # fmt: skip
PDFS = ACTIVE + [Specimen(f"PDF {label}", "材料.pdf", make, code) for label, (make, code) in OTHERS.items()]
