"""The wordings that the scan looks for, and those that excuse a sentence. Pure data; `scan` and `beyond` say what
becomes of them.

`..` stands for anything within the sentence, `..12` for at most 12 signs of it, a list in brackets for one of its
words.
"""

from __future__ import annotations

import re

LICENCE, PENALTY, COERCION, FEE, RIGHTS = "licence", "penalty", "coercion", "fee", "rights"

_ORGANS = (
    "各部门 各单位 有关部门 主管部门 行政机关 各街道 街道办事处 区政府 委办局 起草单位 牵头部门 责任部门 "
    "预算单位 承办单位 成员单位 各区 各级 机关 执法人员 工作人员 审批部门 领导小组 办公室"
)
_PEOPLE = (
    "企业 经营者 经营主体 商户 个人 单位 市民 居民 业主 申请人 当事人 公民 法人 组织 用人单位 机构 摊主 车辆 "
    "养犬人 租户 承租人 出租人 房主 网点 店铺 市场主体 家庭 学校 培训机构 "
    "驾驶人 开发商 物业 施工单位 投标人 供应商 从业人员"
)
_PAPERS = "许可证 准入证 资格证 上岗证 准营证 通行证 经营证"
_OUTSIDERS = "外地 外来 外埠 非本市 非本区 非本地"


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


def _compiled(written: str) -> re.Pattern[str]:
    """A wording as a pattern: its lists and its gaps written out."""
    lists = re.sub(r"\[([^\]^][^\]]*)\]", lambda found: _any(found[1]), written)
    return re.compile(re.sub(r"\.\.(\d*)", lambda found: f"[^。；]{{0,{found[1]}}}", lists))


def _all(*written: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(each) for each in written)


