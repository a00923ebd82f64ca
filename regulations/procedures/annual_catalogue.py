"""The year's list of documents for the people's congress (规范性文件年度目录报送). Beijing ordinance, 13.

Each January the government's office reports what was made, amended and repealed in the year before. The list is worked
out from the register; the case begins by itself on the first days of the year.
"""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Ask, Procedure, expired, final, rule, state, statute, step
from regulations.rules import annual as rules

rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
SECRETARY, LIMIT = "executive_meeting_secretary", "gfxwj_annual_list_rd"

STATES = (
    state(NEW, "（年度未结束）", SECRETARY, reason="年度结束时开立"),
    state("due", "应报送上一年度目录", SECRETARY, LIMIT),
    final("sent", "已报送"),
)  # fmt: skip

STEPS = (
    step("open_for_year", "年度结束即产生报送目录的义务", when=NEW, by=THE_LAW, to="due", under=rd("13"), starts=LIMIT,
         needs=rule(rules.year_is_over), tells=SECRETARY),
    step("send_catalogue", "报送上一年度目录", when="due", by=SECRETARY, to="sent", under=rd("13"), stops=LIMIT,
         asks=Ask("contact", "联系人和电话"), needs="目录由系统从登记簿列出，已经逐件核对",
         gives="gfx_annual_catalogue", tells="congress_review_office",
         note="目录列出区政府上一年度制定、修改和废止的规范性文件"),
    step("flag_overdue", "逾期未报送目录", when="due", by=THE_LAW, to=SAME, under=rd("13", "43"),
         needs=expired(LIMIT), tells="executive_meeting_secretary|district_legal_office|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
)  # fmt: skip

ANNUAL_CATALOGUE = Procedure(
    "regulations.annual_catalogue",
    "规范性文件年度目录报送",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
    live=True,
)
