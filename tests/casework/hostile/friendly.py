"""What honest people send: files as their own programs make them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML
from xlsxwriter import Workbook

from tests.casework.hostile import Specimen
from tests.casework.hostile.archives import docx, field, ofd, paragraph, relation, relations, xlsx
from tests.casework.hostile.documents import pdf, written
from tests.casework.hostile.pictures import jpg, png

TEXT = "<html lang=zh-CN><h1>租赁合同</h1><p>甲方、乙方约定如下。<a href='https://example.com/'>网址</a></p>"


def photo(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    image = Image.effect_noise(size, 60).convert(mode) if mode != "1" else Image.new("1", size, 1)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "示例手机"
    exif.get_ifd(0x8825)[1] = "N"
    return photo("JPEG", exif=exif.tobytes())


def screenshot() -> bytes:
    image, info = Image.new("RGBA", (390, 844), "white"), PngInfo()
    ImageDraw.Draw(image).text((20, 20), "receipt", fill="black")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def scanned() -> bytes:
    pages = [Image.effect_noise((1240, 1754), 30).convert("L") for _ in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return out.getvalue()


def merged() -> bytes:
    writer = PdfWriter()
    for content in (HTML(string=TEXT).write_pdf(), scanned()):
        writer.append(PdfReader(io.BytesIO(content)))
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def amended() -> bytes:
    """Saved a second time, with the changes appended."""
    writer = PdfWriter(io.BytesIO(HTML(string=TEXT).write_pdf()), incremental=True)
    writer.add_metadata({"/Title": "合同"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def form() -> bytes:
    return HTML(string="<form><input name=a value=1><textarea name=b>x</textarea></form>").write_pdf(pdf_forms=True)


def table(**options: object) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **options})
    sheet = book.add_worksheet("人员名单")
    for row in range(500):
        sheet.write_row(row, 0, [f"张示例{row}", row, row / 7])
    sheet.write_formula(501, 1, "=SUM(B1:B500)")
    sheet.write_url(502, 0, "https://example.com/")
    sheet.insert_image("E2", "x.png", {"image_data": io.BytesIO(png())})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=人员名单!$B$1:$B$500"})
    sheet.insert_chart("G2", chart)
    book.close()
    return out.getvalue()


def letter() -> bytes:
    many = "".join(f"<w:r><w:t>第{n}条　双方约定。</w:t></w:r>" for n in range(3000))
    return docx(
        {
            "word/document.xml": paragraph(many),
            "word/media/image1.png": png(),
            "word/_rels/document.xml.rels": relations(
                relation("hyperlink", "https://example.com/"), relation("image", "media/image1.png", "Internal")
            ),
            "word/theme/theme1.xml": "<a:theme xmlns:a='x'/>",
            "docProps/app.xml": "<Properties/>",
        }
    )


def invoice() -> bytes:
    """A digital invoice carries its data beside the picture."""
    return ofd(
        {"Doc_0/Attachs/original_invoice.xml": "<Invoice/>", "Doc_0/Res/seal.esl": b"0\x82", "Doc_0/Res/1.ttf": b"x"}
    )


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "contract as PDF": ("租赁合同.pdf", lambda: HTML(string=TEXT).write_pdf()),
    "contract as PDF/A": ("租赁合同（存档）.pdf", lambda: HTML(string=TEXT).write_pdf(pdf_variant="pdf/a-2u")),
    "long PDF": ("论证报告.pdf", lambda: HTML(string=TEXT + "<p>段落</p>" * 2000).write_pdf()),
    "PDF with bookmarks": ("目录.pdf", lambda: HTML(string="<h1>一</h1><h2>二</h2>" * 9).write_pdf()),
    "PDF with a form": ("表单.pdf", form),
    "scan as PDF": ("扫描件20260301.PDF", scanned),
    "merged PDF": ("合并 1.pdf", merged),
    "amended PDF": ("合同v1.2.pdf", amended),
    "blank page by pypdf": ("空白页.pdf", lambda: written(lambda w: None)),
    "PDF opens at a page": ("a.pdf", lambda: pdf(catalog="/OpenAction[10 0 R/Fit]")),
    "PDF with a link": (
        "a.pdf", lambda: pdf(page="/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.com/)>>>>]"),
    ),
    "PDF of a thousand pages": ("卷宗.pdf", lambda: pdf(count=1000)),
    "PDF with words in packed data": (
        "a.pdf",
        lambda: pdf(page="/Contents 50 0 R", extra="50 0 obj<</Length 40>>stream\n/JS /JavaScript\nendstream endobj\n"),
    ),
    "PDF with words like scripts": ("a.pdf", lambda: pdf(catalog="/JSX(1)/LaunchPad(2)/XFAB 1")),
    "PDF with packed text": (
        "a.pdf",
        lambda: pdf(
            page="/Contents 50 0 R",
            extra=f"50 0 obj<</Length 99/Filter/FlateDecode>>stream\n{zlib.compress(b'BT ET' * 99).decode('latin-1')}\n"
            "endstream endobj\n",
        ),
    ),
    "photograph": ("营业场所.jpg", lambda: photo("JPEG", quality=90)),
    "photograph with a place": ("IMG_20260301_101500.JPG", with_place),
    "progressive photograph": ("门头照.jpeg", lambda: photo("JPEG", progressive=True)),
    "grey photograph": ("a.jpg", lambda: photo("JPEG", mode="L")),
    "photograph for print": ("a.jpg", lambda: photo("JPEG", mode="CMYK")),
    "large photograph": ("12MP.jpg", lambda: photo("JPEG", size=(4000, 3000))),
    "photograph with a film": ("MVIMG_1.jpg", lambda: jpg() + b"\x00\x00\x00\x18ftypmp42" + bytes(range(1, 256)) * 400),
    "double exposure": (
        "HDR.jpg", lambda: photo("MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")]),
    ),
    "small picture": ("签名.jpg", jpg),
    "screenshot": ("屏幕截图 2026-03-01.png", screenshot),
    "picture": ("公章.png", png),
    "transparent picture": ("a.png", lambda: photo("PNG", mode="RGBA")),
    "palette picture": ("a.png", lambda: photo("PNG", mode="P")),
    "drawing of one bit": ("图纸.png", lambda: photo("PNG", size=(7000, 9900), mode="1")),
    "letter": ("情况说明.docx", letter),
    "short letter": ("说明.docx", docx),
    "letter with page numbers": ("说明（二）.docx", lambda: field(" PAGE \\* MERGEFORMAT ")),
    "table": ("人员名单.xlsx", table),
    "table of strings": ("表 1.xlsx", lambda: table(constant_memory=False, strings_to_numbers=True)),
    "small table": ("a.xlsx", xlsx),
    "OFD": ("电子证照.ofd", ofd),
    "digital invoice": ("发票.ofd", invoice),
    "long name": ("关于" * 60 + ".pdf", pdf),
    "name with points": ("2026.03.01 会议纪要.终稿.pdf", pdf),
    "name with spaces and brackets": ("合同 (1) [终版] & 附件.pdf", pdf),
}  # fmt: skip
FRIENDLY = [Specimen(label, name, make) for label, (name, make) in MADE.items()]
