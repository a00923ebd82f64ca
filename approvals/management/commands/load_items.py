"""`manage.py load_items`: the prepared items and bundles of the house into the catalogue. May be repeated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.actions import CatalogueError, load_bundles, load_items


class Command(BaseCommand):
    help = "载入已编制办事指南的事项和“一件事”。可以重复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = {"事项": load_items(timezone.now()), "一件事": load_bundles(timezone.now())}
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        for name, each in loaded.items():
            counts = f"新增 {len(each.created)}，更新 {len(each.updated)}，没有变化 {len(each.unchanged)}"
            self.stdout.write(f"{name}：{counts}")
