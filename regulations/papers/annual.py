"""The list of a year for the people's congress, and how its case fills it."""

from __future__ import annotations

from collections.abc import Callable

from casework.paper import Paper
from casework.papers import Context
from casework.procedure import statute
from regulations.papers.file import File
from regulations.papers.words import element, paper
from regulations.queries.annual import LABELS, of_year, year_of

rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")

PAPERS: tuple[Paper, ...] = (
    paper(
        "gfx_annual_catalogue", "上一年度发文目录", "form", "区政府（办公室）", "区人大常委会", element("year", "年度"),
        *(element(name, label, *rd("13")) for name, label in LABELS.items()), element("contact", "联系人和电话"),
        law="北京市各级人民代表大会常务委员会规范性文件备案审查条例", article="13", verified="yes",
    ),
)  # fmt: skip


def _catalogue(file: File) -> Context:
    found = of_year(year_of(file.case))
    lists = {name: said or ["无"] for name, said in found.lists().items()}
    elements = {"year": f"{found.year}年", **lists, "contact": file.fact("contact")}
    return {"issued_by": file.case.organ, "addressee": file.part("receiver").name, "elements": elements}


FILLED: dict[str, Callable[[File], Context]] = {"gfx_annual_catalogue": _catalogue}
