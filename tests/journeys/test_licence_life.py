"""A licence after it was granted: its holder renews it, the organ means to revoke another, the public reads both."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.people import press, sign_in, take
from tests.running import Portal

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
LICENCES = """
    SELECT l.number, f.code FROM approvals_licence l JOIN casework_case f ON f.parent_id = l.case_id
    WHERE f.procedure = 'approvals.licence_in_force' AND f.state = %s AND f.matter = %s ORDER BY l.valid_to LIMIT 1
"""
LATEST = "SELECT token FROM casework_document WHERE paper = 'xk_licence' AND number = %s ORDER BY id DESC LIMIT 1"


def test_a_licence_is_renewed_and_everybody_can_see_it(portal: Portal, visit: Visit) -> None:
    ((number, file),) = portal.rows(LICENCES, ("in_force", "DC-SCJ-SPJY"))
    holder = visit("/")
    sign_in(holder, "citizen")
    holder.goto("/my/licences/")
    press(holder.get_by_role("link", name=number))
    press(holder.get_by_role("link", name="申请延续", exact=True))
    holder.fill("main textarea[name=reasons]", "继续经营，条件没有变化。")
    press(holder.get_by_role("button", name="保存并继续"))
    for box in holder.locator("main input[name^=attest_]").all():
        box.check()
    press(holder.get_by_role("button", name="提交申请"))
    expect(holder.locator("main")).to_contain_text("已收件")
    case = holder.url.split("/cases/")[1].strip("/")

    officer = visit("/")
    sign_in(officer, "scj-officer")
    take(officer, case, "accept")
    head = visit("/")
    sign_in(head, "scj-head")
    take(head, case, "approve_renewal", {"reasons": "仍然符合取得许可的条件。"})
    served = {"method": "electronic", "recipient": "示例居民甲", "served_on": TODAY}
    take(officer, case, "deliver", served)

    ((until,),) = portal.rows("SELECT valid_to FROM approvals_licence WHERE number = %s", (number,))
    ((token,),) = portal.rows(LATEST, (number,))
    public = visit(f"/v/{token}/")
    expect(public.locator("main")).to_contain_text(number)
    expect(public.locator("main")).to_contain_text(f"{until.year}年{until.month}月{until.day}日")
    holder.goto(f"/my/licences/{file}/")
    expect(holder.locator("main")).to_contain_text("记载")
    expect(holder.locator("main")).to_contain_text("准予延续")


def test_a_revocation_is_told_before_it_is_made_and_published_after(portal: Portal, visit: Visit) -> None:
    ((_, file),) = portal.rows(LICENCES, ("in_force", "DC-WJW-GGCS"))
    officer = visit("/")
    sign_in(officer, "wjw-officer")
    take(officer, file, "notify_revocation_intent", {"reasons": "复核发现申请材料与实际不符。"})
    take(officer, file, "record_intent_told", {"told_on": TODAY, "recipients": "电子送达，示例居民甲"})
    holder = visit("/")
    sign_in(holder, "citizen")
    holder.goto(f"/my/licences/{file}/")
    expect(holder.locator("main")).to_contain_text("拟撤销撤回已告知")
    take(holder, file, "make_statement", {"statement": "材料真实，请予核实。"})
    take(holder, file, "request_hearing", {"points": "材料的真实性"})
    expect(holder.locator("main")).to_contain_text("听证")

    # Another one was told, heard nothing of a hearing within its five days, and was revoked.
    ((revoked, _),) = portal.rows(LICENCES, ("revoked", "DC-WJW-GGCS"))
    ((token,),) = portal.rows(LATEST, (revoked,))
    public = visit(f"/v/{token}/")
    expect(public.locator("main")).to_contain_text("已作废")
    expect(public.locator("main")).to_contain_text("已撤销")
    public.goto("/services/results/")
    expect(public.locator("main")).to_contain_text("撤销（机关过错或不符条件）")
    expect(public.locator("main")).to_contain_text("已撤销")
