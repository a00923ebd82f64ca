"""`manage.py load_items`: the prepared items of the house into the catalogue. May be repeated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.actions import CatalogueError, load_items


class Command(BaseCommand):
    help = "载入已编制办事指南的事项。可以重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_items(timezone.now())
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        counts = f"新增 {len(loaded.created)}，更新 {len(loaded.updated)}，没有变化 {len(loaded.unchanged)}"
        self.stdout.write(f"事项：{counts}")
