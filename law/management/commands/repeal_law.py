"""`manage.py repeal_law TITLE DATE`: a text of the statute-book ends without a later version. May be repeated."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.actions.repeal import RepealError, repeal
from law.limits import LimitError
from law.models import LegalText
from law.terms import day_of
from law.typed import read_moment
from law.wording import day_zh


class Command(BaseCommand):
    help = "登记法规废止或者失效。DATE 为最后有效的一天，写作 2026-12-31。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("title", metavar="TITLE", help="法规名称，可以不写“中华人民共和国”")
        parser.add_argument("last_day", metavar="DATE", help="最后有效的一天")
        parser.add_argument("--expired", action="store_true", help="因适用期届满失效，不是被废止")

    def handle(self, *args: Any, title: str, last_day: str, expired: bool, **options: Any) -> None:
        ended = LegalText.Ended.EXPIRED if expired else LegalText.Ended.REPEALED
        try:
            text = repeal(title, day_of(read_moment(last_day)), ended)
        except (LimitError, RepealError) as error:
            raise CommandError(str(error), returncode=2) from error
        if text.effective_to:
            self.stdout.write(f"{text}：{text.get_ended_display()}，最后有效日期为{day_zh(text.effective_to)}。")
