"""Applying page by page: saving, putting aside, uploading, submitting once, and what others may not see."""

from __future__ import annotations

from hashlib import sha256
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from approvals.models import Application, LicensingItem
from casework import registry
from casework.actions.files import check_files
from casework.models import Case, Document, Draft
from casework.printing.render import render_paper
from casework.printing.signing import default_signer
from casework.printing.worker import Attached
from tests.approvals.conftest import FOOD, TRUTH, World, pdf, png
from tests.approvals.pages import Applicant, now, text

# --- applying --------------------------------------------------------------------------------------------------------


def test_from_the_button_to_the_receipt(world: World) -> None:
    person = Applicant(world)
    assert person.begin["Location"] == person.home
    assert "您尚未提交" in text(person.get())
    assert person.post("applicant", party=str(world.company.pk))["Location"] == person.home + "contact/"
    assert person.post("contact", name="王示例", phone="13800000000")["Location"] == person.home + "form-1/"
    person.fill()
    page = text(person.get("check"))
    for words in ("示例小吃店", "热食类食品制售、冷食类食品制售", "M2.pdf", "共享取得，无需提交", "第七十八条", TRUTH):
        assert words in page, words
    assert person.post("check", attest_1="on")["Location"] == person.home + "done/"
    case = Case.objects.get()
    receipt = text(person.get("done"))
    for words in (case.number, f"{case.code[:4]}-{case.code[4:8]}", "data:image/svg", "以前", "查看办件"):
        assert words in receipt, words
    assert person.client.get(f"/cases/{case.code}/").status_code == 200


def test_pressing_twice_going_back_and_two_tabs_make_one_case(world: World) -> None:
    person = Applicant(world)
    person.fill()
    answers = [person.post("check", attest_1="on") for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {person.home + "done/"}
    assert Case.objects.count() == 1
    for page in ("", "contact", "check", "materials/M2"):  # the back button, an old tab
        assert person.get(page)["Location"] == person.home + "done/"
    assert person.post("contact", name="别人", phone="13900000000")["Location"] == person.home + "done/"
    assert Application.objects.get().contact["name"] == "王示例"


def test_putting_aside_keeps_what_is_there(world: World) -> None:
    person = Applicant(world)
    answer = person.post("form-1", go="later", shop_name="示例小吃店")
    assert answer["Location"] == "/my/"
    assert "已经暂存，尚未提交" in text(person.client.get("/my/"))
    assert 'value="示例小吃店"' in person.get("form-1").content.decode()
    assert "未完成" in text(person.get())
    assert person.client.get("/my/").status_code == 200


def test_putting_aside_does_not_swallow_what_is_malformed(world: World) -> None:
    person = Applicant(world)
    answer = person.post("form-1", go="later", shop_name="示例小吃店", area="很大")
    assert answer.status_code == 422
    assert "请填写整数" in text(answer)
    assert "很大" in text(answer)


def test_a_page_with_faults_is_shown_again(world: World) -> None:
    person = Applicant(world)
    answer = person.post("contact", name="", phone="123")
    assert answer.status_code == 422
    page = text(answer)
    assert "请填写联系人姓名" in page
    assert "11 位手机号码" in page
    assert 'value="123"' in page


def test_a_failing_save_is_loud_and_loses_nothing(world: World) -> None:
    person = Applicant(world)
    with patch("approvals.actions.drafts.Draft.save", side_effect=DatabaseError):
        answer = person.post("form-1", shop_name="示例小吃店", shop_address="示例街", area="60")
    assert answer.status_code == 503
    page = text(answer)
    assert "没有保存成功" in page
    assert 'value="示例小吃店"' in page


def test_a_session_that_ends_loses_nothing_that_was_saved(world: World) -> None:
    person = Applicant(world)
    person.post("contact", name="王示例", phone="13800000000")
    person.client.logout()
    assert person.get("form-1")["Location"].startswith("/accounts/login/")
    person.client = world.client(world.citizen)
    assert "接着填写" in text(person.client.get(f"/apply/{FOOD}/"))
    assert person.client.post(f"/apply/{FOOD}/")["Location"] == person.home  # taken up again, not begun anew
    assert 'value="王示例"' in person.get("contact").content.decode()


def test_nothing_is_submitted_before_everything_is_there(world: World) -> None:
    person = Applicant(world)
    assert person.get("check")["Location"] == person.home
    person.fill()
    assert person.post("check").status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "page",
    [
        "",
        "applicant/",
        "contact/",
        "form-1/",
        "materials/",
        "materials/M2/",
        "delivery/",
        "check/",
        "done/",
        "discard/",
    ],
)
def test_a_draft_of_others_is_not_there(world: World, page: str) -> None:
    person = Applicant(world)
    for other in (world.client(world.stranger), world.client(world.officer)):
        assert other.get(person.home + page).status_code == 404
        assert other.post(person.home + page, {"go": "on"}).status_code in (404, 405)


