"""`manage.py import_normative_documents FILE.jsonl`: documents into the register and the statute-book, line by line."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from law.reading import Unreadable
from regulations.actions.importing import NEW, REFUSED, SAME, Report, import_normative_documents


class Command(BaseCommand):
    help = (
        "导入规范性文件（每行一个JSON对象：index_number,title,issuer,document_number,published,text），"
        "逐行报告结果。可以重复执行。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", type=Path)
        parser.add_argument("--report", type=Path, help="把逐行结果写入CSV文件")
        parser.add_argument("--all", action="store_true", help="在屏幕上列出每一行，否则只列出未导入的和有疑问的")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_normative_documents(options["file"])
        except Unreadable as error:
            raise CommandError(str(error), returncode=2) from error
        for row in report.rows:
            if options["all"] or row.reason or row.problems:
                said = f"：{row.reason}" if row.reason else ""
                self.stdout.write(f"第{row.line}行 {row.outcome} {row.document}{said}".rstrip())
                for problem in row.problems:
                    self.stdout.write(f"    {problem}")
        if options["report"]:
            try:
                _write(report, options["report"])
            except OSError as error:
                raise CommandError(f"文件已经导入，但是报告不能写入 {options['report']}。") from error
        counts = report.counts
        words = "，".join(f"{outcome} {counts[outcome]}" for outcome in (NEW, SAME, REFUSED))
        self.stdout.write(f"共 {len(report.rows)} 行：{words}")


def _write(report: Report, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行", "结果", "文件", "原因", "识读时发现的问题"])
        writer.writerows(
            [row.line, row.outcome, row.document, row.reason, "；".join(row.problems)] for row in report.rows
        )
