"""manage.py due, load_law, import_laws, import_calendar: what they print and with which status they end."""

import json
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from law.models import LegalText, PublishedYear, TimeLimit

pytestmark = pytest.mark.django_db

TEXTS = Path(__file__).parent / "texts"
Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    def run(*args: str) -> str:
        out = StringIO()
        call_command(*args, stdout=out)
        return out.getvalue()

    return run


def refusal(run: Run, *args: str) -> str:
    """The one line of a refused command, whose status is 2."""
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_due_prints_the_day_and_why(law: None, run: Run) -> None:
    lines = run("due", "xk_decide", "2026-02-09").splitlines()
    assert lines[0] == "2026年3月13日（星期五）"
    assert lines[1] == "依据：《中华人民共和国行政许可法》第四十二条第一款、第八十二条"
    assert lines[2].startswith("  1. 依据：")
    assert lines[-2] == "  6. 到期日：2026年3月13日（星期五）。"


def test_due_as_json(law: None, run: Run) -> None:
    answer = json.loads(run("due", "xk_decide", "2026-02-09", "--json"))
    assert list(answer) == ["key", "trigger", "due", "law", "article", "provisional", "steps"]
    assert answer["steps"].pop(0).startswith("依据：")
    del answer["steps"]
    assert answer == {
        "key": "xk_decide",
        "trigger": "2026-02-09",
        "due": "2026-03-13",
        "law": "中华人民共和国行政许可法",
        "article": "42(1),82",
        "provisional": False,
    }


def test_due_with_suspensions_and_extension(law: None, run: Run) -> None:
    args = ("due", "xk_decide", "2026-02-09", "--json", "--suspended", "2026-02-11..2026-02-13", "--suspended")
    assert json.loads(run(*args, "2026-02-14..2026-02-24"))["due"] == "2026-03-20"
    assert json.loads(run(*args, "2026-02-14..2026-02-24", "--extended"))["due"] == "2026-04-03"
    assert json.loads(run(*args, "2026-03-02.."))["due"] is None


def test_due_of_a_paused_and_of_a_provisional_limit(law: None, run: Run) -> None:
    assert run("due", "xk_decide", "2026-02-09", "--suspended", "2026-02-11..").startswith("期限中止")
    assert run("due", "xk_decide", "2026-12-20").startswith("2027年1月18日（星期一）（暂定）")


def test_due_in_hours(law: None, run: Run) -> None:
    answer = json.loads(run("due", "ys_transfer", "2026-09-30T17:30", "--json"))
    assert (answer["trigger"], answer["due"]) == ("2026-09-30T17:30", "2026-10-01T17:30")
    assert run("due", "ys_transfer", "2026-09-30").startswith("2026年10月1日0时00分")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("xk_decid", "2026-02-09"), "没有代码为 xk_decid 的期限，相近的有：xk_decide、"),
        (("xk_decide", "2004-06-30"), "xk_decide 的规定自2004年7月1日起施行"),
        (("ts_accept", "2026-04-15"), "ts_accept 的规定适用至2026年4月14日"),
        (("xk_decide", "2026-02-30"), "日期格式不正确：2026-02-30"),
        (("xk_decide", "tomorrow"), "日期格式不正确：tomorrow"),
        (("xk_decide", "2026-02-09", "--suspended", "2026-02-11"), "中止期间格式不正确：2026-02-11"),
        (("xk_decide", "2026-02-09", "--suspended", "2026-02-11..2026-02-10"), "中止的结束时间早于开始时间"),
        (("sj_ruling", "2026-02-09"), "sj_ruling（政府裁决）法律未规定具体期限"),
        (("xk_deliver", "2026-02-09", "--extended"), "xk_deliver（许可证件颁发送达）没有可以延长的规定"),
        (("xk_decide",), "请给出期限代码和日期"),
        ((), "请给出期限代码和日期"),
    ],
)
def test_due_refuses_in_one_line(law: None, run: Run, args: tuple[str, ...], message: str) -> None:
    assert refusal(run, "due", *args).startswith(message)


