"""`manage.py load_law`: time limits, thresholds and calendar of the house into the database. May be repeated."""

from typing import Any

from django.core.management.base import BaseCommand

from law.actions import load_law


class Command(BaseCommand):
    help = "载入期限、数额标准和日历。可以重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        for name, counts in load_law().items():
            changes = [
                f"{word} {number}"
                for word, number in (
                    ("新增", counts.created),
                    ("更新", counts.updated),
                    ("删除", counts.removed),
                    ("已停用但仍被案件引用", counts.kept),
                )
                if number
            ]
            self.stdout.write(f"{name}：共 {counts.total} 行，" + ("，".join(changes) or "没有变化"))
