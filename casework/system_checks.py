"""`manage.py check` reads every registered procedure: no dead end, no silent state, no paper without a table row."""

from typing import Any

from django.core.checks import Error, register

from casework import registry
from casework.checks import faults


@register()
def procedures_are_sound(app_configs: Any, **_: Any) -> list[Error]:
    found = faults(registry.procedures().values(), limits=known_keys(), papers=set(registry.papers()))
    return [Error(fault, id="casework.E001") for fault in found]
