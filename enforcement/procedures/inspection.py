"""Inspection by random draw or for a cause (行政检查). 北京市优化营商环境条例 65-70."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step

cf = statute("行政处罚法")
samr = statute("市场监督管理行政处罚程序规定")
bj = statute("北京市优化营商环境条例")
three_systems = statute("国办发〔2018〕118号")
PARTY = "citizen|legal_person|agent"

STATES = (
    state("drawn", "已抽取", "head_of_organ", reason="以检查计划的日期为准"),
    state("tasked", "已派单", "case_officer", reason="以检查计划的日期为准"),
    final("cancelled", "已取消"),
    state("on_site", "检查中", "case_officer", reason="法律没有规定期限"),
    state("awaiting_test", "待检验结果", "case_officer", reason="期限与检验机构约定"),
    state("irregular", "发现问题待处理", "case_officer", reason="法律没有具体天数（及时）"),
    state("rectifying", "责令改正中", "case_officer", reason="期限由责令改正通知书逐案载明"),
    state("rechecking", "复查中", "case_officer", reason="法律没有规定期限"),
    state("result_pending", "待公开结果", "departmental_legal_unit", "zf_publication_118"),
    final("published", "已公开"),
)  # fmt: skip

STEPS = (
    step("draw", "双随机抽取", when=NEW, by="departmental_legal_unit", to="drawn", under=bj("65"),
         needs=("事项列入公布的随机抽查事项清单", "在年度检查计划之内", "已记录随机种子和两个名录库",
                "抽取的执法人员具有资格且不需要回避"), gives="zf_random_draw_record", note="抽取过程可复核"),
    step("open_targeted", "投诉或线索启动检查", when=NEW, by="section_head", to="drawn", under=bj("66"),
         needs=("已记录投诉举报、线索或者上级交办任务", "法律规定可以检查")),
    step("redraw_officer", "更换检查人员", when="drawn", by="departmental_legal_unit", to=SAME, under=cf("43"),
         needs=("需要回避、缺席或者证件失效", "已随机抽取替补人员")),
    step("issue_task", "签发检查任务", when="drawn", by="head_of_organ", to="tasked", under=bj("65", "70"),
         needs="其他机关检查同一对象的，合并为联合检查", gives="zf_inspection_notice|zf_inspection_record",
         second_person=True),
    step("cancel", "取消检查", when="drawn|tasked", by="head_of_organ", to="cancelled", under=bj("68"),
         needs=("检查对象已不存在或者无可检查内容", "已写明理由"), second_person=True, verified=False),
    step("show_and_start", "出示证件入场", when="tasked", by="case_officer", to="on_site", under=cf("55"),
         needs=("两名以上具有行政执法资格的执法人员", "已出示执法证件", "已扫码登记入场",
                "协助检查的第三方人员不单独检查"), tells="inspectee"),
    step("inspect", "按检查单检查", when="on_site", by="case_officer", to=SAME, under=bj("69"),
         needs=("仅检查检查单所列内容", "不要求书面汇报或者负责人陪同"), gives="zf_inspection_record"),
    step("take_samples", "抽样送检", when="on_site", by="case_officer", to="awaiting_test", under=cf("56"),
         gives="cf_sampling_record", tells="inspectee"),
    step("test_arrives", "检验结果到达", when="awaiting_test", by="case_officer", to="on_site", under=samr("32"),
         tells="inspectee"),
    step("refused_entry", "拒绝检查", when="on_site", by="case_officer", to="irregular", under=cf("55(2)"),
         needs="拒绝情况已有影像记录和见证人"),
    step("finish_clean", "未发现问题", when="on_site", by="case_officer", to="result_pending", under=bj("65"),
         starts="zf_publication_118", needs="检查记录已签字，拒绝签字的已注明",
         gives="zf_inspection_record|zf_inspection_result", tells="inspectee"),
    step("finish_irregular", "发现问题", when="on_site", by="case_officer", to="irregular", under=bj("65"),
         gives="zf_inspection_record", tells="inspectee"),
    step("order_correction", "责令改正", when="irregular", by="head_of_organ", to="rectifying", under=cf("28"),
         gives="cf_correction_order", tells="inspectee", decides=True, second_person=True, note="改正日期由通知书载明"),
    step("open_penalty", "转立案", when="irregular", by="case_officer", to="result_pending", under=cf("54"),
         starts="zf_publication_118", opens="enforcement.penalty_ordinary"),
    step("open_simple", "转当场处罚", when="irregular", by="case_officer", to="result_pending", under=cf("51"),
         starts="zf_publication_118", opens="enforcement.penalty_simple"),
    step("report_corrected", "报告整改", when="rectifying", by=PARTY, to="rechecking", under=cf("28")),
    step("correction_overdue", "逾期未改正", when="rectifying", by=THE_LAW, to="irregular", under=cf("28"),
         needs="责令改正通知书载明的日期已过", tells="case_officer"),
    step("recheck_passed", "复查合格", when="rechecking", by="case_officer", to="result_pending", under=cf("28"),
         starts="zf_publication_118", gives="zf_inspection_record"),
    step("recheck_failed", "复查不合格", when="rechecking", by="case_officer", to="irregular", under=cf("28"),
         gives="zf_inspection_record"),
    step("publish_result", "公开检查结果", when="result_pending", by="departmental_legal_unit", to="published",
         under=bj("65"), stops="zf_publication_118", second_person=True,
         note="《企业公示信息抽查暂行办法》第十一条另有二十个工作日",
         contested="检查结果是否属于国办发〔2018〕118号（六）所称执法决定"),
    step("publication_overdue", "公开逾期", when="result_pending", by=THE_LAW, to=SAME, under=three_systems("（六）"),
         needs=expired("zf_publication_118"), tells="head_of_organ"),
)  # fmt: skip

INSPECTION = Procedure(
    "enforcement.inspection",
    "行政检查",
    STATES,
    STEPS,
    since=date(2020, 4, 28),
)
