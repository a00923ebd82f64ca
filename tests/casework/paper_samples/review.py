"""Samples for the papers of `approvals.papers.review`: other context, elements."""

from datetime import date, datetime
from typing import Any

from tests.casework.paper_samples.facts import ITEM, OFFICERS, RECORD, SIGNED, photograph

SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
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
}
