"""What must be read on each paper of the licensing table, element by element, as the diary that gives it says it.

The elements are those that the register of papers demands; the words beside each are what this diary puts there.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.approvals.stories import acceptance, examination, hearing, hidden, intake
from tests.approvals.stories.diary import Story

COMPANY, ITEM, ORGAN = "示例（北京）餐饮管理有限公司", "食品经营许可（新办）", "北京市东城区市场监督管理局"
REMEDIES = {
    "复议权利": "六十日内向北京市东城区人民政府申请行政复议",
    "诉讼权利": "六个月内依法向有管辖权的人民法院提起行政诉讼",
}


@dataclass(frozen=True)
class Printed:
    """A paper, the diary out of which it comes, and its elements. `sealed`: red seal and electronic signature."""

    code: str
    story: Story
    elements: dict[str, str]
    sealed: bool = False


PRINTED = (
    Printed("xk_intake_receipt", intake.DEFICIENCY, {
        "申请人": COMPANY, "事项": ITEM, "材料名称、份数": "保证食品安全的规章制度电子件1",
        "收件时间": "2026年4月3日16时00分", "收件点": "网上申请（北京市东城区政务服务门户）", "查询码": "查询码",
    }, sealed=True),
    Printed("xk_deficiency_notice", intake.DEFICIENCY, {
        "文号": "许补〔2026〕1号", "申请事项": ITEM, "收到日期": "2026年4月3日",
        "需补正的全部内容": "布局图没有标明面积", "需补正的全部内容（第二项）": "缺少食品安全事故处置制度",
        "逾期不告知视为受理的提示": "逾期不告知的，自收到申请材料之日起即为受理",
        "补正方式": "请于2026年4月24日以前，登录门户在“我的办件”中上传", "经办人": "officer示例",
        "机关和日期": "2026年4月9日",
    }, sealed=True),
    Printed("xk_acceptance_notice", intake.DEFICIENCY, {
        "文号": "许受〔2026〕1号", "申请人": COMPANY, "事项": ITEM, "受理日期": "2026年4月21日",
        "法定时限": "20个工作日，至2026年5月21日", "承诺时限": "8个工作日，至2026年5月6日", "查询方式": "查询码",
        "机关": ORGAN,
    }, sealed=True),
    Printed("xk_deemed_acceptance_note", intake.SILENCE, {
        "文号": "许视〔2026〕1号", "收到日": "2026年2月12日", "五个工作日届满日": "2026年2月26日五个工作日届满",
        "依据": "第三十二条第一款第四项“逾期不告知的，自收到申请材料之日起即为受理”", "机关": ORGAN,
    }, sealed=True),
    Printed("xk_not_required_notice", intake.NOT_NEEDED, {
        "文号": "许无〔2026〕1号", "事项": ITEM, "依法不需要许可的依据": "从事该活动依法不需要取得行政许可",
        "日期": "2026年3月2日", **REMEDIES,
    }, sealed=True),
    Printed("xk_non_acceptance_decision", intake.NOT_OURS, {
        "文号": "许不受〔2026〕1号", "申请人": COMPANY, "事项": ITEM,
        "不属本机关职权的认定": "该申请事项依法不属于本机关职权范围",
        "应向哪一机关申请": "请向北京市西城区市场监督管理局提出申请", "理由": "申请的场所位于西城区",
        "依据": "第三十二条第一款第二项", "日期": "2026年3月2日", **REMEDIES,
    }, sealed=True),
    Printed("xk_on_spot_correction", acceptance.ON_THE_SPOT, {
        "可当场更正的错误": "经营场所布局图、设备设施和操作流程说明", "更正前": "示例街10号", "更正后": "示例街1号",
        "申请人确认": "由申请人citizen示例本人确认", "时间": "2026年3月2日9时30分", "签名": "申请人",
    }),
    Printed("xk_licence", acceptance.ON_THE_SPOT, {
        "编号": "许证〔2026〕1号", "被许可人": COMPANY, "事项": "食品经营许可", "证件名称": "食品经营许可证",
        "有效期": "自2026年3月2日起至2031年3月1日止", "发证日期": "2026年3月2日", "二维码": "/v/",
    }, sealed=True),
    Printed("xk_grant_decision", acceptance.ON_THE_SPOT, {
        "文号": "许准〔2026〕1号", "被许可人": COMPANY, "许可事项": ITEM, "范围": "与申请书载明的内容一致",
        "期限": "自2026年3月2日起至2031年3月1日止", "书面形式": "准予行政许可决定书", "依据": "第三十四条第二款",
        "机关印章日期": "2026年3月2日", "公开告知": "公众有权查阅", **REMEDIES,
    }, sealed=True),
    Printed("sy_service_receipt", acceptance.ON_THE_SPOT, {
        "收到日期": "2026年3月17日", "签收人": "王示例", "文书名称": "准予行政许可决定书",
        "文号": "许准〔2026〕1号", "送达地点": "网上送达", "送达方式": "电子送达", "送达人": "officer示例",
        "受送达人": COMPANY, "拒收事由、见证人": "拒收", "代收人身份": "代收",
    }),
    Printed("xk_withdraw_application_note", acceptance.ON_THE_SPOT, {
        "文号": "许撤申〔2026〕1号", "申请人意思表示": "不再开店", "撤回日期": "2026年3月19日",
        "材料退还": "纸质材料的原件退还申请人",
    }, sealed=True),
    Printed("xk_commitment_letter", acceptance.COMMITMENT, {
        "告知的条件、标准": "具有与经营的食品品种、数量相适应", "承诺符合条件": "承诺已经符合",
        "未履行承诺的后果": "责令限期整改", "虚假承诺的后果": "直接撤销决定", "申请人签章": COMPANY,
        "机关": ORGAN,
    }, sealed=True),
    Printed("xk_lower_review_opinion", acceptance.SUPERIOR_REFUSES, {
        "文号": "许初〔2026〕1号", "初审意见": "场所不符合条件", "全部申请材料": "保证食品安全的规章制度",
        "受理日期": "2026年3月3日", "机关": ORGAN,
    }, sealed=True),
    Printed("xk_verification_record", examination.VERIFICATION, {
        "第一名工作人员": "second示例", "第二名工作人员": "third示例", "核查内容": "场所布局",
        "现场情况": "场所与图纸一致", "核查结论": "核查结论：符合", "签名": "被核查人", "照片": "照片",
        "执法证号": "110101002",
    }),
    Printed("xk_extension_notice", examination.EXTENSION, {
        "文号": "许延〔2026〕1号", "原期限": "2026年3月31日", "延长日数": "10个工作日", "延长后": "2026年4月15日",
        "延长理由": "需要向有关部门核实", "批准人": "本机关负责人head示例",
    }, sealed=True),
    Printed("xk_excluded_time_notice", examination.SPECIAL_TIME, {
        "文号": "许时〔2026〕1号", "程序种类": "专家评审", "所需时间": "自2026年3月4日起至2026年3月10日止，共7日",
        "不计入期限的依据": "第四十五条的规定，上述时间不计算在作出行政许可决定的期限内",
    }, sealed=True),
    Printed("xk_refusal_decision", examination.SPECIAL_TIME, {
        "文号": "许不〔2026〕1号", "申请人": COMPANY, "事项": ITEM, "不予许可的理由": "检测结果不符合国家标准",
        "不予许可的理由（第二项）": "布局不合理", "依据": "第三十八条第二款", "机关": ORGAN, "日期": "2026年3月25日",
        **REMEDIES,
    }, sealed=True),
    Printed("xk_termination_decision", examination.TERMINATED, {
        "文号": "许终〔2026〕1号", "申请人": COMPANY, "事项": ITEM, "终止办理的理由": "申请人已经终止",
        "依据": "《市场监督管理行政许可程序暂行规定》第三十条", "日期": "2026年4月9日", **REMEDIES,
    }, sealed=True),
    Printed("xk_third_party_notice", hearing.ASKED_BY_A_NEIGHBOUR, {
        "文号": "许利〔2026〕1号", "许可事项": ITEM, "直接关系其重大利益的内容": "油烟排放影响楼上住户",
        "陈述申辩权": "你有权进行陈述和申辩，本机关将听取你的意见", "期限": "2026年3月11日以前", "收件人": "赵示例",
    }, sealed=True),
    Printed("xk_statement_record", hearing.ASKED_BY_A_NEIGHBOUR, {
        "时间": "2026年3月5日10时00分", "地点": "网上提交", "陈述人": "stranger示例", "意见": "排烟口正对窗户",
        "核对": "核对", "签名": "陈述人",
    }),
    Printed("xk_hearing_right_notice", hearing.ASKED_BY_A_NEIGHBOUR, {
        "文号": "许听告〔2026〕1号", "许可事项": ITEM, "重大利益关系": "油烟排放影响楼上住户",
        "收件人": "示例（北京）餐饮管理有限公司、赵示例", "要求听证的权利": "要求举行听证",
        "5日内提出": "自收到本告知书之日起五个工作日内",
        "不承担费用": "不承担听证费用",
    }, sealed=True),
    Printed("xk_hearing_notice", hearing.ASKED_BY_A_NEIGHBOUR, {
        "文号": "许听通〔2026〕1号", "收件人": "示例（北京）餐饮管理有限公司、赵示例",
        "时间": "2026年3月31日上午9时30分", "地点": "区政务服务中心听证室",
        "主持人": "third示例", "申请回避权": "有权申请回避", "7日前送达": "2026年3月20日",
    }, sealed=True),
    Printed("xk_hearing_record", hearing.ASKED_BY_A_NEIGHBOUR, {
        "主持人": "third示例", "参加人": "利害关系人赵示例", "审查意见的证据理由": "现场图纸",
        "申辩质证": "排烟口正对窗户", "参加人确认签字盖章": "参加人",
    }),
    Printed("xk_hearing_announcement", hearing.PUBLIC, {
        "文号": "许听公〔2026〕1号", "事项": ITEM, "时间": "2026年3月30日", "地点": "区政务服务中心听证室",
        "参加方式": "三月二十日以前报名", "公告依据": "《娱乐场所管理条例》第十条",
    }, sealed=True),
    Printed("xk_non_acceptance_decision", hidden.ONE_YEAR, {
        "理由": "检测报告系伪造", "依据": "第七十八条", "不得再次申请": "一年内不得再次申请该行政许可",
        "限制期": "至2027年3月4日止", **REMEDIES,
    }, sealed=True),
)  # fmt: skip
