"""Transfer of a case to another organ (案件移送与管辖). 行政处罚法 25, 市场监督管理行政处罚程序规定 13-17."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step

cf = statute("行政处罚法")
samr = statute("市场监督管理行政处罚程序规定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
bjcf = statute("北京市实施行政处罚程序若干规定")

STATES = (
    state("proposed", "待批准移送", "head_of_organ", reason="在主案期限之内"),
    final("kept", "不移送"),
    state("sent", "已发出待签收", "case_officer", "zf_transfer_answer"),
    state("received", "已签收待答复", "case_officer", "zf_transfer_answer"),
    state("disputed", "管辖协商", "head_of_organ", "samr_juris_dispute",
          reason="市场监管为七个工作日，其他机关没有规定"),
    state("awaiting_designation", "待指定管辖", "head_of_organ", "samr_designate"),
    final("accepted", "已接收"),
    final("taken_back", "退回移送机关"),
)  # fmt: skip

STEPS = (
    step("propose", "提出移送", when=NEW, by="case_officer", to="proposed", under=bjcf("3(4)"), of="sender",
         needs=("有事实表明由其他机关管辖", "当日有效的权力清单列明该机关"), gives="案件移送审批表"),
    step("approve", "批准移送", when="proposed", by="head_of_organ", to="sent", under=samr("17"), of="sender",
         starts="zf_transfer_answer", needs=("案卷材料齐全", "已列明查封扣押的财物和登记保存的证据"),
         gives="cf_transfer_letter|材料清单", tells="receiver|party", second_person=True,
         note="答复期限法律没有数字，以平台参数为准"),
    step("reject", "不同意移送", when="proposed", by="head_of_organ", to="kept", under=bjcf("3(4)"), of="sender",
         needs="已记录理由", second_person=True, verified=False),
    step("sign_receipt", "签收", when="sent", by="case_officer", to="received", under=plan("第二部分（四）1"),
         of="receiver", gives="移送回执", tells="sender", second_person=True,
         note="规划要求不得拒收；法律没有具体天数"),
    step("accept", "接收", when="received", by="head_of_organ", to="accepted", under=bjcf("3(4)"), of="receiver",
         stops="zf_transfer_answer", needs="属于受移送机关的职权", gives="接收案件通知书", tells="sender|party",
         second_person=True, opens="enforcement.penalty_ordinary"),
    step("object", "对管辖有异议", when="received", by="head_of_organ", to="disputed", under=samr("14"), of="receiver",
         starts="samr_juris_dispute", stops="zf_transfer_answer", needs=("已书面说明理由", "不得再自行移送"),
         gives="管辖异议书", tells="sender", second_person=True, note="不得再自行移送的规则仅见于市场监管程序规定"),
    step("agree_receiver", "协商由受移送机关管辖", when="disputed", by="head_of_organ", to="accepted",
         under=cf("25(2)"), of="receiver", stops="samr_juris_dispute", gives="协商记录",
         opens="enforcement.penalty_ordinary"),
    step("agree_sender", "协商由移送机关管辖", when="disputed", by="head_of_organ", to="taken_back", under=cf("25(2)"),
         stops="samr_juris_dispute", gives="协商记录"),
    step("ask_designation", "报请指定管辖", when="sent|received|disputed", by="head_of_organ",
         to="awaiting_designation", under=cf("25(2)"), starts="samr_designate",
         stops="samr_juris_dispute|zf_transfer_answer", gives="cf_jurisdiction_request", tells="district_legal_office",
         note="可以不经协商直接报请指定管辖"),
    step("consultation_fails", "协商期满不成", when="disputed", by=THE_LAW, to="awaiting_designation", under=samr("13"),
         starts="samr_designate", needs=expired("samr_juris_dispute"), tells="head_of_organ"),
    step("designate_receiver", "指定受移送机关管辖", when="awaiting_designation", by="head_of_organ", to="accepted",
         under=cf("25(2)"), of="superior", stops="samr_designate", gives="cf_jurisdiction_request",
         tells="organs_concerned|party", second_person=True, opens="enforcement.penalty_ordinary",
         note="区属部门之间由区政府指定；七个工作日：《市场监督管理行政处罚程序规定》第十六条，其他机关没有规定"),
    step("designate_sender", "指定移送机关管辖", when="awaiting_designation", by="head_of_organ", to="taken_back",
         under=cf("25(2)"), of="superior", stops="samr_designate", gives="cf_jurisdiction_request",
         tells="organs_concerned|party", second_person=True),
    step("call_coordination", "转执法协调", when="disputed", by="district_legal_office", to=SAME,
         under=plan("第二部分（四）2"), opens="enforcement.coordination"),
    step("escalate_silence", "逾期不签收或不答复", when="sent|received", by=THE_LAW, to=SAME,
         under=plan("第二部分（四）1"), needs=expired("zf_transfer_answer"), tells="district_legal_office|supervisor",
         verified=False, note="没有法定期限；按配置的参数逐级提醒"),
)  # fmt: skip

TRANSFER = Procedure(
    "enforcement.transfer",
    "案件移送与管辖",
    STATES,
    STEPS,
    since=date(2021, 7, 15),
)
