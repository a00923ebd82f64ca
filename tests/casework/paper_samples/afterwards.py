"""Samples for the papers of `approvals.papers.afterwards`: other context, elements."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.casework.paper_samples.facts import COMPANY, DECIDED, ITEM, LICENCE, OFFICERS, PARTY, RECORD

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "xk_modification_decision": (
        {"title": "准予变更行政许可决定书", "outcome": "granted", "parties": PARTY},
        {
            "holder": COMPANY,
            "original": LICENCE,
            "changes": [
                {"name": "负责人", "before": "李𬀩", "after": "何示例"},
                {"name": "经营项目", "before": "热食类食品制售、冷食类食品制售", "after": "热食类食品制售"},
            ],
            "reasons": "变更事项符合法定条件、标准",
            "basis": "《中华人民共和国行政许可法》第四十九条",
        },
    ),
    "xk_renewal_decision": (
        {"title": "准予延续行政许可决定书", "outcome": "granted", "parties": PARTY},
        {
            "holder": COMPANY,
            "original": LICENCE,
            "expires_on": date(2026, 12, 20),
            "basis": "《中华人民共和国行政许可法》第五十条",
            "new_validity": "2026年12月21日至2031年12月20日",
        },
    ),
    "xk_deemed_renewal_note": (
        {"issued_on": date(2026, 12, 21)},
        {"original": LICENCE, "expires_on": date(2026, 12, 20), "new_validity": "2026年12月21日至2031年12月20日"},
    ),
    "xk_annulment_decision": (
        {"outcome": "fraud", "parties": PARTY},
        {
            "holder": COMPANY,
            "original": LICENCE,
            "circumstance": (
                "《中华人民共和国行政许可法》第六十九条第二款规定的以欺骗、贿赂等不正当手段取得行政许可的情形"
            ),
            "reasons": (
                "你单位申请许可时提交的房屋租赁合同系伪造，出租人在本机关调查时予以否认，并经司法鉴定确认签名不是其本人书写"
            ),
            "basis": "《中华人民共和国行政许可法》第六十九条第二款、第四款，第七十九条",
            "consequences": f"{COMPANY}基于该行政许可取得的利益不受保护",
            "bar": (
                "该行政许可属于直接关系人身健康、生命财产安全事项，你单位自本决定作出之日起三年内不得再次申请该行政许可"
            ),
        },
    ),
    "xk_withdrawal_decision": (
        {"title": "撤回行政许可决定书", "outcome": "withdrawn", "parties": PARTY},
        {
            "holder": "北京示例户外广告有限公司",
            "original": "户外广告设施设置许可（编号：示例2024-015）",
            "ground": "该设施所在地段已经纳入北京中轴线遗产保护范围，准予行政许可所依据的客观情况发生重大变化",
            "public_interest": "保护世界文化遗产的景观视廊，需要拆除该户外广告设施",
            "compensation": "本机关将依法给予补偿，补偿的数额和支付方式另行作出决定",
        },
    ),
    "xk_compensation_decision": (
        {"parties": PARTY},
        {
            "holder": "北京示例户外广告有限公司",
            "loss": "设施拆除费用、剩余许可期限内的合理收益损失，经评估共计186,420.50元",
            "amount": Decimal("186420.50"),
            "payment": "自本决定书送达之日起三十日内一次性汇入你单位指定的银行账户",
        },
    ),
    "xk_cancellation_decision": (
        {"title": "注销行政许可决定书", "parties": PARTY},
        {
            "holder": COMPANY,
            "original": LICENCE,
            "circumstance": "《中华人民共和国行政许可法》第七十条第三项规定的法人或者其他组织依法终止的情形",
            "certificate": "请自收到本决定书之日起十日内将许可证原件交回本机关；逾期不交回的，由本机关公告作废",
        },
    ),
    "xk_rectification_order": (
        {"addressee": "示例燃气经营（北京）有限公司"},
        {
            "duty": (
                "作为取得直接关系公共利益的特定行业市场准入行政许可的被许可人，未经批准擅自于2026年11月10日至12日对示例小区停止供气，"
                "没有履行普遍服务的义务"
            ),
            "period": "2026年11月30日以前",
            "consequences": "逾期不改正的，本机关将依法采取有效措施督促履行义务，并依法给予行政处罚",
        },
    ),
    "xk_supervision_record": (
        RECORD,
        {
            "holder": COMPANY,
            "officers": OFFICERS,
            "findings": [
                "许可证在经营场所显著位置公示，实际经营项目与许可范围一致",
                "抽查冷藏柜三台，温度记录完整；一名从业人员健康证明过期二日",
            ],
            "result": ["责令立即停止该人员从事接触直接入口食品的工作，三日内补办健康证明", "其他项目未发现问题"],
            "signatures": [
                {"role": "被检查人", "name": "李𬀩", "on": date(2026, 11, 9)},
                {"role": "检查人员", "name": "张示例", "certificate": "示010100001", "on": date(2026, 11, 9)},
                {"role": "检查人员", "name": "王㛃", "certificate": "示010100002", "on": date(2026, 11, 9)},
            ],
        },
    ),
    "xk_entrust_announcement": (
        {},
        {
            "entrusted_organ": "北京市东城区人民政府东华门街道办事处",
            "content": ["小餐饮店许可", "仅销售散装食品的食品经营许可"],
            "period": "自2027年1月1日起至2028年12月31日止",
        },
    ),
    "xk_hand_over_slip": (
        {},
        {
            "materials": [
                {"name": "食品经营许可证申请书等材料（4份）", "case_number": "东市监许〔2026〕128号", "copies": 1},
                {"name": "授权委托书补正件", "case_number": "东市监许〔2026〕121号", "copies": 1},
            ],
            "giver": "北新桥街道政务服务中心　沈示例",
            "receiver": "北京市东城区市场监督管理局　韩示例",
            "handed_at": datetime(2026, 11, 3, 9, 5),
            "package": "DC-BXQ-20261103-01",
        },
    ),
    "xk_withdraw_application_note": (
        {},
        {
            "item": ITEM,
            "intent": "因经营计划变更，自愿撤回食品经营许可申请",
            "withdrawn_on": date(2026, 11, 12),
            "returned": "提交的纸质材料原件4份已经退还，电子材料自即日起不再用于审查",
        },
    ),
    "xk_rating_reply": (
        {"addressee": "尊敬的办事人", "you": "您", "title": "", "contact": DECIDED["contact"]},
        {
            "rating": "“排队时间过长，窗口对冷食专间的要求前后两次说法不一致”（非常不满意）",
            "verification": "经调取叫号记录和窗口录像，您于2026年11月2日等候52分钟，两次咨询的答复确实不一致，情况属实",
            "rectification": (
                "本机关已经对当事窗口人员进行业务培训，统一了专间条件的告知口径，并在上午高峰时段增开一个窗口"
            ),
        },
    ),
}
