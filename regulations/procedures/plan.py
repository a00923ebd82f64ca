"""The year's plan of normative documents (年度规范性文件制定计划): one paper over all that was included in it.

规章制定程序条例 by analogy. What is included, and what comes in later, is decided in the case of each document.
"""

from datetime import date

from casework.procedure import NEW, Ask, Procedure, final, rule, state, statute, step
from regulations.rules import plan as rules

gz = statute("规章制定程序条例", by_analogy=True)
BASIS = gz("12", "36")
OFFICE, SECRETARY, GOVERNMENT = "district_legal_office", "executive_meeting_secretary", "government"
REASONS = Ask("reasons", "理由", "text")
LISTED = rule(rules.something_listed)

STATES = (
    state(NEW, "（未拟订）", OFFICE, reason="拟订之前尚无案件"),
    state("drawn_up", "计划待政府批准公布", SECRETARY, reason="取决于会议安排，条文没有规定期限"),
    final("published", "计划已公布"),
    final("returned", "退回重拟"),
    final("withdrawn", "已撤回"),
)  # fmt: skip

STEPS = (
    step("draw_up_plan", "拟订年度计划", when=NEW, by=OFFICE, to="drawn_up", under=BASIS,
         asks=Ask("year", "年度", "choice", source="plan_years", hint="完成时间在这一年、已经列入的项目，由系统列出"),
         needs=(LISTED, rule(rules.no_other_plan), "立项申请和公开征集的项目建议均已评估论证"), tells=SECRETARY),
    step("publish_plan", "批准后公布年度计划", when="drawn_up", by=SECRETARY, to="published", of=GOVERNMENT,
         under=BASIS, asks=Ask("approval", "批准的会议或者文号"), needs=(LISTED, "年度计划已经区政府批准"),
         gives="gfx_annual_plan", tells="public|district_legal_office", second_person=True,
         note="全年一个文号；公布以后增加的项目，在各自的案件中计划外增列"),
    step("return_plan", "退回重拟", when="drawn_up", by=SECRETARY, to="returned", of=GOVERNMENT, under=BASIS,
         asks=REASONS, tells=OFFICE, second_person=True),
    step("withdraw_plan", "撤回", when="drawn_up", by=OFFICE, to="withdrawn", under=BASIS, asks=REASONS,
         tells=SECRETARY),
)  # fmt: skip

PLAN = Procedure("regulations.plan", "年度规范性文件制定计划", STATES, STEPS, since=date(2024, 8, 1), live=True)
