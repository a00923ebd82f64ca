"""A restaurant's papers come by post, one is wrong, an organ is silent, another refuses: a bundle in bad weather."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import fill, press, sign_in, take
from tests.journeys.test_bundle import ANSWERS, BUNDLE, TODAY
from tests.running import Portal

NEEDS = {"registered": "yes", "books": "yes", "lodging": "no", "banner": "yes", "crowd": "unsure"}
FOOD, BOOKS, BANNER = "DC-SCJ-SPJY", "DC-WLJ-CBLS", "DC-CGW-BYXC"
COMPANY = {
    "kind": "legal", "name": "示例（北京）风雨餐饮有限公司", "id_kind": "credit_code",
    "id_number": "91110101MA01A2BC3P", "phone": "13800000009", "legal_representative": "示例居民甲",
}  # fmt: skip
HEAD = {"who": "head", "name": "示例居民甲", "id_kind": "resident_id", "id_number": "11010119900307758X"}
GOOD = {"reasons": "符合法定条件、标准。"}


def due(portal: Portal, key: str, day: date) -> date:
    """The last day of a limit, as the command works it out."""
    return date.fromisoformat(json.loads(portal.manage("due", key, day.isoformat(), "--json"))["due"])


def words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def came(portal: Portal) -> date:
    """A day so long ago that the time for telling the applicant is about to run out, and has not run out yet."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = [today - timedelta(days=back) for back in range(1, 12)]
    return min(day for day in days if due(portal, "xk_deficiency_notice", day) > today)


def on(page: Page) -> None:
    """The page as filled in is right, and the next one comes."""
    press(page.locator("main form button[value=on]"))
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def at_ten(day: date) -> dict[str, str]:
    parts = (("year", day.year), ("month", day.month), ("day", day.day), ("hour", 10), ("minute", 0))
    return {f"received_at-{name}": str(value) for name, value in parts}


def taken_in(page: Page, received: date) -> str:
    """The clerk records what came by post, with the answers on its forms; answers the code of the draft."""
    page.goto(f"/services/bundles/{BUNDLE}/")
    fill(page, NEEDS)
    press(page.get_by_role("button", name="看看需要办什么"))
    press(page.get_by_role("button", name="开始申请"))
    draft = page.url.split("/draft/")[1].split("/")[0]
    press(page.locator(".govuk-task-list a", has_text="申请人"))
    fill(page, COMPANY)
    on(page)
    fill(page, {"way": "post", **HEAD, **at_ten(received)})
    on(page)
    fill(page, {"name": "示例居民甲", "phone": "13800000009"})
    on(page)
    while "/form-" in page.url:
        there = {name: value for name, value in ANSWERS.items() if page.locator(f"main [name^={name}]").count()}
        fill(page, there)
        on(page)
    for box in page.locator("main input[inputmode=numeric]").all():
        box.fill("1")
    on(page)
    page.check("main input[name=way][value=electronic]")
    page.check("main input[name=electronic_service]")
    page.check("main input[name=hand_over][value=as_they_come]")
    on(page)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page.get_by_role("button", name="确认收件"))
    expect(page.locator("main")).to_contain_text("收件成功")
    return draft


