"""A document that touches business, in the browser: a meeting, two reviews of fair competition, and a hearing for which
the public puts its name down and which cannot be held."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import fill, press, take
from tests.journeys.test_regulations import day, person, refused
from tests.running import Portal

NAME = "示例夜间经济街区管理办法"
BODY = "第一条 为了示例，制定本办法。\n第二条 街区内的经营者{}\n第三条 本办法由区市场监督管理局负责解释。"
OPINION = {"first_opinion": "不限制竞争。", "heard": "已听取协会意见。"}


def test_business_is_reviewed_met_and_heard(portal: Portal, visit: Visit) -> None:
    head, legal = person(visit, "scj-head", "/desk/"), person(visit, "legal-office", "/desk/")
    officer, second = person(visit, "scj-officer", "/desk/"), person(visit, "scj-officer2", "/desk/")
    head.goto("/desk/making/")
    press(head.get_by_role("button", name="申请立项"))
    fill(head, {"name": NAME, "necessity": "夜市分散。", "problems": "没有规则。", "systems": "分区制度。"})
    press(head.get_by_role("button", name="提出", exact=True))
    case = head.url.rstrip("/").split("/")[-1]
    take(legal, case, "include_in_plan", {"level": "department", "finish_on": day(200), "approval": "会议（示例）"})
    legal.goto("/desk/making/")
    press(legal.get_by_role("link", name="拟订年度计划"))
    expect(legal.locator("main")).to_contain_text(NAME)
    ((drafter,),) = portal.rows("SELECT id FROM accounts_user WHERE username = 'scj-officer'")
    take(head, case, "start_drafting", {"drafters": [str(drafter)], "business": "yes"})

    def form(words: str, changes: str) -> None:
        officer.goto(f"/desk/making/{case}/write/")
        fill(officer, {"title": NAME, "body": BODY.format(words), "necessity": "夜市分散。", "measures": "分区。"})
        press(officer.get_by_role("button", name="保存并形成一稿"))
        fill(officer, {"changes": changes})
        press(officer.get_by_role("button", name="形成一稿"))

    form("应当使用指定单位的摊位。", "第一稿。")

    # The meeting has been held.
    met = {"form": "discussion", "present": "协会代表", "views": "指定单位不合理。"}
    refused(officer, case, "hold_meeting", {**met, "held_on": day(1)}, "会议日期不晚于今天")
    take(officer, case, "hold_meeting", {**met, "held_on": day(0)})

    # Fair competition: refused for one version, passed for the next, by somebody who did not draft.
    refused(officer, case, "record_not_economic", {"reasons": "不涉及。"}, "不属于与经营主体的生产经营活动密切相关")
    take(officer, case, "send_to_fair_competition", OPINION)
    refused(officer, case, "pass_fair_competition", {"standards": "逐项对照。"}, "办理过前一环节的人员不得办理")
    take(second, case, "fail_fair_competition", {"standards": "第二条限定交易，违反第八条。"})
    form("按照分区经营。", "第二稿：删去指定单位。")
    take(officer, case, "send_to_fair_competition", OPINION)
    take(second, case, "pass_fair_competition", {"standards": "逐项对照，没有限制。"})

    # The hearing: announced in time, names put down once, cancelled for everybody to read.
    heard = {"place": "局会议室", "subject": "分区和时间", "registration": "网上报名，抽签。"}
    early = {**heard, "hearing_date": day(20), "register_by": day(10)}
    refused(officer, case, "announce_hearing", early, "不少于法定的提前天数")
    take(officer, case, "announce_hearing", {**heard, "hearing_date": day(40), "register_by": day(10)})
    nobody = visit("/consultations/", **PHONE)
    press(nobody.get_by_role("link", name=f"《{NAME}》立规听证"))
    expect(nobody.locator("main")).to_contain_text("登录后报名")
    citizen = person(visit, "citizen")
    citizen.goto("/consultations/")
    press(citizen.get_by_role("link", name=f"《{NAME}》立规听证"))
    citizen.locator("main input[name=capacity][value=resident]").check()
    fill(citizen, {"views": "希望二十二点以前收摊。"})
    press(citizen.get_by_role("button", name="提交报名"))
    expect(citizen.locator("main")).to_contain_text("希望二十二点以前收摊。")
    officer.goto(f"/desk/making/{case}/hearing/")
    expect(officer.locator("main")).to_contain_text("希望二十二点以前收摊。")
    refused(officer, case, "choose_participants", {}, "报名截止日期已过")
    refused(officer, case, "hold_hearing", {"present": "居民", "views": "支持。"}, "公告的听证日期已到")
    take(officer, case, "cancel_hearing", {"reasons": "改为座谈会听取意见。"})
    citizen.goto("/my/opinions/")
    expect(citizen.locator("main")).to_contain_text("听证已经取消")
    nobody.reload()
    expect(nobody.locator("main")).to_contain_text("改为座谈会听取意见。")
    ((state,),) = portal.rows("SELECT state FROM casework_case WHERE code = %s", (case,))
    assert state == "drafting"
