"""`manage.py check` reads every registered procedure: no dead end, no silent state, no paper without a table row."""

from typing import Any

from django.core.checks import Error, register

from casework import registry
from casework.checks import faults
from casework.sheets.library import paper_titles
from law.actions.tables import DATA, read_csv


@register()
def procedures_are_sound(app_configs: Any, **_: Any) -> list[Error]:
    limits = {row["key"] for row in read_csv(DATA / "time_limits.csv")}
    papers = {*paper_titles(), *registry.papers()}
    found = faults(registry.procedures().values(), limits=limits, papers=papers)
    return [Error(fault, id="casework.E001") for fault in found]
