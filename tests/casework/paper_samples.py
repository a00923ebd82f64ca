"""Invented contexts for every paper of licensing: no person, number or place in them is real.

They are plain data, as `approvals.papers.contexts` makes them from a case.
"""

import base64
import struct
import zlib
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from approvals.papers.table import PAPERS
from casework import remedies
from casework.paper import Paper

ORGAN = "北京市东城区市场监督管理局"
COMPANY = "示例（北京）餐饮管理有限公司东四北大街分公司"
ADDRESS = "北京市东城区东四北大街示例胡同0号院1号楼1层101、102、103"
ITEM = "食品经营许可（餐饮服务经营者）"
LIMITS = {
    "fy_apply": (60, "natural_day"),
    "xs_direct": (6, "month"),
    "xk_deficiency_notice": (5, "working_day"),
    "xk_hearing_request": (5, "working_day"),
}
OFFICERS = [
    {"name": "张示例", "certificate": "示010100001"},
    {"name": "王㛃", "certificate": "示010100002"},
]
MATERIALS = [
    {"name": "食品经营许可证申请书", "form": "原件", "copies": 1, "source": "申请人"},
    {"name": "营业执照（电子证照，通过共享取得）", "form": "电子", "copies": 1, "source": "政务信息共享"},
    {"name": "与食品经营相适应的主要设备设施布局、操作流程等文件", "form": "复印件", "copies": 1, "source": "申请人"},
    {
        "name": "食品安全自查、从业人员健康管理、进货查验记录、食品安全事故处置等保证食品安全的规章制度",
        "form": "复印件",
        "copies": 1,
        "source": "申请人",
    },
]
HANDED_IN = [{key: each[key] for key in ("name", "form", "copies")} for each in MATERIALS]
PARTY = [
    [
        ("申请人", COMPANY),
        ("统一社会信用代码", "91110101MA00000000"),
        ("住所", ADDRESS),
        ("负责人", "李𬀩"),
    ]
]
BASIS = (
    "《中华人民共和国行政许可法》第三十八条第一款、《中华人民共和国食品安全法》第三十五条、"
    "《食品经营许可和备案管理办法》第二十条"
)
LICENCE = "《食品经营许可证》（编号：JY21101010000000，经营项目：热食类食品制售、冷食类食品制售）"


def photograph(red: int, green: int, blue: int) -> str:
    """A plain picture of 160 by 120 points as an address."""
    line = b"\0" + bytes((red, green, blue)) * 160

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(line * 120)) + chunk(b"IEND", b"")
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()


def remedy(paper: Paper) -> str:
    """The remedy text that the paper owes, under today's limits."""
    limits = [SimpleNamespace(key=key, quantity=LIMITS[key][0], unit=LIMITS[key][1]) for key in paper.limits]
    given = {"reconsideration": "北京市东城区人民政府"} if paper.remedy == "RN1" else {}
    word = next((w for w in ("决定书", "通知书", "告知书") if w in paper.title), "文书")
    return remedies.remedy_text(paper.remedy, paper=word, limits=limits, you="你单位", **given)


def context(code: str) -> dict[str, Any]:
    """Everything that paper needs."""
    paper = next(each for each in PAPERS if each.code == code)
    extra, elements = SAMPLES[code]
    common: dict[str, Any] = {
        "organ": ORGAN,
        "issued_on": date(2026, 11, 22),
        "case_number": "东市监许〔2026〕128号",
        "addressee": COMPANY,
        "you": "你单位",
        "remedy": remedy(paper),
        "verify_url": "https://dc.example/v/Zx8mQ2sT9kLpW4vB6nRyCg/",
        "demo": True,
    }
    if paper.word:
        common["number"] = f"东市监{paper.word}〔2026〕16号"
    return {**common, **extra, "elements": elements}


