"""The process that turns HTML into PDF: `python -m casework.printing.child`, fed and read through its pipes.

It knows neither Django nor the database, opens no address but data:, and stays warm: WeasyPrint, faces and style sheet
are loaded once, the garbage collector is frozen and off while a page is made. A job that wants more memory than it is
allowed fails alone; the parent (`worker`) kills a process that takes too long.

A request is a frame of JSON: html, memory_mb, attachments [{name, description, content (base64)}]. The answer is a
frame of JSON (ok, error, pages) and, if ok, a frame with the PDF. A frame is four bytes of length, then the content.
"""

import base64
import gc
import hashlib
import json
import logging
import os
import resource
import struct
import sys
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.ffi import ffi as pango_ffi
from weasyprint.text.ffi import fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from casework.printing import fonts, justify, outlines

STYLE = fonts.PROJECT / "templates" / "papers" / "paper.css"
LENGTH = struct.Struct(">I")
# A page that carries little more than name and seal is avoided by a closer line pitch (GB/T 9704-2012 allows it), in
# papers whose layout says so.
TIGHT = (
    "html { line-height: 25.6pt }",
    "html { line-height: 24pt } .signature { padding-top: 44pt } .signatures p { line-height: 24pt }"
    "td, th, .form td, .form th { padding-top: 1.4pt; padding-bottom: 1.4pt; line-height: 16pt }"
    ".heading .number { padding-top: 2pt } .heading { padding-bottom: 8pt }",
)
TIGHT_PAGES = 4  # longer papers are left as they are
TIGHT_ALLOWED = 'data-fit="tight"'
KIND = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}  # WeasyPrint wants it for the layout and for the file
NICE = 10  # pages for people come before papers


# Fandol's bold faces say that they are regular; told by name, they are found when bold is asked for.
BOLD = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="scan"><test name="file" compare="eq"><string>{}</string></test>
<edit name="weight" mode="assign_replace"><const>bold</const></edit></match></fontconfig>"""


class Faces(FontConfiguration):
    """The system's faces and those of `fonts`."""

    def __init__(self) -> None:
        super().__init__()
        for path in fonts.files():
            if path.stem.endswith("-Bold"):
                rule = BOLD.format(escape(str(path))).encode()
                fontconfig.FcConfigParseAndLoadFromMemory(self._config, rule, True)
            fontconfig.FcConfigAppFontAddFile(self._config, str(path).encode())
        pangoft2.pango_fc_font_map_config_changed(pango_ffi.cast("PangoFcFontMap *", self.font_map))


class Press:
    """A loaded renderer. Its PDFs depend on nothing but their input: same HTML, same bytes."""

    def __init__(self) -> None:
        justify.install()
        outlines.install()
        self.faces = Faces()
        self.fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
        self.style = CSS(filename=str(STYLE), font_config=self.faces, url_fetcher=self.fetcher)
        self.tight = [CSS(string=each, font_config=self.faces, url_fetcher=self.fetcher) for each in TIGHT]

    def pdf(self, html: str, attachments: list[dict[str, str]]) -> tuple[bytes, int]:
        """A tagged PDF/A-3u and its number of pages. `html` is a whole document."""
        page = HTML(string=html, url_fetcher=self.fetcher)  # read once, however often it is laid out
        document = self._laid_out(page, self.style)
        if 1 < len(document.pages) <= TIGHT_PAGES and TIGHT_ALLOWED in html:
            for tight in self.tight:
                tighter = self._laid_out(page, self.style, tight)
                if len(tighter.pages) < len(document.pages):
                    document = tighter
                    break
        document.metadata.attachments = [
            Attachment(string=base64.b64decode(each["content"]), name=each["name"], description=each["description"])
            for each in attachments
        ]
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        return document.write_pdf(pdf_identifier=identifier, **KIND), len(document.pages)

    def _laid_out(self, page: HTML, *styles: CSS) -> Document:
        return page.render(font_config=self.faces, stylesheets=list(styles), **KIND)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None when the other side has closed the pipe."""
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Send one frame."""
    stream.write(LENGTH.pack(len(content)) + content)


def answer(press: Press, request: dict[str, Any], out: BinaryIO) -> None:
    """Do one job within its memory and send the outcome."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (int(request["memory_mb"]) * 1024 * 1024, hard))
    try:
        pdf, pages = press.pdf(request["html"], request["attachments"])
        outcome: dict[str, Any] = {"ok": True, "pages": pages}
    except Exception as error:  # whatever the input does, the parent gets one sentence and the process serves on
        pdf, outcome = b"", {"ok": False, "error": f"{type(error).__name__}: {error}"}
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    write_frame(out, json.dumps(outcome).encode())
    if outcome["ok"]:
        write_frame(out, pdf)
    out.flush()


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.nice(NICE)
    jobs, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but frames may reach the parent
    press = Press()
    press.pdf("<html lang='zh-CN'><title>预热</title><body class='house'><p>预热一页，字体与样式随之载入。", [])
    gc.collect()
    gc.freeze()
    gc.disable()
    write_frame(out, b"ready")
    out.flush()
    while (frame := read_frame(jobs)) is not None:
        answer(press, json.loads(frame), out)
        gc.collect()


if __name__ == "__main__":
    main()
