"""A normative document clicked through: begun by its maker, seen and commented by citizens; another one, which waits
for its legality review in the demonstration, goes on to its number, its publication and its filing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import fill, press, sign_in, take
from tests.running import Portal

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
NAME = "示例社区书屋管理办法"
BODY = "第一条 为了示例，制定本办法。\n第二条 社区书屋由街道办事处设置。\n第三条 本办法由区文化和旅游局负责解释。"


def day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def person(visit: Visit, account: str, path: str = "/") -> Page:
    page = visit(path)
    sign_in(page, account)
    return page


def refused(page: Page, case: str, step: str, facts: Mapping[str, object], why: str) -> None:
    """Try a step that a gate forbids: either its button is shut, or the answer says why."""
    page.goto(f"/cases/{case}/steps/{step}/")
    if page.locator("main form button[disabled]").count():
        expect(page.locator("main")).to_contain_text(why)
        return
    fill(page, facts)
    for box in page.locator("main input[name^=attest_]").all():
        box.check()
    press(page.locator("main form button[type=submit]").last)
    expect(page.locator(".govuk-error-summary")).to_contain_text(why)


def test_a_document_is_begun_written_and_put_before_the_public(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    head = person(visit, "wlj-head", "/desk/")
    head.goto("/desk/making/")
    press(head.get_by_role("button", name="申请立项"))
    fill(head, {"name": NAME, "necessity": "书屋分散。", "problems": "没有名录。", "systems": "名录制度。"})
    press(head.get_by_role("button", name="提出", exact=True))
    case = head.url.rstrip("/").split("/")[-1]

    legal = person(visit, "legal-office", "/desk/")
    take(legal, case, "include_in_plan", {"level": "department", "finish_on": day(200), "approval": "常务会议（示例）"})
    ((officer,),) = portal.rows("SELECT id FROM accounts_user WHERE username = 'wlj-officer'")
    take(head, case, "start_drafting", {"drafters": [str(officer)], "business": "no"})

    drafter = person(visit, "wlj-officer", "/desk/")
    refused(drafter, case, "open_public_comment", {"until": day(40), "channel": "信函"}, "已形成草案文本")
    file = tmp_path / "草案.md"
    file.write_text(f"# {NAME}\n\n{BODY}", encoding="utf-8")
    drafter.goto(f"/cases/{case}/")
    press(drafter.get_by_role("link", name="形成一稿"))
    drafter.set_input_files("main input[type=file]", file)
    press(drafter.get_by_role("button", name="读入文件"))
    expect(drafter.locator("main textarea[name=body]")).to_have_value(BODY)
    fill(drafter, {"necessity": "书屋分散，居民找不到。", "measures": "统一名录。"})
    press(drafter.get_by_role("button", name="保存并形成一稿"))
    fill(drafter, {"changes": "第一稿。"})
    press(drafter.get_by_role("button", name="形成一稿"))
    drafter.goto(f"/desk/making/{case}/texts/")
    expect(drafter.locator("main")).to_contain_text("第 1 稿")

    refused(drafter, case, "open_public_comment", {"until": day(20), "channel": "信函"}, "不短于规定的最短期限")
    take(drafter, case, "open_public_comment", {"until": day(31), "channel": "电子邮件"})
    citizen = person(visit, "citizen")
    citizen.goto("/consultations/")
    press(citizen.get_by_role("link", name=NAME))
    fill(citizen, {"article": "第二条", "words": "建议写明开放时间。"})
    press(citizen.get_by_role("button", name="提交意见"))
    expect(citizen.locator("main")).to_contain_text("建议写明开放时间。")
    nobody = visit("/consultations/", **PHONE)
    press(nobody.get_by_role("link", name=NAME))
    expect(nobody.locator("main")).to_contain_text("登录后提出意见")
    expect(nobody.locator("main")).not_to_contain_text("开放时间")


def test_a_document_under_review_becomes_public_and_is_filed(portal: Portal, visit: Visit) -> None:
    ((case, key),) = portal.rows(
        "SELECT code, id FROM casework_case WHERE procedure = 'regulations.document' AND state = 'legality_review'"
    )
    lawyer = person(visit, "scj-legal", "/desk/")
    refused(lawyer, case, "pass_legality_review", {"opinion": "符合规定。"}, "各项均已就现在这一稿答复")
    lawyer.goto(f"/desk/making/{case}/review/")
    for box in lawyer.locator("main input[type=radio][value=clear]").all():
        box.check()
    for words in lawyer.locator("main textarea[name$='-words']").all():
        words.fill("有上位法依据，没有问题。")
    press(lawyer.get_by_role("button", name="保存审核清单"))
    take(lawyer, case, "pass_legality_review", {"opinion": "符合规定。"})

    head = person(visit, "scj-head", "/desk/")
    held = {"held_on": day(0), "present": "局长（示例）", "discussion": "一致同意。"}
    refused(head, case, "adopt", held, "已列入会议议题")
    secretary = person(visit, "secretary", "/desk/")
    take(secretary, case, "put_on_agenda", {"meeting": "局长办公会（示例）", "meeting_on": day(0)})
    take(head, case, "adopt", held)
    numbered = {"signer": "局长（示例）", "signed_on": day(0), "effective_on": day(45)}
    take(secretary, case, "register_and_number", numbered)
    made = (
        "SELECT count(*) FROM casework_document WHERE case_id = %s AND paper = 'gfx_document' AND made_at IS NOT NULL"
    )
    portal.wait_until(lambda: portal.rows(made, (key,)) == [(1,)])
    gazette = {"effective_on": day(45), "gazette": "第1期", "interpretation": "统一名录。", "phone": "12345"}
    refused(secretary, case, "publish_delayed", gazette | {"effective_on": day(46)}, "正式文本载明的日期")
    take(secretary, case, "publish_delayed", gazette)

    ((number, document),) = portal.rows(
        "SELECT number, id FROM regulations_normativedocument WHERE case_id = %s", (key,)
    )
    nobody = visit(f"/documents/{document}/")
    expect(nobody.locator("main")).to_contain_text(number)

    ((filing,),) = portal.rows(
        "SELECT code FROM casework_case WHERE parent_id = %s AND procedure = 'regulations.filing'", (key,)
    )
    head.goto(f"/desk/filings/{filing}/")
    expect(head.locator("main")).to_contain_text("两者不一致")
    take(head, filing, "submit_filing", {"report": "报请备案。", "contact": "示例，12345"})
    legal = person(visit, "legal-office2", "/desk/")
    take(legal, filing, "register")
    nobody.goto("/filings/")
    expect(nobody.locator("main")).to_contain_text(number)
