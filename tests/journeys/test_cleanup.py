"""A clean-up begun by the legal office: the worker lists the documents, and its page shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.people import fill, press, sign_in
from tests.running import Portal

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


def test_documents_are_listed_by_the_worker(portal: Portal, visit: Visit) -> None:
    office = visit("/desk/")
    sign_in(office, "legal-office")
    office.goto("/desk/cleanups/new/launch_periodic/")
    fill(office, {"reply_by": (TODAY + timedelta(days=30)).isoformat()})
    press(office.get_by_role("button", name="先看清理范围"))
    expect(office.locator("main")).to_contain_text("启动以后由系统分批逐件列入")
    press(office.get_by_role("button", name="启动定期清理"))
    case = office.url.rstrip("/").split("/")[-1]
    listed = f"""SELECT count(*), count(e.item_id) FROM regulations_cleanupentry e
                 JOIN casework_case c ON c.id = e.case_id WHERE c.code = '{case}'"""
    portal.wait_until(lambda: len(set(portal.rows(listed)[0])) == 1)
    ((whole, _),) = portal.rows(listed)
    office.goto(f"/desk/cleanups/{case}/")
    expect(office.get_by_text(f"逐件意见，共 {whole} 份文件")).to_be_visible()
    expect(office.locator("tbody tr").first).to_contain_text("待提出清理意见")
    office.goto(f"/cases/{case}/")
    expect(office.locator("main")).to_contain_text("已部署待逐件提出意见")
