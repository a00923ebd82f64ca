"""Use of conditionally opened data (有条件开放数据使用). 北京市数字经济促进条例 18."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, final, state, statute, step

digital = statute("北京市数字经济促进条例")
data = statute("数据安全法")
APPLICANT = "citizen|legal_person|agent"

STATES = (
    state(NEW, "（未申请）", APPLICANT, reason="申请之前尚无案件"),
    state("requested", "有条件开放申请待审核", "head_of_disclosure_office", reason="已查阅的文本没有规定期限"),
    state("approved", "待签协议", APPLICANT, reason="已查阅的文本没有规定期限"),
    state("in_use", "使用中", "head_of_disclosure_office", reason="以协议载明的期限为准"),
    final("refused", "不予开放使用"),
    final("ended", "使用终止"),
    final("withdrawn", "撤回"),
)  # fmt: skip

STEPS = (
    step("request_access", "申请使用有条件开放数据", when=NEW, by=APPLICANT, to="requested", under=digital("18(1)"),
         needs=("该数据集为有条件开放且已公布", "已说明用途和保护措施"), gives="申请回执", tells="data_holder"),
    step("approve_access", "同意", when="requested", by="head_of_disclosure_office", to="approved",
         under=digital("18(1)"), needs="符合公布的开放条件", gives="同意使用通知", tells="applicant", decides=True,
         second_person=True),
    step("refuse_access", "不同意", when="requested", by="head_of_disclosure_office", to="refused",
         under=digital("18(1)"), needs=("已写明不符合的开放条件", "已说明理由，并告知行政复议、行政诉讼的权利和期限"),
         gives="不予使用告知书", tells="applicant", decides=True, second_person=True, note="按可诉决定处理",
         contested="适用何种救济途径"),
    step("sign_agreement", "签订开放利用协议", when="approved", by=APPLICANT, to="in_use", under=digital("18(1)"),
         needs=("身份已核验", "双方已签署协议", "已发放密钥"), gives="数据利用协议", tells="data_holder"),
    step("report_use", "报告使用情况", when="in_use", by=APPLICANT, to=SAME, under=digital("18(1)"), gives="使用报告",
         tells="data_holder"),
    step("end_by_expiry", "协议到期终止", when="in_use", by=THE_LAW, to="ended", under=digital("18(1)"),
         needs="协议载明的终止日期已到", tells="applicant|data_holder", note="以协议载明的日期为准"),
    step("end_for_breach", "违约终止", when="in_use", by="head_of_disclosure_office", to="ended",
         under=digital("18(1)") + data("38"),
         needs=("已记录违约事实", "已听取使用人的意见", "已说明理由，并告知行政复议、行政诉讼的权利和期限"),
         gives="终止使用决定书", tells="applicant", decides=True, second_person=True),
    step("withdraw", "撤回申请", when="requested|approved", by=APPLICANT, to="withdrawn", under=digital("18(1)"),
         gives="撤回确认书", tells="data_holder", verified=False),
)  # fmt: skip

DATASET_ACCESS = Procedure(
    "disclosure.dataset_access",
    "有条件开放数据使用",
    STATES,
    STEPS,
    since=date(2023, 1, 1),
)
