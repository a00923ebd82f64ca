"""A small library: invented documents as their organs would publish them, and the statute that they rest on."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from accounts.actions import load_organisations
from law.actions.texts import import_laws
from regulations.actions.entering import enter
from regulations.actions.importing import Report, import_normative_documents
from regulations.models import NormativeDocument

HERE = Path(__file__).parent
SAMPLES = HERE / "data" / "documents.jsonl"
SHOPS, BREAKFAST = "东商务规〔2024〕1号", "东商务规〔2018〕2号"
SERVICE, WATER, SALES = "东政办发〔2023〕7号", "京示发〔2022〕15号", "东商务规〔2021〕3号"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

STATUTE = """# 北京市示例管理条例

2020年5月1日北京市人民代表大会常务委员会通过　自2020年6月1日起施行

<!-- INFO END -->

第一条 为了示例，制定本条例。

第二条 区人民政府负责示例工作。

第三条 单位和个人应当节约用水。
"""


def squashed(words: str) -> str:
    """Words without blanks: what must be the same wherever a text is kept or written."""
    return re.sub(r"[\s　]+", "", words)


def printed_words(pdf: bytes) -> str:
    """What the pages say, one behind the other and without blanks, but for the number at the foot of each."""
    said = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        words, foot = squashed(page.extract_text()), f"—{number}—"
        assert words.startswith(foot) or words.endswith(foot), f"page {number} has no number at its foot"
        said.append(words.removeprefix(foot) if words.startswith(foot) else words.removesuffix(foot))
    return "".join(said)


def numbered(number: str) -> NormativeDocument:
    return NormativeDocument.objects.get(number=number)


@pytest.fixture
def organs(db: None) -> None:
    load_organisations()


@pytest.fixture
def library(organs: None, tmp_path: Path) -> Report:
    """The statute and the sample documents, imported."""
    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "北京市示例管理条例(2020-05-01).md").write_text(STATUTE, encoding="utf-8")
    import_laws(laws)
    return import_normative_documents(SAMPLES)


@pytest.fixture
def made(organs: None) -> Callable[..., NormativeDocument]:
    """Makes and enters a document of another issuer, published on a day."""

    def make(
        number: str, title: str, body: str, published: date = date(2024, 1, 10), **other: Any
    ) -> NormativeDocument:
        document = NormativeDocument.objects.create(
            issuer=other.pop("issuer", "示例机关"), number=number, title=title, published_on=published, **other
        )
        enter(document, body)
        return document

    return make


class _Beside(etree.Resolver):
    """The schema of `xml:` stands beside the one that imports it."""

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        return self.resolve_string(_unpacked("xml.xsd"), context) if url.endswith("xml.xsd") else None


def _unpacked(name: str) -> bytes:
    return gzip.decompress((HERE / "schemas" / f"{name}.gz").read_bytes())


@cache
def schema() -> Any:
    """The schema of Akoma Ntoso 3."""
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.fromstring(_unpacked("akomantoso30.xsd"), parser))


def faults(document: bytes) -> list[str]:
    """What the schema finds wrong with a document."""
    schema().validate(etree.fromstring(document))
    return [str(each) for each in schema().error_log]


def words_of(document: bytes) -> str:
    """The words of a document in Akoma Ntoso, in their order."""
    found: Iterable[Any] = etree.fromstring(document).iter(*(f"{{{AKN}}}{name}" for name in ("num", "heading", "p")))
    return "".join(each.text or "" for each in found)
