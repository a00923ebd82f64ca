"""What a legality review of a document answers one by one: each prohibition with the article it stands in. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from casework.procedure import Cite, statute

state17 = statute("国务院关于加强市县政府依法行政的决定")
yh = statute("优化营商环境条例")
xk = statute("行政许可法")
cf = statute("行政处罚法")
qz = statute("行政强制法")


@dataclass(frozen=True, slots=True)
class Check:
    """One item: what must not be found in the text, and where the law says so."""

    key: str
    words: str
    under: tuple[Cite, ...]

    @property
    def basis(self) -> str:
        return "；".join(map(str, self.under))


CHECKS = (
    Check("authority", "在法定职权范围之内，没有超越权限", state17("（十三）")),
    Check("licence", "没有设定行政许可，没有增设许可条件", state17("（十三）") + xk("17")),
    Check("penalty", "没有设定行政处罚", state17("（十三）") + cf("16")),
    Check("coercion", "没有设定行政强制措施、行政强制执行", state17("（十三）") + qz("10(4)", "13(1)")),
    Check("fee", "没有设定行政收费", state17("（十三）")),
    Check("rights", "没有法律、法规依据的，没有减损权利、增加义务", state17("（十三）") + yh("64(1)")),
    Check("market", "没有设置市场准入和退出条件，没有干预正常生产经营活动", yh("64(1)")),
    Check("superior", "与上位法和现行文件不相抵触，引用的依据现行有效", state17("（十三）")),
    Check("procedure", "起草、征求意见、公平竞争审查等程序符合规定", state17("（十三）")),
)
KEYS = tuple(check.key for check in CHECKS)
