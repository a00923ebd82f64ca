"""Invented contexts for the papers of parallel approval."""

from datetime import date, datetime
from typing import Any

from tests.casework.paper_samples.facts import COMPANY, MATERIALS, ORGAN

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "xk_joint_acceptance_notice": (
        {},
        {
            "bundle": "开办餐饮店一件事",
            "parts": [
                {"item": "食品经营许可", "organ": ORGAN},
                {"item": "公众聚集场所投入使用、营业前消防安全检查", "organ": "东城区消防救援支队"},
                {
                    "item": "设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
                    "organ": "北京市东城区城市管理委员会",
                },
            ],
            "accepted_on": date(2026, 11, 4),
            "due_on": date(2027, 1, 8),
        },
    ),
    "xk_joint_dispatch_sheet": (
        {},
        {
            "item": "开办餐饮店一件事（" + COMPANY + "）",
            "materials": [each["name"] for each in MATERIALS],
            "dispatched_at": datetime(2026, 11, 4, 16, 20),
            "due_on": date(2026, 12, 2),
            "recipients": [
                {"organ": "东城区消防救援支队", "name": "冯示例", "at": datetime(2026, 11, 4, 17, 2)},
                {"organ": "北京市东城区城市管理委员会", "name": "", "at": None},
            ],
        },
    ),
    "xk_joint_opinion": (
        {
            "organ": "北京市东城区城市管理委员会",
            "number": "东城管许并意〔2026〕3号",
            "addressee": ORGAN,
            "dispatch_number": "2026年11月4日",
        },
        {
            "item": "开办餐饮店一件事中户外牌匾标识的设置",
            "conclusion": "同意",
            "reasons": ["牌匾位置、尺寸和照明方式符合东四北大街牌匾标识设置规划", "不遮挡交通标志和建筑物窗户"],
            "basis": ["《北京市户外广告设施、牌匾标识和标语宣传品设置管理条例》第十七条"],
            "people": [{"role": "经办人", "name": "褚示例"}, {"role": "负责人", "name": "卫示例"}],
        },
    ),
    "xk_joint_extension_notice": (
        {},
        {
            "bundle": "开办餐饮店一件事",
            "original_due_on": date(2027, 1, 8),
            "extension": "十五个工作日",
            "extended_due_on": date(2027, 1, 29),
            "reasons": "消防安全检查需要等待设施改造完成后复查",
            "approved_by": "东城区人民政府负责人",
        },
    ),
    "xk_joint_urging_notice": (
        {
            "addressee": "北京市东城区城市管理委员会",
            "bundle": "开办餐饮店一件事",
            "applicant": COMPANY,
        },
        {
            "item": "公共场所标语宣传品设置许可",
            "days": "5个工作日",
            "due_on": date(2026, 11, 18),
            "total_due_on": date(2027, 1, 8),
        },
    ),
    "xk_joint_split_notice": (
        {},
        {
            "bundle": "开办餐饮店一件事",
            "parts": [
                {"item": "食品经营许可", "organ": ORGAN},
                {"item": "公共场所标语宣传品设置许可", "organ": "北京市东城区城市管理委员会"},
            ],
            "accepted_on": date(2026, 11, 4),
        },
    ),
}
