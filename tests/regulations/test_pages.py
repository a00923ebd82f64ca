"""The pages of the making, the consultations and the filing: what they show, to whom, and how many queries they ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import recuse
from casework.models import Case
from casework.queries.rights import subject_of
from regulations.models import Consultation, Manuscript, ReviewAnswer
from regulations.queries.making import CHECK, current
from regulations.queries.suspicions import suspicions
from regulations.rules.checklist import KEYS
from tests.regulations.ground import BODY, TITLE, House, child_of


def words(response: Any) -> str:
    return response.content.decode()


def queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def opened(house: House, until: str = "2026-04-06") -> tuple[Case, Consultation]:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until=until, channel="信函")
    return case, Consultation.objects.get(case=case)


def test_proposing_in_the_browser_pressed_twice_is_one_case(house: House) -> None:
    client = house.client("scj-head")
    begun = client.post("/desk/making/new/")
    assert begun.status_code == 302
    sent = {"seen": "0", "name": TITLE, "necessity": "分散", "problems": "不统一", "systems": "名录"}
    first, second = client.post(begun.url, sent), client.post(begun.url, sent)
    assert first.status_code == 302
    assert first.url == second.url
    assert Case.objects.filter(procedure="regulations.document").count() == 1
    assert house.client("scj-officer").post("/desk/making/new/").status_code == 403
    assert house.client("citizen").get("/desk/making/").status_code == 403


def test_writing_taking_a_file_in_and_forming_a_version(house: House) -> None:
    case = house.drafting()
    client, url = house.client("scj-officer"), f"/desk/making/{case.code}/write/"
    assert TITLE in words(client.get(url))
    file = SimpleUploadedFile("草案.md", f"# {TITLE}\n\n{BODY}".encode())
    assert client.post(url, {"upload": "1", "file": file, "revision": "0"}).status_code == 302
    found = Manuscript.objects.get(case=case)
    assert (found.title, found.source, found.file_name) == (TITLE, "md", "草案.md")
    stale = {"title": TITLE, "body": BODY, "necessity": "甲", "measures": "乙", "revision": "0", "form": "1"}
    assert client.post(url, stale).status_code == 422
    done = client.post(url, {**stale, "revision": "1"})
    assert done.url == f"/cases/{case.code}/steps/form_text/"
    assert client.post(done.url, {"seen": str(case.act_count), "changes": "初稿"}).status_code == 302
    version = current(case)
    assert version
    assert version.body == BODY
    assert house.client("wjw-officer").get(url).status_code == 404
    assert house.client("legal-office").post(url, stale).status_code == 403


def test_two_versions_stand_side_by_side(house: House) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.form(case, "2026-03-06T09:00", BODY.replace("地址和服务时间", "地址、时间和电话"))
    page = words(house.client("legal-office").get(f"/desk/making/{case.code}/texts/"))
    assert "第 1 稿与第 2 稿对照" in page
    assert page.count("<del>") == page.count("<ins>") == 1
    first = current(case)
    assert first
    assert first.digest in page
    assert house.client("legal-office").get(f"/desk/making/{case.code}/texts/?to=99&from=x").status_code == 200


def test_the_review_is_answered_item_by_item_on_its_page(house: House) -> None:
    case = house.sent()
    client, url = house.client("scj-legal"), f"/desk/making/{case.code}/review/"
    version = current(case)
    assert version
    sent = {f"{key}-verdict": "clear" for key in KEYS}
    marked = suspicions(version, timezone.localdate())
    sent |= {f"s{n}-verdict": "clear" for n, _ in enumerate(marked, 1)}
    sent |= {f"s{n}-words": "有依据" for n, _ in enumerate(marked, 1)}
    half = {name: value for name, value in sent.items() if name != "fee-verdict"}
    assert client.post(url, half).status_code == 422
    assert client.post(url, {**sent, "fee-verdict": "touched"}).status_code == 422  # without a reason
    assert client.post(url, sent).status_code == 302
    assert ReviewAnswer.objects.filter(version=version, kind=CHECK, clear=True).count() == len(KEYS)
    assert house.client("scj-officer").post(url, sent).status_code == 403


def test_anybody_reads_and_persons_say_something(house: House, client: Any, settings: Any) -> None:
    case, one = opened(house, until=f"{date.today().year + 1}-12-31")
    url = f"/consultations/{one.pk}/"
    page = words(client.get(url))
    assert "第二条" in page
    assert "登录后提出意见" in page
    assert client.post(url, {"article": "第二条", "words": "意见"}).url.startswith("/accounts/login/")
    assert TITLE in words(client.get("/consultations/"))
    assert house.client("hpl-officer").post(url, {"article": "第二条", "words": "意见"}).status_code == 403
    citizen = house.client("citizen")
    assert citizen.post(url, {"article": "第九十九条", "words": "意见"}).status_code == 422
    assert citizen.post(url, {"article": "第二条", "words": "建议写明时间"}).status_code == 302
    mine = words(citizen.get("/my/opinions/"))
    assert "建议写明时间" in mine
    receipt = case.documents.get(paper="gfx_comment_receipt")
    assert "建议写明时间" in str(receipt.context)
    assert house.client("neighbour").get(f"/my/opinions/receipts/{receipt.token}/").status_code == 404
    assert "建议写明时间" not in words(client.get(url))  # before the feedback nothing is shown


def test_what_is_over_takes_nothing_more(house: House) -> None:
    _, one = opened(house)
    citizen = house.client("citizen")
    assert citizen.post(f"/consultations/{one.pk}/", {"article": "第二条", "words": "晚了"}).status_code == 422
    assert one.comments.count() == 0


def test_a_citizen_suggests_a_document(house: House) -> None:
    citizen = house.client("citizen")
    party = house.suggest().applicant
    assert party
    begun = citizen.post("/consultations/suggest/", {"party": str(party.pk), "organ": "DC-SCJ"})
    assert begun.status_code == 302
    done = citizen.post(begun.url, {"seen": "0", "name": "示例名录办法", "reasons": "需要名录"})
    assert done.status_code == 302
    case = Case.objects.get(title="规范性文件制定：示例名录办法")
    assert (case.applicant, case.organ) == (party, house.organ())
    assert case.documents.get().paper == "gfx_project_receipt"
    assert house.client("scj-head").get("/consultations/suggest/").status_code == 403


def test_the_filing_shows_its_package_and_both_limits(house: House) -> None:
    filing = child_of(house.published(), "regulations.filing")
    page = words(house.client("legal-office").get(f"/desk/filings/{filing.code}/"))
    assert "2026年5月22日" in page
    assert "2026年5月7日" in page
    assert "两者不一致" in page
    assert page.count("齐全") >= 5
    legal = house.client("legal-office")
    assert "东城区市场监督管理局" in words(legal.get("/desk/filings/rates/?year=2026"))
    assert legal.get("/desk/filings/rates/csv/?year=2026").status_code == 200
    assert house.client("scj-officer").get("/desk/filings/rates/").status_code == 403
    assert house.client("scj-head").get("/desk/filings/").status_code == 200
    assert house.client("scj-head").get("/desk/validities/?ended=1").status_code == 200


def test_the_catalogue_of_filings_leads_to_the_documents(house: House, client: Any) -> None:
    making = house.published()
    filing = child_of(making, "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", report="报请备案。", contact="王示例，12345")
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    page = words(client.get("/filings/", {"month": "2026-04"}))
    assert f'href="{house.document(making).get_absolute_url()}"' in page


def test_whoever_receives_a_filing_reads_its_papers(house: House) -> None:
    """The congress and the city have a part in the filing and none in the making, where the papers lie."""
    making = house.published("government")
    paper = making.documents.get(paper="gfx_document")
    unmade = making.documents.get(paper="gfx_drafting_explanation")
    foreign = house.published().documents.get(paper="gfx_document")
    for procedure, reviewer in (
        ("regulations.filing", "city-review"), ("regulations.filing_congress", "congress-review"),
    ):  # fmt: skip
        filing = child_of(making, procedure)
        client, url = house.client(reviewer), f"/desk/filings/{filing.code}/"
        link = f"{url}materials/{paper.token}/"
        assert f'href="{link}"' in words(client.get(url))
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert client.get(f"/cases/{making.code}/documents/{paper.token}/").status_code == 404
        assert client.get(f"{url}materials/{unmade.token}/").status_code == 404
        assert client.get(f"{url}materials/{foreign.token}/").status_code == 404  # of another filing
        for stranger in ("wjw-head", "citizen"):
            assert house.client(stranger).get(link).status_code == 404


def test_lists_ask_no_more_for_many_than_for_few(house: House, client: Any) -> None:
    """The head has a step to take in each of the cases, so that the right to it is judged for every line."""
    _, one = opened(house)
    house.drafting()
    house.published()
    desks = {name: house.client(name) for name in ("legal-office", "scj-head", "scj-officer")}
    pages = [(name, url) for name in desks for url in ("/desk/making/", "/desk/filings/")]
    pages += [("legal-office", "/desk/filings/rates/"), ("legal-office", "/desk/validities/")]
    few = [queries(desks[name], url) for name, url in pages]
    public = queries(client, "/consultations/")
    for _ in range(2):
        opened(house)
        house.drafting()
        house.published()
    assert [queries(desks[name], url) for name, url in pages] == few
    head = house.user("scj-head")
    assert words(desks["scj-head"].get("/desk/filings/")).count("等您办理") == 3
    kept_out = subject_of(Case.objects.filter(procedure="regulations.filing").latest("pk"))
    recuse(head, kept_out, ground="kin", reason="近亲属", decided_by=head, at=timezone.now())
    assert words(desks["scj-head"].get("/desk/filings/")).count("等您办理") == 2
    assert queries(client, "/consultations/") == public
    assert queries(client, f"/consultations/{one.pk}/") <= 12
