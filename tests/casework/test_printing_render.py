"""Papers as PDFs: what stands on them, where it stands, and what kind of file they are."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pypdf import PdfReader

from approvals.papers.table import PAPERS
from casework.paper import Paper, PaperRefused, leaves, squeeze
from casework.printing import fonts
from casework.printing.render import paper_html, render_paper, render_pdf
from casework.printing.worker import Attached
from tests.casework import paper_samples

MM = 72 / 25.4
LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
PAGE_HEIGHT = 297 * MM
CHARACTER, LINE = 15.79, 28.98
RARE = "㛃𬀩䶮"
LONG_NAME = "北京市东城区人民政府崇文门外街道办事处综合行政执法队"
SEALED = [each for each in PAPERS if each.seal in ("organ", "special")]
BY_CODE = {paper.code: paper for paper in PAPERS}


class Piece(NamedTuple):
    """A run of text: its place from the top left of the page, its size, in points."""

    text: str
    x: float
    y: float
    size: float


@cache
def pdf_of(code: str) -> bytes:
    return render_paper(BY_CODE[code], paper_samples.context(code))


def pieces(pdf: bytes, page: int = 0) -> list[Piece]:
    found = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            found.append(Piece(text.strip(), x, PAGE_HEIGHT - y, size * abs(text_matrix[3] * matrix[3])))

    PdfReader(BytesIO(pdf)).pages[page].extract_text(visitor_text=visit)
    return found


def text_of(pdf: bytes) -> str:
    return squeeze("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def plain(body: list[Any], **more: Any) -> bytes:
    context = {"title": "测试", "head": "示例文件", "number": "示〔2026〕1号", "body": body, "paper": {"seal": "none"}}
    return render_pdf("papers/gbt9704_document.html", {**context, **more})


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_paper_shows_everything_that_the_law_demands(paper: Paper) -> None:
    context, text = paper_samples.context(paper.code), text_of(pdf_of(paper.code))
    for element in paper.elements:
        if not element.applies(context):
            continue
        if element.filled_by == "element":
            for word in leaves(context["elements"][element.key]):
                assert squeeze(word) in text, element
        assert squeeze(element.says) in text, element
    assert squeeze(paper.printed_title(context)) in text
    for key in ("number", "remedy"):
        assert squeeze(context.get(key) or "") in text


@pytest.mark.parametrize("paper", SEALED, ids=lambda each: each.code)
def test_seal_never_stands_on_a_page_without_text(paper: Paper) -> None:
    pages = PdfReader(BytesIO(pdf_of(paper.code))).pages
    assert len(pages) <= 3
    text = squeeze(pages[-1].extract_text())
    organ = paper_samples.context(paper.code)["organ"]
    before = text[: text.rindex(organ)] if organ in text else text
    assert len(before.replace("演示环境生成的示例文书，不具有法律效力", "")) > 20


def test_text_area_holds_22_lines_of_28_characters() -> None:
    pdf = plain(["永" * (28 * 60 - 2)])
    lines = [piece for piece in pieces(pdf, 1) if "永" in piece.text]
    assert [piece.text.count("永") for piece in lines] == [28] * 22
    assert all(abs(piece.x - LEFT) < 0.1 for piece in lines)
    assert all(abs(piece.size - CHARACTER) < 0.01 for piece in lines)
    pitches = [below.y - above.y for above, below in pairwise(lines)]
    assert all(abs(pitch - LINE) < 0.01 for pitch in pitches)
    assert lines[0].y - CHARACTER > TOP - 1
    assert lines[-1].y < TOP + HEIGHT


def test_both_edges_of_the_text_are_flush() -> None:
    """A comma carried over with its character leaves 27 characters on a line; they fill it all the same."""
    ends = line_ends(plain(["东城区市场监督管理局依法履行职责，" * 20]))
    assert len(ends) > 8
    assert all(abs(end - (LEFT + WIDTH)) < 1.5 for end in ends[:-1]), ends


def line_ends(pdf: bytes) -> list[float]:
    """Right edges of the lines of running text on the first page, in points: one em a glyph, plus the adjustments."""
    content = PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    ends, x, size, pixel = [], 0.0, 0.0, 0.75
    for operands, operator in content.operations:
        if operator == b"Tf":
            size = float(operands[1])
        elif operator == b"Tm":
            x = float(operands[4])
        elif operator == b"TJ" and abs(size * pixel - CHARACTER) < 0.1:
            strings = [each for each in operands[0] if hasattr(each, "original_bytes")]
            glyphs = sum(len(each.original_bytes) for each in strings) // 2
            adjusted = sum(float(each) for each in operands[0] if not hasattr(each, "original_bytes"))
            if glyphs > 20:
                ends.append((x + glyphs * size - adjusted * size / 1000) * pixel)
    return ends


def test_page_numbers_alternate_between_the_outer_edges() -> None:
    pdf = plain(["永" * 28 * 60])
    numbers = [next(piece for piece in pieces(pdf, page) if re.fullmatch(r"— \d+ —", piece.text)) for page in range(3)]
    assert [piece.text for piece in numbers] == ["— 1 —", "— 2 —", "— 3 —"]
    assert numbers[0].x == pytest.approx(numbers[2].x)
    assert numbers[0].x > LEFT + WIDTH / 2
    assert numbers[1].x == pytest.approx(LEFT + CHARACTER, abs=0.5)
    for piece in numbers:
        assert piece.size == pytest.approx(14, abs=0.05)
        middle = piece.y - 0.3 * piece.size
        assert (middle - TOP - HEIGHT) / MM == pytest.approx(7, abs=1)


def test_red_head_number_title_and_colophon_stand_where_the_standard_says() -> None:
    pdf = plain(
        ["正文一段。"], issuer="示例办公室", printed_on="2026-11-23", copies_to=["区委办公室", "区人大常委会办公室"]
    )
    page = {piece.text: piece for piece in pieces(pdf)}
    head = page["示例文件"]
    assert (head.y - 0.88 * head.size - TOP) / MM == pytest.approx(35, abs=2)
    assert page["测试"].size == pytest.approx(22, abs=0.05)
    assert page["示〔2026〕1号"].y > head.y + 2 * LINE
    assert TOP + HEIGHT - 22 < page["2026年11月23日印发"].y < TOP + HEIGHT


def test_date_of_a_sealed_paper_ends_four_characters_from_the_right() -> None:
    date = next(piece for piece in pieces(pdf_of("xk_extension_notice")) if piece.text == "2026年11月22日")
    assert date.x + 7 * CHARACTER == pytest.approx(LEFT + WIDTH - 4 * CHARACTER, abs=4)


def test_long_names_stay_on_the_paper() -> None:
    context = {
        **paper_samples.context("xk_extension_notice"),
        "organ": "北京市东城区人民政府崇文门外街道办事处综合行政执法队",
    }
    pdf = render_paper(BY_CODE["xk_extension_notice"], context)
    names = [piece for piece in pieces(pdf) if "执法队" in piece.text]
    assert len(names) == 2
    assert all(piece.x >= LEFT - 0.5 for piece in names)


def test_file_is_tagged_archive_pdf_with_its_faces() -> None:
    reader = PdfReader(BytesIO(pdf_of("xk_grant_decision")))
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r'pdfaid:part="3"', xmp)
    assert re.search(r'pdfaid:conformance="U"', xmp)
    assert root["/OutputIntents"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata
    assert reader.metadata.title == "准予行政许可决定书（东市监许准〔2026〕16号）"
    assert reader.metadata.author == paper_samples.ORGAN
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font["/DescendantFonts"][0]
            names.add(descendant["/BaseFont"].partition("+")[2])
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])
            assert "/ToUnicode" in font
    expected = "FandolFang" if fonts.face("FandolFang-Regular") else "Noto-Serif-CJK-SC"
    assert any(name.startswith(expected) for name in names), names


def test_page_numbers_are_not_bold() -> None:
    """Fandol's bold 宋体 claims to be regular."""
    fonts_used = PdfReader(BytesIO(pdf_of("xk_extension_notice"))).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    programs = [font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile3"].get_data() for font in fonts_used]
    inside = {TTFont(BytesIO(program))["CFF "].cff.fontNames[0] for program in programs}
    assert inside & {"FandolSong-Regular", "NotoSerifCJKsc-Regular"}, inside


def test_every_picture_has_its_words() -> None:
    root: Any = PdfReader(BytesIO(pdf_of("xk_grant_decision"))).trailer["/Root"]
    text = str(structure(root["/StructTreeRoot"]))
    assert "核验二维码" in text
    assert f"{paper_samples.ORGAN}印章" in text


def structure(node: Any) -> list[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [structure(each) for each in node]
    if not isinstance(node, dict):
        return []
    return [str(node.get("/Alt", "")), structure(node.get("/K", []))]


def test_same_context_gives_the_same_bytes() -> None:
    assert render_paper(BY_CODE["xk_grant_decision"], paper_samples.context("xk_grant_decision")) == pdf_of(
        "xk_grant_decision"
    )


def test_rare_characters_are_printed_within_the_limit_of_a_job() -> None:
    pdf = plain([f"当事人：王{RARE}‑B座{'𠮷𬭸𫖯㐂' * 20}"])
    assert RARE in text_of(pdf)
    assert f"王{RARE[0]}" in text_of(pdf_of("xk_supervision_record"))


def test_words_of_people_are_never_markup() -> None:
    context = paper_samples.context("xk_third_party_notice")
    context["elements"] = {**context["elements"], "interest": "<b>甲</b>&amp;<script>alert(1)</script>"}
    assert squeeze("<b>甲</b>&amp;<script>alert(1)</script>") in text_of(
        render_paper(BY_CODE["xk_third_party_notice"], context)
    )


def test_missing_element_is_refused_before_anything_is_printed() -> None:
    context = paper_samples.context("xk_refusal_decision")
    context["elements"] = {**context["elements"], "reasons": []}
    with pytest.raises(PaperRefused, match="不予行政许可的理由（《行政许可法》第三十八条第二款）"):
        render_paper(BY_CODE["xk_refusal_decision"], context)


def test_missing_remedy_is_refused() -> None:
    with pytest.raises(PaperRefused, match="申请行政复议的权利"):
        render_paper(BY_CODE["xk_refusal_decision"], {**paper_samples.context("xk_refusal_decision"), "remedy": ""})


def test_template_that_lacks_a_word_is_refused() -> None:
    context = paper_samples.context("xk_grant_decision")
    del context["received_on"]
    with pytest.raises(PaperRefused, match="received_on"):
        paper_html(BY_CODE["xk_grant_decision"], context)


def test_paper_without_template_of_its_own_prints_its_elements() -> None:
    paper = replace(BY_CODE["xk_extension_notice"], own_template="")
    assert "延长后的期限" in text_of(render_paper(paper, paper_samples.context("xk_extension_notice")))


def test_list_repeats_its_header_on_every_page() -> None:
    pdf = render_pdf(
        "papers/list.html",
        {
            "title": "行政许可决定清单",
            "columns": [{"title": "序号", "width": 14}, {"title": "行政相对人"}],
            "rows": [[str(number), f"示例单位{number}"] for number in range(1, 101)],
            "paper": {"seal": "none"},
        },
    )
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) >= 3
    assert all("行政相对人" in page.extract_text() for page in pages)
    assert "示例单位100" in squeeze(pages[-1].extract_text())


def test_delivery_receipt_and_licence_fit_one_page() -> None:
    receipt = render_pdf("papers/delivery_receipt.html", paper_samples.DELIVERY)
    assert len(PdfReader(BytesIO(receipt)).pages) == 1
    assert "王㛃（示010100002）" in text_of(receipt)
    licence = PdfReader(BytesIO(pdf_of("xk_licence"))).pages
    assert len(licence) == 1
    assert float(licence[0].mediabox.width) > float(licence[0].mediabox.height)


def test_attachment_travels_inside_the_file() -> None:
    paper = BY_CODE["xk_extension_notice"]
    attached = Attached("decision.json", '{"决定":"延长"}'.encode(), "机读数据")
    pdf = render_paper(paper, paper_samples.context(paper.code), attachments=[attached])
    reader = PdfReader(BytesIO(pdf))
    assert reader.attachments["decision.json"] == [attached.content]
    root: Any = reader.trailer["/Root"]
    assert root["/AF"], "an archive file names what it carries"


OTHER_OUTCOMES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("xk_non_acceptance_decision", {"outcome": "false_material"}, {}, "本机关决定不予受理。"),
    ("xk_modification_decision", {"outcome": "refused", "title": "不予变更行政许可决定书"}, {}, "本机关决定不予变更。"),
    (
        "xk_renewal_decision",
        {"outcome": "refused", "title": "不予延续行政许可决定书"},
        {"reasons": "经营场所已经拆除"},
        "经营场所已经拆除。",
    ),
    ("xk_annulment_decision", {"outcome": "annulled"}, {}, "一、撤销上述行政许可。"),
    ("xk_withdrawal_decision", {"outcome": "changed", "title": "变更已生效行政许可决定书"}, {}, "本机关决定变更上述"),
    ("xk_cancellation_decision", {"title": "注销行政许可公告"}, {}, "注销行政许可公告"),
]


@pytest.mark.parametrize(("code", "common", "elements", "says"), OTHER_OUTCOMES, ids=lambda value: str(value)[:40])
def test_other_outcomes_have_their_words(
    code: str, common: dict[str, Any], elements: dict[str, Any], says: str
) -> None:
    context = {**paper_samples.context(code), **common}
    kept = {key: value for key, value in context["elements"].items() if key not in ("new_validity", "not_competent")}
    context["elements"] = {**kept, **elements}
    if common.get("outcome") in ("annulled", "false_material"):
        for key in ("bar", "competent_organ"):
            context["elements"].pop(key, None)
    assert squeeze(says) in squeeze(paper_html(BY_CODE[code], context))
