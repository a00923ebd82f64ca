"""Who sees what: the matrix of people and pages, and that nothing leaks."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from guardian.shortcuts import assign_perm

from accounts.models import AccessEvent, Party
from casework.actions import Offer, take
from casework.models import Document, Participant
from tests.casework.town import CANARY, EVERYBODY, INSIDERS, SIDE, Town, accept, filed_now, words


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_opens_a_case_and_its_papers(town: Town, who: str) -> None:
    client = town.client(who)
    paper = town.case.documents.get()
    paper.file.save("x.pdf", ContentFile(b"%PDF-1.7 x"), save=False)
    Document.objects.filter(pk=paper.pk).update(file=paper.file.name)
    expected = 200 if who in INSIDERS | SIDE else 302 if who == "anonymous" else 404
    assert client.get(town.url()).status_code == expected
    assert client.get(town.url(f"documents/{paper.token}/")).status_code == expected
    assert client.get(f"/v/{paper.token}/").status_code == 200
    assert client.get("/cases/ZZZZZZZZZZZZZZZ/").status_code == (302 if who == "anonymous" else 404)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_finds_the_case_in_the_queue(town: Town, who: str) -> None:
    page = town.client(who).get("/desk/?tab=open")
    staff = INSIDERS | {"elsewhere", "unseated"}
    assert page.status_code == (302 if who == "anonymous" else 200 if who in staff else 403)
    assert (town.case.number in page.content.decode()) == (who in INSIDERS)
    export = town.client(who).get("/desk/export/csv/?tab=open")
    assert export.status_code == page.status_code
    assert (town.case.number in export.content.decode()) == (who in INSIDERS)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_accept(town: Town, who: str) -> None:
    client = town.client(who)
    form = {"seen": town.case.act_count, "attest_1": "on"}
    shown, taken = client.get(town.step("accept")).status_code, client.post(town.step("accept"), form).status_code
    if who == "officer":
        assert (shown, taken, town.reload().state) == (200, 302, "review")
        return
    expected = 302 if who == "anonymous" else 403 if who in INSIDERS | SIDE else 404
    assert (shown, taken, town.reload().state) == (expected, expected, "filed")


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_assign_many(town: Town, who: str) -> None:
    ticked = {"selected": f"{town.case.pk}-{town.case.act_count}", "handler": str(town.people["officer"].pk)}
    answer = town.client(who).post("/desk/assign/?tab=open", ticked)
    lawful = {"section_head", "head"}
    assert answer.status_code == (200 if who in lawful else 302 if who == "anonymous" else 403)
    assert (town.reload().handler_id == town.people["officer"].pk) == (who in lawful)


@pytest.mark.parametrize("who", EVERYBODY)
def test_identity_numbers_are_masked_for_everybody(town: Town, who: str) -> None:
    client = town.client(who)
    for address in (
        town.url(),
        town.step("accept"),
        "/desk/?tab=open",
        "/my/cases/",
        "/my/notices/",
        "/desk/export/csv/?tab=open",
    ):
        page = client.get(address).content.decode()
        assert not any(clear in page for clear in (CANARY, "13800001234", "示例胡同")), address
    if who in INSIDERS | SIDE:
        assert "110***********1234" in client.get(town.url()).content.decode()


def test_clear_data_needs_a_reason_and_leaves_a_record(town: Town) -> None:
    officer, address = town.client("officer"), town.url(f"parties/{town.world.applicant.pk}/")
    assert CANARY not in officer.get(address).content.decode()
    assert officer.post(address, {"reason": ""}).status_code == 422
    shown = officer.post(address, {"reason": "电话通知领取证件"})
    assert CANARY in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    event = AccessEvent.objects.get(kind=AccessEvent.Kind.PERSONAL_DATA_READ)
    assert (event.actor, event.detail["reason"]) == (town.people["officer"], f"{town.case.number}：电话通知领取证件")
    for who in ("citizen", "stranger", "elsewhere", "system"):
        assert town.client(who).post(address, {"reason": "x"}).status_code == 404
    nobody = Party.objects.get(name="旁人")
    assert officer.post(town.url(f"parties/{nobody.pk}/"), {"reason": "x"}).status_code == 404


def test_outsiders_do_not_see_what_the_office_does_inside(town: Town) -> None:
    accept(town)
    officer, head = (
        town.world.actor(town.world.officer, "case_officer"),
        town.world.actor(town.world.section_head, "section_head"),
    )
    take(town.case, "note", officer, timezone.now(), Offer(facts={"text": "内部记录甲"}))
    take(town.case, "advise", officer, timezone.now(), Offer(facts={"proposal": "agree", "reasons": "内部意见乙"}))
    take(town.case, "assign", head, timezone.now(), Offer(facts={"handler": str(town.world.officer.pk)}))
    inside, outside = (
        words(town.client("head").get(town.url()).content),
        words(town.client("citizen").get(town.url()).content),
    )
    for secret in ("内部记录甲", "内部意见乙", "内部审核意见", "指派承办人", "承办人 officer", "确认：材料齐全"):
        assert secret not in outside, secret
    assert "officer" not in outside
    assert "示例局" in outside
    for shown in ("内部记录甲", "内部意见乙", "拟同意", "指派承办人", "officer"):
        assert shown in inside, shown


def test_a_third_party_sees_its_part_and_no_more(town: Town) -> None:
    accept(town)
    party = Party.objects.get(name="旁人")
    material = Document.objects.create(case=town.case, kind="material", title="申请人的材料", added_at=timezone.now())
    Document.objects.filter(pk=material.pk).update(file="x.pdf")
    assert town.client("stranger").get(town.url()).status_code == 404
    Participant.objects.create(case=town.case, role="third_party", party=party, since=timezone.now())
    page = town.client("stranger").get(town.url())
    assert page.status_code == 200
    shown = words(page.content)
    assert "示例申请人" in shown
    for secret in ("110***", "138****", "申请人的材料", town.case.code[:5] + "-", "sample_receipt", "示例收件凭证"):
        assert secret not in shown, secret
    assert town.client("stranger").get(town.url(f"documents/{material.token}/")).status_code == 404
    Participant.objects.update(until=timezone.now())
    assert town.client("stranger").get(town.url()).status_code == 404


def test_a_recused_officer_reads_but_does_not_act(town: Town) -> None:
    offer = Offer(facts={"officer": str(town.world.officer.pk), "ground": "kin", "reasons": "近亲属"})
    take(town.case, "recuse", town.world.actor(town.world.head, "head_of_organ"), timezone.now(), offer)
    assert "受理</a>" not in town.client("officer").get(town.url()).content.decode()
    assert town.client("officer").get(town.step("accept")).status_code == 403


def test_files_are_sent_as_attachments_that_nothing_runs_in(town: Town) -> None:
    material = Document.objects.create(
        case=town.case,
        kind="material",
        title='图/纸<script>"',
        added_at=timezone.now(),
        content_type="text/html",
        scan="clean",
    )
    material.file.save("a.html", ContentFile(b"<script>alert(1)</script>"))
    answer = town.client("officer").get(town.url(f"documents/{material.token}/"))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "/" not in answer["Content-Disposition"].split("UTF-8''")[1]
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    assert b"".join(answer) == b"<script>alert(1)</script>"


def test_a_paper_that_is_not_made_yet_says_so(town: Town) -> None:
    page = town.client("citizen").get(town.url())
    assert "正在生成" in words(page.content)
    token = town.case.documents.get().token
    assert town.client("citizen").get(town.url(f"documents/{token}/")).status_code == 404
    assert "正在制作" in words(Client().get(f"/v/{token}/").content)


def test_a_grant_opens_one_case_to_one_person(town: Town) -> None:
    other = filed_now(town.world)
    assert town.client("elsewhere").get(town.url()).status_code == 404
    assign_perm("casework.view_case", town.people["elsewhere"], town.case)
    assert town.client("elsewhere").get(town.url()).status_code == 200
    assert town.client("elsewhere").get(f"/cases/{other.code}/").status_code == 404
    assert town.client("elsewhere").get(town.step("accept")).status_code == 403
