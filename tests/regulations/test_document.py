"""The page of a document: its words on a day, its versions, its relations, and what is taken away of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from law.models import Provision
from regulations.actions.entering import end, enter
from regulations.actions.importing import Report
from regulations.models import NormativeDocument
from regulations.papers.akn import About, written
from regulations.papers.drawing import SHOWN, Node, graph
from regulations.papers.text import context_of
from tests.regulations.library import (
    BREAKFAST,
    SALES,
    SERVICE,
    SHOPS,
    WATER,
    faults,
    numbered,
    printed_words,
    squashed,
    words_of,
)

pytestmark = pytest.mark.django_db
AMENDED = """示例早餐网点管理暂行办法
东商务规〔2018〕2号
第一条　为了规范早餐网点的服务，制定本办法。
第二条　早餐网点应当明码标价，公示服务电话。
第三条　区商务局会同街道办事处制定年度早餐网点方案，听取居民的意见以后，于每年三月底以前向社会公布，接受监督。
第四条　本办法自2018年6月1日起施行。"""


def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def path(number: str) -> str:
    return f"/documents/{numbered(number).pk}/"


@pytest.fixture
def amended(library: Report) -> NormativeDocument:
    """The breakfast document, amended in 2020 and repealed in 2024."""
    document = numbered(BREAKFAST)
    enter(document, AMENDED, version_on=date(2020, 5, 1), effective_from=date(2020, 6, 1))
    end(document, date(2024, 4, 14), "replaced", replaced_by=numbered(SHOPS))
    return document


def test_a_document_has_its_words_with_anchors_and_links(library: Report, client: Client) -> None:
    said = page(client, path(SHOPS))
    for anchor in ("a1", "a2p1i2", "a2p1i2s1", "a2p2", "p1"):
        assert f'id="{anchor}"' in said
    assert "前款所列门店应当明码标价。" in said
    assert "现行有效" in said
    assert "未经核实" in said  # imported, nobody has checked
    assert 'href="/law/' in said  # the statute that it rests on
    assert f'href="{path(BREAKFAST)}"' in said


def test_a_document_on_another_day(amended: NormativeDocument, client: Client) -> None:
    own = path(BREAKFAST)
    assert "听取居民的意见" not in page(client, own, on="2020-05-31")
    assert "听取居民的意见" in page(client, own, on="2020-06-01")
    said = page(client, own)
    assert "已被新文件代替" in said
    assert "最后有效日期为" in said
    assert f'href="{path(SHOPS)}">查看代替它的文件' in said
    assert "现行有效" in page(client, own, on="2024-04-14")
    assert "没有可以查看的文本" in page(client, own, on="2010-01-01")
    page(client, own, on="不是日期", status=422)


def test_what_is_not_public_is_nowhere(library: Report, client: Client) -> None:
    secret = NormativeDocument.objects.create(issuer="示例机关", number="示〔2026〕1号", title="未公布")
    for address in ("", "versions/", "pdf/", "json/"):
        page(client, f"/documents/{secret.pk}/{address}", status=404)


def test_versions_stand_side_by_side_with_the_changes_marked(amended: NormativeDocument, client: Client) -> None:
    said = page(client, f"{path(BREAKFAST)}versions/")
    assert "<ins>，听取居民的意见以后，于每年三月底以前向社会公布，接受监督</ins>。" in said
    assert said.count("<strong>第三条</strong>") == 1
    assert "<strong>第二条</strong>" not in said
    replaced = page(client, f"{path(SHOPS)}versions/")
    assert replaced.count("<section") == 3  # its own text and both of the document that it replaced
    assert BREAKFAST in replaced


def test_who_cites_a_document(amended: NormativeDocument, client: Client) -> None:
    said = page(client, path(BREAKFAST)).split('id="cited-by"')[1]
    assert "废止本文件：" in said
    assert "代替本文件：" in said
    assert f'href="{path(SERVICE)}"' in said
    assert "目前没有收入的文件引用本文件" in page(client, path(WATER))


def test_powers_that_rest_on_a_document_are_named(library: Report, client: Client) -> None:
    from powerlist.actions.stock import load_powers
    from powerlist.models import Basis

    load_powers(bound_only=True)
    basis = Basis.objects.select_related("version__power").filter(version__until=None).first()
    assert basis is not None
    document = NormativeDocument.objects.create(
        issuer="示例机关", number="示〔2020〕1号", title=basis.family, published_on=date(2020, 1, 1)
    )
    enter(document, "一、甲。")
    said = page(client, document.get_absolute_url())
    assert f"/powers/{basis.version.power.code}/" in said


def test_the_relations_are_drawn(amended: NormativeDocument, client: Client) -> None:
    said = page(client, path(SHOPS))
    drawn = said[said.index("<svg") : said.index("</svg>") + 6]
    picture = ElementTree.fromstring(drawn)
    links = {one.get("href") for one in picture.iter("{http://www.w3.org/2000/svg}a")}
    assert path(BREAKFAST) in links
    assert "北京市示例管理条例" in "".join(picture.itertext())


def test_a_drawing_escapes_its_words_and_has_an_end() -> None:
    nodes = [Node("引用", f"<b>第{number}个&文件", '/?"') for number in range(SHOWN + 5)]
    picture = ElementTree.fromstring(graph("标题<&>", nodes, nodes))
    words = "".join(picture.itertext())
    assert "另有 5 项" in words
    assert "<b>第0个&文件" in words
    assert graph("标题", [], []) == ""


@pytest.mark.parametrize("number", [SHOPS, BREAKFAST, SERVICE, WATER, SALES])
def test_an_export_in_akoma_ntoso_is_valid_and_whole(library: Report, client: Client, number: str) -> None:
    response = client.get(f"{path(number)}xml/")
    assert response["Content-Type"].startswith("application/akn+xml")
    assert faults(response.content) == []
    assert squashed(words_of(response.content)) == squashed(numbered(number).versions.get().body)


def test_the_schema_finds_faults(library: Report, client: Client) -> None:
    broken = client.get(f"{path(SHOPS)}xml/").content.replace(b"<body>", b"<body><p/>", 1)
    assert faults(broken)


@pytest.mark.parametrize("body", ["\x01\ufffe\U00020000", "", "第一章　总则\n第二章　分则", "附件"])
def test_odd_texts_are_valid_too(body: str) -> None:
    from law.documents import read_document

    day = date(2024, 1, 1)
    nodes = read_document(body, title="示例", issuer="示例机关", number="示〔2024〕1号", published_on=day).nodes
    about = About(title="示例", issuer="示例机关", number="示〔2024〕1号", published_on=day, version_on=day)
    assert faults(written(about, nodes)) == []


def test_the_printed_text_has_the_same_words(library: Report, client: Client) -> None:
    for number in (SHOPS, SERVICE):
        response = client.get(f"{path(number)}pdf/")
        assert response["Content-Type"] == "application/pdf"
        assert printed_words(response.content) == squashed(numbered(number).versions.get().body)


def test_an_article_without_words_is_printed_all_the_same(library: Report) -> None:
    version = numbered(SHOPS).versions.get()
    bare = [Provision(kind="article", label=f"第{number}条") for number in "一二"]
    context = context_of(numbered(SHOPS), version, [*bare, Provision(kind="paragraph", content="甲。"), bare[0]])
    assert [words for _, words in context["lines"]] == ["第一条", "第二条　甲。", "第一条"]


def test_plain_text_and_json(library: Report, client: Client) -> None:
    body = numbered(SERVICE).versions.get().body
    assert client.get(f"{path(SERVICE)}txt/").content.decode() == body + "\n"
    told: dict[str, Any] = json.loads(client.get(f"{path(SERVICE)}json/").content)
    assert told["body"] == body
    assert squashed("".join(one["label"] + one["content"] for one in told["provisions"])) == squashed(body)
    assert client.get(f"/api/v1/normative-documents/{numbered(SERVICE).pk}/").json()["body"] == body
    disposition = client.get(f"{path(SERVICE)}json/")["Content-Disposition"]
    assert disposition.startswith(f"attachment; filename=document-{numbered(SERVICE).pk}.json")


def test_a_page_costs_the_same_whatever_is_related(
    amended: NormativeDocument, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(path(SHOPS))
    with django_assert_max_num_queries(13):
        client.get(path(SHOPS))
    with django_assert_max_num_queries(5):
        client.get(f"{path(SHOPS)}versions/")
