"""A text by its articles, what differs between two versions, its hash, and the files it is handed in as."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.reading import Unreadable
from regulations.rules import reading, text

ARTICLES = "第一条 为了示例。\n第二条 设置服务点：\n（一）甲；\n（二）乙。\n第三条 自公布之日起施行。"
WORD = "http://example.com/word"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://example.com/types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def docx(*paragraphs: str, numbered: int = 0) -> io.BytesIO:
    """A small document; the last `numbered` paragraphs are numbered by Word."""
    body = ""
    for place, words in enumerate(paragraphs, 1):
        own = "<w:pPr><w:numPr/></w:pPr>" if place > len(paragraphs) - numbered else ""
        body += f"<w:p>{own}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return stream


def test_a_text_is_read_by_its_articles() -> None:
    found = text.pieces(ARTICLES)
    assert [piece.label for piece in found] == ["第一条", "第二条", "第三条"]
    assert found[1].words == "设置服务点：\n（一）甲；\n（二）乙。"
    assert text.labels(ARTICLES) == ["全文", "第一条", "第二条", "第三条"]


def test_a_text_without_articles_is_read_by_its_points_or_paragraphs() -> None:
    assert [piece.label for piece in text.pieces("各单位：\n一、总体要求\n内容\n二、措施")] == ["开头", "一", "二"]
    assert [piece.label for piece in text.pieces("甲\n乙")] == ["第1段", "第2段"]
    assert text.pieces("") == []


def test_only_what_differs_stands_side_by_side() -> None:
    changed = ARTICLES.replace("（二）乙。", "（二）丙。")
    assert text.differences(ARTICLES, changed) == [
        ("第二条", "设置服务点：\n（一）甲；\n（二）乙。", "设置服务点：\n（一）甲；\n（二）丙。")
    ]
    assert text.differences(ARTICLES, ARTICLES) == []


def test_an_article_that_only_moved_is_not_shown() -> None:
    inserted = (
        "第一条 为了示例。\n第二条 新的一条。\n第三条 设置服务点：\n（一）甲；\n（二）乙。\n第四条 自公布之日起施行。"
    )
    assert text.differences(ARTICLES, inserted) == [("第二条", "", "新的一条。")]


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once_and_no_word_is_lost(words: str) -> None:
    once = text.cleaned(words)
    assert text.cleaned(once) == once
    assert "".join(once.split()) == "".join(words.replace("\r\n", "\n").split())


@given(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=50))
def test_two_texts_have_two_hashes(one: str, other: str) -> None:
    assert (text.digest("标题", one) == text.digest("标题", other)) == (one == other)


def test_a_word_document_is_read_with_a_warning_where_word_numbers() -> None:
    found = reading.read(docx("示例办法", "第一条 甲。", "第二条 乙。"), "草案.docx")
    assert (found.title, found.body, found.source, found.warnings) == (
        "示例办法",
        "第一条 甲。\n第二条 乙。",
        "docx",
        (),
    )
    assert "自动编号" in reading.read(docx("示例办法", "甲", "乙", numbered=2), "草案.docx").warnings[0]


def test_markdown_and_plain_text_are_read() -> None:
    found = reading.read(io.BytesIO("# 示例办法\n\n**第一条** 甲。\n".encode()), "a.md")
    assert (found.title, found.body) == ("示例办法", "第一条 甲。")
    assert reading.read(io.BytesIO("示例办法\r\n第一条 甲。".encode("gb18030")), "a.txt").body == "第一条 甲。"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.txt", "空文件"),
        ("示例办法".encode(), "a.txt", "除标题外没有正文"),
        (b"x", "a.exe", "格式不受支持"),
        (b"PK\x03\x04broken", "a.docx", "不能打开"),
        (b"\xff\xfe\x00\x00\x81", "a.txt", "不是文本文件"),
        (b"a" * (reading.MOST_BYTES + 1), "a.txt", "超过5 MB"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, name: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        reading.read(io.BytesIO(content), name)
