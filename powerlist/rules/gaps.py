"""Where the words of an article seem to give a power to a kind of organ. Pure; it reads words, it does not judge."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How the law calls the organs of a district, the longer names first; whatever is not here is not found.
ORGANS = {
    "市场监督管理": "市场监督管理|食品安全监督管理|药品监督管理|特种设备安全监督管理",
    "卫生健康": "卫生健康|卫生行政|疾病预防控制|卫生",
    "住房和城乡建设": "住房和城乡建设|住房城乡建设|建设行政|房屋行政|房地产行政|建设",
    "人力资源和社会保障": "人力资源和社会保障|人力资源社会保障|劳动保障|社会保险行政|劳动",
    "民政": "民政",
    "城市管理综合执法": "城市管理综合执法|城管执法|综合行政执法",
    "城市管理": "城市管理|市容环境卫生|城市容貌",
    "文化和旅游": "文化和旅游|文化旅游|文化市场|文物|旅游|文化",
    "教育": "教育",
    "园林绿化": "园林绿化|绿化|林业和草原|林业",
    "应急管理": "应急管理|安全生产监督管理",
    "司法行政": "司法行政",
    "消防": "消防救援",
    "体育": "体育",
    "医疗保障": "医疗保障",
    "生态环境": "生态环境|环境保护",
    "人民防空": "人民防空",
    "公安": "公安",
    "税务": "税务",
    "财政": "财政",
    "发展改革": "发展改革|价格",
    "规划和自然资源": "规划和自然资源|自然资源|城乡规划|土地",
    "水务": "水务|水行政",
    "交通": "交通运输|交通",
    "统计": "统计",
    "审计": "审计",
}
KINDS = {
    "CF": "罚款|没收|吊销|警告|责令停产停业|暂扣|通报批评|拘留",
    "QZ": "查封|扣押|强制拆除|代履行",
    "XK": "许可|批准|核准|审批",
    "ZS": "征收",
    "JL": "表彰|奖励",
    "CJ": "裁决",
    "QR": "认定|确认|登记",
    "JC": "监督检查",
}
_NAMED = "|".join(f"(?P<o{number}>{words})" for number, words in enumerate(ORGANS.values()))
_ORGAN = re.compile(rf"(?:{_NAMED})(?:行政)?(?:主管|管理|监督管理)?(?:部门|机关|机构)")
_KINDS = [(kind, re.compile(words)) for kind, words in KINDS.items()]
# Organs of the state and of the city; what stands between them and the district is not told by the words.
_ABOVE = re.compile(r"(国务院|中央|省、自治区、直辖市|省级以上?|设区的市级?以上?)(人民政府)?[^，、。；]{0,8}$")
_SENTENCE = re.compile(r"[^。；]+")
# The same for PostgreSQL, which passes over the paragraphs that cannot be meant.
COARSE = f"({'|'.join(ORGANS.values())})(行政)?(主管|管理|监督管理)?(部门|机关|机构).*({'|'.join(KINDS.values())})"


@dataclass(frozen=True, slots=True)
class Given:
    """What the words seem to give: the kind of organ, the kind of power, and the sentence."""

    organ: str
    kind: str
    words: str


def given(words: str) -> Given | None:
    """The first sentence that names an organ of a district and, after it, an act of power."""
    for sentence in _SENTENCE.findall(words):
        for match in _ORGAN.finditer(sentence):
            if _ABOVE.search(sentence[: match.start()]):
                continue
            kind = next((code for code, pattern in _KINDS if pattern.search(sentence, match.end())), "")
            if kind:
                organ = next(name for number, name in enumerate(ORGANS) if match[f"o{number}"])
                return Given(organ, kind, sentence.strip())
    return None