DECIDED = {
    "parties": PARTY,
    "received_on": date(2026, 11, 2),
    "accepted_on": date(2026, 11, 4),
    "findings": ["本机关指派两名工作人员于2026年11月9日对经营场所进行了现场核查，核查结论为符合"],
    "contact": {"person": "示例窗口", "phone": "010-00000000", "address": "北京市东城区示例街1号区政务服务中心2层"},
}
RECORD = {
    "started_at": datetime(2026, 11, 9, 9, 30),
    "ended_at": datetime(2026, 11, 9, 10, 45),
    "place": ADDRESS,
    "witness": "李𬀩（负责人）",
}
SIGNED = [
    {"role": "被核查人", "name": "李𬀩", "on": date(2026, 11, 9)},
    {"role": "核查人员", "name": "张示例", "certificate": "示010100001", "on": date(2026, 11, 9)},
    {"role": "核查人员", "name": "王㛃", "certificate": "示010100002", "on": date(2026, 11, 9)},
]

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
        {},
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
        {},
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
    "xk_third_party_notice": (
        {"addressee": "北京市东城区示例小区业主委员会"},
        {
            "item": ITEM,
            "interest": "申请人拟在你单位所在居民楼底层设置油烟排放设施，可能直接影响该楼居民的居住环境",
            "period": "收到本告知书之日起五个工作日内",
        },
    ),
    "xk_statement_record": (
        {"officers": OFFICERS},
        {
            "held_at": datetime(2026, 11, 11, 14, 0),
            "place": "北京市东城区示例街1号区政务服务中心3层调解室",
            "speaker": "孙示例（北京市东城区示例小区业主委员会主任）",
            "opinions": [
                "问：对申请人拟设置的油烟排放设施，你们有什么意见？",
                "答：排放口正对三单元居民窗户，距离不足十米，希望改到楼顶排放，并加装净化设备。",
                "问：还有需要补充的吗？",
                "答：没有。请把处理结果书面告诉我们。",
            ],
            "signatures": [
                {"role": "陈述人", "name": "孙示例", "on": date(2026, 11, 11)},
                {"role": "承办人", "name": "张示例", "certificate": "示010100001", "on": date(2026, 11, 11)},
            ],
        },
    ),
    "xk_verification_record": (
        RECORD,
        {
            "officers": OFFICERS,
            "subject": ["经营场所、设备设施、布局流程与申请材料是否一致", "食品安全管理制度和人员落实情况"],
            "findings": [
                "经营场所地址、面积与申请材料一致，食品处理区面积36平方米，就餐区面积58平方米",
                "设有粗加工、切配、烹饪、餐用具清洗消毒、冷食专间，专间配备独立空调、紫外线灯和非手触式水龙头",
                "更衣、洗手、防蝇防鼠设施齐全，餐厨废弃物容器加盖",
                "食品安全管理员二名，健康证明在有效期内；制度上墙，与提交的文本一致",
                "油烟净化设施已经安装，排放口改至楼顶，与利害关系人的意见相符",
            ],
            "photos": [
                {"caption": "照片1：烹饪间全景", "image": photograph(170, 190, 200)},
                {"caption": "照片2：冷食专间", "image": photograph(200, 190, 170)},
                {"caption": "照片3：楼顶油烟排放口", "image": photograph(180, 200, 180)},
            ],
            "signatures": SIGNED,
        },
    ),
    "xk_lower_review_opinion": (
        {
            "addressee": "北京市市场监督管理局",
            "applicant": "示例（北京）特种设备检测有限公司",
            "item": "特种设备检验检测机构核准",
            "attachments": ["全部申请材料目录", "现场核查笔录"],
        },
        {
            "opinion": ["申请材料齐全、符合法定形式，场所、人员、仪器设备与申请材料一致", "建议准予核准"],
            "materials": ["申请书", "质量管理体系文件", "检验人员名录和资格证明", "仪器设备清单"],
            "accepted_on": date(2026, 11, 4),
        },
    ),
    "xk_hearing_right_notice": (
        {},
        {"item": ITEM, "interest": "油烟排放口的位置涉及申请人与相邻居民楼居民之间的重大利益关系"},
    ),
    "xk_hearing_announcement": (
        {},
        {
            "item": "隆福寺地区夜间户外餐饮经营许可",
            "hearing_at": datetime(2026, 12, 8, 9, 30),
            "place": "北京市东城区示例街1号区政务服务中心5层听证室",
            "participation": (
                "公民、法人和其他组织可以于2026年12月1日以前登录门户报名，旁听席位二十个，按照报名先后确定"
            ),
            "basis": "《北京市实施行政许可听证办法（示例）》第五条",
        },
    ),
    "xk_hearing_notice": (
        {},
        {
            "item": ITEM,
            "hearing_at": datetime(2026, 12, 8, 9, 30),
            "place": "北京市东城区示例街1号区政务服务中心5层听证室",
            "host": "周示例（法制科，不是本案审查人员）",
            "serve_by": date(2026, 11, 26),
        },
    ),
    "xk_hearing_record": (
        {"recorder": "吴示例"},
        {
            "item": ITEM,
            "held_at": datetime(2026, 12, 8, 9, 30),
            "place": "北京市东城区示例街1号区政务服务中心5层听证室",
            "host": "周示例",
            "participants": [
                "审查人员张示例、王㛃",
                "申请人负责人李𬀩及代理人䶮示例",
                "利害关系人北京市东城区示例小区业主委员会主任孙示例",
            ],
            "evidence": [
                "证据一：现场核查笔录和照片，证明场所、设施符合《食品安全法》第三十三条的要求",
                "证据二：第三方检测机构出具的油烟排放检测报告（示例编号2026-0001），排放浓度1.2毫克每立方米，低于限值",
                "理由：申请人已经按照利害关系人的意见把排放口改至楼顶，距离最近居民窗户二十六米",
            ],
            "defence": [
                "利害关系人：对检测报告的真实性没有异议，但检测时只开了两个灶头，请求按照满负荷工况复测。",
                "申请人：检测时四个灶头全部开启，检测报告第三页有工况记录，可以当场出示。",
                "审查人员：经核对，报告第三页载明四个灶头满负荷运行，与设备铭牌一致。",
                "利害关系人：对此没有意见。另请求明确夜间经营结束时间。",
                "申请人：承诺每日二十二时以前停止烹饪作业，并愿意写入经营管理制度，接受监督。",
                "利害关系人：没有其他意见。",
                "申请人最后陈述：已经完成全部整改，请求准予许可。",
                "利害关系人最后陈述：请求对申请人的承诺加强监督检查。",
            ],
            "signatures": [
                {"role": "主持人", "name": "周示例", "on": date(2026, 12, 8)},
                {"role": "申请人", "name": "李𬀩", "on": date(2026, 12, 8)},
                {"role": "利害关系人", "name": "孙示例", "on": date(2026, 12, 8)},
                {"role": "审查人员", "name": "张示例、王㛃", "on": date(2026, 12, 8)},
                {"role": "记录员", "name": "吴示例", "on": date(2026, 12, 8)},
            ],
        },
    ),
    "xk_excluded_time_notice": (
        {},
        {
            "item": ITEM,
            "procedure_kind": "检测（油烟排放检测）",
            "time_needed": "七个工作日，自2026年11月12日起至2026年11月20日止",
        },
    ),
    "xk_expert_review_opinion": (
        {"organ": "", "number": ""},
        {
            "item": "特种设备使用单位作业方案安全性评审",
            "experts": [
                {"name": "钱示例", "qualification": "正高级工程师，示例大学机械工程学院"},
                {"name": "陈示例", "qualification": "注册安全工程师，示例检验研究院"},
            ],
            "opinion": [
                "作业方案对吊装半径内的人员疏散、风力监测作了规定，措施可行",
                "建议补充夜间照明和通信中断时的应急处置程序",
                "评审结论：修改后通过",
            ],
            "signatures": [
                {"role": "评审专家", "name": "钱示例", "on": date(2026, 11, 13)},
                {"role": "评审专家", "name": "陈示例", "on": date(2026, 11, 13)},
            ],
        },
    ),
    "xk_extension_notice": (
        {},
        {
            "item": ITEM,
            "original_due_on": date(2026, 12, 2),
            "extension": "十个工作日",
            "extended_due_on": date(2026, 12, 16),
            "reasons": "需要向环境保护部门核实油烟排放口位置的规划要求",
            "approved_by": "本机关负责人郑示例",
        },
    ),
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

DELIVERY: dict[str, Any] = {
    "title": "送达回证",
    "organ": ORGAN,
    "paper": {"seal": "signatures"},
    "cause": "食品经营许可申请",
    "case_number": "东市监许〔2026〕128号",
    "recipient": COMPANY,
    "recipient_capacity": "申请人",
    "place": "北京市东城区示例街1号区政务服务中心2层",
    "method": "直接送达",
    "papers": [
        {
            "title": "准予行政许可决定书",
            "number": "东市监许准〔2026〕16号",
            "copies": 1,
            "received_on": date(2026, 11, 23),
        },
        {"title": "食品经营许可证", "number": "JY21101010000000", "copies": 1, "received_on": None},
    ],
    "received_by": "李𬀩",
    "received_at": datetime(2026, 11, 23, 10, 5),
    "servers": OFFICERS,
}
