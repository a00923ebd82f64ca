"""`manage.py procedure CODE`: a procedure as its sheet, its chart, or the list of its faults."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework import registry
from casework.checks import faults
from casework.procedure import Procedure
from casework.sheets import chart, house_words, sheet
from casework.sheets.library import limit_names


class Command(BaseCommand):
    """Prints to standard output, or with --into writes DIR/<chapter>/sheets/<name>.md (or .svg)."""

    help = "显示程序表：--sheet 供法制机构审核的文本，--chart 流程图（SVG），--check 检查"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="程序代码，如 approvals.licence；不写为全部")
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--sheet", action="store_true", help="文本（默认）")
        shape.add_argument("--chart", action="store_true", help="流程图")
        shape.add_argument("--check", action="store_true", help="列出错误，有错误时退出码为1")
        parser.add_argument("--into", metavar="DIR", type=Path, help="写入目录，如 tests")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = registry.procedures()
        if unknown := [code for code in options["codes"] if code not in tables]:
            raise CommandError(f"没有这个程序：{'、'.join(unknown)}")
        chosen = [tables[code] for code in options["codes"] or tables]
        if options["check"]:
            self._check(tables, chosen)
            return
        words = house_words(tables, {code: paper.title for code, paper in registry.papers().items()})
        for table in chosen:
            text = chart(table) if options["chart"] else sheet(table, words)
            if options["into"]:
                self._keep(options["into"], table, text, ".svg" if options["chart"] else ".md")
            else:
                self.stdout.write(text, ending="")

    def _check(self, tables: dict[str, Procedure], chosen: list[Procedure]) -> None:
        codes = {table.code for table in chosen}
        found = faults(tables.values(), limits=limit_names(), papers=registry.papers())
        found = [fault for fault in found if fault.partition(":")[0] in codes]
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"共有{len(found)}处错误", returncode=1)
        self.stdout.write(f"{len(chosen)}个程序没有错误")

    def _keep(self, directory: Path, table: Procedure, text: str, ending: str) -> None:
        target = directory / table.chapter / "sheets" / f"{table.code.partition('.')[2]}{ending}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        self.stdout.write(str(target))
