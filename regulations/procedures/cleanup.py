"""Clean-up of the stock of documents (规范性文件清理). 国务院 17号 2008 (十五)."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, Start, children, expired, final, state, statute, step

xx = statute("政府信息公开条例")
rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
bj = statute("北京市优化营商环境条例")
state17 = statute("国务院关于加强市县政府依法行政的决定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
HEADS = "head_of_government|head_of_organ"

STATES = (
    state(NEW, "（未启动）", "district_legal_office", reason="上一次清理的周期由机关承担（两年）"),
    state("launched", "已部署待逐件提出意见", "head_of_organ", reason="期限由通知载明"),
    state("collected", "意见汇总审核", "district_legal_office", reason="期限由通知载明"),
    state("to_decide", "待集体决定", HEADS, reason="取决于会议安排"),
    state("decided", "已决定待公布", "district_legal_office", "xx_proactive"),
    final("published", "结果已公布", reason="下一周期的期限开始计算"),
    final("cancelled", "取消"),
)  # fmt: skip

STEPS = (
    step("launch_periodic", "启动定期清理", when=NEW, by="district_legal_office", to="launched",
         under=state17("（十五）") + rd("21(1)"), starts=Start("gfxwj_cleanup_cycle", owner="organ"),
         needs="清理范围由系统算出：本机关全部现行文件", gives="清理工作通知", tells="maker",
         opens="regulations.cleanup_item", note="两年的清理周期属于机关而非案件"),
    step("launch_for_changed_law", "上位法变化专项清理", when=NEW, by="district_legal_office", to="launched",
         under=rd("21(1)") + bj("77") + plan("第二部分（二）4"),
         needs="清理范围由系统算出：以变更的上位法为依据的全部文件", gives="专项清理通知", tells="maker",
         opens="regulations.cleanup_item"),
    step("launch_on_order", "按上级或人大要求清理", when=NEW, by="district_legal_office", to="launched",
         under=rd("21(2)", "31(2)"), needs="上级要求或者决议已存档", gives="专项清理通知", tells="maker",
         opens="regulations.cleanup_item"),
    step("add_document", "增列清理文件", when="launched|collected", by="district_legal_office", to=SAME, under=rd("21"),
         needs="已记录理由", tells="maker", opens="regulations.cleanup_item"),
    step("collect", "汇总清理意见", when="launched", by="district_legal_office", to="collected",
         under=state17("（十五）"), needs=children("regulations.cleanup_item", "proposed", "checked", "removed"),
         tells="district_legal_office"),
    step("collect_with_gaps", "逾期汇总（未提意见者列明）", when="launched", by="district_legal_office", to="collected",
         under=state17("（十五）") + rd("43"), needs=("通知确定的日期已过", "已列明未提出意见的制定机关"),
         gives="督办通知书", tells="maker|supervisor", note="未提出意见的文件不得列入继续有效目录"),
    step("consult", "征求意见", when="collected", by="district_legal_office", to=SAME, under=state17("（十五）"),
         needs="拟定目录已征求部门意见；涉及公众权益的，已征求公众意见", gives="gfx_public_comment_notice",
         tells="public|maker"),
    step("return_proposals", "退回重提", when="collected", by="district_legal_office", to="launched",
         under=state17("（十五）"), needs="已逐件说明理由", tells="maker", second_person=True),
    step("send_to_decision", "报请决定", when="collected", by="district_legal_office", to="to_decide",
         under=state17("（十五）"), needs="各文件均已经合法性审核", gives="清理建议",
         tells="executive_meeting_secretary"),
    step("decide", "集体决定清理结果", when="to_decide", by=HEADS, to="decided",
         under=zz("75") + state17("（十三）", "（十五）"), starts="xx_proactive",
         needs=("经负责人集体讨论", "已附清理目录"), gives="清理决定|gfx_collective_minutes", tells="maker",
         second_person=True),
    step("send_back", "退回修改", when="to_decide", by=HEADS, to="collected", under=zz("75"), needs="已记录理由",
         gives="gfx_collective_minutes", tells="district_legal_office", second_person=True),
    step("publish_results", "公布清理结果", when="decided", by="district_legal_office", to="published",
         under=state17("（十五）") + bj("77") + plan("第二部分（二）4"), stops="xx_proactive",
         needs=("分为继续有效、废止、失效三类目录", "已列明需要修改的文件"), gives="gfx_cleanup_announcement",
         tells="public|congress_review_office", note="未列入目录的文件不得作为管理依据，见文件有效期程序"),
    step("flag_publication_overdue", "清理结果逾期未公布", when="decided", by=THE_LAW, to=SAME, under=xx("26", "47"),
         needs=expired("xx_proactive"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("cancel", "取消清理", when="launched|collected", by="district_legal_office", to="cancelled",
         under=state17("（十五）"), needs=("已经批准", "已记录理由", "不属于按上级或者人大要求进行的清理"),
         gives="取消说明", tells="maker", second_person=True),
    step("flag_cycle_overdue", "逾期未启动清理", when=NEW, by=THE_LAW, to=SAME, under=state17("（十五）") + rd("43"),
         needs=expired("gfxwj_cleanup_cycle"), tells="district_legal_office|supervisor|congress_review_office",
         note="在立案之前对机关触发"),
)  # fmt: skip

CLEANUP = Procedure(
    "regulations.cleanup",
    "规范性文件清理",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
)
