"""Changes of the list from a file: what each line would become, and that a confirmed file is proposed once."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, OperationalError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from casework.actions.make import make_papers
from casework.models import Case, Notice
from casework.tables import Line, Table, read
from powerlist.actions import importing
from powerlist.models import ImportedFile, ImportedLine, PowerVersion
from powerlist.models.imports import SMALL
from powerlist.queries.importing import judged
from powerlist.queries.known import PROCEDURE
from powerlist.queries.versions import as_item
from powerlist.rules import file
from powerlist.rules import item as items
from powerlist.tasks import propose_lines
from tests.powerlist.conftest import FOOD, Town, item

PATH = "/desk/powers/import/"
NEW = "110101-SCJ-XK-900"
HEADINGS = [file.CODE, *file.ELEMENTS, *file.WHY]


def line(code: str = NEW, reason: str = "需要", changes: str = "无", **changed: Any) -> list[str]:
    return [code, *file.cells(item(**changed), {}), reason, changes]


def upload(
    client: Client, *lines: list[str], headings: list[str] = HEADINGS, encoding: str = "utf-8-sig", path: str = PATH
) -> Any:
    made = io.StringIO()
    csv.writer(made).writerows([headings, *lines])
    return send(client, made.getvalue().encode(encoding), path=path)


def send(client: Client, content: bytes, name: str = "清单.csv", path: str = PATH) -> Any:
    return client.post(path, {"file": SimpleUploadedFile(name, content)})


def rows(client: Client, answer: Any) -> dict[str, tuple[str, list[str]]]:
    """code → (what became of the line, headings that are at fault)"""
    found = client.get(answer["Location"]).context["rows"] if answer.status_code == 302 else answer.context["rows"]
    return {row.code: (row.outcome, list(dict.fromkeys(heading for heading, _ in row.faults))) for row in found}


def confirm(client: Client, path: str) -> dict[str, str]:
    return dict.fromkeys(client.get(path).context["form"].fields, "on")


def test_a_file_becomes_proposals_when_it_is_confirmed_and_not_before(town: Town) -> None:
    client = town.client("scj-head")
    change = [FOOD, "8个工作日", "压缩时限", "无"]
    headings = [file.CODE, "承诺时限", *file.WHY]
    kept = upload(client, change, headings=headings)
    assert rows(client, kept) == {FOOD: ("change", [])}
    assert "承诺时限" in client.get(kept["Location"]).content.decode()
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    assert kept["Location"] in client.get("/desk/powers/").content.decode()
    assert client.post(kept["Location"]).status_code == 422  # nothing was attested
    done = client.post(kept["Location"], confirm(client, kept["Location"]))
    assert done["Location"] == "/desk/powers/"
    assert "已经提出 1 项调整" in client.get("/desk/powers/").content.decode()
    case = Case.objects.get(procedure=PROCEDURE)
    proposal = case.proposals.get()
    assert (case.state, case.matter, proposal.reason) == ("proposed", FOOD, "压缩时限")
    version = PowerVersion.objects.get(power__code=FOOD)
    assert items.differences(as_item(version), proposal.content) == [("承诺时限", version.promised, "8个工作日")]
    assert version.until is None  # the list itself changes when the government has approved
    again = client.post(kept["Location"], {"attest_1": "on"})
    assert again["Location"] == kept["Location"]
    said = client.get(kept["Location"]).content.decode()
    assert "这个文件已经确认，逐行结果见下" in said
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_new_powers_are_proposed_whatever_program_wrote_the_file(town: Town, encoding: str) -> None:
    client = town.client("scj-head")
    kept = upload(client, line(), line(NEW[:-1] + "1", name="示例备案"), encoding=encoding)
    assert client.post(kept["Location"], confirm(client, kept["Location"])).status_code == 302
    proposed = {case.matter: case.proposals.get().content for case in Case.objects.filter(procedure=PROCEDURE)}
    assert proposed == {NEW: item(), NEW[:-1] + "1": item(name="示例备案")}


def test_the_sheet_to_fill_in_says_what_stands_and_changes_nothing(town: Town) -> None:
    client = town.client("scj-head")
    sheet = client.get(f"{PATH}sheet/").content
    answer = send(client, sheet, "清单.xlsx")
    assert answer.status_code == 422
    assert "没有可以提出的调整" in answer.content.decode()
    held = PowerVersion.objects.filter(organ__code="DC-SCJ").values_list("power__code", flat=True)
    assert rows(client, answer) == {code: ("unchanged", []) for code in held}


@pytest.mark.parametrize(
    ("given", "headings"),
    [
        (line("110101 SCJ"), ["权责编码"]),
        (line(reason="", changes=""), ["调整理由", "法律依据变化"]),
        (line(name=""), ["职权名称"]),
        (line(name="食品（含保健食品）经营许可"), ["职权名称"]),
        (line(kind="许可证"), ["职权类型"]),
        (line(organ="DC-WJW"), ["实施主体"]),
        (line(organ="不存在的局"), ["实施主体"]),
        (line(entrusted="不存在的街道"), ["受委托机关"]),
        (line(entrusted="DC-WJW"), ["受委托机关"]),
        (line(items=["DC-SCJ-SPJY"]), ["关联事项"]),
        (line(items=["DC-SCJ-XXXX"]), ["关联事项"]),
        (line(stages=[{**item()["stages"][0], "basis": "《北京市示例管理条例》第九十九条"}]), ["责任清单"]),
        (line(basis=["示例条例"]), ["法律依据"]),
        (line(basis=["《北京市示例管理条例》第九十九条"]), ["法律依据"]),
        (line(basis=["《关于示例的通知》第一条"]), ["法律依据"]),
        (line(authority="=HYPERLINK(1)"), ["职责权限"]),
        (line(name="长" * 201), ["职权名称"]),
        ([*line()[:10], "第一步就受理", *line()[11:]], ["责任清单"]),
        (line("110101-WJW-XK-001"), ["权责编码"]),
    ],
)
def test_every_fault_is_told_with_line_and_column(town: Town, given: list[str], headings: list[str]) -> None:
    client = town.client("scj-head")
    fine = line("110101-SCJ-XK-901", name="示例备案")
    found = rows(client, upload(client, given, fine))
    assert found[given[0]] == ("refused", headings)
    assert found["110101-SCJ-XK-901"] == ("addition", [])


def test_a_code_that_comes_twice_or_is_being_changed_is_refused(town: Town) -> None:
    client = town.client("scj-head")
    town.propose(town.draft("change", FOOD, promised="9个工作日", at="2026-03-02T09:00"))
    change = [FOOD, "8个工作日", "压缩时限", "无"]
    answer = upload(client, change, headings=[file.CODE, "承诺时限", *file.WHY])
    assert rows(client, answer) == {FOOD: ("refused", ["权责编码"])}
    twice = upload(client, line(), line(name="又一项"))
    said = client.get(twice["Location"]).content.decode()
    assert "与第2行重复" in said
    assert "有误的 1 行不提出" in said


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("清单.doc", b"x", "格式不受支持"),
        ("清单.csv", b"", "文件内容为空"),
        ("清单.csv", "权责编码,说明\nA,B\n".encode(), "缺少这些列：调整理由、法律依据变化"),
        ("清单.csv", "权责编码,调整理由,法律依据变化,承诺时间\n".encode(), "不认识这些列：承诺时间"),
        ("清单.csv", "权责编码,调整理由,法律依据变化\n".encode(), "标题行下面没有内容"),
        ("清单.xlsx", b"PK\x03\x04 torn", "不能打开"),
    ],
)
def test_a_wrong_file_says_why_and_loses_nothing(town: Town, name: str, content: bytes, words: str) -> None:
    client = town.client("scj-head")
    kept = upload(client, line())
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get(kept["Location"]).status_code == 200
    assert client.post(PATH).status_code == 422


def test_a_line_that_is_refused_meanwhile_says_why_and_the_others_are_proposed(town: Town) -> None:
    client = town.client("scj-head")
    kept = upload(client, line(NEW[:-1] + "1", name="示例备案"), line())
    town.propose(
        town.draft("addition", at=timezone.localtime().isoformat()[:16]), timezone.localtime().isoformat()[:16]
    )
    answer = client.post(kept["Location"], confirm(client, kept["Location"]))
    assert answer["Location"] == kept["Location"]
    assert sorted(case.matter for case in Case.objects.filter(procedure=PROCEDURE)) == [NEW, NEW[:-1] + "1"]
    refused, proposed = client.get(kept["Location"]).context["rows"]
    assert (refused.code, refused.case, proposed.code, proposed.refusal) == (NEW, None, NEW[:-1] + "1", "")
    said = client.get(kept["Location"]).content.decode()
    assert "1 项没有提出" in said
    assert proposed.case.number in said
    assert refused.refusal in said


def test_a_kept_file_can_be_thrown_away(town: Town) -> None:
    client = town.client("scj-head")
    kept = upload(client, line())
    file = ImportedFile.objects.get()
    assert client.get(f"/desk/powers/drafts/{file.code}/").status_code == 404
    for page in ("", "report/", "discard/"):
        assert town.client("wjw-head").post(f"{kept['Location']}{page}").status_code in (404, 405)
    assert town.client("wjw-head").get(f"{kept['Location']}report/").status_code == 404
    assert client.post(f"{kept['Location']}discard/")["Location"] == "/desk/powers/"
    assert not ImportedFile.objects.exists()
    assert town.client("legal-office").get(PATH).status_code == 403


def test_a_confirmed_file_stands(town: Town) -> None:
    client = town.client("scj-head")
    kept = upload(client, line())
    client.post(kept["Location"], confirm(client, kept["Location"]))
    client.post(f"{kept['Location']}discard/")
    file = ImportedFile.objects.get()
    with pytest.raises(InternalError), transaction.atomic():
        ImportedFile.objects.filter(pk=file.pk).delete()
    with pytest.raises(InternalError), transaction.atomic():
        ImportedLine.objects.filter(file=file).update(case=None)
    with pytest.raises(InternalError), transaction.atomic():
        ImportedLine.objects.filter(file=file).delete()


def long_file(town: Town, number: int = SMALL + 5) -> ImportedFile:
    """A confirmed file that is too long for a request."""
    at, organ = timezone.now(), town.organ()
    lines = [
        Line(n, dict(zip(HEADINGS, line(f"{NEW}-{n}", name=f"示例{n}"), strict=True))) for n in range(2, number + 2)
    ]
    kept = importing.keep(
        town.user("scj-head"),
        organ,
        "全部.xlsx",
        judged(Table(tuple(HEADINGS), lines), organ, timezone.localdate(at)),
        at,
    )
    assert importing.confirm(kept, at, attested=importing.asked(kept))
    return kept


def test_a_long_file_is_worked_through_by_a_worker_and_the_page_says_how_far_it_is(town: Town) -> None:
    client = town.client("scj-head")
    kept = upload(client, *(line(f"{NEW}-{n}", name=f"示例{n}") for n in range(SMALL + 1)))
    answer = client.post(kept["Location"], confirm(client, kept["Location"]))
    assert answer["Location"] == kept["Location"]
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    assert importing.propose(timezone.now(), 10) == 10
    said = client.get(kept["Location"]).content.decode()
    assert f"{SMALL + 1} 项调整已处理 10 项（47%）" in said
    assert "data-watched" in said
    assert '<div class="govuk-visually-hidden" role="status">已处理 40%</div>' in said
    assert "正在提出" in client.get("/desk/powers/").content.decode()
    assert propose_lines() == SMALL + 1 - 10
    assert Case.objects.filter(procedure=PROCEDURE).count() == SMALL + 1
    said = client.get(kept["Location"]).content.decode()
    assert f"提出 {SMALL + 1} 项调整" in said
    assert "data-watched" not in said


def test_whoever_is_told_of_a_long_file_is_told_once(town: Town) -> None:
    kept = long_file(town)
    while propose_lines():
        pass
    told = Notice.objects.filter(subject__contains=f"从文件提出{SMALL + 5}项").values_list("to__username", flat=True)
    assert "legal-office" in told
    assert Notice.objects.filter(to=town.user("legal-office")).count() == 1
    assert Notice.objects.get(to=kept.owner).subject == "文件“全部.xlsx”处理完毕"


def test_a_line_that_cannot_be_processed_does_not_stop_the_others(town: Town) -> None:
    kept = long_file(town)
    ImportedLine.objects.filter(number=3).update(item={"kind": 5, "stages": 7})
    propose_lines()
    kept.refresh_from_db()
    assert kept.finished_at
    assert kept.lines.exclude(case=None).count() == SMALL + 4
    assert "系统未能处理这一行" in kept.lines.get(number=3).refusal


def test_a_deadlock_in_the_request_leaves_the_lines_to_a_worker(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client = town.client("scj-head")
    kept = upload(client, line())

    def deadlock(*_: Any) -> int:
        raise OperationalError("deadlock detected")

    with monkeypatch.context() as torn:
        torn.setattr("powerlist.views.importing.actions.propose", deadlock)
        answer = client.post(kept["Location"], confirm(client, kept["Location"]))
    assert answer["Location"] == kept["Location"]
    assert "正在提出" in client.get(kept["Location"]).content.decode()
    assert propose_lines() == 1
    assert Case.objects.get(procedure=PROCEDURE).matter == NEW


def test_lines_give_way_while_many_papers_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    long_file(town)
    monkeypatch.setattr("powerlist.tasks.MOST_PAPERS", 15)
    assert propose_lines() == 20  # looked at after each ten
    assert propose_lines() == 0
    make_papers(timezone.now(), 6)
    assert propose_lines() == 5


def test_the_report_tells_of_every_line(town: Town) -> None:
    client = town.client("scj-head")
    stands = as_item(PowerVersion.objects.get(power__code=FOOD))
    same = [FOOD, *file.cells(stands, dict(Organisation.objects.values_list("code", "name"))), "", ""]
    kept = upload(client, line(), line(name="又一项"), line(NEW[:-1] + "1", name="示例备案"), same)
    before = read(io.BytesIO(client.get(f"{kept['Location']}report/").content), "结果.xlsx")
    assert {row.cells["是否提出"] for row in before.lines} == {""}
    client.post(kept["Location"], confirm(client, kept["Location"]))
    table = read(io.BytesIO(client.get(f"{kept['Location']}report/").content), "结果.xlsx")
    said = [(row.cells["行"], row.cells["是否提出"], row.cells["说明"]) for row in table.lines]
    assert said == [
        ("3", "未提出", "权责编码：与第2行重复"), ("2", "已提出", ""), ("4", "已提出", ""), ("5", "无需提出", ""),
    ]  # fmt: skip


def test_a_long_file_is_shown_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powerlist.queries.importing.SHOWN", 10)
    client, kept = town.client("scj-head"), long_file(town)
    seen, path = list[int](), f"{PATH}{kept.code}/"
    while path:
        context = client.get(path).context
        seen += [row.number for row in context["rows"]]
        path = context["next_url"]
    assert seen == list(range(2, SMALL + 7))
    assert client.get(f"{PATH}{kept.code}/?after=x").status_code == 200


def test_a_line_costs_no_query_of_its_own(town: Town, django_assert_max_num_queries: Any) -> None:
    lines = [Line(n, dict(zip(HEADINGS, line(f"NEW-{n}", name=f"示例{n}"), strict=True))) for n in range(2, 60)]
    judged(Table(tuple(HEADINGS), lines[:1]), town.organ(), timezone.localdate())
    with django_assert_max_num_queries(16):
        assert len(judged(Table(tuple(HEADINGS), lines), town.organ(), timezone.localdate())) == 58


def test_stages_of_every_power_come_back_from_a_file_as_they_were(town: Town) -> None:
    for version in PowerVersion.objects.prefetch_related("bases", "stages"):
        stages = as_item(version)["stages"]
        assert file.stages_read(file.stages_written(stages)) == (stages, "")
