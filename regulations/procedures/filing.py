"""Filing with the government above (规范性文件备案审查（政府）). Beijing filing rule; Order 789 by analogy.

The duty is the maker's: the case stands on the maker's desk, and the organ that receives the filing takes part in it.
A department files with the district, the district with the city. What the city does with a filing that was sent to its
platform comes back from there (the rows `city_…`); otherwise its reviewers take the rows of a receiving organ here.
"""

from datetime import date

from casework.clockwork import Extend
from casework.procedure import NEW, SAME, THE_LAW, Ask, Procedure, Start, expired, final, rule, state, statute, step
from regulations.rules import filing as rules

state17 = statute("国务院关于加强市县政府依法行政的决定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
ba_state = statute("法规规章备案审查条例", by_analogy=True)
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
ba = statute("北京市行政规范性文件备案规定")
REVIEWERS = "district_legal_office|superior_government"
FILE = "gfxwj_file_up_bj|seed_filing_dist"
ORDERED = "gfxwj_file_ordered"
LATE = f"{FILE}|gz_supplement|{ORDERED}"  # they run until the filing has come: what is late is seen to be late
OFFICE, GOVERNMENT = "receiver", "government"

REASONS = Ask("reasons", "理由", "text")
HOW = (("amended", "已修改"), ("repealed", "已废止"))
PACKAGE = rule(rules.filing_package_complete)
HERE = rule(rules.handled_here)
# What every answer of the city says. The papers are the city's own: their number stands in the answer.
SAID = (Ask("message", "消息编号"), Ask("office", "市级办理机关"), Ask("number", "市级文书编号", required=False))
ANSWERED = rule(rules.answered_by_the_city)

STATES = (
    state(NEW, "（未公布）", "executive_meeting_secretary", reason="文件公布时开立"),
    state("due", "应报送备案", "head_of_organ", FILE),
    state("overdue", "逾期未报", "head_of_organ", LATE),
    state("submitted", "已报送待登记", "district_legal_office", reason="已查阅的文本没有规定登记期限"),
    state("supplement_asked", "待补报", "head_of_organ", "gz_supplement"),
    state("registered", "已登记审查中", "district_legal_office", "gz_review"),
    state("explanation_asked", "待制定机关说明", "head_of_organ", reason="期限由函件载明"),
    state("opinion_issued", "已提出纠正意见", "head_of_organ", "gz_handle"),
    state("to_be_revoked", "报政府改变或撤销", "head_of_government", reason="法律未规定期限"),
    final("filed", "备案审查完毕"),
    final("not_in_scope", "不属备案范围"),
    final("corrected", "已自行纠正"),
    final("revoked", "已被改变或撤销"),
)  # fmt: skip

STEPS = (
    step("open_on_government_publication", "区政府文件公布即产生报市政府备案义务", when=NEW, by=THE_LAW, to="due",
         under=ba("6") + plan("第二部分（二）3"), starts="gfxwj_file_up_bj",
         needs=(rule(rules.published_today), rule(rules.made_by_the_government)),
         tells="filer|district_legal_office", note="接收机关为市政府，由上级政府审查",
         contested="国发〔2008〕17号规定十五日"),
    step("open_on_department_publication", "部门街道文件公布即产生报区政府备案义务", when=NEW, by=THE_LAW, to="due",
         under=ba("6") + plan("第二部分（二）3"), starts=FILE,
         needs=(rule(rules.published_today), rule(rules.made_by_a_department)),
         tells="filer|district_legal_office", note="接收机关为区政府，由区司法局审查",
         contested="国发〔2008〕17号（十四）规定十五日"),
    step("submit_filing", "报送备案", when="due|overdue", by="head_of_organ", to="submitted", under=ba("5", "6"),
         stops=LATE, asks=(Ask("report", "备案报告和制定目的", "text"), Ask("contact", "联系人和电话")),
         needs=(rule(rules.document_published), rule(rules.document_reviewed), rule(rules.document_discussed), PACKAGE),
         gives="gfx_filing_report_gov|gfx_filing_materials", tells="district_legal_office|superior_government"),
    step("mark_overdue", "逾期未报送", when="due", by=THE_LAW, to="overdue", under=ba(),
         needs=expired("gfxwj_file_up_bj", "seed_filing_dist"),
         tells="filer|district_legal_office|supervisor", verified=False, note="北京备案规定的责任条款仅见摘录"),
    step("order_to_file", "责令限期报送", when="overdue", by=REVIEWERS, to=SAME, of=OFFICE,
         under=ba_state("23", "25"), asks=Ask("file_by", "请于此日前报送", "date"),
         starts=Start(ORDERED, until="fact:file_by"), needs=rule(rules.file_day_ahead), gives="gfx_filing_reminder",
         tells="filer|head_of_organ", note="参照适用"),
    step("circulate_criticism", "通报批评", when="overdue", by=REVIEWERS, to=SAME, of=OFFICE,
         under=ba_state("23", "25"), asks=Ask("facts", "情况和要求", "text"), needs=rule(rules.ordered_day_over),
         gives="sy_circulated_criticism", tells="filer|head_of_organ|superior_government"),
    step("register", "备案登记", when="submitted", by=REVIEWERS, to="registered", of=OFFICE,
         under=ba_state("9") + ba("登记条款"), starts="gz_review", needs=(HERE, PACKAGE, "属于备案范围"),
         gives="gfx_filing_receipt", tells="filer|head_of_organ", second_person=True,
         note="审查期限参照两个月，可配置"),
    step("return_out_of_scope", "退回非备案范围", when="submitted", by=REVIEWERS, to="not_in_scope", of=OFFICE,
         under=ba_state("9") + ba("2"), asks=REASONS, needs=(HERE, "不属于规范性文件"), gives="gfx_filing_return",
         tells="filer|head_of_organ", second_person=True),
    step("ask_supplement", "暂缓登记通知补报", when="submitted", by=REVIEWERS, to="supplement_asked", of=OFFICE,
         under=ba_state("9(2)"), starts=Start("gz_supplement", since="served"),
         asks=Ask("missing", "缺少的材料", "text", hint="每行一项"),
         needs=HERE, gives="gfx_filing_supplement_notice", tells="filer|head_of_organ", second_person=True),
    step("supplement", "补充报送", when="supplement_asked", by="head_of_organ", to="submitted", under=ba_state("9(2)"),
         stops="gz_supplement", asks=Ask("answer", "补充的材料和说明", "text"),
         tells="district_legal_office|superior_government"),
    step("mark_supplement_overdue", "逾期未补报", when="supplement_asked", by=THE_LAW, to="overdue",
         under=ba_state("9(2)", "23"), needs=expired("gz_supplement"),
         tells="filer|head_of_organ|supervisor"),
    step("publish_catalogue", "公布备案目录", when="registered", by=REVIEWERS, to=SAME, of=OFFICE,
         under=ba_state("10") + ba("目录条款"), needs=(HERE, rule(rules.not_in_catalogue_yet)),
         gives="gfx_filing_catalogue", tells="public",
         note="按月进行，属经常性义务而非案件状态；目录页面列出当月登记的全部文件"),
    step("ask_explanation", "要求说明或补充", when="registered", by=REVIEWERS, to="explanation_asked", of=OFFICE,
         under=ba_state("14"),
         asks=(Ask("questions", "需要说明的问题", "text", hint="每行一项"),
               Ask("explain_by", "请于此日前说明", "date")),
         needs=(HERE, rule(rules.explain_day_ahead)), gives="gfx_filing_questions", tells="filer|head_of_organ",
         second_person=True),
    step("explain", "作出说明", when="explanation_asked", by="head_of_organ", to="registered", under=ba_state("14"),
         asks=Ask("answer", "说明", "text"), gives="gfx_filing_explanation",
         tells="district_legal_office|superior_government"),
    step("go_on_without_explanation", "逾期未说明继续审查", when="explanation_asked", by=REVIEWERS, to="registered",
         of=OFFICE, under=ba_state("14"), needs=(HERE, rule(rules.explanation_overdue)),
         tells="filer|head_of_organ|supervisor", note="期限由函件载明，系统核对是否已过"),
    step("consult_experts", "听取专家意见", when="registered", by=REVIEWERS, to=SAME, of=OFFICE,
         under=ba_state("15"), asks=(Ask("expert", "专家"), Ask("opinion", "意见", "text")),
         needs=(HERE, "与该文件无利害关系"), gives="gfx_filing_expert_opinion", tells="expert"),
    step("extend_review", "延长审查期限", when="registered", by=REVIEWERS, to=SAME, of=OFFICE,
         under=ba_state("11(1)"), extends=Extend("gz_review", to="extend_to"),
         asks=(Ask("extend_to", "延长至", "date"), REASONS, Ask("approver", "批准人")),
         needs=(HERE, rule(rules.extension_is_longer), "情况疑难复杂"), gives="sy_extension_approval",
         tells="filer|head_of_organ", second_person=True, note="条文用“适当延长”，没有具体天数"),
    step("flag_review_overdue", "备案审查超期", when="registered", by=THE_LAW, to=SAME, under=ba_state("11(1)"),
         needs=expired("gz_review"), tells="review_office|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("record_no_problem", "审查无问题", when="registered", by=REVIEWERS, to="filed", of=OFFICE,
         under=ba_state("13") + state17("（十四）"), stops="gz_review",
         needs=(HERE, rule(rules.every_item_answered), rule(rules.nothing_touched)), gives="gfx_filing_review_opinion",
         tells="filer|head_of_organ", second_person=True),
    step("issue_correction_opinion", "提出纠正意见", when="registered", by=REVIEWERS, to="opinion_issued", of=OFFICE,
         under=ba_state("18") + state17("（十四）"), starts=Start("gz_handle", since="served"), stops="gz_review",
         asks=(Ask("articles", "有问题的条款", "text"), Ask("superior", "上位法依据", "text"), REASONS,
               Ask("not_applied", "不得适用的条款", "many", source="clauses", required=False,
                   hint="明显违法的条款，自本意见提出之日起停止执行；没有的不选")),
         needs=HERE, gives="gfx_filing_review_opinion", tells="filer|head_of_organ|power_list", second_person=True),
    step("report_corrected", "报告已修改或废止", when="opinion_issued", by="head_of_organ", to="corrected",
         under=ba_state("21"), stops="gz_handle",
         asks=(Ask("how", "纠正方式", "choice", choices=HOW), Ask("decision", "公布的文号"),
               Ask("corrected_on", "公布日期", "date"), Ask("report", "纠正情况", "text")),
         needs=(rule(rules.corrected_by_now), rule(rules.corrected_in_register)), gives="gfx_correction_reply",
         tells="district_legal_office|superior_government|public", note="修改后的文件公布时另行产生备案义务"),
    step("contest_opinion", "制定机关提出不同意见", when="opinion_issued", by="head_of_organ", to="to_be_revoked",
         under=ba_state("18", "21"), stops="gz_handle", asks=Ask("report", "不同意见和理由", "text"),
         gives="gfx_correction_reply", tells="district_legal_office|superior_government"),
    step("mark_not_corrected", "逾期未纠正", when="opinion_issued", by=THE_LAW, to="to_be_revoked",
         under=ba_state("21") + state17("（十四）"), stops="gz_handle", needs=expired("gz_handle"),
         tells="district_legal_office|supervisor"),
    step("withdraw_opinion", "采纳说明不再纠正", when="to_be_revoked", by=REVIEWERS, to="filed", of=OFFICE,
         under=ba_state("18"), asks=REASONS, needs=(HERE, "已书面采纳制定机关的说明"),
         gives="gfx_filing_review_opinion", tells="filer|head_of_organ", second_person=True),
    step("revoke_document", "改变或撤销", when="to_be_revoked", by="head_of_government|superior_government",
         of=GOVERNMENT, to="revoked", under=zz("73(1)(3)"),
         asks=(Ask("articles", "改变或者撤销的条款", "text"), REASONS),
         needs=(HERE, "已有法制机构的建议", "已听取制定机关的意见"), gives="gfx_annulment_decision",
         tells="filer|head_of_organ|public|document_register", second_person=True,
         note="部门、街道文件由区政府，区政府文件由市政府决定；撤销之日起文件退出法规库"),
    # What the city answers where the filing went to its platform: signed messages, each kept once
    step("city_registers", "市政府备案登记", when="submitted", by=THE_LAW, to="registered",
         under=ba_state("9") + ba("登记条款"), starts="gz_review", asks=SAID, needs=ANSWERED,
         tells="filer|head_of_organ", note="审查期限参照两个月，可配置；消息到达之时即收到之时"),
    step("city_returns", "市政府退回非备案范围", when="submitted", by=THE_LAW, to="not_in_scope",
         under=ba_state("9") + ba("2"), asks=(*SAID, REASONS), needs=ANSWERED, tells="filer|head_of_organ"),
    step("city_asks_supplement", "市政府暂缓登记通知补报", when="submitted", by=THE_LAW, to="supplement_asked",
         under=ba_state("9(2)"), starts="gz_supplement", asks=(*SAID, Ask("missing", "缺少的材料", "text")),
         needs=ANSWERED, tells="filer|head_of_organ", note="补报期限自消息到达起算"),
    step("city_asks_explanation", "市政府要求说明或补充", when="registered", by=THE_LAW, to="explanation_asked",
         under=ba_state("14"),
         asks=(*SAID, Ask("questions", "需要说明的问题", "text"), Ask("explain_by", "请于此日前说明", "date")),
         needs=(ANSWERED, rule(rules.explain_day_ahead)), tells="filer|head_of_organ"),
    step("city_goes_on", "市政府逾期未收到说明继续审查", when="explanation_asked", by=THE_LAW, to="registered",
         under=ba_state("14"), asks=SAID, needs=(ANSWERED, rule(rules.explanation_overdue)),
         tells="filer|head_of_organ|supervisor"),
    step("city_extends", "市政府延长审查期限", when="registered", by=THE_LAW, to=SAME, under=ba_state("11(1)"),
         extends=Extend("gz_review", to="extend_to"), asks=(*SAID, Ask("extend_to", "延长至", "date"), REASONS),
         needs=(ANSWERED, rule(rules.extension_is_longer)), tells="filer|head_of_organ",
         note="条文用“适当延长”，没有具体天数"),
    step("city_finds_no_problem", "市政府审查无问题", when="registered", by=THE_LAW, to="filed",
         under=ba_state("13") + state17("（十四）"), stops="gz_review", asks=SAID, needs=ANSWERED,
         tells="filer|head_of_organ"),
    step("city_orders_correction", "市政府提出纠正意见", when="registered", by=THE_LAW, to="opinion_issued",
         under=ba_state("18") + state17("（十四）"), starts="gz_handle", stops="gz_review",
         asks=(*SAID, Ask("articles", "有问题的条款", "text"), Ask("superior", "上位法依据", "text"), REASONS,
               Ask("not_applied", "不得适用的条款", "text", required=False)),
         needs=ANSWERED, tells="filer|head_of_organ",
         note="处理期限自消息到达起算；消息写明的不得适用的条款，自到达之日起停止执行"),
    step("city_accepts_reply", "市政府采纳说明不再纠正", when="to_be_revoked", by=THE_LAW, to="filed",
         under=ba_state("18"), asks=(*SAID, REASONS), needs=ANSWERED, tells="filer|head_of_organ"),
    step("city_revokes", "市政府改变或撤销", when="to_be_revoked", by=THE_LAW, to="revoked", under=zz("73(1)(3)"),
         asks=(*SAID, Ask("articles", "改变或者撤销的条款", "text"), REASONS), needs=ANSWERED,
         tells="filer|head_of_organ|public|document_register", note="消息到达之日起文件退出法规库"),
)  # fmt: skip

FILING = Procedure(
    "regulations.filing",
    "规范性文件备案审查（政府）",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
    live=True,
)
