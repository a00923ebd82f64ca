"""`manage.py import_service_items FILE.csv`: a register of service items into the catalogue, row by row."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from approvals.actions import ImportFailed, import_service_items
from approvals.actions.importing import OUTCOMES, Report


class Command(BaseCommand):
    help = "导入事项目录（列：department,group,name,item_code,task_type,department_code），逐行报告结果。可以重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--departments", type=Path, help="机构名称对照表（列：name,organ）")
        parser.add_argument("--report", type=Path, help="把逐行结果写入CSV文件")
        parser.add_argument("--all", action="store_true", help="在屏幕上列出每一行，否则只列出不予导入的")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_service_items(options["file"], timezone.now(), options["departments"])
        except ImportFailed as error:
            raise CommandError(str(error)) from error
        for row in report.rows:
            if options["all"] or row.outcome == "refused":
                reason = f"：{row.reason}" if row.reason else ""
                self.stdout.write(f"第{row.line}行 {OUTCOMES[row.outcome]} {row.code} {row.name}{reason}")
        if options["report"]:
            _write(report, options["report"])
        counts = report.counts
        words = "，".join(f"{word} {counts[outcome]}" for outcome, word in OUTCOMES.items())
        self.stdout.write(f"共 {len(report.rows)} 行：{words}")


def _write(report: Report, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行", "事项编码", "事项名称", "结果", "原因"])
        writer.writerows([row.line, row.code, row.name, OUTCOMES[row.outcome], row.reason] for row in report.rows)