def test_a_bundle_in_bad_weather(portal: Portal, visit: Visit) -> None:
    received = came(portal)
    clerk = visit("/")
    sign_in(clerk, "window")
    draft = taken_in(clerk, received)
    ((key, case),) = portal.rows(
        "SELECT c.id, c.code FROM casework_case c JOIN casework_draft d ON d.case_id = c.id WHERE d.code = %s", (draft,)
    )
    lead, people = visit("/"), {}
    sign_in(lead, "scj-officer")
    for word in ("wlj-officer", "wlj-head", "cgw-officer", "cgw-head", "scj-head"):
        people[word] = visit("/")
        sign_in(people[word], word)
    take(lead, case, "circulate_for_check")
    part = dict(portal.rows(
        "SELECT matter, code FROM casework_case WHERE parent_id = %s AND procedure = 'approvals.bundle_part'", (key,)
    ))  # fmt: skip
    # The five working days count from the day on which the letter came: they are nearly over, and two are silent.
    lead.goto(f"/cases/{case}/")
    expect(lead.locator("main")).to_contain_text(words(due(portal, "xk_deficiency_notice", received)))
    take(lead, part[FOOD], "report_deficiency", {"requirements": {"M2": "布局图没有标明面积"}})
    take(people["cgw-officer"], part[BANNER], "report_complete")
    lead.goto("/desk/bundles/")
    board = lead.locator("section", has=lead.locator(f"a[href='/cases/{case}/']"))
    expect(board.locator("tr", has_text="出版物")).to_contain_text("尚未反馈")
    press(board.get_by_role("link", name="催办尚未反馈的部门"))
    lead.locator("main input[name=part]").first.check()
    press(lead.locator("main form button[type=submit]").last)
    people["wlj-officer"].goto("/my/notices/")
    expect(people["wlj-officer"].locator("main")).to_contain_text("督促尚未反馈的成员机关")
    take(people["wlj-officer"], part[BOOKS], "report_complete")
    take(lead, case, "notify_deficiency", {"items": ["SPJY-M2"]})

    # Whoever wrote by post has no account: the paper is put right at the window.
    clerk.goto(f"/cases/{case}/")
    press(clerk.locator(f"main a[href='/desk/counter/{case}/']").first)
    fill(clerk, {"what": "take_in_correction", "way": "counter", **HEAD})
    press(clerk.get_by_role("button", name="保存并继续"))
    expect(clerk.locator("main")).to_contain_text("布局图没有标明面积")
    clerk.locator("main input[name=SPJY-M2]").fill("1")
    for box in clerk.locator("main input[name^=attest_]").all():
        box.check()
    press(clerk.get_by_role("button", name="窗口收取补正"))
    expect(clerk.locator("main")).to_contain_text("“窗口收取补正”已经办理")
    clerk.goto("/desk/handovers/")
    expect(clerk.locator("main")).to_contain_text("布局图")
    take(lead, part[FOOD], "report_complete")
    take(lead, case, "accept")
    last = due(portal, "xk_decide_joint", date.fromisoformat(TODAY))
    lead.goto(f"/cases/{case}/")
    expect(lead.locator("main")).to_contain_text(words(last))

    # One organ refuses, takes it back while nobody has read it, and refuses in better words, which the lead reads.
    take(people["wlj-head"], part[BOOKS], "refuse_part", {"reasons": "场所面积不足。"})
    take(people["wlj-head"], part[BOOKS], "take_back_opinion", {"reasons": "事实没有写明。"})
    take(people["wlj-head"], part[BOOKS], "refuse_part", {"reasons": "营业场所建筑面积不足二十平方米。"})
    lead.goto(f"/cases/{case}/")
    people["wlj-head"].goto(f"/cases/{part[BOOKS]}/")
    expect(people["wlj-head"].locator(f"main a[href*='/cases/{part[BOOKS]}/steps/take_back_opinion/']")).to_have_count(
        0
    )

    # The licence for food is handed over when it is there, and the banner, which waited for it, after it.
    take(people["scj-head"], part[FOOD], "grant_part", GOOD)
    take(lead, part[FOOD], "deliver_part", {"method": "electronic", "recipient": "示例居民甲", "served_on": TODAY})
    lead.goto(f"/cases/{part[FOOD]}/")
    expect(lead.locator("main")).to_contain_text("已先行送达")
    take(people["cgw-head"], part[BANNER], "grant_part", GOOD)
    lead.goto(f"/cases/{case}/")
    expect(lead.locator("main")).to_contain_text("意见齐备待统一决定")
    take(people["scj-head"], case, "split_refused_item", {"part": part[BOOKS]})
    people["wlj-officer"].goto(f"/cases/{part[BOOKS]}/")
    expect(people["wlj-officer"].locator("main")).to_contain_text("不予行政许可决定书")
    take(people["cgw-officer"], part[BANNER], "deliver_part",
         {"method": "electronic", "recipient": "示例居民甲", "served_on": TODAY})  # fmt: skip
    take(lead, case, "deliver_once", {"method": "direct", "recipient": "示例居民甲", "served_on": TODAY})
    lead.goto(f"/cases/{case}/")
    expect(lead.locator("main")).to_contain_text("一次送达")
    states = dict(portal.rows(
        "SELECT matter, state FROM casework_case WHERE parent_id = %s AND procedure = 'approvals.bundle_part'", (key,)
    ))  # fmt: skip
    assert states == {FOOD: "delivered", BANNER: "delivered", BOOKS: "refusal_issued"}