# A sentence that begins with one of them speaks of what organs owe to one another.
INTERNAL = re.compile(rf"^[（(]?[一二三四五六七八九十\d]*[)）、.．]?\s*{_any(_ORGANS)}")
# A sentence that rests on a law, or leaves the matter to whom the law gives it.
BY_LAW = _all(
    "[依法 依照 依据 根据 按照][有关]?[《 法律 法规 国家 本市 职责 规定 相关]",
    "依法",
    "法律、[行政]?法规[另有]?规定",
    "法定(?!代表人)|国家规定|国务院[规定 决定]",
    "[由 移送]..14[依法 公安 司法]",
)
SETS: dict[str, tuple[re.Pattern[str], ...]] = {
    LICENCE: _all(
        "未[经 取得 办理 获得]..24[批准 许可 同意 审批 核准 审核 准入 资格 备案 登记]..10[不得 禁止 不准 不能]",
        "[经 报]..24[批准 审批 审核 核准 同意 许可][合格]?[后 的]?，?[方可 方能 才能 才可]",
        "[应当 须 需 必须 应][事先 先 提前]?(?:向..24)?[申请 申领 办理 取得 领取 获得]..20"
        f"[许可证? {_PAPERS} 批准文件 审批手续 核准手续 准入手续]",
        "[实行 实施 建立]..14[准入 许可 审批 核准 特许 资格][制度 管理 制]",
        f"[取得 持有 凭]..16[{_PAPERS}][后 的]?，?[方可 方能 才能 才可]",
        "[应当 须 必须]..10报..20[批准 审批 核准](?!..4机关)",
    ),
    PENALTY: _all(
        "处(?!理|置|分)以?..24[罚款 元]",
        "[给予 予以 可以 并 一律]..8[罚款 行政处罚 警告 通报批评]",
        r"罚款\s*(?:\d|[一 二 三 四 五 六 七 八 九 十 百 千 万])",
        "没收..12[违法所得 非法 财物 物品 工具 收入 所得]",
        "责令[停产停业 停业整顿 停产整顿 关闭 停业]",
        "[吊销 暂扣 收回 注销]..14[许可证 执照 资质 证书 资格证]",
        "降低..8资质等级|限制..16从业|限制开展生产经营",
    ),
    COERCION: _all(
        "[予以 可以 有权 一律 将 应当 先行]..10[查封 扣押 冻结 扣留 暂扣 划拨]",
        "冻结..6[账户 存款 资产 财产]",
        "[查封 扣押 扣留][其 有关 相关 场所 设施 财物 车辆 物品 工具 经营]",
        "强制[拆除 搬离 清除 清理 驱离 带离 执行 隔离 检测 腾退 拖离 收容 戒除 报废]",
        "强行[拆除 进入 带离 清理 拖离 腾退]",
        "停止[供应 供给 供][水 电 气 热]|断水断电|切断..6[水 电 气]",
        "[代为 代][拆除 清除 清理]..16费用由|代履行",
        "加处..6[罚款 滞纳金]|每日..12[滞纳金 加收]",
    ),
    FEE: _all(
        "[收取 征收 加收 缴纳 交纳 缴存 预交 预缴](?!的|、)..18(?:[费 保证金 押金 款项]|(?<!滞纳)金(?!额))",
        "收费标准[为 是 按 ： 每]|按..14元..10[收取 缴纳 交纳 计收]",
        "[费 保证金 押金 工本费]..8每..10元",
        "有偿[提供 使用]..12元",
    ),
    RIGHTS: _all(
        f"[{_PEOPLE}]..20不得[^。；]",
        "[一律 概]不[予 再]?[受理 办理 登记 注册 批准 接收 补助 参评 准入]",
        "不予[受理 办理 登记 注册 拨付 安排 落户 入学 备案]",
        "[必须 只能 只准 仅限]..6[在 由 到 使用 购买 选用 委托 通过 采用 本]",
        f"[{_PEOPLE}]..10[必须 只能 只准](?!把|从|以|坚)",
        "指定的?[单位 机构 企业 供应商 厂家 商家 平台 银行 场所][购买 办理 采购 检测 安装 承担 投保 进行]",
        f"[限制 禁止]..14[{_OUTSIDERS} 非京籍 户籍]",
        f"[{_OUTSIDERS}]..30(?:[不得 须 必须 限制]|应当..8设立)",
        "[取消 暂停 停止][其 该 申请人]?..12[资格 待遇 补贴 办理 受理 权利]",
        "[列入 纳入]..6[黑名单 失信]",
        f"[{_PEOPLE}]..14[应当 须 应]..6"
        "[自行承担 承担 负担 出资 自费 缴存 投保 购买 安装 配备 签订 提交 提供 报送 接受 配合][^。；]",
        "[优先 只]..4[采购 购买 选用 使用][本市 本区 本地 区内 辖区]",
    ),
}
# What takes the suspicion away: the sentence forbids it, ends it, or speaks of how it is done.
EXCUSES: dict[str, tuple[re.Pattern[str], ...]] = {
    LICENCE: _all(
        "[法制 合法性]审核",
        "不得[作出决定 设定 增设 变相 以备案]|不得要求..10[办理 取得]",
        "取消..16[许可 审批 核准]|无需|不再|不需要|免于|改为备案",
    ),
    PENALTY: _all(
        "不得[以 设定 对 将 因 下达]|不予..4处罚|免予|罚缴分离|慎用",
        "罚款[决定 收入 数额 票据 指标 收缴]|[规范 清理]..8罚款",
    ),
    COERCION: _all(
        "全程|出示|避免|慎用|非强制|强制性[标准 条文 产品认证]",
        "不得..14[查封 扣押 冻结 强制 停止供 断水]|严禁..16[查封 扣押 强制 断水]|解除..6[查封 扣押 冻结]",
    ),
    FEE: _all(
        "[不得 不 禁止 严禁 停止 免予 无需]..10[收取 收费 缴纳 征收]|免[收 缴 费 征]|减免|减收|退还|返还|补助",
        "清理..10收费|[取消 降低]..14[收费 费用]|涉企收费|收费[清单 公示 目录]",
    ),
    RIGHTS: _all(
        "不得[低于 高于 超过 少于 随意 擅自 以任何 设定 设置 限定 限制 排斥 歧视 强制要求]",
        "不得[推诿 违法 指定 干预 出台 制定]",
        "不得要求..12[提供 提交]|严禁|取消..10限制|放宽|不受限制|自愿|鼓励|可以(?!..6[拒绝 取消 限制])",
    ),
}

