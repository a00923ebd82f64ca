"""Official documents (公文) that every chapter may give: the letter, the minutes, the circular. 公文条例 2012, 8."""

from casework.paper import Element, Paper
from casework.procedure import statute

official = statute("党政机关公文处理工作条例")

LETTER = Paper(
    "sy_letter", "函", "gbt9704_letter", "机关", "不相隶属机关",
    (Element("text", "正文"), Element("seal", "署名、印章和日期", filled_by="seal")),
    word="函", titles=None, seal="organ", law="党政机关公文处理工作条例", article="8",
    service=("return_slip",), copies=2, retention="30年", verified="partial",
    own_template="papers/official/letter.html",
)  # fmt: skip
MINUTES = Paper(
    "sy_minutes", "会议纪要", "gbt9704_minutes", "会议组织机关", "出席单位",
    (Element("agreed", "议定事项", official("8")), Element("present", "出席、请假、列席")),
    word="会纪", titles=None, law="党政机关公文处理工作条例", article="8", service=("return_slip",), copies=2,
    retention="永久", verified="partial", own_template="papers/official/minutes.html",
)  # fmt: skip
CRITICISM = Paper(
    "sy_circulated_criticism", "通报", "gbt9704_document", "机关", "下级机关",
    (Element("facts", "情况和要求", official("8")), Element("seal", "署名、印章和日期", filled_by="seal")),
    word="通报", titles=None, seal="organ", law="党政机关公文处理工作条例", article="8", service=("return_slip",),
    copies=3,
    retention="30年", verified="partial", own_template="papers/official/circular.html",
)  # fmt: skip
EXTENSION = Paper(
    "sy_extension_approval", "期限延长（中止）审批表", "form", "承办人", "批准人",
    (
        Element("matter", "事项"), Element("before", "原届满日"), Element("after", "延长至"), Element("reasons",
            "理由"),
        Element("approver", "批准人"),
    ),
    service=("file",), retention="30年", verified="partial", note="批准人由各程序的条文确定",
)  # fmt: skip
OFFICIAL = (LETTER, MINUTES, CRITICISM, EXTENSION)
