"""The store of documents goes away in the middle of everything: said in words, nothing acknowledged is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from moto.server import ThreadedMotoServer

from casework.actions import uploads
from casework.actions.files import check_files
from casework.actions.make import make_papers
from casework.models import Case, Document, Upload
from tests.approvals.conftest import World, pdf
from tests.approvals.pages import Applicant, text
from tests.casework.test_uploads import CONTENT, TERMS, digest, pieces, small_pieces, use  # noqa: F401 - a fixture


class Directory:
    """A store on a disk that can be taken out."""

    def __init__(self, place: Path, settings: Any) -> None:
        self.place, self.elsewhere = place / "store", place / "taken out"
        self.place.mkdir()
        settings.MEDIA_ROOT = self.place

    def goes_away(self) -> None:
        self.place.rename(self.elsewhere)

    def is_back(self) -> None:
        assert not self.place.exists(), "something was written where the disk is missing"
        self.elsewhere.rename(self.place)


class Bucket:
    """A store on an S3 server that can be switched off."""

    def __init__(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        host, self.port = self.server.get_host_and_port()
        use(f"http://{host}:{self.port}", settings, monkeypatch)

    def goes_away(self) -> None:
        self.server.stop()

    def is_back(self) -> None:
        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()


@pytest.fixture(params=["directory", "bucket"])
def store(
    request: pytest.FixtureRequest, media: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Directory | Bucket]:
    if request.param == "directory":
        yield Directory(tmp_path, settings)
    else:
        bucket = Bucket(settings, monkeypatch)
        yield bucket
        bucket.goes_away()


def test_nothing_acknowledged_is_lost_while_the_store_is_away(world: World, store: Directory | Bucket) -> None:
    person, now = Applicant(world), timezone.now()
    person.fill()
    begun = uploads.begin(world.citizen, "图纸.pdf", len(CONTENT), TERMS, now)
    begun = uploads.append(begun, 0, pieces()[0], now)
    kept = set(Document.objects.values_list("token", "sha256"))
    assert len(kept) == 3

    store.goes_away()
    answer = person.upload("M2", pdf("新图.pdf", b"new"))
    assert answer.status_code == 503
    for words in ("“新图.pdf”没有保存成功", "其他内容没有丢失", "M2.pdf"):
        assert words in text(answer), words
    answer = person.client.patch(
        f"/files/uploads/{begun.token}/", pieces()[1], content_type="application/octet-stream",
        headers={"Upload-Offset": str(begun.offset)},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["words"]) == (503, "存放文件的系统暂时没有响应，请稍后继续上传")
    assert set(Document.objects.values_list("token", "sha256")) == kept
    assert Upload.objects.get().offset == begun.offset
    answer = person.client.get(f"{person.home}files/{Document.objects.earliest('pk').token}/")
    assert answer.status_code == 503
    assert "没有丢失" in text(answer)

    # The application is filed all the same: its files and its time are rows, and its paper is ordered.
    assert person.post("check", attest_1="on")["Location"] == person.home + "done/"
    case = Case.objects.get()
    assert case.number in text(person.get("done"))
    assert (make_papers(now), check_files(now)) == (0, 0)
    paper = Document.objects.get(kind="paper")
    assert (paper.made_at, paper.attempts) == (None, 1)
    assert set(Document.objects.filter(kind="material").values_list("scan", "attempts")) == {("held", 1)}
    assert person.client.get(f"/cases/{case.code}/").status_code == 200

    store.is_back()
    later = now + timedelta(hours=1)
    assert (make_papers(later), check_files(later)) == (1, 3)
    assert set(Document.objects.filter(case=case, kind="material").values_list("token", "sha256")) == kept
    paper.refresh_from_db()
    opened: Any = person.client.get(f"/cases/{case.code}/documents/{paper.token}/")
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    for piece in pieces()[1:]:
        begun = uploads.append(begun, begun.offset, piece, later)
    with uploads.join(uploads.finish(begun, digest(), later)) as whole:
        assert whole.read() == CONTENT
    call_command("verify_files")


def test_a_directory_is_made_by_the_set_up_once_and_never_again(
    world: World, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path / "disk" / "media", False
    call_command("prepare")
    assert settings.MEDIA_ROOT.is_dir()
    person = Applicant(world)
    person.fill()
    settings.MEDIA_ROOT.parent.rename(tmp_path / "taken out")
    call_command("prepare")
    assert "the store of documents is not there" in capsys.readouterr().err
    assert not settings.MEDIA_ROOT.exists()
