"""Importing the texts of laws, regulations and rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from law.actions.stamping import stamp
from law.actions.tables import DATA, read_csv
from law.models import LegalText, Provision, Relation
from law.queries import segment
from law.relations import relations
from law.statute import Node, Statute, family, read_statute

COLUMNS = (
    "title", "kind", "issuer", "number", "adopted_on", "promulgated_on", "revised_on", "version_on",
    "effective_from", "effective_basis", "history", "digest",
)  # fmt: skip
PLACE = ("kind", "label", "content", "anchor", "annex", "article", "bis", "paragraph", "item", "subitem")
HEADINGS = ("part", "subpart", "chapter", "section")
BATCH = 4000


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: 新增, 更新, 未变 or 未导入, and what could not be read in it."""

    name: str
    outcome: str
    articles: int = 0
    problems: list[str] = field(default_factory=list)


def import_laws(directory: Path) -> list[FileReport]:
    """Import every *.md file of a directory, in one transaction; a report for each file, in the order of names.

    A file that was imported before, byte for byte, is left alone. A new version of a text is added beside the older
    ones; another transcription of the same version replaces it and keeps its address.
    """
    known = set(LegalText.objects.values_list("digest", flat=True))
    reports: list[FileReport] = []
    fresh: list[tuple[LegalText, Statute]] = []
    with transaction.atomic():
        for path in sorted(directory.glob("*.md")):
            try:
                statute = read_statute(path.read_text(encoding="utf-8"), path.stem)
            except (OSError, UnicodeDecodeError) as error:
                reports.append(FileReport(path.name, "未导入", problems=[f"无法读取：{error}"]))
                continue
            articles = sum(node.kind == "article" for node in statute.nodes)
            if statute.digest in known:
                reports.append(FileReport(path.name, "未变", articles, statute.problems))
                continue
            known.add(statute.digest)
            text, outcome = _place(statute, path.name)
            fresh.append((text, statute))
            reports.append(FileReport(path.name, outcome, articles, statute.problems))
        if fresh:
            _store(fresh)
            chain({text.family for text, _ in fresh})
            stamp()
    return reports


def _place(statute: Statute, source_name: str) -> tuple[LegalText, str]:
    """The row of this version, saved: a new one, or the old one emptied of its provisions."""
    name = family(statute.title)
    text = LegalText.objects.filter(family=name, version_on=statute.version_on).first()
    outcome = "更新" if text else "新增"
    if text:
        text.provisions.all().delete()
        text.relations.all().delete()
    text = text or LegalText(family=name)
    for column in COLUMNS:
        setattr(text, column, getattr(statute, column))
    text.source_name = source_name
    text.aliases = _aliases().get(name, [])
    text.save()
    return text, outcome


def _aliases() -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for row in read_csv(DATA / "aliases.csv"):
        aliases.setdefault(row["family"], []).append(row["alias"])
    return aliases


def _store(fresh: Iterable[tuple[LegalText, Statute]]) -> None:
    provisions: list[Provision] = []
    related: list[Relation] = []
    for text, statute in fresh:
        words = _words(statute.nodes)
        for order, node in enumerate(statute.nodes):
            place = {name: getattr(node, name) for name in PLACE}
            provisions.append(Provision(text=text, order=order, tokens=words.get(order, ""), **place))
        related += [
            Relation(source=text, kind=kind, target_title=title, target_family=family(title))
            for kind, title in {(kind, family(title)): (kind, title) for kind, title in relations(statute)}.values()
        ]
    Provision.objects.bulk_create(provisions, batch_size=BATCH)
    Relation.objects.bulk_create(related)


def _words(nodes: list[Node]) -> dict[int, str]:
    """The segmented words of each article, by the order of the article's own row; a preamble or annex is one too."""
    words: dict[int, list[str]] = {}
    bearer = -1
    for order, node in enumerate(nodes):
        if node.kind in ("article", "annex") or (node.kind == "preamble" and bearer < 0):
            bearer = order
        if node.content and bearer >= 0 and node.kind not in HEADINGS:
            words.setdefault(bearer, []).append(node.content)
    return {order: segment("\n".join(contents)) for order, contents in words.items()}


def chain(families: Iterable[str]) -> None:
    """End each version of a text on the day before the next one begins; what was repealed stays so."""
    for name in families:
        versions: list[tuple[LegalText, date]] = []
        for text in LegalText.objects.filter(family=name).order_by("effective_from", "id"):
            if text.effective_from:
                versions.append((text, text.effective_from))
        for (text, begins), following in zip(versions, [*versions[1:], None], strict=True):
            if following:
                text.effective_to = max(following[1] - timedelta(days=1), begins)
                text.ended = LegalText.Ended.REVISED
            elif text.ended == LegalText.Ended.REVISED:
                text.effective_to, text.ended = None, ""
            text.save(update_fields=["effective_to", "ended"])
