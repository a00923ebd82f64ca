"""Entering the State Council's holiday notice of a year, when it is published in November or December."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from law.actions.stamping import stamp
from law.actions.tables import NOTICE
from law.models import CalendarDay, PublishedYear
from law.reading import Unreadable, read_table

COLUMNS = {"date", "name", "kind"}


class CalendarError(ValueError):
    """The file is not a calendar; one line of Chinese says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    year: int
    days: int
    overrides: int
    first_time: bool


def import_calendar(path: Path) -> Imported:
    """Enter a file with the columns date, name, kind (off or work) and mark its year as published.

    The year is the one most of its days lie in. Days of a year that is published already (the last days of December
    in the next year's notice, or a corrected notice) become overrides where they differ from what is known.
    Raises CalendarError for anything that is no such file.
    """
    rows = _read(path)
    years = [day.year for day, _, _ in rows]
    year = max(set(years), key=years.count)
    if strange := sorted(set(years) - {year - 1, year, year + 1}):
        raise CalendarError(f"同一文件中有相隔过远的年份：{year}、{'、'.join(map(str, strange))}")
    source = NOTICE.format(year=year)
    with transaction.atomic():
        _, first_time = PublishedYear.objects.get_or_create(year=year, defaults={"source": source})
        published = set(PublishedYear.objects.values_list("year", flat=True)) - ({year} if first_time else set())
        known = {
            (row.date, row.overrides): row for row in CalendarDay.objects.filter(date__in=[row[0] for row in rows])
        }
        days: list[CalendarDay] = []
        overrides: list[CalendarDay] = []
        for day, name, kind in rows:
            ordinary, override = known.get((day, False)), known.get((day, True))
            present = override or ordinary
            if present and (present.kind, present.name) == (kind, name):
                continue
            late = day.year in published
            row = (override if late else ordinary) or CalendarDay(date=day, overrides=late)
            row.kind, row.name, row.source = kind, name, source
            (overrides if late else days).append(row)
        for row in (*days, *overrides):
            row.save()
        if first_time or days or overrides:
            stamp()
    return Imported(year, len(days), len(overrides), first_time)


def _read(path: Path) -> list[tuple[date, str, str]]:
    try:
        table = read_table(path, COLUMNS)
    except Unreadable as error:
        raise CalendarError(str(error)) from error
    if not table:
        raise CalendarError(f"{path.name}没有内容")
    rows = {}
    for number, line in enumerate(table, start=2):
        try:
            day = date.fromisoformat(line["date"])
        except ValueError as error:
            raise CalendarError(f"第{number}行的日期无法识别：{line['date']}") from error
        if line["kind"] not in CalendarDay.Kind.values or not line["name"]:
            raise CalendarError(f"第{number}行应当写明名称，类别为 off 或者 work")
        if day in rows:
            raise CalendarError(f"第{number}行的日期重复：{line['date']}")
        if line["kind"] == "work" and day.weekday() < 5:
            raise CalendarError(f"第{number}行的调休上班日 {line['date']} 不是周末")
        rows[day] = (day, line["name"], line["kind"])
    return list(rows.values())
