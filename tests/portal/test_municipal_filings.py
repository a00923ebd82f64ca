"""The city's side of the filing of documents: a package is looked into, kept, and answered once."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from exchange.rules import bodies
from exchange.rules.letters import KNOWN, TAKEN, Letter
from portal.municipal.book import Book
from portal.municipal.filings import MATERIALS, Filings, missing
from portal.municipal.platform import now

CASE = "规〔2026〕1号"
DATA = b"%PDF-1.7 x"


def material(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "material": name, "code": "gfx_sample", "name": f"{name}.pdf", "number": "", "size": len(DATA),
        "sha256": hashlib.sha256(DATA).hexdigest(), "content": base64.b64encode(DATA).decode(), **changes,
    }  # fmt: skip


def package(**changes: Any) -> dict[str, Any]:
    return {
        "case": CASE, "organ": {"code": "DC-BGS", "name": "区政府办公室"}, "step": "submit_filing", "label": "报送备案",
        "at": "2026-04-24T09:00:00+08:00",
        "document": {
            "issuer": "区政府", "number": "东政发〔2026〕1号", "title": "示例办法", "signed_on": None,
            "published_on": "2026-04-22", "effective_from": "2026-06-01", "valid_until": None, "text": "第一条",
        },
        "report": {"number": "规备〔2026〕1号", "words": "报请备案。", "contact": "王示例"},
        "materials": [material(name) for name in MATERIALS], **changes,
    }  # fmt: skip


def letter(sequence: int, body: dict[str, Any], kind: str = "document_filing") -> Letter:
    return Letter(f"id-{sequence}", "110101", "110000", kind, CASE, sequence, "2026-04-24T09:00:00+08:00", body)


class Office:
    def __init__(self, path: Path) -> None:
        self.book = Book(path)
        self.filings = Filings(self.book, ("110000", "110101"))

    def gets(self, one: Letter) -> str:
        return self.book.keep(one, lambda new: self.filings.arrived(new, now()))[0]

    @property
    def said(self) -> list[str]:
        answers = [dict(one.body) for one in self.book.waiting(20)]
        assert all(bodies.of_arrived("document_filing_answer", body) == [] for body in answers)
        return [body["outcome"] for body in answers]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "book.sqlite3")


def test_a_whole_package_lacks_nothing() -> None:
    assert bodies.of_body("document_filing", package()) == []
    assert missing(package()) == []


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"materials": [material(name) for name in MATERIALS[1:]]}, [MATERIALS[0]]),
        ({"materials": [*(material(name) for name in MATERIALS[1:]), material(MATERIALS[0], sha256="0" * 64)]},
         [f"{MATERIALS[0]}（电子文件与所报摘要不符）"]),
        ({"materials": [*(material(name) for name in MATERIALS[1:]), material(MATERIALS[0], size=1)]},
         [f"{MATERIALS[0]}（电子文件与所报摘要不符）"]),
        ({"document": {**package()["document"], "text": " "}}, ["电子文本"]),
    ],
)  # fmt: skip
def test_what_is_missing_or_other_than_it_says_is_named(changes: dict[str, Any], lacking: list[str]) -> None:
    assert missing(package(**changes)) == lacking


def test_a_package_gets_its_receipt_once(office: Office) -> None:
    one = letter(1, package())
    assert [office.gets(one) for _ in range(3)] == [TAKEN, KNOWN, KNOWN]
    assert office.said == ["registered"]
    assert office.filings.standing()[CASE]["registered"] == 1


def test_what_is_wanted_besides_comes_with_a_supplement(office: Office) -> None:
    office.filings.wanted = ("政策解读",)
    office.gets(letter(1, package()))
    office.gets(letter(2, package(step="supplement", answer="已补充政策解读。")))
    assert office.said == ["incomplete", "registered"]


def test_a_package_behind_a_later_one_is_kept_and_not_answered(office: Office) -> None:
    office.gets(letter(2, package(step="supplement", answer="已补充。")))
    assert office.gets(letter(1, package())) == TAKEN
    assert office.said == ["registered"]


def test_an_outcome_is_told_of_what_came_only(office: Office) -> None:
    with pytest.raises(KeyError):
        office.filings.answer({"case": CASE, "outcome": "filed"}, now())
    office.gets(letter(1, package()))
    office.filings.answer({"case": CASE, "outcome": "filed"}, now())
    assert office.said == ["registered", "filed"]
    assert office.filings.standing()[CASE]["state"] == "filed"