def test_a_receipt_and_a_case_of_others_are_not_there(world: World) -> None:
    case = world.file(now())
    other = world.client(world.stranger)
    assert other.get(f"/apply/draft/{case.draft.code}/done/").status_code == 404
    assert other.get(f"/cases/{case.code}/").status_code == 404
    assert other.get(f"/my/corrections/{case.code}/").status_code == 404
    assert case.number not in text(other.get("/my/"))


def test_nobody_applies_for_a_party_of_others(world: World) -> None:
    person = Applicant(world)
    strange = world.stranger.representations.get().party
    assert person.post("applicant", party=str(strange.pk)).status_code == 422
    person.draft.refresh_from_db()
    assert person.draft.party is None


def test_an_item_for_bodies_offers_bodies_only(world: World) -> None:
    person = Applicant(world, "DC-RSJ-LWPQ")
    page = text(person.get("applicant"))
    assert world.company.name in page
    assert "王示例（本人）" not in page


def test_officials_do_not_apply(world: World) -> None:
    assert world.client(world.officer).post(f"/apply/{FOOD}/").status_code == 403
    assert world.client(world.officer).get("/my/")["Location"] == "/desk/"


def test_a_draft_is_thrown_away_only_when_asked(world: World) -> None:
    person = Applicant(world)
    person.upload("M2", pdf())
    assert "不能恢复" in text(person.get("discard"))
    assert Draft.objects.exists()
    assert person.post("discard")["Location"] == "/my/"
    assert not Draft.objects.exists()
    assert not Document.objects.exists()


def test_a_draft_whose_item_went_says_so(world: World) -> None:
    person = Applicant(world)
    LicensingItem.objects.filter(code=FOOD).update(online="enquiry")
    answer = person.get("contact")
    assert answer.status_code == 410
    assert "现在不能申请" in text(answer)


# --- materials -------------------------------------------------------------------------------------------------------


def test_files_are_uploaded_replaced_and_handed_back(world: World) -> None:
    person = Applicant(world)
    assert person.upload("M2", pdf("甲.pdf"), png("乙.png"))["Location"] == person.home + "materials/"
    page = text(person.get("materials"))
    assert "已上传 2 个文件" in page
    first = Document.objects.get(title="甲.pdf")
    answer = person.get(f"files/{first.token}")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "移除“甲.pdf”" in text(person.get(f"files/{first.token}/remove"))
    person.client.post(f"{person.home}files/{first.token}/remove/")
    assert [document.title for document in Document.objects.all()] == ["乙.png"]


def test_a_refused_file_says_why_and_the_others_stay(world: World) -> None:
    person = Applicant(world)
    bad = SimpleUploadedFile("脚本.pdf", b"%PDF-1.4\n1 0 obj<</S/JavaScript>>endobj\n%%EOF")
    answer = person.upload("M2", pdf("好.pdf"), bad)
    assert answer.status_code == 422
    assert "含有脚本" in text(answer)
    assert [document.title for document in Document.objects.all()] == ["好.pdf"]


def test_shared_materials_are_not_taken(world: World) -> None:
    person = Applicant(world)
    assert person.upload("M1", pdf()).status_code == 404
    assert person.upload("M99", pdf()).status_code == 404


def test_a_file_of_others_is_not_there(world: World) -> None:
    person = Applicant(world)
    person.upload("M2", pdf())
    token = Document.objects.get().token
    for other in (world.client(world.stranger), world.client(world.officer)):
        assert other.get(f"{person.home}files/{token}/").status_code == 404
        assert other.post(f"{person.home}files/{token}/remove/").status_code == 404


def test_a_paper_of_this_house_is_handed_in_and_a_forged_one_is_not(world: World) -> None:
    """It may carry a file inside, as no other PDF may: it is known by its hash."""
    first = Applicant(world)
    first.fill()
    first.post("check", attest_1="on")
    paper = Document.objects.get(kind="paper")
    kind = registry.paper(paper.paper)
    assert kind
    data = Attached("receipt.json", b"{}", "机读数据")
    content = default_signer().sign(
        render_paper(kind, paper.printed, attachments=[data]), organ=world.organ.name, at=paper.added_at, reason="x"
    )
    paper.file.save(f"{paper.token}.pdf", ContentFile(content), save=False)
    paper.made_at, paper.sha256 = paper.added_at, sha256(content).hexdigest()
    paper.save()
    second = Applicant(world)
    answer = second.upload("M2", SimpleUploadedFile("变造.pdf", content.replace(b"%%EOF", b"%%EOF\n")))
    assert answer.status_code == 422
    assert "“变造.pdf”含有脚本、附件或者动态表单，请打印为普通PDF后再上传" in text(answer)
    assert second.upload("M2", SimpleUploadedFile("回执.pdf", content)).status_code == 302
    check_files(timezone.now())
    kept = Document.objects.get(draft=second.draft)
    assert (kept.title, kept.sha256, kept.scan, kept.finding) == ("回执.pdf", paper.sha256, "clean", "")