def rows(tmp_path: Path, *lines: str, head: str = "key,trigger") -> str:
    path = tmp_path / "questions.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8-sig")
    return str(path)


def test_due_answers_a_file_line_by_line(law: None, run: Run, tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "xk_decide,2026-02-09",
        "ys_transfer,2026-09-30T17:30",
        "ys_transfer,2026-09-30",
        "nothing_like_it,2026-02-09",
        "xk_decide,2003-02-09",
        "xk_decide,9.2.2026",
        "sj_ruling,2026-02-09",
        "fy_reply,2023-12-31",
    )
    answers = [json.loads(line) for line in run("due", "--file", path).splitlines()]
    assert [answer.get("due") for answer in answers] == [
        "2026-03-13", "2026-10-01T17:30", "2026-10-01T00:00", None, None, None, None, "2024-01-10",
    ]  # fmt: skip
    assert [list(answer) for answer in answers[3:7]] == [["key", "trigger", "error"]] * 4
    assert answers[3]["error"].startswith("没有代码为 nothing_like_it 的期限")
    assert answers[5] == {
        "key": "xk_decide",
        "trigger": "9.2.2026",
        "error": "日期格式不正确：9.2.2026，应当写作 2026-11-22 或者 2026-11-22T10:30",
    }


def test_due_answers_ten_thousand_rows_in_seconds(law: None, run: Run, tmp_path: Path) -> None:
    keys = list(TimeLimit.objects.filter(is_setting=False, effective_to=None).values_list("key", flat=True))
    lines = [f"{keys[n % len(keys)]},2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(10_000)]
    path = rows(tmp_path, *lines)
    begun = time.perf_counter()
    answers = run("due", "--file", path).splitlines()
    assert len(answers) == 10_000
    assert time.perf_counter() - begun < 6  # one second on a quiet machine


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--file", "/nowhere.csv"), "没有这个文件：/nowhere.csv"),
        (("xk_decide", "2026-02-09", "--file", "/nowhere.csv"), "--file 不能与"),
    ],
)
def test_due_refuses_a_file(law: None, run: Run, args: tuple[str, ...], message: str) -> None:
    assert refusal(run, "due", *args).startswith(message)


def test_due_refuses_a_file_without_its_columns(law: None, run: Run, tmp_path: Path) -> None:
    assert refusal(run, "due", "--file", rows(tmp_path, "1,2", head="a,b")).endswith("缺少这些列：key、trigger")


def test_load_law_says_what_it_did(run: Run) -> None:
    assert "期限：共 " in run("load_law")
    assert run("load_law").count("没有变化") == 4


def test_import_laws_reports_every_doubtful_file(run: Run, tmp_path: Path) -> None:
    texts = copytree(TEXTS, tmp_path / "texts")
    (texts / "坏.md").write_bytes(b"\xff")
    out = run("import_laws", str(texts))
    assert "示例管理规定(2020-03-01).md" not in out
    assert "卷首无法识别：第九届示例大会" in out
    assert "另有 2 处" in out
    assert "不是UTF-8编码的文本文件" in out
    last = out.splitlines()[-1]
    assert last.startswith("共 5 个文件，17 条：")
    assert "未导入 1" in last
    assert "新增 4" in last
    assert LegalText.objects.count() == 4
    assert "未变 4" in run("import_laws", str(texts))


def test_import_laws_refuses_what_is_no_directory_of_texts(run: Run, tmp_path: Path) -> None:
    assert refusal(run, "import_laws", str(tmp_path / "none")).startswith("没有这个目录")
    assert refusal(run, "import_laws", str(tmp_path)).startswith("目录中没有 *.md 文件")


def test_import_calendar(law: None, run: Run, tmp_path: Path) -> None:
    path = rows(tmp_path, "2027-01-01,元旦,off", head="date,name,kind")
    assert run("import_calendar", path) == "2027年：写入 1 天，特别调整 0 天，该年份标记为已公布。\n"
    assert PublishedYear.objects.filter(year=2027).exists()
    assert refusal(run, "import_calendar", str(tmp_path / "none.csv")).startswith("没有这个文件")
