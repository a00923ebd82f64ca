"""Writing one version with its basis and stages; the triggers decide whether it may be written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Organisation
from casework.models import Act
from law.citations import find_citations
from law.queries import segment
from powerlist.models import Basis, Power, PowerVersion, Stage
from powerlist.rules.item import KINDS, Item

PLAIN = (
    "name", "kind", "object", "authority", "level", "time_limit", "promised", "supervision", "phone", "note",
)  # fmt: skip


def version(
    power: Power, item: Item, organs: dict[str, Organisation], since: date, act: Act | None, sample: bool = False
) -> PowerVersion:
    """An unsaved version that says what the item says. KeyError for an organ that is not there."""
    organ = organs[item["organ"]]
    said = (item["name"], KINDS[item["kind"]], item["object"], item["authority"], organ.name, organ.short_name)
    return PowerVersion(
        power=power, since=since, organ=organ, made_by=act, sample=sample, tokens=segment(" ".join(said)),
        entrusted=organs[item["entrusted"]] if item["entrusted"] else None,
        matters=[power.code, *item["items"]], **{name: item[name] for name in PLAIN},
    )  # fmt: skip


def write(written: Iterable[tuple[PowerVersion, Item]]) -> None:
    """Insert versions with their parts: three statements for any number of them."""
    pairs = list(written)
    PowerVersion.objects.bulk_create([row for row, _ in pairs])
    Basis.objects.bulk_create(
        Basis(version=row, order=order, citation=words, **_place(words))
        for row, item in pairs
        for order, words in enumerate(item["basis"], 1)
    )
    Stage.objects.bulk_create(
        Stage(version=row, order=order, families=families(stage["basis"]), **stage)
        for row, item in pairs
        for order, stage in enumerate(item["stages"], 1)
    )


def _place(words: str) -> dict[str, Any]:
    """Where a citation points, for the question what rests on a statute."""
    found = next(iter(find_citations(words)), None)
    return {"family": found.citation.title, "article": found.citation.article} if found else {"family": words[:200]}


def families(words: str) -> list[str]:
    """The texts that the words of a stage cite, for the same question."""
    return sorted({found.citation.title for found in find_citations(words)})
