"""Verification of papers by anybody, and the rights that a decision tells."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from casework.actions import Offer, take
from casework.models import Document
from tests.casework.town import Town, accept, words


def made_paper(town: Town, content: bytes = b"%PDF-1.7 paper") -> Document:
    accept(town)
    head = town.world.actor(town.world.head, "head_of_organ")
    take(town.case, "grant", head, timezone.now(), Offer(facts={"reasons": "符合条件的理由"}))
    paper = Document.objects.get(paper="sample_decision")
    paper.file.save("p.pdf", ContentFile(content), save=False)
    digest = hashlib.sha256(content).hexdigest()
    Document.objects.filter(pk=paper.pk).update(
        file=paper.file.name, sha256=digest, made_at=timezone.now(), content_type="application/pdf", size=len(content)
    )
    paper.refresh_from_db()
    return paper


def test_anybody_verifies_a_paper_and_learns_no_names(town: Town) -> None:
    paper = made_paper(town)
    page = Client().get(f"/v/{paper.token}/")
    shown = words(page.content)
    for fact in ("有效", "示例区示例局", "示例决定书", "示示决〔2026〕1号"):
        assert fact in shown, fact
    for secret in ("示例申请人", "符合条件的理由", "110***", town.case.code, town.case.number):
        assert secret not in shown, secret
    assert "no-cache" in page["Cache-Control"]


def test_a_copy_is_compared_byte_for_byte(town: Town) -> None:
    paper = made_paper(town)
    same = io.BytesIO(b"%PDF-1.7 paper")
    same.name = "a.pdf"
    other = io.BytesIO(b"%PDF-1.7 paqer")
    other.name = "a.pdf"
    assert "文件一致" in words(Client().post(f"/v/{paper.token}/", {"file": same}).content)
    assert "文件不一致" in words(Client().post(f"/v/{paper.token}/", {"file": other}).content)
    wrong = io.BytesIO(b"x")
    wrong.name = "a.exe"
    assert Client().post(f"/v/{paper.token}/", {"file": wrong}).status_code == 422


def test_a_replaced_and_a_void_paper_say_so(town: Town) -> None:
    paper = made_paper(town)
    newer = Document.objects.create(
        case=town.case,
        kind="paper",
        title="示例决定书（更正）",
        organ=town.world.organ,
        added_at=timezone.now(),
        replaces=paper,
    )
    page = Client().get(f"/v/{paper.token}/").content.decode()
    assert "已被更正替换" in page
    assert f"/v/{newer.token}/" in page
    Document.objects.filter(pk=newer.pk).update(voided_at=timezone.now(), void_reason="重复制发")
    assert "已作废" in words(Client().get(f"/v/{newer.token}/").content)


def test_unknown_codes_get_advice_and_material_is_no_paper(town: Town) -> None:
    material = Document.objects.create(case=town.case, kind="material", title="x", added_at=timezone.now())
    for token in ("unknown", material.token, "%00", "a" * 300):
        answer = Client().get(f"/v/{token}/")
        assert answer.status_code == 404
    assert "没有查到文书" in words(Client().get("/v/unknown/").content)


def test_guessing_codes_is_slowed_down(town: Town) -> None:
    answers = [Client().get("/v/unknown/").status_code for _ in range(62)]
    assert answers.count(429) == 2
    assert 0 < int(Client().get("/v/unknown/")["Retry-After"]) <= 60


def test_the_rights_are_those_of_the_decision(town: Town) -> None:
    made_paper(town)
    decision = town.case.decisions.get()
    decision.remedy = {"code": "RN1", "text": "可以自收到本决定书之日起六十日内申请行政复议。"}
    decision.save()
    for who, expected in (("citizen", True), ("officer", True)):
        assert ("六十日内申请行政复议" in words(town.client(who).get(town.url()).content)) == expected
