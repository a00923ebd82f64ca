"""`manage.py load_powers`: the first stock-taking of the list of powers, by the owner of the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.reading import Unreadable
from powerlist.actions.stock import OUTCOMES, load_powers


class Command(BaseCommand):
    help = "首次编制权责清单：载入清单文件中尚未公布的事项。已经公布的事项只能依程序调整。可以重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_powers()
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for row in report.rows:
            if row.outcome == "refused":
                self.stderr.write(f"第{row.line}行 {row.code} {row.name}：{row.reason}")
        counts = "，".join(f"{words} {report.counts[outcome]}" for outcome, words in OUTCOMES.items())
        self.stdout.write(f"权责清单：{counts}")
