"""What files really are: hundreds that attackers send, each refused for its reason, and honest ones that are taken.

Each goes the whole way: the look of the request, and if that lets it through the look into the depth. That the latter
happens in a confined process is tried with the worst of them.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from casework.inspection import child, surface, worker
from casework.inspection.kinds import KINDS, MEGABYTE, FileRefused, check_name, plain_name
from tests.casework.hostile import Specimen
from tests.casework.hostile.archives import ARCHIVES, LAUGHS, archive, docx, entity
from tests.casework.hostile.disguises import DISGUISES
from tests.casework.hostile.documents import PDFS, pdf
from tests.casework.hostile.friendly import FRIENDLY, table
from tests.casework.hostile.pictures import PICTURES, jpg, png

ALL = tuple(KINDS)
HOSTILE = [*PDFS, *PICTURES, *ARCHIVES, *DISGUISES]


def judge(specimen: Specimen) -> str:
    """The code of the refusal; nothing for a file that is taken."""
    content = specimen.make()
    file = io.BytesIO(content)
    try:
        found = surface.look(file, specimen.name, len(content), ALL)
    except FileRefused as refusal:
        return refusal.code
    return child.examine(file, found.kind, found.name)[0]


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 200
    assert len(FRIENDLY) >= 30
    assert len({str(each) for each in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("specimen", HOSTILE, ids=str)
def test_a_hostile_file_is_refused_for_its_reason(specimen: Specimen) -> None:
    assert judge(specimen) in specimen.code.split("|")


@pytest.mark.parametrize("specimen", FRIENDLY, ids=str)
def test_a_friendly_file_is_taken(specimen: Specimen) -> None:
    assert judge(specimen) == ""


# --- the process of its own --------------------------------------------------------------------------------------


def examined(content: bytes, kind: str, seconds: float = 120.0) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        try:
            worker.examine(file, kind, "材料")
        except FileRefused as refusal:
            return refusal.code
    return ""


@pytest.mark.parametrize(
    ("kind", "content"), [("pdf", pdf()), ("png", png()), ("jpg", jpg()), ("docx", docx()), ("xlsx", table())]
)
def test_the_process_takes_what_is_sound(kind: str, content: bytes) -> None:
    assert examined(content, kind) == ""


def test_the_process_refuses_what_is_not() -> None:
    assert examined(docx({"word/document.xml": entity(LAUGHS, "&j;")}), "docx") == "external"
    assert examined(pdf(catalog="/OpenAction<</S/J#61vaScript>>"), "pdf") == "active"
    assert examined(png(), "pdf") == "kind"


def test_who_takes_too_long_is_ended() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(pdf())
        with pytest.raises(FileRefused, match="不能完成检查"):
            worker.examine(file, "pdf", "材料", seconds=0.001)


def test_the_process_may_neither_grow_nor_write_nor_compute_for_ever(tmp_path: Path) -> None:
    """Its limits, tried from the inside of a process that has set them."""
    program = f"""
import resource, sys
from casework.inspection import child
child.limit()
try:
    bytearray(2 * child.MEMORY)
except MemoryError:
    print("memory", resource.getrlimit(resource.RLIMIT_CPU)[0])
try:
    open({str(tmp_path / "x")!r}, "wb", buffering=0).write(b"x" * 9)
except OSError:
    print("file")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=worker.PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["memory", str(child.SECONDS), "file"]


# --- what is said, and names -------------------------------------------------------------------------------------


def look(name: str, content: bytes, kinds: tuple[str, ...] = ALL, most: int = MEGABYTE) -> surface.Found:
    return surface.look(io.BytesIO(content), name, len(content), kinds, most)


def test_what_is_found_follows_from_the_content() -> None:
    found = look("C:\\图纸\\平面图.JPEG", jpg())
    assert (found.name, found.kind, found.content_type) == ("平面图.JPEG", "jpg", "image/jpeg")
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.pdf", b"", "“空.pdf”是空文件，请重新选择"),
        ("大.pdf", pdf() + bytes(MEGABYTE), "“大.pdf”超过1 MB，请压缩或者拆分后再上传"),
        ("图.png", png(), "“图.png”的内容不是PDF、DOCX格式，请转换后再上传"),
        ("图.docx", pdf(), "“图.docx”的内容与扩展名不符，请重新保存后再上传"),
        ("锁.pdf", pdf(trailer="/Encrypt 9 0 R"), "“锁.pdf”设有密码或者使用限制，请解除后再上传"),
        (
            "动.pdf",
            pdf(catalog="/OpenAction<</S/Launch>>"),
            "“动.pdf”含有脚本、附件或者动态表单，请打印为普通PDF后再上传",
        ),
        ("宏.docx", docx({"word/vbaProject.bin": b"x"}), "“宏.docx”含有宏，请另存为不含宏的文档后再上传"),
        ("包.docx", archive({"a": "b"}), "“包.docx”的内容不是PDF、DOCX格式，请转换后再上传"),
    ],
)
def test_each_refusal_says_why_and_what_to_do(name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        look(name, content, ("pdf", "docx"))
    assert str(refusal.value) == words


def test_a_piece_of_the_words_across_two_reads_is_seen() -> None:
    for shift in range(-12, 3):
        filler = b"%" + b"x" * ((1 << 20) - 10 + shift) + b"\n"
        with pytest.raises(FileRefused):
            look("a.pdf", b"%PDF-1.7\n" + filler + b"9 0 obj<</S/JavaScript>>endobj\n%%EOF", most=9 * MEGABYTE)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\x\\平面图.pdf", "平面图.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ('<b>"x"</b>.png', "b.png"),
        ("图" * 300 + ".pdf", "图" * 100 + ".pdf"),
        ("...", "文件"),
        ("", "文件"),
    ],
)
def test_names_are_made_plain(given: str, shown: str) -> None:
    assert plain_name(given) == shown


def test_a_name_made_to_deceive_is_refused() -> None:
    with pytest.raises(FileRefused, match="不可见"):
        check_name("a\u202efdp.exe")
