"""Office documents and OFD that act, fetch, climb out of their directory, or explode."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.casework.hostile import Specimen
from tests.casework.hostile.pictures import png, sized_png

OFFICE = "http://schemas." + "openxmlformats.org"  # a name of the format, never asked for
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", TYPE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", TYPE + "spreadsheetml.sheet.main+xml"),
}
RELATION = f"{OFFICE}/officeDocument/2006/relationships/"
Entries = Mapping[str, str | bytes]


def types(kind: str, main: str = "", overrides: str = "") -> str:
    part, content = MAIN[kind]
    defaults = '<Default Extension="xml" ContentType="application/xml"/>'
    override = f'<Override PartName="/{part}" ContentType="{main or content}"/>'
    return f'{XML}<Types xmlns="{OFFICE}/package/2006/content-types">{defaults}{override}{overrides}</Types>'


def relations(*rows: str) -> str:
    return f'{XML}<Relationships xmlns="{OFFICE}/package/2006/relationships">{"".join(rows)}</Relationships>'


def relation(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="r" Type="{RELATION}{kind}" Target="{target}" TargetMode="{mode}"/>'


def paragraph(text: str) -> str:
    body = f"<w:body><w:p>{text}</w:p></w:body>"
    return f'{XML}<w:document xmlns:w="{OFFICE}/wordprocessingml/2006/main">{body}</w:document>'


def sheet(text: str) -> str:
    rows = f"<sheetData><row><c>{text}</c></row></sheetData>"
    return f'{XML}<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main">{rows}</worksheet>'


def archive(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


def docx(more: Entries | None = None, **options: str) -> bytes:
    plain: dict[str, str | bytes] = {
        "[Content_Types].xml": types("docx", **options),
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml", "Internal")),
        "word/document.xml": paragraph("<w:r><w:t>示例</w:t></w:r>"),
    }
    return archive({**plain, **(more or {})})


def xlsx(more: Entries | None = None, **options: str) -> bytes:
    plain: dict[str, str | bytes] = {
        "[Content_Types].xml": types("xlsx", **options),
        "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml", "Internal")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{OFFICE}/spreadsheetml/2006/main"><sheets/></workbook>',
    }
    return archive({**plain, **(more or {})})


def ofd(more: Entries | None = None) -> bytes:
    document = '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.example.org/ofd"/>'
    return archive({"OFD.xml": document, "Doc_0/Document.xml": "<Document/>", **(more or {})})


def field(instruction: str) -> bytes:
    return docx({"word/document.xml": paragraph(f"<w:r><w:instrText>{instruction}</w:instrText></w:r>")})


def formula(text: str) -> bytes:
    return xlsx({"xl/worksheets/sheet1.xml": sheet(f"<f>{text}</f>")})


def word_relation(*row: str) -> bytes:
    return docx({"word/_rels/document.xml.rels": relations(relation(*row))})


def entity(declaration: str, use: str = "&x;") -> str:
    return f'<?xml version="1.0"?><!DOCTYPE d [{declaration}]><d>{use}</d>'


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
ENTITIES = {
    "a file": entity('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "an address": entity('<!ENTITY x SYSTEM "http://127.0.0.1/x">'),
    "a parameter entity": entity('<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;', ""),
    "a billion laughs": entity(LAUGHS, "&j;"),
    "a quadratic blow-up": entity(f'<!ENTITY x "{"x" * 50_000}">', "&x;" * 5_000),
    "a document type": '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd"><d/>',
}
PARTS = {
    "docx": ("材料.docx", docx, "word/document.xml"),
    "docx relations": ("材料.docx", docx, "word/_rels/document.xml.rels"),
    "xlsx": ("表.xlsx", xlsx, "xl/workbook.xml"),
    "ofd": ("文书.ofd", ofd, "OFD.xml"),
    "ofd page": ("文书.ofd", ofd, "Doc_0/Pages/Page_0/Content.xml"),
}
XXE = [
    Specimen(f"{kind} with {what}", name, lambda make=make, part=part, text=text: make({part: text}), "external")  # type: ignore[misc]
    for kind, (name, make, part) in PARTS.items()
    for what, text in ENTITIES.items()
]

CLIMBING = [
    "../../etc/passwd", "/etc/passwd", "..\\..\\x.exe", "C:\\x.exe", "word/../../x.xml", "a\x01b.xml",
]  # fmt: skip
SLIPS = [
    Specimen(f"{kind} with the path {path!r}", name, lambda make=make, path=path: make({path: "x"}), "path")  # type: ignore[misc]
    for kind, (name, make, _) in PARTS.items()
    if " " not in kind
    for path in CLIMBING
]


def link() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as file:
        entry = zipfile.ZipInfo("word/link")
        entry.external_attr = 0o120777 << 16
        file.writestr(entry, "/etc/passwd")
    return out.getvalue()


def changed_directory(content: bytes, **changes: int) -> bytes:
    """The archive with other numbers in the first entry of its directory."""
    places = {"flags": (8, "<H"), "method": (10, "<H"), "packed": (20, "<I"), "size": (24, "<I"), "offset": (42, "<I")}
    at = content.index(b"PK\x01\x02")
    data = bytearray(content)
    for name, value in changes.items():
        place, form = places[name]
        struct.pack_into(form, data, at + place, value)
    return bytes(data)


def overlapping() -> bytes:
    """Every entry of the directory points to the same packed data (the bomb of Fifield, 2019, in small)."""
    content = docx({f"word/part{n}.xml": "<x/>" for n in range(200)})
    data, at = bytearray(content), content.index(b"PK\x01\x02")
    while data[at : at + 4] == b"PK\x01\x02":
        struct.pack_into("<I", data, at + 42, 0)
        at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("WORD/Document.xml", paragraph("其他内容"))
    return out.getvalue()


def damaged() -> bytes:
    content = docx()
    at = content.index(b"word/document.xml") + len(b"word/document.xml") + 20
    return content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :]


def other_local_name() -> bytes:
    content = docx()
    return content.replace(b"word/document.xml", b"word/documenx.xml", 1)


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
ZEROS = bytes(120_000_000)
MADE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "docm": ("材料.docm", lambda: docx({"word/vbaProject.bin": b"x"}, main=MACRO), "macro|extension"),
    "docm as docx": ("材料.docx", lambda: docx(main=MACRO), "macro"),
    "docx with macros": ("材料.docx", lambda: docx({"word/vbaProject.bin": b"x"}), "macro"),
    "docx with macros elsewhere": ("材料.docx", lambda: docx({"custom/VBAPROJECT.BIN": b"x"}), "macro"),
    "docx with macro data": ("材料.docx", lambda: docx({"word/vbaData.xml": "<x/>"}), "macro"),
    "dotx as docx": (
        "材料.docx", lambda: docx(main=TYPE + "wordprocessingml.template.main+xml"), "macro",
    ),
    "docx of another main type": ("材料.docx", lambda: docx(main="text/html"), "broken"),
    "docx with an OLE part": (
        "材料.docx",
        lambda: docx(overrides='<Override PartName="/x" ContentType="application/vnd.oleObject"/>'),
        "macro",
    ),
    "xlsm as xlsx": (
        "表.xlsx", lambda: xlsx(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macro",
    ),
    "xlsx with macros": ("表.xlsx", lambda: xlsx({"xl/vbaProject.bin": b"x"}), "macro"),
    "xlsx with old macros": ("表.xlsx", lambda: xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
    "xlsx with a dialogue": ("表.xlsx", lambda: xlsx({"xl/dialogsheets/sheet1.xml": "<x/>"}), "macro"),
    "xlsb as xlsx": (
        "表.xlsx", lambda: xlsx(main="application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "macro",
    ),
    "xlsx with an external link": ("表.xlsx", lambda: xlsx({"xl/externalLinks/externalLink1.xml": "<x/>"}), "external"),
    "docx with a control": ("材料.docx", lambda: docx({"word/activeX/activeX1.xml": "<x/>"}), "active"),
    "docx with a binary": ("材料.docx", lambda: docx({"word/x.bin": b"x"}), "active"),
    "xlsx with control properties": ("表.xlsx", lambda: xlsx({"xl/ctrlProps/c.xml": "<x/>"}), "active"),
    "docx with an embedded sheet": ("材料.docx", lambda: docx({"word/embeddings/x.xlsx": xlsx()}), "embedded"),
    "docx with an embedded object": (
        "材料.docx", lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "active|embedded",
    ),
    "docx with an archive": ("材料.docx", lambda: docx({"word/media/x.zip": archive({"a": "b"})}), "embedded"),
    "docx with a disguised archive": ("材料.docx", lambda: docx({"word/media/a.png": archive({"a": "b"})}), "embedded"),
    "docx with a program": ("材料.docx", lambda: docx({"word/x.exe": b"MZ"}), "embedded"),
    "docx with a disguised program": ("材料.docx", lambda: docx({"word/media/x.jpg": b"MZ\x90"}), "embedded"),
    "docx with a page": ("材料.docx", lambda: docx({"word/chunk.html": "<script>1</script>"}), "embedded"),
    "docx with a script drawing": (
        "材料.docx", lambda: docx({"word/media/x.svg": "<svg><script>1</script></svg>"}), "active",
    ),
    "docx with a drawing that acts": ("材料.docx", lambda: docx({"word/media/x.svg": '<svg onload="x()"/>'}), "active"),
    "docx with a huge picture": (
        "材料.docx", lambda: docx({"word/media/x.png": sized_png(50_000, 50_000)}), "pixels",
    ),
    "ofd with a program": ("文书.ofd", lambda: ofd({"Doc_0/Attachs/x.exe": b"MZ"}), "embedded"),
    "ofd with a disguised program": ("文书.ofd", lambda: ofd({"Doc_0/Res/x.png": b"MZ\x90"}), "embedded"),
    "ofd with a page": ("文书.ofd", lambda: ofd({"Doc_0/Attachs/x.html": "x"}), "embedded"),
    "ofd with an archive": ("文书.ofd", lambda: ofd({"Doc_0/Attachs/x.zip": archive({"a": "b"})}), "embedded"),
    "ofd with a disguised archive": ("文书.ofd", lambda: ofd({"Doc_0/Res/x.xml.dat": archive({"a": "b"})}), "embedded"),
    "template injection": (
        "材料.docx", lambda: word_relation("attachedTemplate", "http://127.0.0.1/x.dotm"), "external",
    ),
    "template on a share": (
        "材料.docx", lambda: word_relation("attachedTemplate", "\\\\127.0.0.1\\x.dotm"), "external",
    ),
    "template inside": ("材料.docx", lambda: word_relation("attachedTemplate", "x.dotx", "Internal"), "external"),
    "picture from elsewhere": ("材料.docx", lambda: word_relation("image", "http://127.0.0.1/x.png"), "external"),
    "object from elsewhere": ("材料.docx", lambda: word_relation("oleObject", "mhtml:http://127.0.0.1/x"), "external"),
    "frame from elsewhere": ("材料.docx", lambda: word_relation("frame", "http://127.0.0.1/x"), "external"),
    "foreign part": ("材料.docx", lambda: word_relation("aFChunk", "chunk.xml", "Internal"), "external"),
    "sub-document": ("材料.docx", lambda: word_relation("subDocument", "file:///etc/passwd"), "external"),
    "link to a file": ("材料.docx", lambda: word_relation("hyperlink", "file:///c:/x.exe"), "external"),
    "link to a protocol": ("材料.docx", lambda: word_relation("hyperlink", "ms-msdt:/id"), "external"),
    "link inside to a protocol": ("材料.docx", lambda: word_relation("image", "ms-msdt:/id", "Internal"), "external"),
    "DDE field": ("材料.docx", lambda: field("DDEAUTO c:\\\\windows\\\\cmd.exe"), "external"),
    "DDE field of another kind": ("材料.docx", lambda: field(" DDE excel x "), "external"),
    "field that fetches a text": ("材料.docx", lambda: field('INCLUDETEXT "http://127.0.0.1/x"'), "external"),
    "field that fetches a picture": ("材料.docx", lambda: field('INCLUDEPICTURE "http://127.0.0.1/x"'), "external"),
    "simple DDE field": (
        "材料.docx",
        lambda: docx({"word/document.xml": paragraph('<w:fldSimple w:instr="DDEAUTO cmd"/>')}),
        "external",
    ),
    "DDE formula": ("表.xlsx", lambda: formula("cmd|'/c calc'!A0"), "external"),
    "formula that fetches": ("表.xlsx", lambda: formula('WEBSERVICE("http://127.0.0.1")'), "external"),
    "formula that calls": ("表.xlsx", lambda: formula('CALL("kernel32","WinExec")'), "external"),
    "DDE link": ("表.xlsx", lambda: xlsx({"xl/links.xml": "<ddeLink/>"}), "external"),
    "archive bomb": ("材料.docx", lambda: docx({"word/media/x.bmp": ZEROS}), "unpacking"),
    "ofd bomb": ("文书.ofd", lambda: ofd({"Doc_0/Pages/x.xml": ZEROS}), "unpacking"),
    "many small bombs": (
        "表.xlsx", lambda: xlsx({f"xl/media/{n}.bmp": bytes(range(256)) * 60_000 for n in range(30)}), "unpacking",
    ),
    "too many entries": ("表.xlsx", lambda: xlsx({f"xl/{n}.xml": "" for n in range(5001)}), "unpacking"),
    "deep elements": (
        "材料.docx", lambda: docx({"word/x.xml": "<x>" * 100_000 + "</x>" * 100_000}), "unpacking",
    ),
    "says to be small": (
        "材料.docx", lambda: changed_directory(docx({"word/media/x.bmp": bytes(500_000)}), size=10), "broken",
    ),
    "says to be large": ("材料.docx", lambda: changed_directory(docx(), size=2**32 - 2), "unpacking"),
    "overlapping entries": ("材料.docx", overlapping, "unpacking"),
    "link to a place": ("材料.docx", link, "path"),
    "two names that differ in case": ("材料.docx", twice, "broken"),
    "locked archive": ("材料.docx", lambda: changed_directory(docx(), flags=1), "locked"),
    "unknown packing": ("材料.docx", lambda: changed_directory(docx(), method=99), "broken"),
    "packed as bzip2": ("文书.ofd", lambda: archive({"OFD.xml": "<x/>"}, zipfile.ZIP_BZIP2), "broken"),
    "packed as lzma": ("文书.ofd", lambda: archive({"OFD.xml": "<x/>"}, zipfile.ZIP_LZMA), "broken"),
    "damaged entry": ("材料.docx", damaged, "broken"),
    "other name in the entry": ("材料.docx", other_local_name, "broken"),
    "no directory": ("材料.docx", lambda: docx()[:-60], "broken"),
    "half": ("材料.docx", lambda: docx()[:200], "broken"),
    "something before the archive": ("材料.docx", lambda: b"PK\x03\x04" + bytes(60) + docx(), "foreign"),
    "something between": (
        "材料.docx", lambda: docx().replace(b"PK\x05\x06", b"MZ" + bytes(60) + b"PK\x05\x06"), "foreign",
    ),
    "no elements": ("材料.docx", lambda: docx({"word/document.xml": "not xml"}), "broken"),
    "empty archive": ("材料.docx", lambda: archive({}), "kind"),
    "archive as docx": ("材料.docx", lambda: archive({"a.txt": "x"}), "kind"),
    "jar as docx": ("材料.docx", lambda: archive({"META-INF/MANIFEST.MF": "x", "x.class": b"\xca\xfe"}), "kind"),
    "pptx as docx": (
        "材料.docx", lambda: archive({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "kind",
    ),
    "docx as ofd": ("文书.ofd", docx, "extension"),
    "xlsx as docx": ("材料.docx", xlsx, "extension"),
    "ofd as docx": ("材料.docx", ofd, "extension"),
    "docx and picture": ("材料.docx", lambda: png() + docx(), "foreign|kind"),
}  # fmt: skip
ARCHIVES = XXE + SLIPS + [Specimen(label, name, make, code) for label, (name, make, code) in MADE.items()]
