"""manage.py import_normative_documents: line by line, repeatable, nothing lost and nothing overwritten."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import SearchEntry
from law.models import LegalText
from regulations.actions.importing import Report, import_lines, import_normative_documents
from regulations.models import DocumentVersion, NormativeDocument
from tests.regulations.library import SAMPLES, SERVICE, SHOPS, numbered, squashed

pytestmark = pytest.mark.django_db
GOOD = {
    "title": "示例通知",
    "issuer": "示例局",
    "document_number": "示〔2024〕1号",
    "published": "2024-01-02",
    "text": "一、甲。",
}


def line(**changed: object) -> bytes:
    return json.dumps(GOOD | changed, ensure_ascii=False).encode()


def reasons(*lines: bytes) -> list[str]:
    return [row.reason for row in import_lines(lines, "sample").rows]


def test_every_sample_is_imported_whole(library: Report) -> None:
    given = [json.loads(each) for each in SAMPLES.read_text(encoding="utf-8").splitlines()]
    assert library.counts == {"新增": len(given)}
    for one in given:
        document = NormativeDocument.objects.get(title=squashed(one["title"]))
        version = document.versions.select_related("text").get()
        assert version.body == one["text"]
        pieces = version.text.provisions.order_by("order")
        assert squashed("".join(piece.label + piece.content for piece in pieces)) == squashed(one["text"])


def test_what_a_line_says_is_in_the_register(library: Report) -> None:
    shops = numbered(SHOPS)
    assert (shops.organ and shops.organ.code, shops.kind, shops.subject) == ("DC-SWJ", "notice", "trade")
    assert (shops.signed_on, shops.published_on) == (date(2024, 3, 1), date(2024, 3, 15))
    assert (shops.effective_from, shops.valid_until) == (date(2024, 4, 15), date(2029, 4, 14))
    assert numbered("东商务规〔2018〕2号").trial
    outside = numbered("京示发〔2022〕15号")
    assert (outside.organ, outside.issuer, outside.subject) == (None, "北京市示例委员会", "building")
    assert numbered(SERVICE)  # 东政办发[2023]7号 as it was typed
    assert SearchEntry.objects.filter(source="regulations.document").count() == 5


def test_importing_again_changes_nothing(library: Report) -> None:
    before = list(DocumentVersion.objects.values_list("pk", "entered_at")), LegalText.objects.count()
    assert import_normative_documents(SAMPLES).counts == {"未变": 5}
    assert (list(DocumentVersion.objects.values_list("pk", "entered_at")), LegalText.objects.count()) == before


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "不是有效的JSON"),
        (b"[]", "不是一个JSON对象"),
        (b"\xff{}", "不是UTF-8编码的文本"),
        (line(text="  "), "缺少正文"),
        (line(title=None, issuer=""), "缺少名称、制定机关"),
        (line(document_number="　"), "缺少文号"),
        (line(published="2024-13-01"), "公布日期不是日期：2024-13-01"),
        (line(title=5), "名称不是文字"),
        (line(title="长" * 201), "名称超过200字"),
        (line(subject="没有的主题"), "没有这一主题：没有的主题"),
        (b'{"title": "a\\u0000"}', "名称含有不能保存的字符"),
        (line(valid_until="2020-01-01"), "有效期截止早于施行日期"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_taken(organs: None, bad: bytes, reason: str) -> None:
    report = import_lines([bad, b"\n", line()], "sample")
    assert [(row.line, row.outcome, row.reason) for row in report.rows] == [(1, "未导入", reason), (3, "新增", "")]
    assert NormativeDocument.objects.count() == 1


def test_what_stands_is_not_overwritten(organs: None) -> None:
    import_lines([line()], "sample")
    assert reasons(line(text="一、乙。")) == ["同一机关的这一文号已有文件，正文不同"]
    assert reasons(line(title="另一个通知")) == ["同一机关的这一文号已有文件，名称不同"]
    assert reasons(line(published="2024-01-03")) == ["同一机关的这一文号已有文件，公布日期不同"]
    assert numbered("示〔2024〕1号").versions.get().body == "一、甲。"


def test_an_organ_that_bore_another_name_is_one_organ(organs: None) -> None:
    from accounts.models import OrganisationName

    former = OrganisationName.objects.select_related("organisation").exclude(name="").first()
    assert former is not None
    now = line(issuer=former.organisation.name)
    then = line(issuer=former.name)
    assert reasons(now, then) == ["", f"{former.organisation.name}已有文号相同的文件"]


def test_the_command_reports_each_line(organs: None, tmp_path: Path) -> None:
    file, kept, said = tmp_path / "documents.jsonl", tmp_path / "report.csv", StringIO()
    file.write_bytes(line() + b"\n{\n" + line(document_number="示〔2024〕2号", text="一、甲。\n三、乙。") + b"\n")
    call_command("import_normative_documents", file, report=kept, stdout=said)
    assert said.getvalue().splitlines() == [
        "第2行 未导入 ：不是有效的JSON",
        "第3行 新增 示例局 示〔2024〕2号",
        "    三、编号不连续",
        "共 3 行：新增 2，未变 0，未导入 1",
    ]
    rows = list(csv.reader(kept.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:2] for row in rows[1:]] == [["1", "新增"], ["2", "未导入"], ["3", "新增"]]


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="不能读取"):
        call_command("import_normative_documents", tmp_path / "none.jsonl")
