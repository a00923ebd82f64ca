"""law.documents: documents as organs publish them are read whole, whatever their numbering."""

import re
from datetime import date

import pytest

from law.documents import read_document, signed_day
from law.relations import relations
from law.statute import Statute

NOTICE = """北京市示例局关于
示例工作的通知
京示发〔2024〕3号
各有关单位：
根据《示例法》和《北京市示例条例》，为落实《示例规划》，现就有关事项通知如下。
一、总体要求
（一）目标。到2026年完成。
（二）原则。
量力而行。
1.先易后难；
2．分步实施。
二、工作安排
(三)时间。参见《示例手册》。
《旧示例办法》同时废止。
附件：示例清单
北京市示例局
二〇二四年三月一日
（此件公开发布）
附件
示例清单
第一类
一、甲
二、乙"""


def read(body: str, title: str = "北京市示例局关于示例工作的通知", number: str = "京示发〔2024〕3号") -> Statute:
    return read_document(body, title=title, issuer="北京市示例局", number=number, published_on=date(2024, 3, 10))


def squashed(words: str) -> str:
    return re.sub(r"[\s　]+", "", words)


def anchored(statute: Statute) -> dict[str, str]:
    return {node.anchor: node.label + node.content for node in statute.nodes if node.anchor}


def test_the_pieces_stand_where_they_belong() -> None:
    statute = read(NOTICE)
    places = anchored(statute)
    assert places["p1"] == "各有关单位："
    assert places["a1p1"] == "总体要求"
    assert places["a1p1i1"] == "（一）目标。到2026年完成。"
    assert places["a1p2"] == "量力而行。"
    assert places["a2p1i3"] == "(三)时间。参见《示例手册》。"
    assert places["x1a2p1"] == "乙"
    kinds = [(node.kind, node.content) for node in statute.nodes if node.kind in ("opening", "closing", "annex")]
    assert kinds == [
        ("opening", "北京市示例局关于"),
        ("opening", "示例工作的通知"),
        ("opening", "京示发〔2024〕3号"),
        ("closing", "北京市示例局"),
        ("closing", "二〇二四年三月一日"),
        ("closing", "（此件公开发布）"),
        ("annex", "附件"),
        ("opening", "示例清单"),
        ("opening", "第一类"),
    ]


def test_nothing_is_dropped_and_nothing_is_at_two_places() -> None:
    statute = read(NOTICE)
    assert squashed("".join(node.label + node.content for node in statute.nodes)) == squashed(NOTICE)
    anchors = [node.anchor for node in statute.nodes if node.anchor]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    "body",
    [
        "只有一段话。",
        "一、甲\n三、丙\n二、乙",
        "第一条　甲\n第三条　丙\n第二条　乙\n（二）二\n（一）一",
        "附件\n附件\n附件1.表\n2024年1月1日",
        "（一）项在条之前\n1.目在项之下\n第一章　总则\n第一章　总则",
        "2024年13月41日\n示例局\n2024年1月2日",
        "一、甲\n一、又一\n一、再一",
    ],
)
def test_odd_numbering_is_kept_and_reported(body: str) -> None:
    statute = read(body)
    assert squashed("".join(node.label + node.content for node in statute.nodes)) == squashed(body)
    anchors = [node.anchor for node in statute.nodes if node.anchor]
    assert len(anchors) == len(set(anchors))


def test_the_days_of_a_document() -> None:
    assert signed_day(NOTICE.splitlines()) == date(2024, 3, 1)
    statute = read(NOTICE)
    assert (statute.adopted_on, statute.effective_from) == (date(2024, 3, 1), date(2024, 3, 10))
    later = read(NOTICE + "\n三、本通知自2024年5月1日起施行。")
    assert (later.effective_from, later.effective_basis) == (date(2024, 5, 1), "文件载明")
    earlier = read(NOTICE + "\n三、本通知自2024年1月1日起施行。")
    assert earlier.effective_from == date(2024, 3, 10)  # nothing applies before it is published


def test_what_a_document_says_of_other_texts() -> None:
    found = set(relations(read(NOTICE)))
    assert ("based_on", "示例法") in found
    assert ("based_on", "北京市示例条例") in found
    assert ("implements", "示例规划") in found
    assert ("repeals", "旧示例办法") in found
    assert ("cites", "示例手册") in found
    assert ("cites", "示例法") not in found


def test_a_law_merely_cites_nothing() -> None:
    statute = read(NOTICE)
    statute.kind = "statute"
    assert "cites" not in {kind for kind, _ in relations(statute)}
