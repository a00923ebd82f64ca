"""Rows that every application for a licence shares, from receipt to acceptance. 行政许可法 32, 78, 79."""

from casework.procedure import (
    SAME,
    THE_LAW,
    Start,
    barred,
    expired,
    not_barred,
    not_taken,
    statute,
    step,
    taken,
    within,
)

xk = statute("行政许可法")
market = statute("市场监督管理行政许可程序暂行规定")
APPLICANT = "citizen|legal_person|agent"

AT_RECEIPT = (
    step("correct_on_the_spot", "当场更正", when="filed", by=APPLICANT, to=SAME, under=xk("32(1)(3)"),
         needs=("错误可以当场更正", "申请人已在更正处签字或者盖章确认"), gives="xk_on_spot_correction",
         tells="applicant"),
    step("tell_no_licence_needed", "告知无需许可", when="filed", by="case_officer|window_clerk", to="not_needed",
         under=xk("32(1)(1)", "32(2)"), stops="xk_deficiency_notice",
         needs=(within("xk_not_needed_notice"), "已说明无需取得许可的理由"), gives="xk_not_required_notice",
         tells="applicant", decides=True),
    step("refuse_not_competent", "不属职权不予受理", when="filed", by="case_officer|window_clerk", to="not_accepted",
         under=xk("32(1)(2)", "32(2)"), stops="xk_deficiency_notice",
         needs=(within("xk_not_needed_notice"), "已告知有权受理的机关",
                "已说明理由，并告知行政复议、行政诉讼的权利和期限", "加盖本机关专用印章并注明日期"),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True),
)  # fmt: skip

NOTIFICATION = (
    step("notify_deficiency", "一次告知补正", when="filed", by="window_clerk|case_officer", to="awaiting_correction",
         under=xk("32(1)(4)", "32(2)"), stops="xk_deficiency_notice",
         needs=(within("xk_deficiency_notice"), not_taken("本案此前未发出过补正告知书", "notify_deficiency"),
                "全部缺少或者不符合要求的内容已经一次列明", "所要求的均为已公布的申请材料"),
         gives="xk_deficiency_notice", tells="applicant", note="再次发出首次补正告知书时，系统依条件拒绝"),
)  # fmt: skip

CORRECTION = (
    step("submit_correction", "提交补正", when="awaiting_correction", by=APPLICANT, to="filed", under=xk("32(1)(5)"),
         starts="xk_deficiency_notice", needs="针对补正告知书所列内容提交", gives="xk_intake_receipt",
         tells="case_officer", note="法律仅规定补正全部材料的应当受理", contested="补正后重新起算五日系类推适用"),
    step("return_outstanding_items", "退回未补齐事项", when="filed", by="window_clerk|case_officer",
         to="awaiting_correction", under=xk("32(1)(5)"), stops="xk_deficiency_notice",
         needs=(within("xk_deficiency_notice"), taken("此前已发出补正告知书", "notify_deficiency"),
                "仅列原告知书已告知且仍未补齐的内容"), gives="补正未齐告知书", tells="applicant",
         note="不是新的补正清单", contested="依据“提交全部补正申请材料”推导"),
    step("abandon_without_correction", "逾期不补正视为放弃", when="awaiting_correction", by=THE_LAW, to="abandoned",
         under=market("15(1)(4)"),
         needs=("补正告知书载明的合理期限已经届满", "申请人未说明正当理由", "该项职权属于市场监督管理部门"),
         gives="视为放弃申请告知书", tells="applicant|case_officer",
         note="合理期限由补正告知书载明，法律、法规没有统一规定；属市场监管部门规章的规定，其他领域没有此行"),
)  # fmt: skip

REFUSAL = (
    step("refuse_false_material", "隐瞒或虚假材料不予受理", when="filed", by="case_officer", to="not_accepted",
         under=xk("78"), stops="xk_deficiency_notice",
         needs=("隐瞒有关情况或者提供虚假材料已经查证属实", "已说明理由，并告知行政复议、行政诉讼的权利和期限"),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True, opens="enforcement.penalty_ordinary",
         note="第七十八条的警告属于行政处罚，另行立案"),
    step("refuse_false_material_safety", "隐瞒或虚假材料不予受理（安全健康财产事项）", when="filed", by="case_officer",
         to="not_accepted", under=xk("78"), starts=Start("xk_bar_false_material", owner="party"),
         stops="xk_deficiency_notice",
         needs=("隐瞒有关情况或者提供虚假材料已经查证属实", "申请事项直接关系公共安全、人身健康、生命财产安全",
                "已告知一年内不得再次申请该行政许可", "已说明理由，并告知行政复议、行政诉讼的权利和期限"),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True,
         note="限制申请期按申请人和许可种类记载，不随本案"),
    step("refuse_barred", "限制期内不予受理", when="filed", by="case_officer", to="not_accepted", under=xk("78", "79"),
         stops="xk_deficiency_notice",
         needs=(barred("xk_bar_false_material", "xk_bar_fraud"), "已告知限制申请期的截止日期",
                "已说明理由，并告知行政复议、行政诉讼的权利和期限"), gives="xk_non_acceptance_decision",
         tells="applicant", decides=True),
)  # fmt: skip

ACCEPTANCE = (
    step("accept", "受理", when="filed", by="window_clerk|case_officer", to="under_review",
         under=xk("32(1)(5)", "32(2)"), starts="xk_decide", stops="xk_deficiency_notice",
         needs=("该项权力现行有效且由本机关行使", "申请材料齐全、符合法定形式，或者已按告知书补正全部内容",
                not_barred("xk_bar_false_material", "xk_bar_fraud"), "加盖本机关专用印章并注明日期"),
         gives="xk_acceptance_notice", tells="applicant"),
    step("deem_accepted", "逾期未告知视为受理", when="filed", by=THE_LAW, to="under_review", under=xk("32(1)(4)"),
         starts=Start("xk_decide", since="opened"), stops="xk_deficiency_notice",
         needs=(expired("xk_deficiency_notice"), "法定期限内未告知任何需要补正的内容"),
         gives="xk_deemed_acceptance_note", tells="applicant|section_head",
         note="受理日期溯及收到申请之日，新的期限自该日起算", contested="补正之后能否视为受理存在争议"),
)  # fmt: skip
