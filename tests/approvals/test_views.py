"""The public pages, one's own affairs, looking up a case, the window: as a browser without script sees them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Party
from approvals.actions import import_service_items
from approvals.models import LicensingItem
from casework.models import Case, Document, Draft
from tests.approvals.conftest import FOOD, MADE, World, pdf
from tests.approvals.pages import Applicant, now, text
from tests.approvals.test_catalogue import REGISTER

# --- the public pages ------------------------------------------------------------------------------------------------

PUBLIC = (
    "/services/",
    "/services/personal/",
    "/services/corporate/",
    "/services/departments/",
    "/services/results/",
    "/services/track/",
    f"/services/{FOOD}/",
    f"/apply/{FOOD}/",
    "/services/DC-YJJ-WHJY/",
    "/services/?q=饭店",
    "/services/?after=nonsense",
    "/services/results/?after=nonsense",
    "/search/?q=饭店",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_need_no_account(world: World, address: str) -> None:
    assert Client().get(address).status_code == 200


def test_a_guide_says_everything_that_must_be_published(world: World) -> None:
    """行政许可法 30 and 营商环境条例 31: basis, conditions, number, procedure, time, materials, fee, complaints."""
    page = text(Client().get(f"/services/{FOOD}/"))
    for words in (
        "《食品安全法》第三十五条",
        "人流和物流方向",
        "无数量限制",
        "20个工作日",
        "8个工作日",
        "不收费",
        "食品经营许可证",
        "5年",
        "东城区政务服务中心",
        "投诉电话",
        "立即申请",
        "免提交",
        "示例，未核对",
        "据2021年修正文本核对",
        "即为受理",
    ):
        assert words in page, words


def test_a_catalogue_entry_is_plainly_not_open(world: World) -> None:
    import_service_items(REGISTER, MADE)
    entry = LicensingItem.objects.filter(origin="imported").first()
    assert entry
    page = text(Client().get(f"/services/{entry.code}/"))
    assert "办事指南正在编制" in page
    assert "立即申请" not in page
    assert "不能网上申请" in text(Client().get(f"/apply/{entry.code}/"))
    assert world.client(world.citizen).post(f"/apply/{entry.code}/").status_code == 404
    assert "指南编制中" in text(Client().get("/services/?q=示例诊所"))


def test_an_unpublished_item_is_not_there(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(published=False)
    assert Client().get(f"/services/{FOOD}/").status_code == 404
    assert Client().get(f"/apply/{FOOD}/").status_code == 404


def test_applying_leads_through_signing_in(world: World) -> None:
    assert "登录并开始申请" in text(Client().get(f"/apply/{FOOD}/"))
    answer = Client().post(f"/apply/{FOOD}/")
    assert answer["Location"] == f"/accounts/login/?next=%2Fapply%2F{FOOD}%2F"


@pytest.mark.parametrize("address", ["/services/?q=示例", f"/services/{FOOD}/", "/services/results/"])
def test_public_pages_cost_the_same_whatever_is_there(
    world: World, address: str, django_assert_max_num_queries: Any
) -> None:
    import_service_items(REGISTER, MADE)
    for _ in range(2):
        world.granted()
    Client().get(address)
    with django_assert_max_num_queries(10):
        Client().get(address)


# --- one's own affairs -----------------------------------------------------------------------------------------------


def test_my_page_shows_drafts_cases_and_notices(world: World, django_assert_max_num_queries: Any) -> None:
    person = Applicant(world)
    case = world.file(now())
    for _ in range(3):
        world.draft(now(), files=False)
    page = text(person.client.get("/my/"))
    assert page.count("尚未提交") == 1 + 4
    assert case.number in page
    with django_assert_max_num_queries(14):
        person.client.get("/my/")


def test_correcting_from_the_notice_to_the_case(world: World) -> None:
    case = world.file(now())
    world.take(case, "notify_deficiency", world.officer, now(), items=["M2"], requirements="重画平面图")
    client = world.client(world.citizen)
    home = f"/my/corrections/{case.code}/"
    page = text(client.get(home))
    assert "重画平面图" in page
    assert "disabled" in page
    assert client.get(home + "M3/").status_code == 404  # not asked for
    assert client.post(home + "M2/", {"files": pdf("旧.pdf")})["Location"] == home
    client.post(f"{home}files/{Document.objects.get(title='旧.pdf').token}/remove/")
    client.post(home + "M2/", {"files": pdf("新.pdf", b"new")})
    case.refresh_from_db()
    assert client.post(home, {"go": "submit", "seen": "1"}).status_code == 422  # saw an older state of the file
    answer = client.post(home, {"go": "submit", "seen": str(case.act_count)})
    assert answer["Location"] == f"/cases/{case.code}/"
    case.refresh_from_db()
    assert case.state == "filed"
    assert case.documents.filter(title="新.pdf", act__step="submit_correction").exists()
    assert not Document.objects.filter(title="旧.pdf").exists()
    assert client.get(home)["Location"] == f"/cases/{case.code}/"


# --- looking up a case -----------------------------------------------------------------------------------------------


def test_a_case_is_looked_up_without_an_account(world: World) -> None:
    case = world.file(now())
    asked = {
        "number": case.number.replace("〔", "[").replace("〕", "］"),
        "code": f"{case.code[:4]}-{case.code[4:].lower()}",
    }
    answer = Client().post("/services/track/", asked)
    page = text(answer)
    assert answer.status_code == 200
    assert "已收件待处理" in page
    assert answer["Referrer-Policy"] == "same-origin"
    for secret in (world.company.name, "13800000000", "示例小吃店"):
        assert secret not in page
    assert "已收件待处理" in text(Client().get("/services/track/", {"number": case.number, "code": case.code}))


def test_guessing_is_slowed_down(world: World) -> None:
    case = world.file(now())
    wrong = {"number": case.number, "code": "X" * 15}
    answers = [Client().post("/services/track/", wrong).status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]
    assert Client().post("/services/track/", {"number": case.number, "code": case.code}).status_code == 429


# --- the window ------------------------------------------------------------------------------------------------------


def test_taking_in_at_the_window(world: World) -> None:
    client = world.client(world.clerk)
    assert "食品经营许可" in text(client.get("/desk/intake/?q=饭店"))
    begun = client.post("/desk/intake/", {"item": FOOD, "point": str(world.point.pk)})
    draft = Draft.objects.get()
    home = f"/apply/draft/{draft.code}/"
    assert begun["Location"] == home + "applicant/"

    def post(page: str, **data: Any) -> Any:
        return client.post(home + page + "/", {"go": "on", **data})

    person = {"kind": "natural", "name": "李示例", "id_kind": "resident_id", "phone": "13700000000"}
    assert post("applicant", **person, id_number="110101199003071234").status_code == 422  # the check digit is wrong
    answer = post("applicant", **person, id_number="11010119900307109X")
    if answer.status_code == 422:
        pytest.fail(text(answer))
    assert Party.objects.get(name="李示例").verified_by == "window"
    shown = {"who": "self", "name": "李示例", "id_kind": "resident_id"}
    other = post("presence", way="counter", **shown, id_number="11010119900307758X")
    assert "与已经登记的申请人证件号码不一致" in text(other)
    assert post("presence", way="counter", **shown, id_number="11010119900307109X").status_code == 302
    post("contact", name="李示例", phone="13700000000")
    post("form-1", shop_name="示例面馆", shop_address="示例街", area="40")
    post("form-2", business_type="catering", projects=["hot"], online="no")
    post("form-3", manager="李示例", staff="2")
    assert post("materials", M2="1", M3="2")["Location"] == home + "delivery/"
    post("delivery", way="collect", point=str(world.point.pk))
    assert "纸质2份" in text(client.get(home + "check/"))
    assert post("check", attest_1="on")["Location"] == home + "done/"
    case = Case.objects.get()
    assert (case.channel, case.service_point, case.applicant_name) == ("window", world.point, "李示例")
    receipt = case.documents.get(paper="xk_intake_receipt").context["elements"]
    assert receipt["place"] == world.point.name
    assert {"name": "保证食品安全的规章制度", "form": "纸质", "copies": 2} in receipt["materials"]
    done = text(client.get(home + "done/"))
    assert "请把收件凭证交给申请人" in done
    assert "110***********109X" in done, "who was identified, and by which paper"
    assert case.application.presence["checked_by"] == world.clerk.display_name
    assert case.application.presence["id_number"] == "11010119900307109X"
    assert post("check", attest_1="on")["Location"] == home + "done/"
    assert Case.objects.count() == 1


def test_the_window_is_for_those_who_sit_there(world: World) -> None:
    for user in (world.citizen, world.officer, world.head):
        assert world.client(user).get("/desk/intake/").status_code == 403
    assert "窗口收件" in world.client(world.clerk).get("/desk/").content.decode()
    assert "窗口收件" not in world.client(world.officer).get("/desk/").content.decode()


def test_a_point_takes_only_what_it_serves(world: World) -> None:
    world.item().points.filter(point=world.point).delete()
    assert world.client(world.clerk).post("/desk/intake/", {"item": FOOD}).status_code == 404


def test_interested_parties_are_entered_by_the_office(world: World) -> None:
    case = world.file(now())
    address = f"/desk/cases/{case.code}/interested/"
    given = {"kind": "natural", "name": "邻居示例", "phone": "13900000000", "address": "示例街2号", "reason": "油烟"}
    client = world.client(world.officer)
    assert client.post(address, given)["Location"] == f"/cases/{case.code}/"
    assert case.participants.get(role="interested_party").party == Party.objects.get(name="邻居示例")
    assert world.client(world.head).post(address, given).status_code == 403
    assert world.client(world.stranger).get(address).status_code == 404
    assert world.client(world.citizen).get(address).status_code == 404


# --- words -----------------------------------------------------------------------------------------------------------

# Formats, item codes, a file of the test.
ALLOWED = {"PDF", "OFD", "JPG", "PNG", "pdf", "SCJ", "SPJY", "YJJ", "WHJY", "nbsp"}


def test_no_english_word_is_left_on_a_page(world: World) -> None:
    """Names of file formats, and what the tests themselves typed, aside."""
    person = Applicant(world)
    person.upload("M2", pdf())
    pages = [Client().get(address) for address in PUBLIC]
    pages += [
        person.get(page) for page in ("", "applicant", "contact", "form-2", "materials", "materials/M2", "delivery")
    ]
    pages += [world.client(world.clerk).get("/desk/intake/"), person.client.get("/my/")]
    for answer in pages:
        words = re.sub(r"<[^>]+>", " ", text(answer))
        left = set(re.findall(r"[A-Za-z]{3,}", words)) - ALLOWED
        assert not left, (answer.request["PATH_INFO"], left)
