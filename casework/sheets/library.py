"""The names that sheets use: of time limits from the table in law/data, of papers from the list beside this file."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import law
from casework.procedure import Procedure
from casework.sheets.words import Words
from law.wording import quantity_zh

TITLES = Path(__file__).parent / "paper_titles.csv"
LIMITS = Path(law.__file__).parent / "data" / "time_limits.csv"


def house_words(tables: Mapping[str, Procedure], titles: Mapping[str, str] | None = None) -> Words:
    """Words for sheets. `titles`: of papers that a chapter has registered; they go before those of the list."""
    known = paper_titles() | dict(titles or {})
    return Words(limit=lambda key: limit_names()[key], paper=lambda code: known.get(code, code), tables=tables)


@cache
def paper_titles() -> dict[str, str]:
    """Code and title of the papers that the tables give, written by the chapters or not yet."""
    return {row["code"]: row["title"] for row in _rows(TITLES)}


@cache
def limit_names() -> dict[str, str]:
    """Name and length of the newest version of every time limit, by key: “许可决定”（20个工作日）."""
    newest: dict[str, dict[str, str]] = {}
    for row in _rows(LIMITS):
        if row["key"] not in newest or row["effective_from"] > newest[row["key"]]["effective_from"]:
            newest[row["key"]] = row
    return {key: f"“{row['procedure_zh']}”（{_length(row)}）" for key, row in newest.items()}


def _length(row: Mapping[str, str]) -> str:
    """How long a limit is, as its end rule says."""
    rule, _, day = row["end_rule"].partition(":")
    number = int(row["quantity"]) if row["quantity"] else None
    if rule == "immediate":
        return "当场"
    if rule == "accrual_daily":
        return "按日计算"
    if rule == "calendar_year_end":
        return "每年12月31日前"
    if rule in ("fixed_date", "fixed_date_before"):
        return f"每年{int(day[:2])}月{int(day[3:])}日前"
    if rule == "latest_compliant_date_no_roll":
        return f"{quantity_zh(number, row['unit'])}前" if number else "届满之前"
    return ("不少于" if rule in ("minimum_duration", "earliest_start_after") else "") + quantity_zh(number, row["unit"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
