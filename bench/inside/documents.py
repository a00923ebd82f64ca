"""A catalogue of normative documents as long as it is asked for, with their words in the statute-book, through COPY.

The words are made of a stock of sentences, so that a common word stands in most documents, some words in every
fiftieth, and the number of a document in one.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import Organisation
from law.documents import read_document
from law.models import LegalText, Provision
from law.numerals import to_chinese
from portal.populate.sheet import Sheet, Writer, plain
from portal.populate.tables import laid_open
from regulations.models import DocumentVersion, NormativeDocument
from regulations.rules.names import SUBJECTS, book_name

SEED, PIECE, ARTICLES = 7, 500, 24
TODAY_IS_LAST = date(2026, 6, 30)  # of the newest document; the others were published in the twenty years before
ACTORS = ("区商务局", "各街道办事处", "有关主管部门", "社区居民委员会", "行业协会", "区财政局", "牵头单位", "经营主体")
DOINGS = (
    "加强便民服务网点建设", "完善政务服务流程", "公开办事指南和收费清单", "定期开展安全检查", "推进老旧小区改造",
    "组织志愿服务活动", "建立工作台账并按季度报送", "听取居民和企业的意见", "支持老字号企业创新发展", "做好应急准备",
    "落实节能节水措施", "改善停车秩序", "规范户外广告设置", "保护历史文化街区", "开展法治宣传教育", "提升养老服务质量",
)  # fmt: skip
WAYS = ("按照职责分工", "会同相关单位", "在每年年底以前", "结合本地区实际", "通过多种方式", "依托信息化平台")
# The commonest signs of the language, from which words are made that say nothing.
SIGNS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些"
)
EVERY_FIFTIETH = "地下管线普查"


@transaction.atomic
def load(documents: int) -> dict[str, Any]:
    """So many documents more, of all organs of the district, one after another in time."""
    draw = random.Random(SEED)
    organs = list(Organisation.objects.exclude(word="").order_by("code").values_list("pk", "name", "word"))
    texts = Sheet(
        LegalText, "title", "family", "issuer", "number", "promulgated_on", "version_on", "effective_from", "digest",
        kind="normative_document", aliases="{}", history="{}", effective_basis="公布之日",
    )  # fmt: skip
    columns = ("kind", "label", "content", "anchor", "annex", "article", "bis", "paragraph", "item", "subitem")
    provisions = Sheet(Provision, "text_id", "order", *columns)
    rows = Sheet(
        NormativeDocument, "organ_id", "issuer", "number", "title", "subject", "published_on", "effective_from",
        "text_id", kind="notice", words="",
    )  # fmt: skip
    versions = Sheet(DocumentVersion, "document_id", "text_id", "body", "digest", "entered_at", problems="[]")
    sheets = (texts, provisions, rows, versions)
    with laid_open(sheets):
        writer = Writer(sheets)
        try:
            for number in range(1, documents + 1):
                organ = organs[number % len(organs)]
                _write(number, documents, organ, "\n".join(_lines(number, draw)), sheets)
                if number % PIECE == 0:
                    writer.send()
            writer.send()
        finally:
            writer.finish()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE regulations_normativedocument d SET words = casework_plain("
                "d.title || E'\\n' || d.number || E'\\n' || d.issuer || E'\\n' || v.body) "
                "FROM regulations_documentversion v WHERE v.document_id = d.id AND d.words = ''"
            )
    return {"documents": documents}


def title_of(number: int) -> str:
    return f"示例文件第{number}件关于{DOINGS[number % len(DOINGS)]}的通知"


def _filler(draw: random.Random) -> str:
    """Words that stand nowhere else in this order: real documents repeat themselves less than a stock of sentences."""
    return "".join(draw.choice(SIGNS) for _ in range(90))


def _lines(number: int, draw: random.Random) -> Iterator[str]:
    yield title_of(number)
    yield "各有关单位："
    for article in range(1, ARTICLES + 1):
        said = "，".join(f"{draw.choice(ACTORS)}应当{draw.choice(WAYS)}{draw.choice(DOINGS)}" for _ in range(3))
        rare = f"做好{EVERY_FIFTIETH}工作。" if number % 50 == 0 and article == 9 else ""
        yield f"第{to_chinese(article)}条　{said}。{rare}{_filler(draw)}。"


def _write(number: int, documents: int, organ: tuple[int, str, str], body: str, sheets: tuple[Sheet, ...]) -> None:
    texts, provisions, rows, versions = sheets
    pk, issuer, word = organ
    day = TODAY_IS_LAST - timedelta(days=(documents - number) * 7300 // documents)
    named, title = f"{word}发〔{day.year}〕{number}号", title_of(number)
    digest = hashlib.sha256(body.encode()).hexdigest()
    text = texts.add(
        title, plain(book_name(title, named)), issuer, named, day, day, day,
        hashlib.sha256(f"{named}{digest}".encode()).hexdigest(),
    )  # fmt: skip
    nodes = read_document(body, title=title, issuer=issuer, number=named, published_on=day).nodes
    for order, node in enumerate(nodes):
        values = (node.kind, node.label, plain(node.content), node.anchor)
        places = (node.annex, node.article, node.bis, node.paragraph, node.item, node.subitem)
        provisions.add(text, order, *values, *places)
    subject = list(SUBJECTS)[number % len(SUBJECTS)]
    row = rows.add(pk, issuer, named, title, subject, day, day, text)
    versions.add(row, text, plain(body), digest, f"{day} 12:00+08")
