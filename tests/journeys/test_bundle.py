"""One restaurant, four departments: from “what do I need?” to four licences, clicked through by each person."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from law.calendar import WorkCalendar
from law.wording import day_zh
from tests.journeys.conftest import Visit
from tests.journeys.people import fill, hand_in, press, sign_in, take
from tests.running import Portal

BUNDLE = "DC-YJS-KBCG"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
NEEDS = {"registered": "yes", "books": "yes", "lodging": "yes", "banner": "yes", "crowd": "unsure"}
ANSWERS = {
    "spjy_shop_name": "示例餐馆", "spjy_shop_address": "北京市东城区示例大街3号", "spjy_area": "60",
    "spjy_business_type": "catering", "spjy_projects": ["hot"], "spjy_online": "no", "spjy_manager": "示例安全员",
    "spjy_staff": "3", "ggcs_place_kind": "bath", "ggcs_area": "30", "ggcs_hygiene_manager": "示例卫生员",
    "ggcs_staff": "2", "ggcs_air_conditioning": "no", "cbls_kinds": ["book"], "cbls_online": "no",
    "byxc_shape": "banner", "byxc_count": "2", "byxc_size": "3米×0.7米", "byxc_words": "开业大吉",
    "byxc_from_on": TODAY, "byxc_to_on": TODAY,
}  # fmt: skip
ORGANS = {"DC-SCJ-SPJY": "scj", "DC-WJW-GGCS": "wjw", "DC-WLJ-CBLS": "wlj", "DC-CGW-BYXC": "cgw"}


def apply(page: Page, tmp_path: Path) -> str:
    """From “which items do I need?” to the receipt. Answers the code of the draft."""
    page.goto(f"/services/bundles/{BUNDLE}/")
    fill(page, NEEDS)
    press(page.get_by_role("button", name="看看需要办什么"))
    needed = ("食品经营许可（新办）", "公共场所卫生许可", "出版物零售", "标语宣传品")
    for words in (*needed, "还需要另外办理", "消防安全检查"):
        expect(page.locator("main")).to_contain_text(words)
    press(page.get_by_role("button", name="开始申请"))
    tasks = page.url
    press(page.locator(".govuk-task-list a", has_text="申请人"))
    page.locator("main input[name=party]").first.check()  # the company: books are not for natural persons
    press(page.locator("main button[value=on]"))
    fill(page, {"phone": "13800000001", "address": "北京市东城区示例胡同1号"})
    press(page.locator("main button[value=on]"))
    while "/form-" in page.url:
        asked = {
            name: value
            for name, value in ANSWERS.items()
            if page.locator(f"main [name={name}], main [name={name}-year]").count()
        }
        assert asked
        fill(page, asked)
        press(page.locator("main button[value=on]"))
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    return hand_in(page, tasks, tmp_path / "材料.pdf", "示例餐馆")


def last_day(portal: Portal, days: int) -> str:
    """The last of so many working days from today by the portal's calendar, as its pages write it."""
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for day, kind, name in portal.rows("SELECT date, kind, name FROM law_calendarday ORDER BY id"):
        here, other = (off, work) if kind == "off" else (work, off)
        here[day] = name
        other.pop(day, None)
    years = [year for (year,) in portal.rows("SELECT year FROM law_publishedyear")]
    return day_zh(WorkCalendar(off, work, years).add_working_days(date.fromisoformat(TODAY), days))


def test_a_bundle_of_four_departments(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    citizen = visit("/")
    sign_in(citizen, "citizen")
    draft = apply(citizen, tmp_path)
    ((key, case),) = portal.rows(
        "SELECT c.id, c.code FROM casework_case c JOIN casework_draft d ON d.case_id = c.id WHERE d.code = %s", (draft,)
    )
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator(".portal-clock__state")).to_contain_text(last_day(portal, 5))
    lead = visit("/")
    sign_in(lead, "scj-officer")
    take(lead, case, "circulate_for_check")
    parts = dict(portal.rows(
        "SELECT matter, code FROM casework_case WHERE parent_id = %s AND procedure = 'approvals.bundle_part'", (key,)
    ))  # fmt: skip
    assert set(parts) == set(ORGANS)

    officers = {"scj": lead}
    for item, word in ORGANS.items():
        if word not in officers:
            officers[word] = visit("/desk/")
            sign_in(officers[word], f"{word}-officer")
        take(officers[word], parts[item], "report_complete")
    # An organ reads the bundle and its own part, and nothing of the others'.
    for path, status in ((case, 200), (parts["DC-WJW-GGCS"], 404)):
        answer = officers["cgw"].goto(f"/cases/{path}/")
        assert answer
        assert answer.status == status
    for page in (f"/cases/{case}/", "/desk/bundles/"):  # and nothing leads it there
        officers["cgw"].goto(page)
        expect(officers["cgw"].locator(f"main a[href='/cases/{parts['DC-CGW-BYXC']}/']")).to_have_count(1)
        expect(officers["cgw"].locator(f"main a[href='/cases/{parts['DC-WJW-GGCS']}/']")).to_have_count(0)

    take(lead, case, "accept")
    lead.goto("/desk/bundles/")
    board = lead.locator("section", has=lead.locator(f"a[href='/cases/{case}/']"))
    expect(board).to_contain_text("等待前置事项结果")
    expect(board.locator("tbody tr")).to_have_count(4)
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator(".govuk-task-list")).to_contain_text("成员机关审查")
    expect(citizen.locator(".portal-clock__state").first).to_contain_text(last_day(portal, 45))
    government = visit("/desk/")
    sign_in(government, "government")
    take(government, case, "extend_joint", {"reasons": "需要组织专家评审。"})
    citizen.reload()
    expect(citizen.locator(".portal-clock__state").first).to_contain_text(last_day(portal, 60))

    heads = {}
    for item, word in ORGANS.items():  # the food licence first: the banner waits for it
        heads[word] = visit("/desk/")
        sign_in(heads[word], f"{word}-head")
        take(heads[word], parts[item], "agree", {"reasons": "符合法定条件、标准。"})
    lead.goto(f"/cases/{case}/")
    expect(lead.locator("main")).to_contain_text("意见齐备待统一决定")
    citizen.reload()
    expect(citizen.locator(".govuk-task-list")).not_to_contain_text("同意")  # nobody has decided yet
    take(heads["scj"], case, "grant_all")
    citizen.reload()
    expect(citizen.locator(".portal-clock__state").first).to_contain_text(last_day(portal, 10))
    made = (
        "SELECT count(*) FROM casework_document d JOIN casework_case c ON c.id = d.case_id"
        " WHERE c.parent_id = %s AND made_at IS NULL AND d.kind = 'paper'"
    )
    portal.wait_until(lambda: portal.rows(made, (key,)) == [(0,)])
    take(lead, case, "deliver_once", {"method": "electronic", "recipient": "示例居民甲", "served_on": TODAY})

    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("一次送达")
    decided = portal.rows(
        "SELECT o.code FROM casework_decision d JOIN casework_case c ON c.id = d.case_id"
        " JOIN accounts_organisation o ON o.id = d.organ_id WHERE c.parent_id = %s AND d.served_on IS NOT NULL"
        " ORDER BY o.code", (key,),
    )  # fmt: skip
    assert decided == [("DC-CGW",), ("DC-SCJ",), ("DC-WJW",), ("DC-WLJ",)]
    citizen.goto("/my/licences/")
    for title in ("食品经营许可证", "公共场所卫生许可证", "出版物经营许可证", "标语宣传品设置许可决定"):
        expect(citizen.locator("main")).to_contain_text(title)
