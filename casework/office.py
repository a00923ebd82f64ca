"""Acts of the office that no statute lists: who handles a case, what colleagues advise, who steps aside.

They stay in the case's chain like every act, and are open in every state of every procedure.
"""

from __future__ import annotations

from casework.procedure import SAME, Ask, Step, step

ASSIGN = step(
    "assign", "指派承办人", when="", by="section_head|head_of_organ", to=SAME, under=(), tells="case_officer",
    asks=Ask("handler", "承办人", "choice", source="officers"),
)  # fmt: skip
ADVISE = step(
    "advise", "内部审核意见", when="", by="case_officer|section_head|departmental_legal_unit|head_of_organ", to=SAME, under=(),
    tells="case_officer|section_head|head_of_organ",
    asks=(
        Ask("proposal", "意见", "choice", choices=(("agree", "拟同意"), ("disagree", "拟不同意"), ("return", "退回补充"))),
        Ask("reasons", "理由", "text"),
    ),
)  # fmt: skip
OFFICE_STEPS: dict[str, Step] = {row.name: row for row in (ASSIGN, ADVISE)}
