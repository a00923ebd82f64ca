"""`manage.py fill_search`: makes the index of the public search what the chapters show. May be repeated.

--check   changes nothing, and fails where anything differs
--anew    builds the index last, for millions of new rows; nothing is found meanwhile
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from casework import registry
from casework.actions import search
from casework.queries.search import differing


class Command(BaseCommand):
    """Fill, or check."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="change nothing, and fail where anything differs")
        how.add_argument("--anew", action="store_true", help="build the index last, for millions of new rows")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = registry.sources()
        if options["check"]:
            faults = [f"{sources[code].label} {count} 条" for code in sources if (count := differing(code))]
            if faults:
                raise CommandError(f"与来源不一致：{'，'.join(faults)}。")
            self.stdout.write("全部条目与来源一致。")
            return
        filled = search.fill_anew() if options["anew"] else {code: search.fill(code) for code in sources}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE casework_searchentry")
        for code, done in filled.items():
            self.stdout.write(f"{sources[code].label}：写入 {done.written} 条，移除 {done.removed} 条")
