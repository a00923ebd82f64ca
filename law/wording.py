"""How dates, articles and limits are written in Chinese. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from law.numerals import to_chinese

WEEKDAYS = "一二三四五六日"
UNITS = {"working_day": "个工作日", "natural_day": "日", "month": "个月", "year": "年", "hour": "小时"}
CHAPTERS = {
    "approvals": "行政审批",
    "regulations": "规范性文件",
    "decisions": "重大行政决策",
    "enforcement": "行政执法",
    "oversight": "监督问责",
    "disclosure": "政务公开",
    "disputes": "争议化解",
    "training": "法治培训",
}


def day_zh(day: date) -> str:
    """2026年11月22日"""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_zh(day: date) -> str:
    """2026年11月22日（星期日）"""
    return f"{day_zh(day)}（星期{WEEKDAYS[day.weekday()]}）"


def instant_zh(at: datetime) -> str:
    """2026年11月22日10时30分"""
    return f"{day_zh(at)}{at.hour}时{at.minute:02d}分"


def quantity_zh(quantity: int | None, unit: str) -> str:
    """20个工作日; 未规定具体期限 when the law gives no number."""
    return "未规定具体期限" if quantity is None else f"{quantity}{UNITS[unit]}"


def runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Consecutive days of a sorted sequence joined to (first, last) pairs."""
    first = last = None
    for day in days:
        if last and day == last + timedelta(days=1):
            last = day
            continue
        if first and last:
            yield first, last
        first = last = day
    if first and last:
        yield first, last


def runs_zh(days: Iterable[date], year: int | None = None) -> str:
    """2月15日至23日、2月28日; the year is written whenever it changes from the one given."""
    written = []
    for first, last in runs(days):
        start = f"{first.month}月{first.day}日" if first.year == year else day_zh(first)
        if first == last:
            written.append(start)
        elif (first.year, first.month) == (last.year, last.month):
            written.append(f"{start}至{last.day}日")
        else:
            written.append(f"{start}至" + (day_zh(last) if last.year != first.year else f"{last.month}月{last.day}日"))
        year = last.year
    return "、".join(written)


def law_zh(name: str) -> str:
    """A law's name as it is cited: 《中华人民共和国行政复议法》（2023修订）, but 国办发〔2018〕118号 as it is."""
    return "；".join(_one_law(part.strip()) for part in name.split("；"))


def _one_law(name: str) -> str:
    base, note = split_note(name)
    cited = base if re.search(r"[〔〕/]|^无", base) else f"《{base.replace('《', '〈').replace('》', '〉')}》"
    return cited + (f"（{note}）" if note else "")


def split_note(name: str) -> tuple[str, str]:
    """Separate a law's name from the note in brackets behind it: ("行政复议法", "2023修订")."""
    match = re.fullmatch(r"(.+?)（(.+)）", name)
    return (match[1], match[2]) if match else (name, "")


_ARTICLE = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?(?P<bis>_\d+)?(?P<rest>(?:\(\d+\))*(?:-\(\d+\))?)")


def articles_zh(article: str) -> str:
    """Table notation in words: "32(1)(4),82" is 第三十二条第一款第四项、第八十二条.

    42(2) is a paragraph, 42(2)(1) an item of it, 32(1)(1)-(2) a range of items, 7-9 a range of articles, 12_1 is
    第十二条之一, (六) the heading （六） of a document without articles. — gives ''; anything else stays as it is.
    """
    if article in ("", "—"):
        return ""
    return "、".join(_one_article(part.strip()) for part in article.split(","))


def _one_article(part: str) -> str:
    match = _ARTICLE.fullmatch(part)
    if not match:
        return part.replace("(", "（").replace(")", "）")
    written = f"第{to_chinese(int(match['first']))}条"
    if match["bis"]:
        written += f"之{to_chinese(int(match['bis'][1:]))}"
    if match["last"]:
        written += f"至第{to_chinese(int(match['last']))}条"
    numbers, _, end = match["rest"].partition("-")
    for number, level in zip(re.findall(r"\d+", numbers), "款项目", strict=False):
        written += f"第{to_chinese(int(number))}{level}"
    if end:
        written += f"至第{to_chinese(int(end[1:-1]))}项"
    return written