# Who is given a time by a clause: whichever of the two is named first.
PEOPLE = _compiled(f"[{_PEOPLE}]|(?<!负责)人(?![员民事口力次数])|[营用有产办]者")
ORGANS = _compiled(f"[{_ORGANS} 部门 公安机关 区政府 管委会 执法局 市场监管局]|[区市][^，。；]{{1,8}}[局委]")
_Measures = tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def _each(*written: tuple[str, str]) -> _Measures:
    return tuple((_compiled(said), _compiled(known)) for said, known in written)


# Measures by what a draft says and what an article must say for it; a general word of the article covers each of them.
_ANY_PENALTY, _ANY_COERCION = "行政处罚", "行政强制|强制措施|强制执行"
MEASURES: dict[str, _Measures] = {
    PENALTY: _each(
        ("警告", f"警告|{_ANY_PENALTY}"),
        ("通报批评", f"通报批评|{_ANY_PENALTY}"),
        ("罚款", f"罚款|{_ANY_PENALTY}"),
        ("没收", f"没收|{_ANY_PENALTY}"),
        ("责令[停产停业 停业整顿 停产整顿 停业 关闭]|停业整顿|停产停业", f"停业|停产|关闭|{_ANY_PENALTY}"),
        ("吊销", f"吊销|{_ANY_PENALTY}"),
        ("暂扣..8[许可证 执照 证书 驾驶证]", f"暂扣|{_ANY_PENALTY}"),
        ("降低..8资质等级", f"降低|{_ANY_PENALTY}"),
        ("限制..16从业|限制开展生产经营", f"不得从事|从业|限制开展|{_ANY_PENALTY}"),
        ("拘留", f"拘留|{_ANY_PENALTY}"),
    ),
    COERCION: _each(
        ("查封", f"查封|{_ANY_COERCION}"),
        ("扣押|扣留|暂扣(?!..8[证 照])", f"扣押|扣留|暂扣|{_ANY_COERCION}"),
        ("冻结", f"冻结|{_ANY_COERCION}"),
        ("[强制 强行]拆除", f"拆除|{_ANY_COERCION}"),
        (
            "[强制 强行][搬离 清除 清理 驱离 带离 隔离 检测 腾退 拖离]",
            f"清除|清理|带离|隔离|腾退|拖离|拖移|{_ANY_COERCION}",
        ),
        ("停止[供应 供给 供][水 电 气 热]|断水断电|切断..6[水 电 气]", "停止供|供水|供电|切断"),
        ("代为[拆除 清除 清理]|代[拆除 清除 清理]..16费用由|代履行", "代为|代履行|代清|代拆"),
        ("加处罚款", "加处罚款"),
        ("滞纳金", "滞纳金"),
        ("划拨", "划拨|强制执行"),
    ),
    FEE: _each(
        ("保证金|押金", "保证金|押金|担保"),
        ("[收取 征收 加收 缴纳 交纳 收]..14费", "费|税|有偿"),
    ),
    LICENCE: _each(
        ("[许可证 准入证 资格证 上岗证 准营证 通行证 经营证]", "许可|资格|证书|执照|准许"),
        ("[经 报]..20[批准 审批 核准 同意 许可]", "批准|审批|核准|同意|许可|准许|审查决定"),
        ("备案", "备案|批准|许可"),
    ),
}
_DUTY = "[应当 必须 须 应 方可 同时]..16"
BURDENS = _each(
    (f"{_DUTY}[参加 接受 完成]..8培训|培训合格", "培训|考核|考试"),
    (f"{_DUTY}[投保 购买]..10保险|提供保险", "保险"),
    (f"{_DUTY}公证", "公证"),
    (f"{_DUTY}[检测 检验 鉴定 评估 评价 审计 认证][报告 意见 证明 合格]", "检测|检验|鉴定|评估|评价|审计|认证"),
    (f"{_DUTY}[体检 健康证明]", "健康|体检"),
    (f"{_DUTY}无犯罪记录", "犯罪"),
    ("(?:具有|属于|限于|仅限)..4本[市 区][户籍 户口]|本[市 区]户籍", "户籍|户口"),
    ("[列入 纳入 记入]..8[黑名单 失信]", "失信|信用|黑名单"),
    ("[取消 停止]..8[资格 补贴 待遇]", "取消|停止|撤销"),
    (f"{_DUTY}承诺书", "承诺"),
)
