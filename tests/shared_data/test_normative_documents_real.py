"""The 47 real documents, which are no part of the source: imported, searched and exported without loss.

Run by `make test-shared`; SHARED names the directory, or ../shared lies beside the clone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from casework.printing.render import html_of, text_of
from regulations.actions.importing import Report, import_normative_documents
from regulations.models import DocumentVersion, NormativeDocument
from regulations.papers.text import context_of
from regulations.queries.catalogue import Wanted, page
from regulations.queries.document import pieces
from tests.regulations.library import faults, printed_words, squashed, words_of

SHARED = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
FILE = SHARED / "data" / "normative_documents.jsonl"
TODAY = date(2026, 11, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def report(django_db_setup: None, django_db_blocker: Any) -> Iterator[Report]:
    """Imported once, within a transaction that the end of the module undoes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_normative_documents(FILE)
        transaction.set_rollback(True)


def given() -> list[dict[str, str]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_every_line_is_imported_and_again_none(report: Report) -> None:
    assert report.counts == {"新增": 47}
    assert import_normative_documents(FILE).counts == {"未变": 47}


def test_no_sign_is_lost(report: Report) -> None:
    for one in given():
        version = DocumentVersion.objects.get(document__index_number=one["index_number"])
        assert version.body == one["text"].strip("\n")
        pieces = version.text.provisions.order_by("order")
        assert squashed("".join(piece.label + piece.content for piece in pieces)) == squashed(one["text"])
        anchors = [piece.anchor for piece in pieces if piece.anchor]
        assert len(anchors) == len(set(anchors))


def test_every_export_is_whole_and_valid(report: Report, client: Client) -> None:
    for version in DocumentVersion.objects.select_related("document"):
        base = version.document.get_absolute_url()
        made = client.get(f"{base}xml/").content
        assert faults(made) == []
        assert squashed(words_of(made)) == squashed(version.body)
        told = json.loads(client.get(f"{base}json/").content)
        assert told["body"] == version.body
        assert squashed("".join(one["label"] + one["content"] for one in told["provisions"])) == squashed(version.body)
        assert client.get(f"{base}txt/").content.decode() == version.body + "\n"


def test_every_print_is_whole(report: Report, client: Client) -> None:
    """The words of the page that is printed, and those that can be read in the file."""
    for version in DocumentVersion.objects.select_related("document", "text"):
        context = context_of(version.document, version, pieces(version.text))
        assert squashed(text_of(html_of("papers/regulations/text.html", context))) == squashed(version.body)
        made = client.get(f"{version.document.get_absolute_url()}pdf/").content
        assert printed_words(made) == squashed(version.body)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("行政规范性文件合法性审核", "国办发〔2018〕115号"),
        ("专利代理师资格证", "国令第706号"),
        ("二级综合评价", None),
        ("国办函〔2004〕80号", "国办函〔2004〕80号"),
    ],
)
def test_they_are_found_by_their_words(report: Report, words: str, number: str | None) -> None:
    found = [row.number for row in page(Wanted(words=words), TODAY).rows]
    assert (number in found) if number else found == []


def test_pages_of_all_of_them_answer(report: Report, client: Client) -> None:
    for document in NormativeDocument.objects.all():
        assert client.get(document.get_absolute_url()).status_code == 200
