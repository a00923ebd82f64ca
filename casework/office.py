"""Acts of the office that no statute lists: who handles a case, what colleagues advise, who steps aside.

They stay in the case's chain like every act, and may be taken in every open state of every procedure.
"""

from __future__ import annotations

from casework.procedure import SAME, Ask, Step, statute, step

INSIDE = "case_officer|section_head|departmental_legal_unit|head_of_organ"
OPINIONS = (("agree", "拟同意"), ("disagree", "拟不同意"), ("return", "退回补充"))
GROUNDS = (
    ("interest", "与本案有直接利害关系"),
    ("kin", "与当事人有近亲属关系"),
    ("other", "有其他关系可能影响公正执法"),
)

ASSIGN = step(
    "assign", "指派承办人", when="", by="section_head|head_of_organ", to=SAME, under=(), tells="case_officer",
    asks=Ask("handler", "承办人", "choice", source="officers"),
)  # fmt: skip
ADVISE = step(
    "advise", "内部审核意见", when="", by=INSIDE, to=SAME, under=(), tells="case_officer|section_head|head_of_organ",
    asks=(Ask("proposal", "意见", "choice", choices=OPINIONS), Ask("reasons", "理由", "text")),
)  # fmt: skip
RECUSE = step(
    "recuse", "决定回避", when="", by="head_of_organ", to=SAME, under=statute("公务员法")("76"), tells="section_head",
    asks=(Ask("officer", "回避人员", "choice", source="officers"), Ask("ground", "事由", "choice", choices=GROUNDS),
          Ask("reasons", "理由")),
)  # fmt: skip
OFFICE_STEPS: dict[str, Step] = {row.name: row for row in (ASSIGN, ADVISE, RECUSE)}
