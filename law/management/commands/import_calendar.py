"""`manage.py import_calendar FILE.csv`: the State Council's holiday notice of a year, once it is published."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.actions import CalendarError, import_calendar


class Command(BaseCommand):
    help = "导入一年的放假调休安排（列：date、name、kind，kind 为 off 或者 work），并标记该年份已经公布。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = import_calendar(file)
        except CalendarError as error:
            raise CommandError(str(error), returncode=2) from error
        marked = "，该年份标记为已公布" if done.first_time else ""
        self.stdout.write(f"{done.year}年：写入 {done.days} 天，特别调整 {done.overrides} 天{marked}。")
