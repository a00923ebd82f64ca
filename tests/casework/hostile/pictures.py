"""Pictures that are more than pictures, that explode, or that are none."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.casework.hostile import Specimen


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind, **options)
    return out.getvalue()


def png() -> bytes:
    return picture("PNG")


def jpg() -> bytes:
    return picture("JPEG")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def sized_png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, whatever is in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data or zlib.compress(b"\0")) + chunk(b"IEND", b"")


def sized_jpg(width: int, height: int) -> bytes:
    content = jpg()
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def with_note(text: str) -> bytes:
    info = PngInfo()
    info.add_text("Comment", text)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def zipped() -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.exe", b"MZ")
    return out.getvalue()


SCRIPTS = [
    "<script>alert(1)</script>", "<?php system($_GET[0]); ?>", "<html><body onload=alert(1)>", "<svg onload=alert(1)>",
    "<iframe src=x>", "<!DOCTYPE html><p>", "<a href=javascript:alert(1)>", "<SCRIPT>1</SCRIPT>",
]  # fmt: skip
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

MADE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "SVG as svg": ("图.svg", lambda: SVG, "kind"),
    "SVG as png": ("图.png", lambda: SVG, "kind"),
    "SVG with a prolog as jpg": ("图.jpg", lambda: b'<?xml version="1.0"?>' + SVG, "kind"),
    "page as png": ("图.png", lambda: b"<!doctype html><script>alert(1)</script>", "kind"),
    "GIF": ("图.gif", lambda: picture("GIF"), "kind"),
    "GIF as png": ("图.png", lambda: picture("GIF"), "kind"),
    "GIF that is a script": ("图.png", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "kind"),
    "TIFF as jpg": ("图.jpg", lambda: picture("TIFF"), "kind"),
    "BMP as png": ("图.png", lambda: picture("BMP"), "kind"),
    "PNG and archive": ("图.png", lambda: png() + zipped(), "foreign"),
    "JPEG and archive": ("图.jpg", lambda: jpg() + zipped(), "foreign"),
    "JPEG and archive with a comment": ("图.jpg", lambda: jpg() + zipped()[:-2] + b"\x04\x00abcd", "foreign"),
    "PNG and PDF": (
        "图.png", lambda: png()[:33] + chunk(b"prVt", b"%PDF-1.4 1 0 obj<<>>endobj") + png()[33:], "foreign",
    ),
    "JPEG and PDF": (
        "图.jpg", lambda: b"\xff\xd8\xff\xfe\x00\x20%PDF-1.4 1 0 obj<<>>endobj ..." + jpg()[2:], "foreign",
    ),
    "PNG with a tail": ("图.png", lambda: png() + b"MZ" + bytes(50), "foreign"),
    "PNG with a page behind": ("图.png", lambda: png() + b"<html>", "foreign"),
    "JPEG with a page behind": ("图.jpg", lambda: jpg() + b"<html><script>", "foreign"),
    "JPEG with a script far behind": ("图.jpg", lambda: jpg() + bytes(200_000) + b"<script>1</script>", "foreign"),
    "JPEG with a script across two reads": (
        "图.jpg", lambda: jpg() + bytes(65_536 - len(jpg()) + 620) + b"<script>1</script>" + bytes(70_000), "foreign",
    ),
    "PNG broken": ("图.png", lambda: png()[:40], "broken"),
    "PNG without end": ("图.png", lambda: png()[:-12], "broken"),
    "PNG without head": ("图.png", lambda: b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"x") + chunk(b"IEND", b""), "broken"),
    "PNG with two heads": ("图.png", lambda: png()[:33] + png()[8:33] + png()[33:], "broken"),
    "PNG with false data": ("图.png", lambda: sized_png(40, 30, b"rubbish"), "broken"),
    "PNG with too little data": ("图.png", lambda: sized_png(4000, 3000), "broken"),
    "PNG with a chunk that never ends": (
        "图.png", lambda: png()[:33] + b"\x7f\xff\xff\xffIDAT" + bytes(50), "broken",
    ),
    "PNG with a negative length": ("图.png", lambda: png()[:33] + b"\xff\xff\xff\xffIDAT" + bytes(50), "broken"),
    "PNG of no width": ("图.png", lambda: sized_png(0, 30), "broken"),
    "JPEG broken": ("图.jpg", lambda: jpg()[:100], "broken"),
    "JPEG without end": ("图.jpg", lambda: jpg()[:-2], "broken"),
    "JPEG without frame": ("图.jpg", lambda: b"\xff\xd8\xff\xda\x00\x02" + bytes(90) + b"\xff\xd9", "broken"),
    "JPEG of rubbish": ("图.jpg", lambda: b"\xff\xd8\xff" + bytes(range(256)) * 4, "broken"),
    "JPEG of no height": ("图.jpg", lambda: sized_jpg(40, 0), "broken"),
    "JPEG with an end of nothing": ("图.jpg", lambda: b"\xff\xd8\xff\xd9", "broken"),
    **{
        f"PNG of {width} x {height}": ("图.png", lambda w=width, h=height: sized_png(w, h), "pixels")  # type: ignore[misc]
        for width, height in ((50_000, 50_000), (2**31 - 1, 2**31 - 1), (80_000, 1), (1, 31_000), (10_000, 8_001))
    },
    **{
        f"JPEG of {width} x {height}": ("图.jpg", lambda w=width, h=height: sized_jpg(w, h), "pixels")  # type: ignore[misc]
        for width, height in ((65_500, 65_500), (60_000, 100), (10_000, 8_001))
    },
    **{f"PNG with a note {text}": ("图.png", lambda t=text: with_note(t), "foreign") for text in SCRIPTS},  # type: ignore[misc]
    **{
        f"JPEG with a note {text}": ("图.jpg", lambda t=text: picture("JPEG", comment=t), "foreign")  # type: ignore[misc]
        for text in SCRIPTS
    },
}  # fmt: skip
PICTURES = [Specimen(label, name, make, code) for label, (name, make, code) in MADE.items()]
