"""`manage.py due KEY DATE`: when a time limit ends, and why."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.limits import Due, LimitError
from law.queries import Book, book, work_out
from law.reading import Unreadable, read_table
from law.typed import read_moment, read_suspension
from law.wording import articles_zh, instant_zh, law_zh, weekday_zh


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
            suspensions = [read_suspension(text) for text in options["suspended"]]
            trigger = read_moment(options["trigger"])
            result = work_out(options["key"], trigger, suspensions, extended=options["extended"])
        except LimitError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(as_json(result.as_dict()))
            return
        self.stdout.write(f"{headline(result)}\n依据：{law_zh(result.law)}{articles_zh(result.article)}")
        for number, step in enumerate(result.steps, start=1):
            self.stdout.write(f"{number:>3}. {step}")


def answers(path: Path, law: Book) -> Iterator[str]:
    """One JSON line for each row of a file with the columns key and trigger; a row that cannot be answered says why."""
    try:
        rows = read_table(path, ("key", "trigger"))
    except Unreadable as error:
        raise CommandError(str(error), returncode=2) from error
    for row in rows:
        key, trigger = row["key"].strip(), row["trigger"].strip()
        try:
            yield as_json(work_out(key, read_moment(trigger), law=law).as_dict())
        except LimitError as error:
            yield as_json({"key": key, "trigger": trigger, "error": str(error)})


def as_json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def headline(result: Due) -> str:
    """The first line for people."""
    if result.date is None:
        return "期限中止，恢复计算后才能确定到期日"
    end = instant_zh(result.at) if result.at else weekday_zh(result.date)
    return f"{end}（暂定）" if result.provisional else end
