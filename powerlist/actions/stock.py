"""The first stock-taking of the list (清单首次编制): files into published versions, once for each power, never again.

Only the owner of the database may do it; whatever happens to a power afterwards goes through the change procedure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Organisation
from casework.actions import search
from law.reading import read_table
from powerlist.actions import rows
from powerlist.models import Power, PowerVersion
from powerlist.queries.search import SEARCH
from powerlist.rules import item as items

DATA = Path(__file__).resolve().parent.parent / "data"
SINCE = date(2026, 1, 1)  # from when the sample list counts
COLUMNS = (
    "code", "name", "kind", "organ", "authority", "object", "level", "basis", "time_limit", "promised", "supervision",
    "phone", "note", "sample", "items",
)  # fmt: skip
STAGES = ("power", "order", "stage", "matter", "subject", "manner", "basis")
OF_KIND = "kind:"  # stages of every power of a kind that has none of its own
OUTCOMES = {"created": "载入", "unchanged": "已在清单", "refused": "不予载入"}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row. `line` is its number in the file, the head being line 1."""

    line: int
    code: str
    name: str
    outcome: str
    reason: str = ""


@dataclass
class Report:
    """All rows in the order of the file."""

    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)


@transaction.atomic
def load_powers(directory: Path = DATA, *, bound_only: bool = False) -> Report:
    """Take stock of powers.csv and stages.csv. May be repeated: a power that is on the list is left as it is.

    `bound_only` takes the powers that service items are bound to. Raises law.reading.Unreadable.
    """
    listed = read_table(directory / "powers.csv", COLUMNS)
    stages = stages_by_power(read_table(directory / "stages.csv", STAGES))
    organs = organs_by_name(Organisation.objects.all())
    known = set(PowerVersion.objects.values_list("power__code", flat=True))
    report, written, seen = Report(), [], set[str]()
    for line, raw in enumerate(listed, 2):
        if bound_only and not (raw["items"] or "").strip():
            continue
        code, item = (raw["code"] or "").strip(), from_row(raw, organs, stages)
        reason = "；".join(why_not(code, item, organs, seen))
        outcome = "refused" if reason else "unchanged" if code in known else "created"
        report.rows.append(Row(line, code, item["name"], outcome, reason))
        seen.add(code)
        if outcome == "created":
            written.append((code, item, (raw["sample"] or "").strip().lower() not in ("", "0", "no", "否")))
    powers = Power.objects.bulk_create([Power(code=code) for code, _, _ in written])
    by_code = {organ.code: organ for organ in organs.values()}
    rows.write(
        (rows.version(power, item, by_code, SINCE, None, sample), item)
        for power, (_, item, sample) in zip(powers, written, strict=True)
    )
    search.fill(SEARCH.code)
    return report


def organs_by_name(organs: Iterable[Organisation]) -> dict[str, Organisation]:
    """Organs by code, name and short name."""
    listed = list(organs)
    named = {organ.short_name: organ for organ in listed} | {organ.name: organ for organ in listed}
    return named | {organ.code: organ for organ in listed}


def stages_by_power(listed: Iterable[Mapping[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The stages of each power (and of each kind), in their order."""
    ordered = sorted(listed, key=lambda row: (row["power"], int(row["order"]) if row["order"].isdecimal() else 0))
    found: dict[str, list[dict[str, str]]] = {}
    for row in ordered:
        stage = {each.name: (row[each.name] or "").strip() for each in items.STAGE}
        stage["basis"] = "、".join(items.split_citations(stage["basis"])) if "|" in stage["basis"] else stage["basis"]
        found.setdefault(row["power"].strip(), []).append(stage)
    return found


def from_row(
    raw: Mapping[str, str], organs: Mapping[str, Organisation], stages: Mapping[str, list[dict[str, str]]]
) -> dict[str, Any]:
    """One row of a file as an item; what it says wrongly is kept as it stands, for `why_not` to name."""
    kind = (raw.get("kind") or "").strip()
    kind = items.KIND_CODES.get(kind, kind)
    organ = organs.get((raw.get("organ") or "").strip())
    code = (raw.get("code") or "").strip()
    told = stages.get(code) or stages.get(OF_KIND + kind, [])
    return items.cleaned(
        {name: raw.get(name) or "" for name in (each.name for each in items.FIELDS)}
        | {
            "kind": kind,
            "time_limit": items.limit_words(raw.get("time_limit") or ""),
            "organ": organ.code if organ else (raw.get("organ") or ""),
            "items": _codes(raw.get("items") or ""),
            "basis": items.split_citations(raw.get("basis") or ""),
            "stages": told,
        }
    )


def _codes(words: str) -> list[str]:
    for sign in "；;，,、|\n":
        words = words.replace(sign, " ")
    return words.split()


def why_not(code: str, item: Mapping[str, Any], organs: Mapping[str, Organisation], seen: set[str]) -> list[str]:
    """Everything that stands against a row."""
    reasons = [fault] if (fault := items.code_fault(code)) else []
    if code in seen:
        reasons.append("权责编码在文件中重复")
    if item["organ"] and item["organ"] not in organs:
        reasons.append(f"没有“{item['organ'][:40]}”这一机关")
    return reasons + items.gaps(item)
