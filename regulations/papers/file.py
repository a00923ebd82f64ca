"""What many papers of one case say alike. Plain data, read from the case and the act that gives the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from casework import papers
from casework.papers import Context
from regulations.models import NormativeDocument, TextVersion
from regulations.queries import replacing
from regulations.queries.making import current


@dataclass(frozen=True)
class File(papers.File):
    """A case about a document and the act that gives the paper."""

    @cached_property
    def version(self) -> TextVersion:
        found = current(self.case)
        if found is None:
            raise LookupError(f"case {self.case.number} has no text")
        return found

    @cached_property
    def document(self) -> NormativeDocument:
        """The document that the case is about, once it is in the register."""
        return NormativeDocument.objects.select_related("organ").get(case=self.case)

    @cached_property
    def name(self) -> str:
        """What the document is called: as its text says, before that as it was proposed."""
        found = current(self.case)
        if found:
            return found.title
        opened = self.case.acts.filter(seq=1).first()
        return str((opened or self.act).facts.get("name") or self.case.title)

    @property
    def amends(self) -> NormativeDocument | None:
        """The document that the text amends."""
        return replacing.meant_to_amend(self.case) if self.version.consolidated else None

    @property
    def words(self) -> list[str]:
        """The text line by line; of one that amends another, that one as amended behind it."""
        amended = self.amends
        title = f"《{amended.title}》（{amended.number}）修改后的全文" if amended else "修改后的全文"
        more = [title, *papers.lines(self.version.consolidated)] if self.version.consolidated else []
        return [*papers.lines(self.version.body), *more]

    @property
    def stamp(self) -> str:
        """Which text is meant: its version and hash."""
        return f"{self.version.title}（第{self.version.number}稿，文本哈希值{self.version.digest}）"


def from_case(fill: Callable[[File], Context]) -> Callable[[File], Context]:
    """A paper of this chapter names its addressee itself: never, by default, the citizen who suggested the document."""
    return lambda file: {"addressee": "", **fill(file)}
