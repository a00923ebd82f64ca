"""law.statute and law.relations: reading texts, and saying what could not be read."""

from datetime import date
from pathlib import Path

import pytest

from law.relations import relations
from law.statute import Node, Statute, family, read_statute

TEXTS = Path(__file__).parent / "texts"


def read(name: str) -> Statute:
    return read_statute((TEXTS / f"{name}.md").read_text(encoding="utf-8"), name)


def words(statute: Statute) -> dict[str, str]:
    return {node.anchor: node.label + node.content for node in statute.nodes if node.anchor}


def test_a_well_formed_text() -> None:
    statute = read("示例管理规定(2020-03-01)")
    assert statute.problems == []
    assert (statute.title, statute.kind, statute.number) == (
        "中华人民共和国示例管理规定",
        "administrative_regulation",
        "令第9001号",
    )
    assert (statute.adopted_on, statute.promulgated_on, statute.revised_on) == (
        date(2020, 3, 1),
        date(2020, 3, 15),
        None,
    )
    assert (statute.version_on, statute.effective_from, statute.effective_basis) == (
        date(2020, 3, 1),
        date(2020, 5, 1),
        "附则",
    )
    assert [(n.kind, n.label, n.content) for n in statute.nodes if n.kind in ("chapter", "section")] == [
        ("chapter", "第一章", "总则"),
        ("chapter", "第二章", "办理"),
        ("section", "第一节", "申请"),
        ("section", "第二节", "决定"),
        ("chapter", "第三章", "附则"),
    ]
    assert words(statute) == {
        "a1": "第一条",
        "a1p1": "为了规范示例，根据《中华人民共和国示例法》、《示例条例》，结合实际，制定本规定。",
        "a2": "第二条",
        "a2p1": "本规定所称示例，是指虚构的事项。",
        "a2p2": "示例应当遵循公开原则。",
        "a3": "第三条",
        "a3p1": "申请人提出示例申请的，示例机关按照下列规定处理：",
        "a3p1i1": "（一）材料齐全的，予以受理；",
        "a3p1i2": "（二）材料不齐全的，在五日内告知：",
        "a3p1i2s1": "1.应当补正的材料；",
        "a3p1i2s2": "2.补正的期限；",
        "a3p1i3": "（三）其他情形。",
        "a3p2": "示例机关应当出具书面凭证。",
        "a3b1": "第三条之一",
        "a3b1p1": "示例机关可以委托办理。",
        "a4": "第四条",
        "a4p1": "示例机关应当自受理之日起二十日内作出决定。",
        "a5": "第五条",
        "a5p1": "本规定自2020年5月1日起施行。《示例暂行办法》同时废止。",
    }


def test_a_revised_text_with_articles_in_one_line() -> None:
    statute = read("示例管理规定(2024-06-01)")
    assert statute.problems == ["第四条与前文同处一行，已分开收录"]
    assert (statute.version_on, statute.revised_on) == (date(2024, 6, 1), date(2024, 6, 1))
    assert (statute.effective_from, statute.effective_basis) == (date(2024, 9, 1), "附则")
    assert words(statute)["a4p1"] == "情况复杂的，依照《行政示例法》第二条的规定延长。"


def test_what_cannot_be_read_is_reported_and_kept() -> None:
    statute = read("示例管理规定实施细则")
    assert statute.problems == [
        "卷首无法识别：第九届示例大会",
        "标题无法识别：甲、杂项",
        "第一条之后为第三条，编号不连续",
        "第三条第一款（一）项编号重复或者倒退，作为段落收录",
        "第三条之后为第三条，编号不连续",
    ]
    kept = words(statute)
    assert kept["a3p2"] == "（一）重复的一项；"
    assert kept["a3p3"] == "第三条 重复的一条。"
    assert kept["x1p1"] == "表格一行"
    assert kept["x1a2p1"] == "附件里的第二条。"
    assert [(n.kind, n.content) for n in statute.nodes if n.kind == "annex"] == [("annex", "附件：示例表格")]
    assert (statute.kind, statute.number, statute.version_on) == ("department_rule", "令第7号", date(2021, 2, 1))


def test_a_decision_numbered_with_lists() -> None:
    statute = read("示例若干问题的决定(2019-01-02)")
    assert words(statute)["a1p1i1"] == "（一）示例一项；"
    assert [n.label for n in statute.nodes if n.kind == "article"] == ["一、", "二、"]
    assert (statute.effective_from, statute.effective_basis) == (date(2019, 1, 2), "推定")
    assert list(relations(statute)) == [("amends", "示例法")]


@pytest.mark.parametrize(
    ("head", "body", "effective", "basis"),
    [
        ("2019年4月23日 国务院令第1号公布", "第一条 本条例自公布之日起施行。", date(2019, 4, 23), "公布之日"),
        (
            "2003年8月1日 国务院令第1号公布\n\n2019年4月23日 《关于修改的决定》修正",
            "第一条 本条例自2004年7月1日起施行。", date(2019, 4, 23), "推定",
        ),
        ("2019年4月23日 国务院令第1号公布\n\n2019年6月1日 施行", "第一条 示例。", date(2019, 6, 1), "卷首"),
        (
            "2003年8月1日 国务院令第1号公布\n\n2019年4月23日 国务院常务会议修订通过",
            "第一条 本条例自发布之日起施行。", date(2019, 4, 23), "公布之日",
        ),
        ("", "第一条 示例。", None, ""),
    ],
)  # fmt: skip
def test_the_day_from_which_a_version_applies(head: str, body: str, effective: date | None, basis: str) -> None:
    statute = read_statute(f"# 示例条例\n\n{head}\n\n<!-- INFO END -->\n\n{body}\n", "示例条例")
    assert (statute.effective_from, statute.effective_basis) == (effective, basis)


def test_a_text_without_form_is_kept_as_paragraphs() -> None:
    statute = read_statute("没有标题的一段。\n\n又一段。", "示例说明")
    assert statute.title == "示例说明"
    assert statute.nodes == [Node("preamble", "", "又一段。", paragraph=1)]
    assert "没有标题行，以文件名为标题" in statute.problems
    assert "正文没有条文，只作为段落收录" in statute.problems


def test_relations_are_found_in_the_title_the_first_and_the_last_article() -> None:
    assert list(relations(read("示例管理规定(2020-03-01)"))) == [
        ("based_on", "中华人民共和国示例法"),
        ("based_on", "示例条例"),
        ("repeals", "示例暂行办法"),
    ]
    title = "# 北京市实施《中华人民共和国示例法》办法\n\n<!-- INFO END -->\n\n第一条 示例。\n"
    assert list(relations(read_statute(title, "x"))) == [("implements", "示例法")]
    assert list(relations(read_statute("# 示例法实施条例\n<!-- INFO END -->\n第一条 示例。", "x"))) == [
        ("implements", "示例法")
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("中华人民共和国行政许可法", "行政许可法"),
        ("北京市实施《中华人民共和国工会法》办法", "北京市实施《工会法》办法"),
        ("北京市实施〈工会法〉 办法", "北京市实施《工会法》办法"),
        ("行政复议法（2023修订）", "行政复议法"),
    ],
)
def test_versions_share_a_name(title: str, name: str) -> None:
    assert family(title) == name
