"""Samples for the papers of `approvals.papers.intake`: other context, elements."""

from datetime import date, datetime
from typing import Any

from tests.casework.paper_samples.facts import ADDRESS, COMPANY, DECIDED, HANDED_IN, ITEM, MATERIALS, PARTY

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "xk_service_guide": (
        {"verify_url": "", "case_number": ""},
        {
            "item": ITEM,
            "basis": ["《中华人民共和国食品安全法》第三十五条", "《食品经营许可和备案管理办法》第四条、第九条"],
            "conditions": [
                "具有与经营的食品品种、数量相适应的场所，与有毒、有害场所以及其他污染源保持规定的距离",
                "具有与经营的食品品种、数量相适应的经营设备或者设施",
                "有专职或者兼职的食品安全专业技术人员、食品安全管理人员和保证食品安全的规章制度",
                "具有合理的设备布局和工艺流程，防止交叉污染",
            ],
            "quantity": "无数量限制",
            "procedure": ["提出申请", "受理", "审查和现场核查", "决定", "制证和送达"],
            "period": "二十个工作日",
            "materials": MATERIALS,
            "form_sample": "食品经营许可证申请书（示范文本），可以在门户下载",
            "handling": "网上申请或者到区政务服务中心窗口申请；材料齐全、符合法定形式的，当场受理",
            "promised": "八个工作日",
            "fees": "不收费",
            "complaints": "12345 市民服务热线；区政务服务中心“办不成事”反映窗口",
            "enquiries": "010-00000000（工作日9:00至17:00）",
        },
    ),
    "xk_application_form": (
        {
            "number": "",
            "addressee": "",
            "details": [
                ("经营场所", ADDRESS),
                ("主体业态", "餐饮服务经营者"),
                ("经营项目", "热食类食品制售、冷食类食品制售"),
            ],
        },
        {
            "applicant": [
                ("申请人", COMPANY),
                ("统一社会信用代码", "91110101MA00000000"),
                ("负责人", "李𬀩"),
                ("联系电话", "138****0000"),
            ],
            "item": ITEM,
            "agent": "䶮示例（授权委托书见附件）",
            "materials": HANDED_IN,
            "service_method": "同意电子送达，送达至门户“我的文书”和手机号码138****0000",
            "signatures": [{"role": "申请人", "name": COMPANY, "on": date(2026, 11, 2)}],
        },
    ),
    "xk_intake_receipt": (
        {"track_url": "https://portal.example/services/track/?code=DC20268F3K22QX&number="},
        {
            "applicant": COMPANY,
            "item": ITEM,
            "materials": HANDED_IN,
            "received_at": datetime(2026, 11, 2, 10, 15),
            "place": "东城区政务服务中心2层市场监管综合窗口",
            "query_code": "DC2026-8F3K-22QX",
        },
    ),
    "xk_on_spot_correction": (
        {"capacity": "申请人"},
        {
            "corrections": [
                {
                    "error": "经营场所门牌号漏写",
                    "before": "示例胡同0号院1号楼1层",
                    "after": "示例胡同0号院1号楼1层101、102、103",
                },
                {"error": "联系电话少一位", "before": "1380000000", "after": "13800000000"},
            ],
            "confirmed_by": "李𬀩",
            "corrected_at": datetime(2026, 11, 2, 10, 40),
            "signatures": [
                {"role": "申请人", "name": "李𬀩", "on": date(2026, 11, 2)},
                {"role": "窗口人员", "name": "赵示例", "on": date(2026, 11, 2)},
            ],
        },
    ),
    "xk_deficiency_notice": (
        {"contact": DECIDED["contact"]},
        {
            "item": ITEM,
            "received_on": date(2026, 11, 2),
            "deficiencies": [
                {
                    "material": "主要设备设施布局、操作流程文件",
                    "problem": "布局图没有标明食品处理区面积，没有标注冷食专间",
                    "wanted": "重新提交标明各功能区面积和冷食专间位置的布局图，加盖公章",
                },
                {
                    "material": "食品安全规章制度",
                    "problem": "缺少食品安全事故处置方案",
                    "wanted": "补充提交食品安全事故处置方案",
                },
                {
                    "material": "授权委托书",
                    "problem": "没有写明委托权限和期限",
                    "wanted": "按照示范文本重新填写，委托人签名",
                },
            ],
            "correction_way": "登录门户在“我的办件”中上传，或者到区政务服务中心2层市场监管综合窗口提交",
            "handler": "赵示例（工号000123）",
        },
    ),
    "xk_acceptance_notice": (
        {"contact": DECIDED["contact"]},
        {
            "applicant": COMPANY,
            "item": ITEM,
            "accepted_on": date(2026, 11, 4),
            "statutory_limit": "二十个工作日，至2026年12月2日",
            "promised_limit": "八个工作日，至2026年11月16日",
            "query_way": "登录门户或者扫描二维码，凭查询码DC2026-8F3K-22QX查询",
        },
    ),
    "xk_non_acceptance_decision": (
        {"outcome": "not_competent", "parties": PARTY},
        {
            "applicant": COMPANY,
            "item": "食品生产许可",
            "reasons": "你单位申请的生产场所位于北京市大兴区，不在东城区行政区域内",
            "not_competent": "该申请事项依法不属于本机关职权范围",
            "competent_organ": "生产场所所在地的市场监督管理部门",
            "basis": "《中华人民共和国行政许可法》第三十二条第一款第二项",
        },
    ),
    "xk_not_required_notice": (
        {},
        {
            "item": "销售预包装食品的食品经营许可",
            "reasons": (
                "依照《中华人民共和国食品安全法》第三十五条第一款的规定，仅销售预包装食品的，不需要取得许可，"
                "应当报所在地县级以上地方人民政府食品安全监督管理部门备案"
            ),
        },
    ),
    "xk_deemed_acceptance_note": (
        {"item": ITEM},
        {"received_on": date(2026, 11, 2), "expired_on": date(2026, 11, 9)},
    ),
    "xk_commitment_letter": (
        {"item": "食品经营许可变更（法定代表人）"},
        {
            "conditions": [
                "经营场所、主体业态、经营项目没有变化，继续符合取得食品经营许可的条件",
                "新任法定代表人不属于依法不得从事食品经营的人员",
                "提交的材料真实、合法、有效",
            ],
            "consequences": [
                "未履行承诺的，责令限期整改，整改后仍未达到条件的，撤销决定，并将有关情况纳入本市公共信用信息服务平台",
                (
                    "作出虚假承诺的，直接撤销决定，按照未取得决定擅自从事相关活动追究相应法律责任，并将有关情况纳入本市公共信用信息服务平台"
                ),
            ],
            "promised_by": "示例（北京）餐饮管理有限公司　李𬀩",
        },
    ),
    "xk_data_reuse_record": (
        {},
        {
            "reused": [
                {"name": "营业执照（电子证照）", "source": "市场监督管理部门", "at": datetime(2026, 11, 2, 10, 15)},
                {"name": "负责人居民身份信息", "source": "公安机关", "at": datetime(2026, 11, 2, 10, 16)},
            ],
            "purpose": "仅用于本案的身份核验和主体资格审查",
            "confirmed_by": "李𬀩（在线确认）",
        },
    ),
}
