"""Normative documents clicked through: one put before the public; one that waits for its review, published with its
proper time; and one from its proposal until it is filed, in a day, with every gate tried on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import fill, press, sign_in, take
from tests.regulations.test_text import docx
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
    numbered = {"signer": "局长（示例）", "signed_on": day(0), "subject": "market", "effective_on": day(45)}
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


SENT = {"signed_by": "局长（示例）", "coordination": "没有不同意见。"}
DRAFT = (
    "示例便民驿站管理办法", "第一条 为了示例，制定本办法。", "第二条 便民驿站由街道办事处设置，向居民公布地址。",
    "第三条 区市场监督管理局每年公布便民驿站名录。", "第四条 本办法由区市场监督管理局负责解释。",
)  # fmt: skip


def test_one_document_from_its_proposal_until_it_is_filed(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    """In one day, by the rows for haste that the law has; whoever goes past a gate is told which."""
    head, legal = person(visit, "scj-head", "/desk/"), person(visit, "legal-office", "/desk/")
    officer, second = person(visit, "scj-officer", "/desk/"), person(visit, "scj-officer2", "/desk/")
    head.goto("/desk/making/")
    press(head.get_by_role("button", name="申请立项"))
    proposed = {"name": DRAFT[0], "necessity": "驿站分散。", "problems": "没有名录。", "systems": "名录制度。"}
    fill(head, {**proposed, "replaces": "东市监发〔2001〕404号"})
    press(head.get_by_role("button", name="提出", exact=True))
    expect(head.locator(".govuk-error-summary")).to_contain_text("登记簿中本区的现行文件")
    fill(head, {"replaces": ""})
    press(head.get_by_role("button", name="提出", exact=True))
    case = head.url.rstrip("/").split("/")[-1]
    ((key,),) = portal.rows("SELECT id FROM casework_case WHERE code = %s", (case,))

    # The plan, and the draft out of a file of Word.
    planned = {"level": "department", "approval": "常务会议（示例）"}
    refused(legal, case, "include_in_plan", {**planned, "finish_on": day(0)}, "完成时间在今天之后")
    take(legal, case, "include_in_plan", {**planned, "finish_on": day(200)})
    nobody = visit(f"/consultations/plan/?year={day(200)[:4]}")
    expect(nobody.locator("main")).to_contain_text(DRAFT[0])
    drafters = portal.rows("SELECT id FROM accounts_user WHERE username IN ('scj-officer', 'scj-officer2') ORDER BY id")
    take(head, case, "start_drafting", {"drafters": [str(key) for (key,) in drafters], "business": "no"})
    refused(officer, case, "send_to_legality_review", SENT, "已形成草案文本")
    file = tmp_path / "草案.docx"
    file.write_bytes(docx(*DRAFT).getvalue())
    officer.goto(f"/desk/making/{case}/write/")
    officer.set_input_files("main input[type=file]", file)
    press(officer.get_by_role("button", name="读入文件"))
    expect(officer.locator("main textarea[name=body]")).to_have_value("\n".join(DRAFT[1:]))
    press(officer.get_by_role("button", name="保存并形成一稿"))
    fill(officer, {"changes": "第一稿。"})
    press(officer.get_by_role("button", name="形成一稿"))
    expect(officer.locator(".govuk-error-summary")).to_contain_text("均已写好")  # the explanation is missing
    officer.goto(f"/desk/making/{case}/write/")
    fill(officer, {"necessity": "驿站分散，居民找不到。", "measures": "统一名录。"})
    press(officer.get_by_role("button", name="保存并形成一稿"))
    fill(officer, {"changes": "第一稿。"})
    press(officer.get_by_role("button", name="形成一稿"))

    # An organ disagrees: evaluated by a third party, then settled by the government.
    asked = {"organs": ["110101010"], "points": "由谁设置", "reply_by": day(10)}
    refused(officer, case, "ask_departments", {**asked, "reply_by": day(0)}, "反馈期限在今天之后")
    take(officer, case, "ask_departments", asked)
    street = person(visit, "street-head", "/desk/")
    take(street, case, "answer_draft", {"opinion": "disagree", "reasons": "街道没有人员。"})
    refused(officer, case, "send_to_legality_review", SENT, "争议已经第三方评估")
    take(legal, case, "record_dispute", {"positions": "由谁设置。"})
    government = person(visit, "government", "/desk/")
    refused(government, case, "settle_dispute", {"decision": "由街道设置。"}, "已有第三方评估报告")
    evaluated = {"evaluator": "示例研究院", "method": "访谈", "conclusion": "街道设置更便利。"}
    take(legal, case, "commission_evaluation", evaluated)
    take(government, case, "settle_dispute", {"decision": "由街道设置。"})

    # The public: long enough, shortened by somebody else only, every opinion answered.
    refused(officer, case, "open_public_comment", {"until": day(20), "channel": "信函"}, "不短于规定的最短期限")
    refused(officer, case, "open_business_comment", {"until": day(40), "channel": "信函"}, "生产经营活动密切相关")
    take(officer, case, "open_public_comment", {"until": day(31), "channel": "电子邮件"})
    citizen = person(visit, "citizen")
    citizen.goto("/consultations/")
    press(citizen.get_by_role("link", name=DRAFT[0]))
    fill(citizen, {"article": "第二条", "words": "建议写明开放时间。"})
    press(citizen.get_by_role("button", name="提交意见"))
    haste = {"reasons": "上级要求年内施行。", "approver": "局长（示例）"}
    refused(officer, case, "shorten_public_comment", haste, "办理过前一环节的人员不得办理")
    take(second, case, "shorten_public_comment", haste)
    refused(officer, case, "publish_feedback", {"summary": "一条意见。"}, "均已答复")
    officer.goto(f"/desk/making/{case}/opinions/")
    officer.locator("main input[type=radio][value=adopted]").check()
    officer.locator("main textarea[name$='-reason']").fill("意见合理。")
    press(officer.locator("main form button[type=submit]").last)
    refused(officer, case, "send_to_legality_review", SENT, "已公布意见采纳情况")
    take(officer, case, "publish_feedback", {"summary": "收到一条意见。"})
    nobody.goto("/consultations/")
    press(nobody.get_by_role("link", name=DRAFT[0]))
    expect(nobody.locator("main")).to_contain_text("意见合理。")

    # Fair competition, which nothing of the document touches; then the legality review.
    refused(officer, case, "send_to_legality_review", SENT, "公平竞争审查")
    take(officer, case, "record_not_economic", {"reasons": "不涉及经营者的经济活动。"})
    take(officer, case, "send_to_legality_review", SENT)
    lawyer = person(visit, "scj-legal", "/desk/")
    refused(lawyer, case, "pass_legality_review", {"opinion": "符合规定。"}, "各项均已就现在这一稿答复")
    lawyer.goto(f"/desk/making/{case}/review/")
    for box in lawyer.locator("main input[type=radio][value=clear]").all():
        box.check()
    for words in lawyer.locator("main textarea[name$='-words']").all():
        words.fill("有上位法依据，没有问题。")
    press(lawyer.get_by_role("button", name="保存审核清单"))
    refused(lawyer, case, "pass_legality_review", {"opinion": "符合规定。"}, "最短审核时间已满")
    take(lawyer, case, "pass_legality_review", {"opinion": "符合规定。", "urgent": "年内必须施行。"})

    # The meeting, the number, the print, the publication.
    held = {"held_on": day(0), "present": "局长（示例）", "discussion": "一致同意。"}
    refused(head, case, "adopt", held, "已列入会议议题")
    secretary = person(visit, "secretary", "/desk/")
    take(secretary, case, "put_on_agenda", {"meeting": "局长办公会（示例）", "meeting_on": day(0)})
    refused(head, case, "adopt", {**held, "held_on": day(-1)}, "会议日期不早于")
    take(head, case, "adopt", held)
    numbered = {"signer": "局长（示例）", "signed_on": day(0), "subject": "market", "effective_on": day(0)}
    refused(secretary, case, "register_and_number", {**numbered, "signed_on": day(1)}, "签署不早于集体讨论，不晚于今天")
    refused(secretary, case, "register_and_number", {**numbered, "effective_on": day(-1)}, "施行日期不早于今天")
    refused(secretary, case, "register_and_number", {**numbered, "valid_until": day(3650)}, "规定的最长期限")
    take(secretary, case, "register_and_number", numbered)
    made = (
        "SELECT count(*) FROM casework_document WHERE case_id = %s AND paper = 'gfx_document' AND made_at IS NOT NULL"
    )
    portal.wait_until(lambda: portal.rows(made, (key,)) == [(1,)])
    gazette = {"effective_on": day(0), "gazette": "第1期", "interpretation": "统一名录。", "phone": "12345"}
    refused(secretary, case, "publish_delayed", gazette, "留出规定的期间")
    refused(secretary, case, "publish_immediate", {**gazette, **haste, "effective_on": day(1)}, "正式文本载明的日期")
    take(secretary, case, "publish_immediate", {**gazette, **haste})
    ((number, document),) = portal.rows(
        "SELECT number, id FROM regulations_normativedocument WHERE case_id = %s", (key,)
    )
    nobody.goto(f"/documents/{document}/")
    expect(nobody.locator("main")).to_contain_text(number)
    expect(nobody.locator("main")).to_contain_text("现行有效")

    # Filed: by its head, received by the legal office, every prohibition looked at.
    ((filing,),) = portal.rows(
        "SELECT code FROM casework_case WHERE parent_id = %s AND procedure = 'regulations.filing'", (key,)
    )
    take(head, filing, "submit_filing", {"report": "报请备案。", "contact": "示例，12345"})
    reviewer = person(visit, "legal-office2", "/desk/")
    take(reviewer, filing, "register")
    refused(reviewer, filing, "record_no_problem", {}, "均已在备案材料页面逐项答复")
    reviewer.goto(f"/desk/filings/{filing}/")
    expect(reviewer.locator("main")).to_contain_text("系统标出的可疑条款")
    with reviewer.expect_download() as paper:
        reviewer.locator("main a[href*='/materials/']").first.click()
    assert paper.value.suggested_filename.endswith(".pdf")
    for box in reviewer.locator("main input[type=radio][value=clear]").all():
        box.check()
    for words in reviewer.locator("main textarea[name$='-words']").all():
        words.fill("有上位法依据，没有问题。")
    press(reviewer.get_by_role("button", name="保存逐项审查"))
    take(reviewer, filing, "record_no_problem")
    assert portal.rows("SELECT state FROM casework_case WHERE code = %s", (filing,)) == [("filed",)]
    nobody.goto("/filings/")
    expect(nobody.locator("main")).to_contain_text(number)
