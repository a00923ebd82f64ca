"""Administrative penalty on the spot (行政处罚简易程序). 行政处罚法 51-53."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, Start, expired, final, state, statute, step, taken

cf = statute("行政处罚法")
qz = statute("行政强制法")
samr = statute("市场监督管理行政处罚程序规定")
bjcf = statute("北京市实施行政处罚程序若干规定")

STATES = (
    state("on_spot", "现场处理", "case_officer", reason="当场决定，没有期限"),
    state("decided", "已当场决定", "case_officer", "bj_onspot_file"),
    state("filed", "已备案履行中", "case_officer", "samr_summary_file",
          reason="缴款期限在罚款缴纳案件中计算；市场监管案件有归档期限"),
    final("switched", "已转普通程序"),
    final("closed", "已结案"),
)  # fmt: skip

STEPS = (
    step("open_on_spot", "当场查处", when=NEW, by="case_officer", to="on_spot", under=cf("51", "52", "42"),
         needs=("违法事实确凿并有法定依据", "罚款数额在当场处罚限额以内，或者仅为警告", "已出示执法证件",
                "执法人员具有行政执法资格"),
         contested="当场处罚是否须两名执法人员（第四十二条一般规则与部门规定不一致）"),
    step("tell_and_hear", "当场告知并听取申辩", when="on_spot", by="case_officer", to=SAME, under=cf("44", "45"),
         needs="已告知事实、理由、依据、内容和权利", gives="当场告知记录", tells="party"),
    step("switch_to_ordinary", "转普通程序", when="on_spot", by="case_officer", to="switched", under=cf("54"),
         needs="超过当场处罚限额，或者事实有争议、不清楚", opens="enforcement.penalty_ordinary"),
    step("no_penalty_on_spot", "当场不予处罚", when="on_spot", by="case_officer", to="closed", under=cf("33"),
         needs=("已记录第三十条、第三十一条或者第三十三条规定的理由", "已对当事人进行教育"),
         gives="cf_education_record", tells="party"),
    step("decide_on_spot", "当场作出处罚决定", when="on_spot", by="case_officer", to="decided", under=cf("51", "52"),
         starts=("bj_onspot_file", Start("fy_apply", since="served", owner="decision")),
         needs=(taken("已告知并听取意见", "tell_and_hear"), "使用预定格式、编有号码的决定书", "执法人员已签名",
                "已注明应当先申请行政复议"), gives="cf_onspot_decision", tells="party", decides=True,
         note="当场交付；拒绝签收的注明；应当先申请行政复议（行政复议法第二十三条第一款第一项），不起算直接起诉期限"),
    step("file_with_organ", "报所属机关备案", when="decided", by="case_officer", to="filed", under=cf("52(3)"),
         starts="samr_summary_file", stops="bj_onspot_file", gives="cf_onspot_filing",
         note="两个工作日：《北京市实施行政处罚程序若干规定》第七条；归档期限仅适用于市场监管案件"),
    step("filing_overdue", "备案逾期", when="decided", by=THE_LAW, to=SAME, under=bjcf("7"),
         needs=expired("bj_onspot_file"), tells="section_head"),
    step("open_payment", "转缴款", when="filed", by="case_officer", to=SAME, under=cf("53", "67"),
         opens="enforcement.fine_payment", note="银行缴款"),
    step("open_on_spot_collection", "当场收缴", when="decided|filed", by="case_officer", to=SAME, under=cf("68", "69"),
         needs="罚款一百元以下，或者不当场收缴事后难以执行，或者在边远地区由当事人提出",
         opens="enforcement.fine_payment", note="当场收缴"),
    step("remedies_expire", "救济期届满", when="filed", by=THE_LAW, to=SAME, under=qz("53"), stops="fy_apply",
         needs=(expired("fy_apply"), "未申请行政复议"), note="期限属于处罚决定，可能晚于本案办结"),
    step("archive_overdue", "归档逾期", when="filed", by=THE_LAW, to=SAME, under=samr("70"),
         needs=expired("samr_summary_file"), tells="section_head"),
    step("correct_on_review", "备案审查纠正", when="filed", by="head_of_organ", to="closed", under=cf("75(2)"),
         needs="发现错误", gives="撤销（变更）决定书", tells="party", decides=True, second_person=True),
    step("note_annulled", "处罚被撤销", when="filed", by="case_officer", to="closed", under=cf("48(2)"),
         needs="撤销决定已送达"),
    step("close", "结案归档", when="filed", by="case_officer", to="closed", under=cf("47", "53"),
         stops="samr_summary_file", needs="罚款缴纳案件已缴清或者终结，或者仅为警告"),
)  # fmt: skip

PENALTY_SIMPLE = Procedure(
    "enforcement.penalty_simple",
    "行政处罚简易程序",
    STATES,
    STEPS,
    since=date(2021, 7, 15),
    under_power=cf("17"),
)
