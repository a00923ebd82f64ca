"""Importing the texts of laws, regulations and rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from law.actions.stamping import stamp
from law.actions.tables import DATA
from law.models import LegalText, Provision, Relation
from law.queries import segment
from law.reading import Unreadable, read_table, read_text
from law.relations import relations
from law.signals import Change, law_changed
from law.statute import Node, Statute, family, read_statute

COLUMNS = (
    "title", "kind", "issuer", "number", "adopted_on", "promulgated_on", "revised_on", "version_on",
    "effective_from", "effective_basis", "history", "digest",
)  # fmt: skip
PLACE = ("kind", "label", "content", "anchor", "annex", "article", "bis", "paragraph", "item", "subitem")
HEADINGS = ("part", "subpart", "chapter", "section")
BEGINS = ("preamble", "opening")
BATCH = 4000
LONGEST_TITLE = 200  # what stands longer between 《》 is no name of a text


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
    ones; another transcription of the same version replaces it and keeps its address. Imports wait for one another.
    """
    reports: list[FileReport] = []
    fresh: list[tuple[LegalText, Statute]] = []
    came: list[int] = []
    with transaction.atomic():
        _one_at_a_time()
        known = set(LegalText.objects.values_list("digest", flat=True))
        for path in sorted(directory.glob("*.md")):
            try:
                statute = read_statute(read_text(path), path.stem)
            except Unreadable as error:
                reports.append(FileReport(path.name, "未导入", problems=[str(error)]))
                continue
            articles = sum(node.kind == "article" for node in statute.nodes)
            if statute.digest in known:
                reports.append(FileReport(path.name, "未变", articles, statute.problems))
                continue
            known.add(statute.digest)
            name = family(statute.title)
            text, outcome, new = _place(statute, path.name, name, _aliases().get(name, []))
            fresh.append((text, statute))
            came += [text.pk] if new else []
            reports.append(FileReport(path.name, outcome, articles, statute.problems))
        if fresh:
            _take_in(fresh, came)
    return reports


@transaction.atomic
def take_in(statute: Statute, source_name: str, name: str, aliases: Sequence[str] = ()) -> LegalText:
    """Enter one text that somebody else has read, as a version of the family `name`.

    The same version read otherwise is replaced and keeps its address. Waits for other imports.
    """
    _one_at_a_time()
    same = LegalText.objects.filter(digest=statute.digest).first()
    if same:
        return same
    text, _, new = _place(statute, source_name, name, aliases)
    _take_in([(text, statute)], [text.pk] if new else [])
    text.refresh_from_db()
    return text


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('law.import_laws'))")


def _take_in(fresh: list[tuple[LegalText, Statute]], came: list[int]) -> None:
    """Store what was placed, and tell what it changes; `came`: the keys of what the book did not have."""
    _store(fresh)
    chain({text.family for text, _ in fresh})
    stamp()
    if changes := _changes(came):
        law_changed.send(LegalText, changes=changes)


def _place(statute: Statute, source_name: str, name: str, aliases: Sequence[str]) -> tuple[LegalText, str, bool]:
    """The row of this version, saved: a new one, or the old one emptied of its provisions; and whether the book had
    none that applies from a day."""
    text = LegalText.objects.filter(family=name, version_on=statute.version_on).first()
    outcome = "更新" if text else "新增"
    new = text is None or text.effective_from is None
    if text:
        text.provisions.all().delete()
        text.relations.all().delete()
    text = text or LegalText(family=name)
    for column in COLUMNS:
        setattr(text, column, getattr(statute, column))
    text.source_name = source_name
    text.aliases = list(aliases)
    text.save()
    return text, outcome, new


def _changes(came: list[int]) -> list[Change]:
    """What the texts of these keys, which came in, change for those that the book had."""
    dated = LegalText.objects.exclude(effective_from=None)
    listed = list(dated.filter(pk__in=came).order_by("effective_from", "pk").prefetch_related("relations"))
    repealed = [
        (text, relation.target_family)
        for text in listed
        for relation in text.relations.all()
        if relation.kind == Relation.Kind.REPEALS and relation.target_family != text.family
    ]
    book = dated.exclude(pk__in=came).order_by("-effective_from")
    names = {text.family for text in listed} | {name for _, name in repealed}
    older = list(book.filter(Q(family__in=names) | Q(aliases__overlap=sorted(names)))) if names else []

    def before(text: LegalText, name: str) -> LegalText | None:
        named = (one for one in older if name == one.family or name in one.aliases)
        return next((one for one in named if one.effective_from < text.effective_from), None)  # type: ignore[operator]

    changes = [Change(text, "new") for text in listed if before(text, text.family)]
    for text, name in repealed:
        target = before(text, name)
        if target and target.ended not in (LegalText.Ended.REPEALED, LegalText.Ended.EXPIRED):
            changes.append(Change(target, "repealed", f"《{text.title}》"))
    return changes


def _aliases() -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for row in read_table(DATA / "aliases.csv"):
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
            if len(title) <= LONGEST_TITLE and family(title) not in (text.family, *text.aliases)
        ]
    Provision.objects.bulk_create(provisions, batch_size=BATCH)
    Relation.objects.bulk_create(related)


def _words(nodes: list[Node]) -> dict[int, str]:
    """The segmented words of each article, by the order of the article's own row; a preamble or annex is one too."""
    words: dict[int, list[str]] = {}
    bearer = -1
    for order, node in enumerate(nodes):
        if node.kind in ("article", "annex") or (node.kind in BEGINS and bearer < 0):
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
