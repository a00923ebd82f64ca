"""The quarantine: held until looked into and scanned by a real ClamAV; who may open what; nothing without its file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AccessEvent
from casework.actions import files
from casework.inspection import clamd, surface
from casework.inspection.kinds import KINDS
from casework.models import Case, Document, Notice
from tests.casework.clamd import Scanner
from tests.casework.conftest import World, moment
from tests.casework.hostile.disguises import EICAR
from tests.casework.hostile.documents import packed, pdf
from tests.casework.town import Town, words

AT = moment("2026-03-02T10:00")
SICK = pdf(extra=f"%{EICAR.decode()}\n")


@pytest.fixture(scope="module")
def daemon() -> Iterator[Scanner]:
    scanner = Scanner()
    scanner.start()
    yield scanner
    scanner.remove()


@pytest.fixture
def scanner(daemon: Scanner, settings: Any) -> Scanner:
    if daemon.process is None:
        daemon.start()
    settings.SCANNER = daemon.address
    return daemon


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def hand_in(case: Case, content: bytes, name: str = "材料.pdf") -> Document:
    """A material of a case, kept as a chapter keeps it."""
    file = SimpleUploadedFile(name, content)
    found = surface.look(io.BytesIO(content), name, len(content), tuple(KINDS))
    columns: dict[str, Any] = {"kind": "material", "case": case, "added_by": case.filed_by}
    with files.stored(file, found, AT, **columns) as document:
        document.save()
    return document


def state(document: Document) -> tuple[str, str]:
    document.refresh_from_db()
    return document.scan, document.finding


# --- the scanner -------------------------------------------------------------------------------------------------


def test_the_scanner_tells_clean_from_infected(scanner: Scanner) -> None:
    assert clamd.scan(io.BytesIO(pdf()), scanner.address) == ""
    assert clamd.scan(io.BytesIO(EICAR), scanner.address).startswith("Eicar-Test-Signature")
    assert clamd.scan(io.BytesIO(b"x" * 200_000 + EICAR), scanner.address).startswith("Eicar-Test-Signature")
    with pytest.raises(clamd.ScannerDown, match="size limit"):
        clamd.scan(io.BytesIO(bytes(31 * 1024 * 1024)), scanner.address)


@pytest.mark.parametrize("address", ["clamd:///nowhere/clamd.sock", "clamd://127.0.0.1:1", "http://x", "clamd://", ""])
def test_no_scanner_is_no_verdict(address: str) -> None:
    assert not clamd.ping(address)
    with pytest.raises(clamd.ScannerDown):
        clamd.scan(io.BytesIO(b"x"), address)


def test_sound_and_infected_files_get_their_verdict(world: World, scanner: Scanner) -> None:
    case = world.file()
    good, bad = hand_in(case, pdf()), hand_in(case, SICK, "合同.pdf")
    assert (good.scan, bad.scan) == ("held", "held")
    assert files.check_files(AT) == 2
    assert state(good) == ("clean", "")
    assert state(bad)[0] == "infected"
    assert state(bad)[1].startswith("Eicar-Test-Signature")
    assert good.scanned_by == "clamd"
    told = Notice.objects.filter(key__startswith=f"file:{bad.pk}:")
    assert {notice.to for notice in told} == {world.citizen, world.officer, world.other_officer}
    assert "合同.pdf" in told[0].subject
    assert "发现病毒" in told[0].body
    assert files.check_files(AT) == 0


def test_a_scanner_that_dies_holds_everything_until_it_is_back(world: World, scanner: Scanner) -> None:
    document = hand_in(world.file(), SICK)
    scanner.kill()
    assert files.check_files(AT) == 0
    assert state(document) == ("held", "")
    scanner.start()
    assert files.check_files(AT) == 1
    assert state(document)[0] == "infected"


def test_a_scanner_that_gives_no_verdict_makes_a_file_wait_longer_each_time(
    world: World, scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = hand_in(world.file(), pdf())
    monkeypatch.setattr(files.clamd, "ping", lambda address: True)
    scanner.kill()
    waits = []
    at = AT
    for _ in range(3):
        assert files.check_files(at) == 0
        document.refresh_from_db()
        assert document.next_try_at
        waits.append(document.next_try_at - at)
        at = document.next_try_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert document.error.startswith("ScannerDown")
    monkeypatch.undo()
    scanner.start()
    assert files.check_files(at) == 1
    assert (state(document)[0], document.error) == ("clean", "")


def test_what_only_the_look_into_the_depth_finds_is_locked_away(world: World, scanner: Scanner) -> None:
    document = hand_in(world.file(), packed("/OpenAction 50 0 R", "<</S/JavaScript/JS(1)>>"))
    assert files.check_files(AT) == 1
    assert state(document) == ("refused", "“材料.pdf”含有脚本、附件或者动态表单，请打印为普通PDF后再上传")
    assert "视为没有提交" in Notice.objects.filter(key__startswith=f"file:{document.pk}:")[0].body


def test_a_demonstration_goes_without_a_scanner_and_says_so(world: World, settings: Any) -> None:
    settings.SCANNER = "none"
    good, bad = hand_in(world.file(), pdf()), hand_in(world.file(), packed("/X 50 0 R", "<</S/Launch>>"))
    assert files.check_files(AT) == 2
    assert (state(good)[0], good.scanned_by, state(bad)[0]) == ("clean", "none", "refused")


def test_a_portal_without_a_scanner_holds_everything(world: World, settings: Any) -> None:
    settings.SCANNER = ""
    document = hand_in(world.file(), pdf())
    assert files.check_files(AT) == 0
    assert state(document)[0] == "held"


def test_a_worker_judges_what_was_handed_in(worker: Any, town: Town, settings: Any) -> None:
    settings.MEDIA_ROOT = settings.VAR / "media"  # the worker's
    document = hand_in(town.case, pdf())
    worker.settle()
    assert state(document)[0] == "clean"


# --- who may open it ---------------------------------------------------------------------------------------------

SIDES = ["citizen", "agent", "officer", "head", "auditor"]


@pytest.mark.parametrize("who", SIDES)
def test_a_held_file_is_opened_by_nobody_but_whoever_handed_it_in(town: Town, who: str) -> None:
    document = hand_in(town.case, pdf())
    answer = town.client(who).get(town.url(f"documents/{document.token}/"))
    if who == "citizen":
        assert answer.status_code == 200
        return
    assert answer.status_code == 423
    assert "正在安全检查" in words(answer.content)


@pytest.mark.parametrize("who", SIDES)
@pytest.mark.parametrize("scan", ["infected", "refused"])
def test_what_is_locked_away_is_opened_by_nobody(town: Town, who: str, scan: str) -> None:
    document = hand_in(town.case, pdf())
    Document.objects.filter(pk=document.pk).update(scan=scan, finding="“材料.pdf”含有宏")
    document.refresh_from_db()
    client = town.client(who)
    answer = client.get(town.url(f"documents/{document.token}/"))
    assert answer.status_code == 423
    assert "视为没有提交" in words(answer.content)
    page = words(client.get(town.url()).content)
    assert "视为没有提交" in page
    assert document.get_scan_display() in page


def test_the_office_sees_that_files_are_being_looked_into(town: Town) -> None:
    document = hand_in(town.case, pdf())
    page = words(town.client("officer").get(town.url()).content)
    assert "材料安全检查中：1 个文件" in page
    assert "安全检查中" in page
    Document.objects.filter(pk=document.pk).update(scan="clean", scanned_by="none")
    page = words(town.client("officer").get(town.url()).content)
    assert "材料安全检查中" not in page
    assert "未作病毒扫描（演示）" in page


def test_a_file_goes_out_as_an_attachment_that_no_browser_runs(town: Town) -> None:
    document = hand_in(town.case, pdf(), "平面图 “终稿”.pdf")
    Document.objects.filter(pk=document.pk).update(scan="clean")
    answer: Any = town.client("officer").get(town.url(f"documents/{document.token}/"))
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment; filename=\"document.pdf\"; filename*=UTF-8''%E5%B9%B3")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_opening_what_others_handed_in_is_on_record(town: Town) -> None:
    document = hand_in(town.case, pdf())
    Document.objects.filter(pk=document.pk).update(scan="clean")
    reads = AccessEvent.objects.filter(kind="personal_data_read")
    town.client("citizen").get(town.url(f"documents/{document.token}/"))
    assert not reads.exists()
    town.client("officer").get(town.url(f"documents/{document.token}/"))
    read = reads.get()
    assert (read.user, read.detail, read.subject) == (
        town.people["officer"], {"document": document.token, "case": town.case.number}, f"case:{town.case.pk}",
    )  # fmt: skip


def test_a_store_that_is_away_is_said(town: Town) -> None:
    document = hand_in(town.case, pdf())
    Document.objects.filter(pk=document.pk).update(scan="clean")
    default_storage.delete(str(document.file.name))
    answer = town.client("officer").get(town.url(f"documents/{document.token}/"))
    assert answer.status_code == 503
    assert "没有丢失" in words(answer.content)


# --- nothing without its file ------------------------------------------------------------------------------------


def test_what_is_kept_bears_a_name_of_our_own(world: World) -> None:
    document = hand_in(world.file(), pdf(), "../../王某的平面图.pdf")
    assert document.title == "王某的平面图.pdf"
    assert str(document.file.name) == f"documents/{timezone.localtime():%Y/%m}/{document.token}.pdf"
    assert document.sha256 == hashlib.sha256(pdf()).hexdigest()


def test_a_failed_row_leaves_no_file(world: World) -> None:
    found = surface.look(io.BytesIO(pdf()), "a.pdf", len(pdf()), ("pdf",))
    file: File = SimpleUploadedFile("a.pdf", pdf())
    names = []
    with suppress(RuntimeError), files.stored(file, found, AT, kind="material") as document:
        names.append(str(document.file.name))
        raise RuntimeError
    with files.stored(file, found, AT, kind="material") as document:
        names.append(str(document.file.name))  # a second thought: it is not saved
    assert len(names) == 2
    assert not any(default_storage.exists(name) for name in names)


def test_verify_files_names_what_is_changed_and_what_is_gone(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    case = world.file()
    whole, changed, gone = (hand_in(case, pdf(extra=f"%{n}\n")) for n in range(3))
    call_command("verify_files")
    assert "3 files" in capsys.readouterr().out
    with default_storage.open(str(changed.file.name), "wb") as file:
        file.write(b"other")
    default_storage.delete(str(gone.file.name))
    with pytest.raises(CommandError, match="2 of 3 files"):
        call_command("verify_files")
    said = capsys.readouterr().err
    assert f"{changed.token}: changed" in said
    assert f"{gone.token}: missing" in said
    assert whole.token not in said


def test_a_file_that_was_changed_in_the_store_gets_no_verdict(world: World, scanner: Scanner) -> None:
    document = hand_in(world.file(), pdf())
    with default_storage.open(str(document.file.name), "wb") as file:
        file.write(pdf(extra="%other\n"))
    assert files.check_files(AT) == 0
    assert state(document)[0] == "held"
    assert "not the one that was handed in" in document.error
