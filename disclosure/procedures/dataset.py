"""Opening of a public data set (公共数据开放). 北京市数字经济促进条例 16, 18."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, final, state, statute, step

xx = statute("政府信息公开条例")
digital = statute("北京市数字经济促进条例")
data = statute("数据安全法")
bm = statute("保守国家秘密法")
personal = statute("个人信息保护法")
APPLICANT = "citizen|legal_person|agent"

STATES = (
    state(NEW, "（未编目）", "case_officer", reason="编目之前尚无案件"),
    state("catalogued", "已编目待定级", "case_officer", reason="以年度开放计划的日期为准"),
    state("classified", "已定开放类型待审查", "secrecy_reviewer", reason="已查阅的文本没有规定期限"),
    state("returned", "退回整改", "case_officer", reason="已查阅的文本没有规定期限"),
    state("cleared", "审查通过待发布", "head_of_disclosure_office", reason="已查阅的文本没有规定期限"),
    state("published", "已开放", "case_officer", reason="更新周期由元数据载明"),
    state("paused", "暂停开放", "head_of_disclosure_office", reason="风险消除或者下线时结束"),
    state("closed_class", "不予开放待复评", "head_of_disclosure_office", reason="定期复评，没有具体周期"),
    final("retired", "已下线"),
    final("rejected", "不纳入"),
)  # fmt: skip

STEPS = (
    step("catalogue", "编入公共数据目录", when=NEW, by="case_officer", to="catalogued", under=digital("16"),
         needs="已写明来源、持有单位、字段、更新周期和法律依据", gives="数据目录条目", tells="data_office"),
    step("ask_for_opening", "公众提出开放需求", when=NEW, by=APPLICANT, to="catalogued", under=digital("18(1)"),
         needs="需求导向：已说明用途", gives="需求接收凭证", tells="data_office"),
    step("decline_demand", "不纳入目录", when="catalogued", by="case_officer", to="rejected", under=digital("16", "18"),
         needs=("数据不存在或者本单位不持有", "已告知理由"), gives="需求答复", tells="proposer"),
    step("classify_unconditional", "定为无条件开放", when="catalogued|returned", by="case_officer", to="classified",
         under=digital("18(1)") + data("21", "41"),
         needs=("已写明数据分级", "经处理后不含个人信息、国家秘密和商业秘密"), gives="开放属性认定表",
         tells="secrecy_reviewer"),
    step("classify_conditional", "定为有条件开放", when="catalogued|returned", by="case_officer", to="classified",
         under=digital("18(1)") + data("21"), needs="开放条件客观且已公布", gives="开放属性认定表",
         tells="secrecy_reviewer"),
    step("classify_closed", "定为不予开放", when="catalogued|returned", by="case_officer", to="closed_class",
         under=data("41") + xx("14", "15", "16"), needs=("已写明理由", "可以开放的部分已拆分"), gives="开放属性认定表",
         tells="head_of_disclosure_office"),
    step("return_in_review", "审查退回", when="classified", by="secrecy_reviewer", to="returned",
         under=bm("35") + data("38") + personal("4", "73"), needs="已列明需要脱敏或者删除的内容",
         gives="xx_open_data_release", tells="case_officer", second_person=True),
    step("pass_review", "安全保密隐私审查通过", when="classified", by="secrecy_reviewer", to="cleared",
         under=bm("35") + data("38") + personal("4", "73"),
         needs=("已逐字段进行保密审查", "个人信息已匿名化并测试不可复原", "已考虑与已公开数据的关联",
                "审查人不是制作人"), gives="xx_open_data_release", tells="head_of_disclosure_office",
         second_person=True),
    step("publish", "发布开放", when="cleared", by="head_of_disclosure_office", to="published",
         under=digital("18(1)") + data("42"), needs=("已附许可协议、元数据、版本和校验值", "仅发布审查通过的文件"),
         gives="开放公告", tells="public", second_person=True),
    step("update", "更新版本", when="published", by="case_officer", to=SAME, under=digital("16"),
         needs=("结构和脱敏规则不变", "结构变化的须重新审查", "原版本保留"), tells="subscribers"),
    step("change_schema", "结构变更重新审查", when="published", by="case_officer", to="classified",
         under=digital("16") + bm("35"), needs=("字段或者来源变化", "原版本继续在线"), tells="secrecy_reviewer"),
    step("mark_update_overdue", "逾期未更新", when="published", by=THE_LAW, to=SAME, under=digital("16"),
         needs="元数据载明的更新周期已过", tells="case_officer|data_office", note="更新周期由元数据载明"),
    step("report_error", "公众报错", when="published", by=APPLICANT, to=SAME, under=digital("16"), gives="报错接收凭证",
         tells="case_officer"),
    step("correct_error", "校正数据", when="published", by="case_officer", to=SAME, under=digital("16"),
         needs=("发现错误", "更正内容在版本中注明"), tells="proposer|subscribers"),
    step("pause", "发现风险暂停开放", when="published", by="secrecy_reviewer", to="paused", under=data("38") + bm("35"),
         needs=("怀疑存在泄露、复原或者攻击", "立即采取措施"), gives="暂停开放通知",
         tells="public|security_administrator", second_person=True,
         note="《数据安全法》第二十九条的事件处置义务不在此列"),
    step("resume", "恢复开放", when="paused", by="head_of_disclosure_office", to="published", under=data("38", "41"),
         needs=("风险已消除", "重新审查通过"), gives="恢复开放通知", tells="public", second_person=True),
    step("review_again", "复评改为可开放", when="closed_class", by="head_of_disclosure_office", to="catalogued",
         under=xx("18") + data("41"), needs="情况已发生变化", gives="复评表", tells="data_office", second_person=True),
    step("retire", "下线", when="published|paused|closed_class", by="head_of_disclosure_office", to="retired",
         under=digital("16", "18"), needs=("已公布理由", "最后版本已归档", "已事先告知接口用户"), gives="下线公告",
         tells="public|subscribers", second_person=True),
)  # fmt: skip

DATASET = Procedure(
    "disclosure.dataset",
    "公共数据开放",
    STATES,
    STEPS,
    since=date(2023, 1, 1),
)
