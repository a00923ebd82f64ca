"""A published document enters the statute-book, and leaves it. Only what is in the book may be cited.

Everything here locks the document, writes in one transaction with the book, and tells `law.signals.law_changed`.
"""

from __future__ import annotations

from datetime import date

from law.models import LegalText
from regulations.models import NormativeDocument


class EnteringError(ValueError):
    """Why a document cannot enter or leave the book, in words for people."""


def enter(
    document: NormativeDocument,
    body: str,
    *,
    effective_from: date | None = None,
    version_on: date | None = None,
    source_name: str = "",
) -> LegalText:
    """Take the words of a published document into the statute-book and make them its current version.

    document: saved, with `published_on`. body: its words, one line for each paragraph; they are kept sign by sign.
    effective_from: the day from which these words apply; `document.effective_from`, else what the words say, else the
    day of publication. version_on: the day of the version, `published_on` unless the words were amended later.
    Entering the same words again changes nothing. Raises EnteringError for a document that is not published, that has
    ended, or for words that are empty.
    """
    raise NotImplementedError


def end(
    document: NormativeDocument,
    on: date,
    reason: str,
    *,
    by: str = "",
    replaced_by: NormativeDocument | None = None,
) -> NormativeDocument:
    """Record that a document applied for the last time on a day, and end its text in the statute-book.

    reason: one of `NormativeDocument.Ended`. by: on what that rests (a decision, a later document), in words.
    Ending it again in the same way changes nothing. Raises EnteringError for a document that is not published or was
    ended otherwise.
    """
    raise NotImplementedError


def suspend(document: NormativeDocument, since: date, *, by: str = "") -> NormativeDocument:
    """Record that a document does not apply from a day on, until `resume`."""
    raise NotImplementedError


def resume(document: NormativeDocument, since: date) -> NormativeDocument:
    """Record that a suspended document applies again from a day on."""
    raise NotImplementedError
