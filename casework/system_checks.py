"""`manage.py check` reads every registered procedure: no dead end, no silent state, no paper without a table row."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from casework import registry
from casework.checks import faults
from casework.sheets.library import paper_titles
from law.actions.tables import DATA
from law.reading import read_table


@register()
def procedures_are_sound(app_configs: Any, **_: Any) -> list[Error]:
    limits = {row["key"] for row in read_table(DATA / "time_limits.csv")}
    papers = {*paper_titles(), *registry.papers()}
    found = faults(registry.procedures().values(), limits=limits, papers=papers)
    return [Error(fault, id="casework.E001") for fault in found]


@register(Tags.security, deploy=True)
def files_are_scanned(app_configs: Any, **_: Any) -> list[Error]:
    """Only a demonstration may take files without a virus scanner; elsewhere they would be held for ever."""
    if settings.DEMO or settings.SCANNER.startswith("clamd://"):
        return []
    words = "PORTAL_SCANNER must name the virus scanner, e.g. clamd://clamav:3310: without it every file stays held"
    return [Error(words, id="casework.E002")]
