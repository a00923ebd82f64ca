"""A list that is too long for a request: confirmed, it goes on by itself, and the page says when it is done."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.people import press, sign_in
from tests.running import Portal

LINES = 25
WRITE = f"""
import csv, sys
from powerlist.models import PowerVersion
from django.utils import timezone
from powerlist.queries.basis import FINE, cited
from powerlist.queries.versions import as_item, whole
from powerlist.rules import file
from powerlist.rules.item import citations
own = whole(PowerVersion.objects.filter(power__code__startswith="110101-SCJ-XK-", until=None))
stands = lambda item: all(one.state in FINE for one in cited(citations(item), timezone.localdate()))
item = next(item for item in map(as_item, own) if stands(item))  # other stories change a law or two
page = csv.writer(sys.stdout)
page.writerow([file.CODE, *file.ELEMENTS, *file.WHY])
for n in range({LINES}):
    cells = file.cells({{**item, "name": f"示例事项{{n}}", "items": []}}, {{}})
    page.writerow([f"110101-SCJ-XK-8{{n:02}}", *cells, "整理清单", "无"])
"""


def test_a_long_list_goes_on_by_itself(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    listed = tmp_path / "全部事项.csv"
    listed.write_text(portal.manage("shell", "-v", "0", "-c", WRITE), "utf-8")
    head = visit("/desk/powers/import/")
    sign_in(head, "scj-head")
    head.goto("/desk/powers/import/")
    head.set_input_files("main input[type=file]", listed)
    press(head.get_by_role("button", name="上传并检查"))
    expect(head.locator("h1")).to_contain_text("全部事项.csv")
    for box in head.locator("main input[type=checkbox]").all():
        box.check()
    press(head.get_by_role("button", name=f"提出 {LINES} 项调整"))
    expect(head.get_by_role("progressbar", name="处理进度")).to_be_visible()
    expect(head.locator("main")).to_contain_text(f"提出 {LINES} 项调整，等待政府法制机构核对", timeout=120_000)
    expect(head.get_by_role("progressbar")).to_have_count(0)
    assert portal.rows("SELECT count(*) FROM casework_case WHERE matter LIKE '110101-SCJ-XK-8__'") == [(LINES,)]
