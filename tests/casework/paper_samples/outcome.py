"""Samples for the papers of `approvals.papers.outcome`: other context, elements."""

from datetime import date
from typing import Any

from tests.casework.paper_samples.facts import ADDRESS, BASIS, COMPANY, DECIDED, ITEM, ORGAN

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "xk_grant_decision": (
        DECIDED,
        {
            "holder": COMPANY,
            "item": ITEM,
            "scope": "经营场所：" + ADDRESS + "；经营项目：热食类食品制售、冷食类食品制售",
            "validity": "五年，自2026年11月22日起至2031年11月21日止",
            "basis": BASIS,
        },
    ),
    "xk_refusal_decision": (
        {
            **DECIDED,
            "statement": (
                "你单位提出“专间可以在开业后改造”的意见。经复核，专间是从事冷食类食品制售的法定条件，"
                "应当在取得许可前具备，该意见不予采纳"
            ),
        },
        {
            "applicant": COMPANY,
            "item": ITEM,
            "reasons": [
                (
                    "冷食专间面积3.2平方米，没有设置独立的空调设施和非手触式洗手设施，不符合《餐饮服务食品安全操作规范》关于专间的要求"
                ),
                (
                    "餐用具清洗消毒水池与粗加工水池混用，存在交叉污染的风险，不符合《中华人民共和国食品安全法》第三十三条第一款第四项的规定"
                ),
                (
                    "食品安全管理员没有取得培训考核合格的证明，不符合《中华人民共和国食品安全法》第三十三条第一款第三项、"
                    "第四十四条的规定"
                ),
            ],
            "basis": "《中华人民共和国行政许可法》第三十八条第二款、《食品经营许可和备案管理办法》第二十条",
        },
    ),
    "xk_refusal_technical_note": (
        {},
        {
            "item": "特种设备使用登记",
            "decision_number": "东市监许不〔2026〕16号",
            "standards": [
                "《电梯监督检验和定期检验规则》（TSG T7001—2023）",
                "《电梯制造与安装安全规范》（GB/T 7588.1—2020）",
            ],
            "results": [
                {"name": "轿厢上行超速保护装置", "wanted": "动作可靠", "measured": "试验中未动作", "verdict": "不合格"},
                {"name": "层门锁紧元件啮合深度", "wanted": "不小于7毫米", "measured": "5.1毫米", "verdict": "不合格"},
                {"name": "平衡系数", "wanted": "0.40至0.50", "measured": "0.46", "verdict": "合格"},
            ],
        },
    ),
    "xk_licence": (
        {
            "title": "食品经营许可证",
            "number": "JY21101010000000",
            "fields": [
                ("统一社会信用代码", "91110101MA00000000"),
                ("法定代表人（负责人）", "李𬀩"),
                ("住所", "北京市东城区东四北大街示例胡同0号院1号楼1层101"),
                ("经营场所", ADDRESS),
                ("主体业态", "餐饮服务经营者"),
                ("经营项目", "热食类食品制售、冷食类食品制售"),
            ],
        },
        {"holder": COMPANY, "item": ITEM, "validity": "2026年11月22日至2031年11月21日"},
    ),
    "xk_result_publication": (
        {},
        {
            "decisions": [
                {
                    "number": f"东市监许准〔2026〕{number}号",
                    "organ": ORGAN,
                    "party": party,
                    "category": "普通",
                    "conclusion": conclusion,
                    "decided_on": date(2026, 11, 16 + place),
                }
                for place, (number, party, conclusion) in enumerate(
                    [(11, COMPANY, "准予"), (12, "北京示例便利店有限公司", "准予"), (13, "东城区示例面馆", "不予")]
                )
            ]
        },
    ),
}
