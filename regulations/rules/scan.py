"""Looks through the articles of a document for what a document may not do. A help for who reviews, never a verdict. Pure.

A sentence is marked for words that set a licence, a penalty, coercion or a fee, or that cut rights or add duties; not
where it says that the law does so (依法, 依照《…》), forbids it, or speaks of the organs themselves. What is cited and
what stands in other documents is looked up by the caller (`regulations.queries.scan`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LICENCE, PENALTY, COERCION, FEE, RIGHTS = "licence", "penalty", "coercion", "fee", "rights"
LAPSED, UNKNOWN, DUPLICATE = "lapsed_law", "unknown_law", "duplicate"
REASONS = {
    LICENCE: "疑似设定行政许可",
    PENALTY: "疑似设定行政处罚",
    COERCION: "疑似设定行政强制",
    FEE: "疑似设定行政收费",
    RIGHTS: "疑似减损权利或者增加义务",
    LAPSED: "引用的法规、文件已失效、废止或者尚未施行",
    UNKNOWN: "引用的法规、文件没有收入法规库，未能核对",
    DUPLICATE: "与现行文件的内容重复",
}
# What forbids it. 国发〔2008〕17号 is kept as the procedures cite it.
BASES = {
    LICENCE: "《中华人民共和国行政许可法》第十七条",
    PENALTY: "《中华人民共和国行政处罚法》第十六条",
    COERCION: "《中华人民共和国行政强制法》第十条第四款、第十三条",
    FEE: "国发〔2008〕17号（十三）",
    RIGHTS: "国发〔2008〕17号（十三）、《优化营商环境条例》第六十四条",
    LAPSED: "",
    UNKNOWN: "",
    DUPLICATE: "",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspicious place: which kind, in which article (its anchor and number), the sentence, and why it was marked."""

    kind: str
    anchor: str
    label: str
    sentence: str
    words: str
    note: str = ""

    @property
    def reason(self) -> str:
        """In words for people, with what was found."""
        return f"{REASONS[self.kind]}（“{self.words}”）" + (f"：{self.note}" if self.note else "")

    @property
    def basis(self) -> str:
        """What forbids it; empty where it is a fault of drafting only."""
        return BASES[self.kind]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text with its place."""

    anchor: str
    label: str
    words: str


_ORGANS = r"(?:各部门|各单位|有关部门|主管部门|行政机关|各街道|街道办事处|区政府|委办局|起草单位|牵头部门|责任部门|预算单位|承办单位|成员单位|各区|各级|机关(?!事业单位以外)|执法人员|工作人员|审批部门|领导小组|办公室)"
_BY_LAW = re.compile(
    r"(?:依法|依照|依据|根据|按照)(?:有关)?(?:《|法律|法规|国家|本市|职责|规定|相关)|依法|法律、(?:行政)?法规(?:另有)?规定|法定(?!代表人)|国家规定|国务院(?:规定|决定)|(?:由|移送).{0,14}(?:依法|公安|司法)"
)
_NEGATED = {
    LICENCE: re.compile(r"(?:法制|合法性)审核|不得(?:作出决定|设定|增设|变相|以备案|要求.{0,10}(?:办理|取得))|取消.{0,16}(?:许可|审批|核准)|无需|不再|不需要|免于|改为备案"),
    PENALTY: re.compile(r"不得(?:以|设定|对|将|因|下达)|不予.{0,4}处罚|免予|罚缴分离|罚款(?:决定|收入|数额|票据|指标|收缴)|规范.{0,8}罚款|清理.{0,8}罚款|慎用"),
    COERCION: re.compile(r"全程|出示|不得(?:采取|设定|违法|擅自|滥用|对)?.{0,12}(?:查封|扣押|冻结|强制|停止供|断水)|严禁.{0,16}(?:查封|扣押|强制|断水)|避免|慎用|非强制|强制性(?:标准|条文|产品认证)|解除.{0,6}(?:查封|扣押|冻结)"),
    FEE: re.compile(r"(?:不得|不|禁止|严禁|停止|免予|无需).{0,10}(?:收取|收费|缴纳|征收)|免(?:收|缴|费|征)|减免|减收|退还|清理.{0,10}收费|取消.{0,14}(?:收费|费用)|降低.{0,10}(?:收费|费用)|涉企收费|收费(?:清单|公示|目录)|返还|补助"),
    RIGHTS: re.compile(r"不得(?:低于|高于|超过|少于|随意|擅自|以任何|设定|设置|限定|限制|排斥|歧视|要求.{0,12}(?:提供|提交)|强制要求|推诿|违法|指定|干预|出台|制定)|严禁|取消.{0,10}限制|放宽|不受限制|自愿|鼓励|可以(?!.{0,6}(?:拒绝|取消|限制))"),
}  # fmt: skip
_PEOPLE = r"(?:企业|经营者|经营主体|商户|个人|单位|市民|居民|业主|申请人|当事人|公民|法人|组织|用人单位|机构|摊主|车辆|养犬人|租户|承租人|出租人|房主|网点|店铺|市场主体|家庭|学校|培训机构|驾驶人|开发商|物业|施工单位|投标人|供应商|从业人员)"
_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    LICENCE: tuple(
        re.compile(pattern)
        for pattern in (
            r"未(?:经|取得|办理|获得).{0,24}(?:批准|许可|同意|审批|核准|审核|准入|资格|备案|登记)[^。；]{0,10}(?:不得|禁止|不准|不能)",
            r"(?:经|报).{0,24}(?:批准|审批|审核|核准|同意|许可)(?:合格)?(?:后|的)?[，,]?(?:方可|方能|才能|才可)",
            r"(?:应当|须|需|必须|应)(?:事先|先|提前)?(?:向.{0,24})?(?:申请|申领|办理|取得|领取|获得)[^。；]{0,20}(?:许可证?|准入证|资格证|上岗证|准营证|通行证|经营证|批准文件|审批手续|核准手续|准入手续)",
            r"(?:实行|实施|建立)[^。；]{0,14}(?:准入|许可|审批|核准|特许|资格)(?:制度|管理|制)",
            r"(?:取得|持有|凭)[^。；]{0,16}(?:许可证|准入证|资格证|上岗证|准营证|通行证|经营证)(?:后|的)?[，,]?(?:方可|方能|才能|才可)",
            r"(?:应当|须|必须)[^。；]{0,10}报[^。；]{0,20}(?:批准|审批|核准)(?![^。；]{0,4}机关)",
        )
    ),
    PENALTY: tuple(
        re.compile(pattern)
        for pattern in (
            r"处(?![理置分])(?:以)?[^。；]{0,24}(?:罚款|元)",
            r"(?:给予|予以|可以|并|一律)[^。；]{0,8}(?:罚款|行政处罚|警告|通报批评)",
            r"罚款\s*[一二三四五六七八九十百千万\d]+",
            r"没收[^。；]{0,12}(?:违法所得|非法|财物|物品|工具|收入|所得)",
            r"责令(?:停产停业|停业整顿|停产整顿|关闭|停业)",
            r"(?:吊销|暂扣|收回|注销)[^。；]{0,14}(?:许可证|执照|资质|证书|资格证)",
            r"降低[^。；]{0,8}资质等级|限制[^。；]{0,16}从业|限制开展生产经营",
        )
    ),
    COERCION: tuple(
        re.compile(pattern)
        for pattern in (
            r"(?:予以|可以|有权|一律|将|应当|先行)[^。；]{0,10}(?:查封|扣押|冻结|扣留|暂扣|划拨)",
            r"冻结[^。；]{0,6}(?:账户|存款|资产|财产)",
            r"(?:查封|扣押|扣留)(?:其|有关|相关|场所|设施|财物|车辆|物品|工具|经营)",
            r"强制(?:拆除|搬离|清除|清理|驱离|带离|执行|隔离|检测|腾退|拖离|收容|戒除|报废)|强行(?:拆除|进入|带离|清理|拖离|腾退)",
            r"停止(?:供应|供给|供)(?:水|电|气|热)|断水断电|切断[^。；]{0,6}(?:水|电|气)",
            r"(?:代为|代)(?:拆除|清除|清理)[^。；]{0,16}费用由|代履行",
            r"加处[^。；]{0,6}(?:罚款|滞纳金)|每日[^。；]{0,12}(?:滞纳金|加收)",
        )
    ),
    FEE: tuple(
        re.compile(pattern)
        for pattern in (
            r"(?:收取|征收|加收|缴纳|交纳|缴存|预交|预缴)(?![的、])[^。；]{0,18}(?:费|保证金|押金|(?<!滞纳)金(?!额)|款项)",
            r"收费标准(?:为|是|按|：|每)|按[^。；]{0,14}元[^。；]{0,10}(?:收取|缴纳|交纳|计收)",
            r"(?:费|保证金|押金|工本费)[^。；]{0,8}(?:标准)?(?:为|按)?每[^。；]{0,10}元",
            r"有偿(?:提供|使用)[^。；]{0,12}元",
        )
    ),
    RIGHTS: tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_PEOPLE}[^。；]{{0,20}}(?:一律)?不得[^。；]{{2,}}",
            r"(?:一律|概)不(?:予|再)?(?:受理|办理|登记|注册|批准|接收|补助|参评|准入)|不予(?:受理|办理|登记|注册|拨付|安排|落户|入学|备案)",
            rf"(?:必须|只能|只准|仅限)[^。；]{{0,6}}(?:在|由|到|使用|购买|选用|委托|通过|采用|本)|{_PEOPLE}[^。；]{{0,10}}(?:必须|只能|只准)(?![把从以坚])",
            r"指定(?:的)?(?:单位|机构|企业|供应商|厂家|商家|平台|银行|场所)(?:购买|办理|采购|检测|安装|承担|投保|进行)",
            r"(?:限制|禁止)[^。；]{0,14}(?:外地|外来|非本[市区地]|非京籍|外埠|户籍)|(?:外地|外来|外埠|非本[市区地])[^。；]{0,30}(?:不得|应当[^。；]{0,8}设立|须|必须|限制)",
            r"(?:取消|暂停|停止)(?:其|该|申请人)?[^。；]{0,12}(?:资格|待遇|补贴|办理|受理|权利)|列入[^。；]{0,6}(?:黑名单|失信)|纳入[^。；]{0,6}(?:黑名单|失信)",
            rf"{_PEOPLE}[^。；]{{0,14}}(?:应当|须|应)[^。；]{{0,6}}(?:自行承担|承担|负担|出资|自费|缴存|投保|购买|安装|配备|签订|提交|提供|报送|接受|配合)[^。；]{{1,}}",
            r"(?:优先|只)[^。；]{0,4}(?:采购|购买|选用|使用)(?:本[市区地]|区内|辖区)",
        )
    ),
}
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_INTERNAL = re.compile(rf"^[（(]?[一二三四五六七八九十\d]*[)）、.．]?\s*{_ORGANS}")


def suspicions(passages: Iterable[Passage]) -> Iterator[Finding]:
    """The suspicious sentences in their order; of each kind one finding for a sentence."""
    for passage in passages:
        for match in _SENTENCE.finditer(passage.words):
            sentence = match[0].strip()
            for kind, words in kinds(sentence):
                yield Finding(kind, passage.anchor, passage.label, sentence, words)


def kinds(sentence: str) -> Iterator[tuple[str, str]]:
    """Which kinds of suspicion a sentence raises, each with the words that do."""
    if _INTERNAL.search(sentence):
        return  # what organs owe to one another
    if _BY_LAW.search(sentence):
        return
    found_any = False
    for kind, patterns in _PATTERNS.items():
        # What sets a licence or a fee adds a duty as well: that is said once.
        if _NEGATED[kind].search(sentence) or (kind == RIGHTS and found_any):
            continue
        for pattern in patterns:
            if found := pattern.search(sentence):
                found_any = True
                yield kind, found[0]
                break


def long_sentences(passages: Iterable[Passage], least: int = 25) -> Iterator[tuple[Passage, str]]:
    """The longest sentence of each passage, where it is long enough to be nobody else's by chance."""
    for passage in passages:
        longest = max((match[0].strip("。； ") for match in _SENTENCE.finditer(passage.words)), key=len, default="")
        if len(longest) >= least:
            yield passage, longest
