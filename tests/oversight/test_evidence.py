"""Evidence that comes with a complaint, or later: kept whatever else is wrong, seen by nobody whom it is about."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.actions.files import check_files
from casework.models import Act, Case, Document, Draft, Notice
from casework.models.case import new_code
from oversight.actions import evidence
from oversight.queries.complaints import PROCEDURE
from oversight.tasks import drop_unsent_evidence
from tests.approvals.conftest import png
from tests.casework.hostile import documents
from tests.oversight.conftest import SAID, act, checking, named, own, unnamed
from tests.powerlist.conftest import Town

NEW, UNNAMED = "/complaints/new/", "/complaints/unnamed/"


@pytest.fixture(autouse=True)
def scanner(settings: Any) -> None:
    settings.SCANNER = "none"


def pdf(name: str = "材料.pdf", words: bytes = b"x") -> SimpleUploadedFile:
    """A whole PDF; other words make another file."""
    return SimpleUploadedFile(name, documents.pdf(extra=f"%{words.hex()}\n"))


def send(client: Client, path: str, *files: SimpleUploadedFile, **said: Any) -> Any:
    return client.post(path, SAID | {"token": new_code(), "evidence": list(files)} | said)


def received() -> list[str]:
    return list(Document.objects.filter(kind="material").order_by("pk").values_list("title", flat=True))


def text(answer: Any) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def with_files(client: Client, path: str = UNNAMED, **said: Any) -> Case:
    answer = send(client, path, pdf("录音整理.pdf"), png("现场.png"), **said)
    assert answer.status_code == 302, text(answer)
    return Case.objects.filter(procedure=PROCEDURE).latest("pk")


# -- taking in


def test_files_join_the_case_with_the_act_that_brings_them(town: Town) -> None:
    client = town.client("citizen")
    case = with_files(client, NEW, party=own(town).pk)
    files = Document.objects.filter(case=case, kind="material")
    assert [(one.title, one.act_id, one.added_by, one.scan) for one in files.order_by("pk")] == [
        (title, case.acts.get().pk, town.user("citizen"), "held") for title in ("录音整理.pdf", "现场.png")
    ]
    receipt = Document.objects.get(case=case, paper="jd_complaint_receipt")
    assert "随附证据材料2个文件" in receipt.printed["elements"]["summary"]
    assert "收到证据材料2个文件" in text(client.get(f"/complaints/received/{case.draft.code}/"))


def test_without_a_name_the_files_are_nobodys(town: Town) -> None:
    case = with_files(Client())
    for file in Document.objects.filter(case=case, kind="material"):
        assert file.added_by is None
    assert (case.filed_by, case.draft.owner, case.acts.get().address) == (None, None, None)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("程序.exe", b"MZ" * 20), "格式不受支持"),
        (SimpleUploadedFile("照片.png", b"%PDF-1.4 not a picture"), "内容与扩展名不符"),
        (SimpleUploadedFile("空.pdf", b""), "文件内容为空"),
        (SimpleUploadedFile("破.pdf", b"%PDF-1.4\n"), "破.pdf"),
    ],
)
def test_a_bad_file_is_told_and_nothing_else_is_lost(town: Town, file: SimpleUploadedFile, words: str) -> None:
    client, token = Client(), new_code()
    assert send(client, UNNAMED, pdf("好的.pdf"), token=token, facts="").status_code == 422
    answer = send(client, UNNAMED, file, token=token)
    assert answer.status_code == 422
    assert words in text(answer)
    assert SAID["facts"] in text(answer)
    assert "好的.pdf" in text(answer)
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    assert send(client, UNNAMED, token=token).status_code == 302
    assert list(Case.objects.get(procedure=PROCEDURE).documents.filter(kind="material").values_list("title")) == [
        ("好的.pdf",)
    ]


def test_files_are_kept_while_something_else_has_to_be_put_right(town: Town) -> None:
    client, token = town.client("citizen"), new_code()
    for said in ({"facts": ""}, {"concerned": "DC-SFJ"}):  # missing, and refused by the law's own gate
        answer = send(client, NEW, pdf("一.pdf"), token=token, party=own(town).pk, **said)
        assert answer.status_code == 422
        assert "已经收到的文件" in text(answer)
        assert "一.pdf" in text(answer)
    assert received() == ["一.pdf"]  # chosen again, kept once
    assert send(client, NEW, token=token, party=own(town).pk).status_code == 302
    case = Case.objects.get(procedure=PROCEDURE)
    assert (case.applicant, case.title, case.draft.title) == (own(town), case.draft.title, case.title)
    assert Document.objects.get(kind="material").case == case


def test_files_are_spoken_of_once_there_are_some(town: Town) -> None:
    assert "已经收到的文件" not in text(Client().get(UNNAMED))
    assert "已经收到的文件" in text(send(Client(), UNNAMED, pdf(), facts=""))


def test_a_file_can_be_left_out(town: Town) -> None:
    client, token = Client(), new_code()
    send(client, UNNAMED, pdf("一.pdf"), pdf("二.pdf", b"two"), token=token, facts="")
    away = Document.objects.get(title="一.pdf")
    name = str(away.file.name)
    with pytest.MonkeyPatch.context() as patch:  # deleted after the commit, which a test has none of
        patch.setattr("django.db.transaction.on_commit", lambda call, *_, **__: call())
        assert send(client, UNNAMED, token=token, left_out=[away.token]).status_code == 302
    assert received() == ["二.pdf"]
    assert not default_storage.exists(name)


def test_a_file_that_was_left_out_in_another_window_is_left_out_already(town: Town) -> None:
    client, token = Client(), new_code()
    send(client, UNNAMED, pdf("一.pdf"), token=token, facts="")
    away = Document.objects.get(kind="material").token
    assert send(client, UNNAMED, token=token, left_out=[away], facts="").status_code == 422
    assert received() == []
    assert send(client, UNNAMED, token=token, left_out=[away]).status_code == 302


def test_nobody_touches_the_files_under_anothers_token(town: Town) -> None:
    client, token = town.client("citizen"), new_code()
    send(client, NEW, pdf("一.pdf"), token=token, party=own(town).pk, facts="")
    one = Document.objects.get(kind="material")
    for stranger, path in ((Client(), UNNAMED), (town.client("citizen"), UNNAMED), (town.client("neighbour"), NEW)):
        answer = send(stranger, path, pdf("二.pdf", b"two"), token=token, left_out=[one.token])
        assert answer.status_code == 422
        assert "一.pdf" not in text(answer)
    assert received() == ["一.pdf"]


def test_at_most_so_many_files(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_FILES", 2)
    answer = send(Client(), UNNAMED, *(pdf(f"{n}.pdf", str(n).encode()) for n in range(3)))
    assert answer.status_code == 422
    assert "同一材料最多上传2个文件" in text(answer)
    assert received() == ["0.pdf", "1.pdf"]


def test_a_store_that_is_away_costs_no_words(town: Town, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "taken out"
    answer = send(Client(), UNNAMED, pdf())
    assert answer.status_code == 503
    assert "没有保存成功，其他内容没有丢失" in text(answer)
    assert SAID["facts"] in text(answer)


def test_one_network_sends_so_many_files_without_a_name(town: Town, settings: Any) -> None:
    from portal.settings.rates import Rate

    settings.RATES = {**settings.RATES, "evidence_source": Rate(1, 3600)}
    answer = send(Client(), UNNAMED, pdf("一.pdf"), pdf("二.pdf", b"two"))
    assert answer.status_code == 422
    assert "从您的网络传来的文件过多" in text(answer)
    assert received() == ["一.pdf"]


def test_a_second_press_with_files_is_the_same_complaint(town: Town) -> None:
    client, token = Client(), new_code()
    first, second = (send(client, UNNAMED, pdf("一.pdf"), token=token) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert received() == ["一.pdf"]


def test_what_was_never_handed_in_goes_away(town: Town) -> None:
    send(Client(), UNNAMED, pdf("一.pdf"), facts="")
    kept = with_files(Client())
    assert drop_unsent_evidence() == 0
    Draft.objects.filter(case=None).update(saved_at=timezone.now() - timedelta(days=1, minutes=1))
    Draft.objects.filter(case=kept).update(saved_at=timezone.now() - timedelta(days=9))
    assert drop_unsent_evidence() == 1
    assert received() == ["录音整理.pdf", "现场.png"]
    assert Draft.objects.get(procedure=PROCEDURE).case == kept


# -- who sees it


def test_without_a_name_whoever_has_signed_in_is_nobody(town: Town) -> None:
    client, token = town.client("citizen"), new_code()
    assert send(client, UNNAMED, pdf("一.pdf"), token=token, facts="").status_code == 422
    assert send(client, UNNAMED, pdf("二.pdf", b"two"), token=token).status_code == 302
    case = Case.objects.get(procedure=PROCEDURE)
    assert list(case.documents.filter(kind="material").values_list("added_by", flat=True)) == [None, None]
    assert (case.filed_by, case.draft.owner) == (None, None)


def test_the_organ_concerned_sees_no_file_of_whoever_complained(town: Town) -> None:
    case = with_files(town.client("citizen"), NEW, party=own(town).pk)
    check_files(timezone.now())
    files = list(Document.objects.filter(case=case, kind="material"))
    assert {one.scan for one in files} == {"clean"}
    at = timezone.localtime()
    for by, step, facts in (
        ("legal-office", "register", {}),
        ("legal-office", "ask_organ", {"matters": "x", "reply_by": (at + timedelta(9)).date().isoformat()}),
    ):
        act(town, case, by, step, timezone.localtime().isoformat(), **facts)

    def seen(name: str) -> tuple[list[bool], list[int], bool]:
        client = town.client(name)
        page, api = (
            client.get(path).content.decode() for path in (f"/cases/{case.code}/", f"/api/v1/cases/{case.code}/")
        )
        named = [any(one.title in said or one.token in said for one in files) for said in (page, api)]
        opened = [client.get(f"/cases/{case.code}/documents/{one.token}/").status_code for one in files]
        return named, opened, client.get(f"/cases/{case.code}/").status_code == 200

    assert seen("citizen") == ([True, True], [200, 200], True)
    assert seen("legal-office") == ([True, True], [200, 200], True)
    assert seen("scj-legal") == ([False, False], [404, 404], True)
    assert seen("scj-head") == ([False, False], [404, 404], True)
    assert seen("wjw-head") == ([False, False], [404, 404], False)
    for one in files:
        assert Client().get(f"/cases/{case.code}/documents/{one.token}/").status_code == 302


def test_a_file_that_is_not_safe_is_locked_away(town: Town) -> None:
    case = with_files(town.client("citizen"), NEW, party=own(town).pk)
    Document.objects.filter(title="录音整理.pdf").update(scan="infected")
    said = text(town.client("legal-office").get(f"/cases/{case.code}/"))
    assert "发现病毒，已隔离" in said


# -- later


def later(client: Client, path: str, *files: SimpleUploadedFile, **said: Any) -> Any:
    return client.post(path, {"token": new_code(), "facts": "又想起一点", "evidence": list(files)} | said)


def test_with_an_account_more_is_added_once(town: Town) -> None:
    case, client = named(town, timezone.localtime().isoformat()), town.client("citizen")
    path = f"/complaints/{case.code}/more/"
    assert path in client.get(f"/cases/{case.code}/").content.decode()
    assert client.get(path).status_code == 200
    token = new_code()
    empty = later(client, path, pdf("又一份.pdf"), facts="", seen=1, token=token)
    assert empty.status_code == 422
    assert "又一份.pdf" in text(empty)
    for _ in range(2):
        assert later(client, path, seen=1, token=token)["Location"] == f"/cases/{case.code}/"
    added = case.acts.get(step="add_details")
    assert Document.objects.get(kind="material").act == added
    assert added.facts == {"facts": "又想起一点"}
    assert Notice.objects.filter(case=case, act=added, to=town.user("legal-office")).exists()
    assert later(client, path, seen=1, facts="别的").status_code == 422  # an old picture of the case


def test_nobody_else_adds_to_a_complaint_under_a_name(town: Town) -> None:
    case = named(town, timezone.localtime().isoformat())
    path = f"/complaints/{case.code}/more/"
    assert town.client("legal-office").get(path).status_code == 403
    assert town.client("scj-legal").get(path).status_code == 404
    assert Client().get(path).status_code == 302
    key = {"number": case.number, "code": case.code}
    assert Client().get("/complaints/more/", key)["Location"] == "/services/track/"
    assert later(Client(), "/complaints/more/", seen=1, **key)["Location"] == "/services/track/"
    assert case.acts.count() == 1


def test_without_a_name_number_and_code_are_the_key(town: Town) -> None:
    case, someone = unnamed(timezone.localtime().isoformat()), Client()
    key = {"number": case.number, "code": case.code}
    assert "/complaints/more/?number=" in someone.get("/services/track/", key).content.decode()
    assert someone.get("/complaints/more/", key).status_code == 200
    assert someone.get("/complaints/more/").status_code == 302
    for wrong in (key | {"code": new_code()}, key | {"number": "东司举报〔2020〕1号"}):
        assert later(someone, "/complaints/more/", pdf(), seen=1, **wrong)["Location"] == "/services/track/"
    assert not Document.objects.filter(kind="material").exists()
    answer = later(someone, "/complaints/more/", pdf("补充.pdf"), seen=1, **key)
    assert answer.status_code == 302
    added = case.acts.get(step="add_details")
    assert (added.actor, added.role, added.address) == (None, "unnamed", None)
    file = Document.objects.get(kind="material")
    assert (file.case, file.act, file.added_by) == (case, added, None)
    assert "补充.pdf" in text(town.client("legal-office").get(f"/cases/{case.code}/"))
    assert "补充.pdf" not in text(someone.get("/services/track/", key))  # the page of the receipt names nothing


def test_a_receipt_is_no_form(town: Town) -> None:
    """Whoever adds under the token of somebody's receipt takes nothing away from it."""
    others, mine = unnamed(timezone.localtime().isoformat()), unnamed(timezone.localtime().isoformat())
    token = Draft.objects.get(case=others).code
    key = {"number": mine.number, "code": mine.code}
    assert later(Client(), "/complaints/more/", seen=1, token=token, **key).status_code == 422
    assert Client().get(f"/complaints/received/{token}/").status_code == 200
    assert not mine.acts.filter(step="add_details").exists()


def test_who_guesses_at_codes_is_kept_waiting(town: Town) -> None:
    case = unnamed(timezone.localtime().isoformat())
    wrong = {"number": case.number, "code": new_code()}
    answers = [later(Client(), "/complaints/more/", seen=1, **wrong).status_code for _ in range(12)]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_what_is_looked_into_no_more_takes_nothing_more(town: Town) -> None:
    case = checking(town, unnamed())
    act(town, case, "legal-office2", "close_unfounded", "2026-03-05T09:00", findings="查无", reasons="没有证据")
    key, someone = {"number": case.number, "code": case.code}, Client()
    assert "/complaints/more/" not in someone.get("/services/track/", key).content.decode()
    page = someone.get("/complaints/more/", key)
    assert page.status_code == 409
    assert "不能再补充" in text(page)
    assert later(someone, "/complaints/more/", pdf(), seen=case.acts.count(), **key).status_code == 409
    assert not Document.objects.filter(kind="material").exists()
    assert not Act.objects.filter(case=case, step="add_details").exists()
