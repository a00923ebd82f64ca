"""law.wording: dates, articles and names as they are written in Chinese."""

from datetime import date, datetime

import pytest

from law.wording import articles_zh, day_zh, instant_zh, law_zh, quantity_zh, runs_zh, split_note, weekday_zh
from tests.law.conftest import DATA, table


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("42(1),82", "第四十二条第一款、第八十二条"),
        ("32(1)(4)", "第三十二条第一款第四项"),
        ("32(1)(1)-(2)", "第三十二条第一款第一项至第二项"),
        ("7-9", "第七条至第九条"),
        ("120_1", "第一百二十条之一"),
        ("21(2)(3)(1)", "第二十一条第二款第三项第一目"),
        ("(六)", "（六）"),
        ("审核程序", "审核程序"),
        ("—", ""),
        ("", ""),
    ],
)
def test_articles(article: str, words: str) -> None:
    assert articles_zh(article) == words


def test_no_table_keeps_an_article_in_western_notation() -> None:
    for name in ("time_limits.csv", "thresholds.csv"):
        for row in table(DATA / name):
            assert not set(articles_zh(row["article"])) & set("()0123456789,abc"), row


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("中华人民共和国行政复议法（2023修订）", "《中华人民共和国行政复议法》（2023修订）"),
        ("国办发〔2018〕118号", "国办发〔2018〕118号"),
        (
            "最高人民法院关于适用《行政诉讼法》的解释（法释〔2018〕1号）",
            "《最高人民法院关于适用〈行政诉讼法〉的解释》（法释〔2018〕1号）",
        ),
        ("甲规定；乙规定", "《甲规定》；《乙规定》"),
        ("无统一规定（门户参数）", "无统一规定（门户参数）"),
    ],
)
def test_laws(name: str, words: str) -> None:
    assert law_zh(name) == words


def test_notes() -> None:
    assert split_note("行政复议法（2023修订）") == ("行政复议法", "2023修订")
    assert split_note("行政复议法") == ("行政复议法", "")


def test_days() -> None:
    assert day_zh(date(2026, 11, 2)) == "2026年11月2日"
    assert weekday_zh(date(2026, 11, 22)) == "2026年11月22日（星期日）"
    assert instant_zh(datetime(2026, 11, 22, 9, 5)) == "2026年11月22日9时05分"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([date(2026, 2, 28)], "2月28日"),
        ([date(2026, 2, 15), date(2026, 2, 16), date(2026, 3, 1)], "2月15日至16日、3月1日"),
        ([date(2026, 2, 28), date(2026, 3, 1)], "2月28日至3月1日"),
        ([date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 9)], "12月31日至2027年1月1日、1月9日"),
    ],
)
def test_runs_of_days(days: list[date], words: str) -> None:
    assert runs_zh(days, 2026) == words


def test_quantities() -> None:
    assert quantity_zh(20, "working_day") == "20个工作日"
    assert quantity_zh(None, "") == "未规定具体期限"
