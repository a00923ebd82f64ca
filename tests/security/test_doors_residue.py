"""S11: nothing of a case stays where work was done: temporary files of uploads and of papers, caches of the browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from casework.actions.make import make_papers
from casework.models import Document
from tests.accounts.people import sign_in
from tests.approvals.conftest import World, district, moment, world  # noqa: F401

CANARY = "示例残留内容-7391-Canary"


@pytest.fixture
def temporary(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where temporary files go meanwhile: that of Python and that of uploads."""
    before = tempfile.tempdir
    place = tmp_path / "tmp"
    place.mkdir()
    tempfile.tempdir = str(place)
    settings.FILE_UPLOAD_TEMP_DIR = place
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    yield place
    tempfile.tempdir = before


def left(place: Path) -> list[str]:
    """The files there."""
    return [str(path) for path in place.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_of_a_large_upload_nothing_stays_where_it_was_received(world: World, temporary: Path) -> None:  # noqa: F811
    draft = world.draft("2026-03-02T09:00", files=False)
    material = next(one for one in world.item().materials.all() if one.asked)
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%" + CANARY.encode() * 120_000 + b"\n%%EOF\n"
    assert len(body) > live.FILE_UPLOAD_MAX_MEMORY_SIZE
    client = sign_in(Client(), world.citizen)
    answers = [
        client.post(
            f"/api/v1/drafts/{draft.code}/files/",
            {"material": material.code, "file": SimpleUploadedFile("图.pdf", body, "application/pdf")},
        ),
        client.post("/accounts/login/", {"login": "x", "file": SimpleUploadedFile("图.pdf", body, "application/pdf")}),
    ]
    assert answers[0].status_code == 201
    assert left(temporary) == []
    system = [
        path
        for path in Path(os.sep, "tmp").glob("*.upload*")
        if path.is_file() and os.access(path, os.R_OK) and CANARY.encode() in path.read_bytes()
    ]
    assert system == []


@pytest.mark.django_db
def test_of_a_paper_nothing_stays_where_it_was_made(world: World, temporary: Path) -> None:  # noqa: F811
    case = world.granted()
    assert make_papers(moment("2026-03-06T10:05"))
    assert Document.objects.filter(case=case, kind="paper", made_at__isnull=False).exists()
    assert left(temporary) == []
