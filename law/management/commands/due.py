"""`manage.py due KEY DATE`: when a time limit ends, and why."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.limits import Due, LimitError, Suspension, due
from law.queries import Book, book
from law.terms import day_of
from law.wording import articles_zh, instant_zh, law_zh, weekday_zh

OPEN = ""


class Command(BaseCommand):
    help = "计算期限的届满日并说明理由。DATE 写作 2026-11-22；以小时计算的期限写作 2026-11-22T10:30。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", metavar="KEY", help="期限代码，如 xk_decide")
        parser.add_argument("trigger", nargs="?", metavar="DATE", help="起算事由发生之日（时）")
        parser.add_argument(
            "--suspended",
            action="append",
            default=[],
            metavar="FROM..TO",
            help="中止的首日和末日，可以重复；未恢复的写作 FROM..",
        )
        parser.add_argument("--extended", action="store_true", help="计入本项规定允许的延长期限")
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument(
            "--file", type=Path, metavar="CSV", help="逐行计算文件中的 key、trigger 两列，每行输出一个 JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            if options["key"] or options["suspended"] or options["extended"]:
                raise CommandError("--file 不能与 KEY、DATE、--suspended、--extended 同时使用", returncode=2)
            for line in answers(options["file"], book()):
                self.stdout.write(line)
            return
        if not options["key"] or not options["trigger"]:
            raise CommandError("请给出期限代码和日期，例如：manage.py due xk_decide 2026-11-22", returncode=2)
        try:
            result = answer(
                book(), options["key"], options["trigger"], options["suspended"], extended=options["extended"]
            )
        except LimitError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(as_json(options["key"], options["trigger"], result))
            return
        self.stdout.write(f"{headline(result)}\n依据：{law_zh(result.law)}{articles_zh(result.article)}")
        for number, step in enumerate(result.steps, start=1):
            self.stdout.write(f"{number:>3}. {step}")


def answers(path: Path, law: Book) -> Iterator[str]:
    """One JSON line for each row of a file with the columns key and trigger; a row that cannot be answered says why."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise CommandError(f"无法读取 {path}：{error.strerror}", returncode=2) from error
    with file:
        rows = csv.DictReader(file)
        if not {"key", "trigger"} <= set(rows.fieldnames or ()):
            raise CommandError(f"{path} 应当有 key、trigger 两列", returncode=2)
        for row in rows:
            key, trigger = (row["key"] or "").strip(), (row["trigger"] or "").strip()
            try:
                yield as_json(key, trigger, answer(law, key, trigger))
            except LimitError as error:
                yield json.dumps({"key": key, "trigger": trigger, "error": str(error)}, ensure_ascii=False)


def answer(law: Book, key: str, trigger: str, suspended: list[str] | None = None, *, extended: bool = False) -> Due:
    """Work out one limit from words as they are typed. Raises LimitError, in one line."""
    moment = read_moment(trigger)
    limit = law.limit_for(key, day_of(moment))
    suspensions = [read_suspension(text) for text in suspended or []]
    extension = limit.extension if extended else None
    if extended and extension is None:
        raise LimitError(f"{key}（{limit.procedure_zh}）没有可以延长的规定")
    return due(moment, limit, law.calendar, suspensions, extension)


def read_moment(text: str) -> date | datetime:
    """2026-11-22 or 2026-11-22T10:30, in Beijing time unless an offset is written. Raises LimitError."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else datetime.fromisoformat(text)
    except ValueError as error:
        raise LimitError(f"日期格式不正确：{text}，应当写作 2026-11-22 或者 2026-11-22T10:30") from error


def read_suspension(text: str) -> Suspension:
    """2026-03-02..2026-03-06, both days suspended; 2026-03-02.. is not resumed yet. Raises LimitError."""
    first, dots, last = text.partition("..")
    if not dots:
        raise LimitError(f"中止期间格式不正确：{text}，应当写作 2026-03-02..2026-03-06")
    return Suspension(read_moment(first), None if last == OPEN else read_moment(last))


def as_json(key: str, trigger: str, result: Due) -> str:
    """The answer for programs; due is null while the clock stands still."""
    end = result.at.isoformat(timespec="minutes") if result.at else result.date and result.date.isoformat()
    answer = {
        "key": key,
        "trigger": trigger,
        "due": end,
        "law": result.law,
        "article": result.article,
        "provisional": result.provisional,
        "steps": result.steps,
    }
    return json.dumps(answer, ensure_ascii=False)


def headline(result: Due) -> str:
    """The first line for people."""
    if result.paused:
        return "期限中止，恢复计算后才能确定到期日"
    end = instant_zh(result.at) if result.at else weekday_zh(result.date) if result.date else ""
    return f"{end}（暂定）" if result.provisional else end
