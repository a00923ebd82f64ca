"""Somebody without a name complains of how a power was used, on a phone; the office looks into it and answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.casework.hostile.documents import pdf
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import fill, press, sign_in, take
from tests.running import Portal

POWER = "110101-SCJ-XK-001"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
ADDS = "窗口当天的收件记录写着要求补交的材料（匿名）。"
SAYS = "窗口要求补交办事指南没有列出的材料（匿名）。"


def picture(directory: Path, name: str) -> Path:
    """A file of evidence; each name another one."""
    path = directory / name
    path.write_bytes(pdf(extra=f"%{name.encode().hex()}\n"))
    return path


def test_a_complaint_without_a_name_is_looked_into_and_answered(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    someone = visit(f"/powers/{POWER}/", **PHONE)
    press(someone.get_by_role("link", name="在这里投诉举报"))
    press(someone.get_by_role("button", name="匿名反映"))
    expect(someone.locator("main")).to_contain_text("不保存您的姓名和网络地址")
    someone.set_input_files("main input[type=file]", picture(tmp_path, "现场照片.pdf"))
    press(someone.get_by_role("button", name="提交"))  # nothing was written yet
    expect(someone.locator(".govuk-error-summary")).to_contain_text("请写明发生了什么事")
    expect(someone.get_by_label("现场照片.pdf")).not_to_be_checked()  # it has come, and is not asked for again
    fill(someone, {"facts": SAYS})
    press(someone.get_by_role("button", name="提交"))
    expect(someone.locator("h1")).to_contain_text("已经收到您的反映")
    number = someone.locator("main dd.portal-number").first.inner_text()
    ((case, person),) = portal.rows("SELECT code, applicant_id FROM casework_case WHERE number = %s", (number,))
    assert person is None
    expect(someone.locator("main")).to_contain_text("收到证据材料 1 个文件")
    press(someone.get_by_role("link", name="现在查询"))
    press(someone.get_by_role("link", name="补充情况、证据材料"))
    fill(someone, {"facts": ADDS})
    someone.set_input_files("main input[type=file]", picture(tmp_path, "收件记录.pdf"))
    press(someone.get_by_role("button", name="提交"))
    expect(someone.locator("main")).to_contain_text("查询另一件")
    assert portal.rows(
        "SELECT d.title, d.added_by_id FROM casework_document d JOIN casework_case c ON c.id = d.case_id"
        " WHERE c.number = %s AND d.kind = 'material' ORDER BY d.id",
        (number,),
    ) == [("现场照片.pdf", None), ("收件记录.pdf", None)]

    office = visit("/desk/")
    sign_in(office, "legal-office")
    office.goto(f"/cases/{case}/")
    for said in (ADDS, "现场照片.pdf", "收件记录.pdf"):
        expect(office.locator("main")).to_contain_text(said)
    take(office, case, "register")
    take(office, case, "investigate", {
        "done_on": TODAY.isoformat(), "persons": "区司法局人员（示例）\n区司法局审核人员（示例）",
        "findings": "确有此事。",
    })  # fmt: skip
    take(office, case, "ask_organ", {"matters": "要求补交材料的依据。", "reply_by": (TODAY + timedelta(9)).isoformat()})

    organ = visit("/")
    sign_in(organ, "scj-legal")
    organ.goto(f"/cases/{case}/")
    expect(organ.locator("main")).to_contain_text("要求补交材料的依据。")
    for hidden in (SAYS, ADDS, "现场照片.pdf", "收件记录.pdf"):
        expect(organ.locator("main")).not_to_contain_text(hidden)
    take(organ, case, "hear_organ", {"statement": "依据不足，已经停止。"})

    second = visit("/desk/")
    sign_in(second, "legal-office2")
    take(second, case, "order_correction", {
        "findings": "索要没有依据的材料", "measures": "停止索要", "correct_by": (TODAY + timedelta(9)).isoformat(),
    })  # fmt: skip
    take(organ, case, "report_correction", {"problems": "属实", "measures": "停止索要", "result": "已经退还材料"})
    take(
        office,
        case,
        "answer",
        {"verification": "属实", "result": "已经责令纠正", "reply_basis": "行政许可法第三十一条"},
    )

    someone.reload()
    expect(someone.locator("main")).to_contain_text("已经责令纠正")
    expect(someone.get_by_role("link", name="补充情况、证据材料")).to_have_count(0)
    someone.goto(f"/powers/{POWER}/")
    expect(someone.locator("main")).to_contain_text("其中责令纠正")
