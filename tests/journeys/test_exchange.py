"""A filing of the city that could not be taken in, in a browser: one official repairs it, another one agrees."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.people import press, sign_in
from tests.running import Portal

HELD = """
from django.utils import timezone
from casework.models import Message
from tests.exchange.samples import filing
wrong = filing(91)
wrong["materials"][0]["code"] = "M22"
made = Message.objects.create(
    direction="in", peer="110000", kind="filing", key="journey-1", stream="BJ-2026-91", sequence=1, digest="0" * 64,
    body=wrong, state="held", written_at=timezone.now(), created_at=timezone.now(),
    error="材料M22不在公布的材料目录以内",
)
print("HELD", made.pk)
"""


def test_one_repairs_and_another_agrees(visit: Visit, portal: Portal) -> None:
    pk = int(portal.manage("shell", "-v", "0", "-c", HELD).split("HELD")[1])
    one = visit()
    sign_in(one, "exchange")
    one.goto("/desk/exchange/")
    press(one.locator("main tr", has_text="BJ-2026-91").get_by_role("link"))
    expect(one.locator("main")).to_contain_text("材料M22不在公布的材料目录以内")
    expect(one.locator("main")).not_to_contain_text("钱示例")
    press(one.get_by_role("link", name="查看内容"))
    one.get_by_label("查看内容的理由").fill("核对材料编码")
    press(one.get_by_role("button", name="查看", exact=True))
    text = one.get_by_label("修正后的内容")
    assert "钱示例91" in text.input_value()
    text.fill(text.input_value().replace('"M22"', '"M2"'))
    one.get_by_label("修正的理由").fill("市级平台的材料编码已更新")
    press(one.get_by_role("button", name="提出修正"))
    expect(one.locator("main")).to_contain_text("须由另一名数据交换管理人员复核")

    two = visit()
    sign_in(two, "exchange2")
    two.goto(f"/desk/exchange/{pk}/")
    expect(two.locator("main")).to_contain_text("materials.0.code")
    two.get_by_label("同意", exact=True).check()
    press(two.get_by_role("button", name="复核"))
    expect(two.locator("body")).to_contain_text("复核意见已经生效")
    expect(two.locator("main")).to_contain_text("同意修正后接收")
    assert portal.rows("SELECT state FROM casework_message WHERE id = %s", (pk,)) == [("waiting",)]
    read = "SELECT count(*) FROM accounts_accessevent WHERE kind = 'personal_data_read' AND subject = %s"
    assert portal.rows(read, (f"message:{pk}",)) == [(1,)]
