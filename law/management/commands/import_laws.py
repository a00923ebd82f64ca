"""`manage.py import_laws DIR`: texts of laws, regulations and rules into the statute-book. May be repeated."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.actions import FileReport, import_laws

SHOWN = 3


class Command(BaseCommand):
    help = "导入目录中的法律法规文本（*.md），逐个文件报告未能识别的内容。可以重复执行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path, help="存放 *.md 文件的目录")

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(f"没有这个目录：{directory}", returncode=2)
        reports = import_laws(directory)
        if not reports:
            raise CommandError(f"目录中没有 *.md 文件：{directory}", returncode=2)
        doubtful = [report for report in reports if report.problems]
        if doubtful:
            self.stdout.write("结果    条数  文件")
        for report in doubtful:
            self._show(report)
        outcomes = Counter(report.outcome for report in reports)
        summary = "，".join(f"{outcome} {number}" for outcome, number in outcomes.items())
        articles = sum(report.articles for report in reports)
        self.stdout.write(
            f"共 {len(reports)} 个文件，{articles} 条：{summary}；其中 {len(doubtful)} 个文件有未能识别的内容。"
        )

    def _show(self, report: FileReport) -> None:
        self.stdout.write(f"{report.outcome:　<4}{report.articles:>4}  {report.name}")
        for problem in report.problems[:SHOWN]:
            self.stdout.write(f"              {problem}")
        if (more := len(report.problems) - SHOWN) > 0:
            self.stdout.write(f"              另有 {more} 处")
