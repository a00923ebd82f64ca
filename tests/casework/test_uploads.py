"""Files that come in pieces, and the store that is a bucket: the same tests on a directory and on an S3 server."""

from __future__ import annotations

import hashlib
import socket
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from moto.server import ThreadedMotoServer

from accounts.models import User
from casework.actions import files, uploads
from casework.actions.make import make_papers
from casework.inspection.kinds import FileRefused
from casework.inspection.surface import Found
from casework.models import Document, Upload
from casework.storage import StorageDown
from portal.settings.files import storage
from tests.casework.conftest import World, moment
from tests.casework.hostile.documents import pdf
from tests.casework.town import Town

AT = moment("2026-03-02T10:00")
TERMS = {"kinds": ["pdf"], "most": 50 * 1024 * 1024}
BUCKET = "documents"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server on this machine; its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["directory", "bucket"])
def store(request: pytest.FixtureRequest, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store of documents as the settings describe it."""
    settings.MEDIA_ROOT = tmp_path
    if request.param == "bucket":
        use(request.getfixturevalue("s3"), settings, monkeypatch)
    return str(request.param)


def use(address: str, settings: Any, monkeypatch: pytest.MonkeyPatch, make: bool = True) -> None:
    monkeypatch.setenv("PORTAL_S3_ENDPOINT", address)
    monkeypatch.setenv("PORTAL_S3_KEY", "test")
    monkeypatch.setenv("PORTAL_S3_SECRET", "test")
    if make:
        client = boto3.client(
            "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        client.create_bucket(Bucket=BUCKET)
    settings.STORAGES = {**settings.STORAGES, "default": storage(BUCKET)}


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PIECE", 1000)


CONTENT = pdf(extra="%" + "x" * 2500 + "\n")


def pieces(content: bytes = CONTENT) -> list[bytes]:
    return [content[at : at + uploads.PIECE] for at in range(0, len(content), uploads.PIECE)]


def digest(content: bytes = CONTENT) -> str:
    return hashlib.sha256("".join(hashlib.sha256(each).hexdigest() for each in pieces(content)).encode()).hexdigest()


def begin(user: User, name: str = "图纸.pdf", content: bytes = CONTENT, at: Any = AT) -> Upload:
    return uploads.begin(user, name, len(content), TERMS, at)


def send(upload: Upload, content: bytes = CONTENT) -> Upload:
    for piece in pieces(content):
        upload = uploads.append(upload, upload.offset, piece, AT)
    return upload


def stored(upload: Upload) -> list[bool]:
    return [default_storage.exists(name) for name in upload.pieces]


def test_a_file_comes_in_pieces_and_is_whole_again(world: World, store: str) -> None:
    upload = send(begin(world.citizen))
    assert (upload.offset, upload.percent) == (len(CONTENT), 100)
    assert len(upload.pieces) == len(pieces())
    assert not any("图纸" in name for name in upload.pieces)
    upload = uploads.finish(upload, digest(), AT)
    with uploads.join(upload) as whole:
        assert whole.read() == CONTENT
    uploads.drop(upload)
    assert not any(stored(upload))
    assert not Upload.objects.exists()


def test_whoever_begins_again_goes_on(world: World, store: str) -> None:
    first = begin(world.citizen)
    uploads.append(first, 0, pieces()[0], AT)
    again = begin(world.citizen)
    assert (again.pk, again.offset) == (first.pk, uploads.PIECE)
    assert begin(world.stranger).pk != first.pk
    assert begin(world.citizen, "另一.pdf").pk != first.pk


def test_a_piece_out_of_order_is_told_where_to_go_on(world: World, store: str) -> None:
    upload = begin(world.citizen)
    stale = Upload.objects.get(pk=upload.pk)
    upload = uploads.append(upload, 0, pieces()[0], AT)
    for each, offset in ((upload, 0), (upload, 2000), (stale, 0)):  # twice, too early, a second sender
        with pytest.raises(uploads.Misplaced) as misplaced:
            uploads.append(each, offset, pieces()[0], AT)
        assert misplaced.value.offset == uploads.PIECE
    upload.refresh_from_db()
    assert (upload.offset, len(upload.pieces), stored(upload)) == (uploads.PIECE, 1, [True])


@pytest.mark.parametrize("piece", [b"", b"x", b"x" * 1001])
def test_a_piece_of_another_length_is_refused(world: World, piece: bytes) -> None:
    with pytest.raises(FileRefused):
        uploads.append(begin(world.citizen), 0, piece, AT)


def test_another_file_under_the_same_name_is_found_out(world: World, store: str) -> None:
    upload = send(begin(world.citizen))
    with pytest.raises(FileRefused, match="有变化"):
        uploads.finish(upload, digest(CONTENT.replace(b"x", b"y")), AT)
    assert not any(stored(upload))
    assert not Upload.objects.exists()


def test_limits_of_one_person(world: World) -> None:
    for number in range(uploads.MOST_OPEN):
        begin(world.citizen, f"{number}.pdf")
    with pytest.raises(FileRefused, match="过多"):
        begin(world.citizen)
    begin(world.stranger)
    begin(world.citizen, at=AT + uploads.LIFE)  # the others have gone stale
    for name, size in (("a.exe", 10), ("a.pdf", 0), ("a.pdf", TERMS["most"] + 1), ("a\u202e.pdf", 10)):  # type: ignore[operator]
        with pytest.raises(FileRefused):
            uploads.begin(world.stranger, name, size, TERMS, AT)


def test_what_nobody_goes_on_with_is_forgotten_after_a_day(world: World, store: str) -> None:
    old, new = begin(world.citizen), begin(world.stranger, at=AT + timedelta(hours=1))
    old = uploads.append(old, 0, pieces()[0], AT)
    assert uploads.drop_stale(AT + uploads.LIFE) == 1
    assert stored(old) == [False]
    assert list(Upload.objects.all()) == [new]


# --- over HTTP ---------------------------------------------------------------------------------------------------


def ask(client: Client, town: Town, **changes: Any) -> Any:
    from casework.fields import UploadField

    terms = UploadField(kinds=("pdf",), resumable=True).widget.attrs["data-terms"]
    return client.post("/files/uploads/", {"name": "图纸.pdf", "size": len(CONTENT), "terms": terms, **changes})


def test_the_conversation_of_the_script(town: Town, store: str) -> None:
    client = town.client("citizen")
    begun = ask(client, town).json()
    assert (begun["offset"], begun["piece"]) == (0, uploads.PIECE)

    def patch(offset: Any, piece: bytes, who: Client = client) -> Any:
        headers = {"Upload-Offset": str(offset)}
        return who.patch(begun["url"], piece, content_type="application/octet-stream", headers=headers)

    assert patch(0, pieces()[0]).json()["offset"] == 1000
    answer = patch(0, pieces()[0])
    assert (answer.status_code, answer.json()) == (409, {"offset": 1000})
    assert patch("x", pieces()[1]).status_code == 422
    assert patch(1000, b"x" * 1001).status_code == 422
    assert client.post(begun["url"], {"digest": digest()}).status_code == 409
    assert client.get(begun["url"]).json()["offset"] == 1000
    for who in ("stranger", "agent", "officer", "auditor"):
        other = town.client(who)
        assert patch(1000, pieces()[1], other).status_code == 404
        assert other.get(begun["url"]).status_code == 404
        assert other.delete(begun["url"]).status_code == 404
    for number, piece in enumerate(pieces()[1:], 1):
        assert patch(number * 1000, piece).status_code == 200
    assert client.post(begun["url"], {"digest": digest()}).json()["done"]
    assert client.delete(begun["url"]).status_code == 200
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"terms": "forged"}, {"terms": ""}, {"size": "x"}, {"size": -1}, {"size": 21 * 1024 * 1024}, {"name": "a.exe"}],
)
def test_what_the_place_does_not_take_is_refused_before_a_byte_is_sent(town: Town, changes: dict[str, Any]) -> None:
    answer = ask(town.client("citizen"), town, **changes)
    assert answer.status_code == 422
    assert answer.json()["words"]


def test_a_store_that_is_away_is_said_and_what_arrived_stays(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    client = town.client("citizen")
    begun = ask(client, town).json()
    use(nowhere, settings, monkeypatch, make=False)
    headers = {"Upload-Offset": "0"}
    answer = client.patch(begun["url"], pieces()[0], content_type="application/octet-stream", headers=headers)
    assert (answer.status_code, answer.json()["words"]) == (503, "存放文件的系统暂时没有响应，请稍后继续上传")
    assert Upload.objects.get().offset == 0
    with pytest.raises(StorageDown):
        default_storage.open("x")


# --- documents in either store -----------------------------------------------------------------------------------


def found(content: bytes) -> Found:
    return Found("a.pdf", "pdf", "application/pdf", len(content), hashlib.sha256(content).hexdigest())


def test_a_document_is_kept_judged_handed_out_and_deleted(town: Town, store: str) -> None:
    file = SimpleUploadedFile("a.pdf", CONTENT)
    columns: dict[str, Any] = {"kind": "material", "case": town.case, "added_by": town.people["citizen"]}
    with files.stored(file, found(CONTENT), AT, **columns) as document:
        document.save()
    assert files.check_files(timezone.now()) == 1
    answer: Any = town.client("officer").get(town.url(f"documents/{document.token}/"))
    assert b"".join(answer.streaming_content) == CONTENT
    with pytest.raises(RuntimeError), files.stored(file, found(CONTENT), AT, kind="material") as lost:
        raise RuntimeError
    assert not default_storage.exists(str(lost.file.name))


def test_papers_are_made_and_handed_out(town: Town, store: str) -> None:
    assert make_papers(timezone.now()) == 1
    paper = Document.objects.get(kind="paper", case=town.case)
    answer: Any = town.client("officer").get(town.url(f"documents/{paper.token}/"))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == paper.sha256


def test_papers_wait_for_a_store_that_is_away(town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        use(f"http://127.0.0.1:{probe.getsockname()[1]}", settings, monkeypatch, make=False)
        assert make_papers(timezone.now()) == 0
    paper = Document.objects.get(kind="paper", case=town.case)
    assert (paper.made_at, paper.attempts) == (None, 1)
    assert "StorageDown" in paper.error or "Connection" in paper.error or "Endpoint" in paper.error


def test_a_large_file_in_the_bucket_is_read_from_disk(s3: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    use(s3, settings, monkeypatch)
    large = 6 * 1024 * 1024
    name = default_storage.save("documents/large.bin", ContentFile(bytes(large)))
    with default_storage.open(name) as file:
        assert isinstance(file.file, tempfile.SpooledTemporaryFile)
        assert file.file._rolled  # type: ignore[attr-defined]
        assert len(file.read()) == large
