"""Holds the list of powers against the record of acts, for every day that it has ever had."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.wording import day_zh
from powerlist.models import Power
from powerlist.queries import record
from powerlist.rules import item as items


class Command(BaseCommand):
    help = "核对权责清单：由公布的审定结果重建清单，与清单各日的内容逐项比较"

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(record.apart())
        for one in found:
            rows = items.differences(one.recorded or items.blank(), one.listed or items.blank())
            said = "、".join(label for label, _, _ in rows)
            if one.listed is None or one.recorded is None:
                said = "清单上没有" if one.listed is None else "记录中没有"
            self.stdout.write(f"{one.code}　自{day_zh(one.day)}起：{said or '日期不同'}")
        if found:
            raise CommandError(f"{len(found)} 项与记录不符")
        self.stdout.write(f"{Power.objects.count()} 项在各日均与记录相符")
