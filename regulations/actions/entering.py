"""A published document enters the statute-book, and leaves it. Only what is in the book may be cited.

Everything here locks the document, writes in one transaction with the book, and tells `law.signals.law_changed`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

from casework.actions.search import fill
from casework.models import Act
from casework.queries.clock import database_now
from law.actions.repeal import end_text, renew_text, resume_provisions, suspend_provisions
from law.actions.texts import take_in
from law.documents import read_document, signed_day
from law.models import LegalText
from law.wording import day_zh
from regulations.models import DocumentSuspension, DocumentVersion, NormativeDocument
from regulations.queries.search import SEARCH
from regulations.rules.clauses import clause_zh
from regulations.rules.names import book_name, names_of
from regulations.rules.standing import ENDS, LAPSED

BOOK_ENDS = {
    LAPSED: LegalText.Ended.EXPIRED,
    "repealed": LegalText.Ended.REPEALED,
    "revoked": LegalText.Ended.REVOKED,
    "replaced": LegalText.Ended.REPEALED,
}


MOST_SEARCHED = 90_000  # signs; more kinds of pairs than that do not fit into a tsvector


class EnteringError(ValueError):
    """Why a document cannot enter or leave the book, in words for people."""


@transaction.atomic
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
    held = _locked(document)
    if held.published_on is None:
        raise EnteringError("文件尚未公布，不能收入法规库")
    if held.ended:
        raise EnteringError(f"文件已{held.get_ended_display()}，不能收入新的文本")
    body = body.replace("\r\n", "\n").replace("\x00", "").strip("\n")
    if not body.strip():
        raise EnteringError("文件没有正文")
    statute = read_document(
        body,
        title=held.title,
        issuer=held.issuer,
        number=held.number,
        published_on=held.published_on,
        version_on=version_on,
        effective_from=effective_from or (held.effective_from if version_on is None else None),
    )
    cited_as = [*names_of(held.title), held.number]
    text = take_in(statute, source_name, book_name(held.title, held.number), cited_as)
    begins = held.effective_from or effective_from or statute.effective_from
    if held.valid_until and begins and held.valid_until < begins:
        raise EnteringError("有效期截止早于施行日期")
    version, _ = DocumentVersion.objects.get_or_create(
        text=text, defaults={"document": held, **_kept(body), "problems": statute.problems}
    )
    if version.document_id != held.pk or version.digest != _kept(body)["digest"]:
        raise EnteringError("同一日的文本已经收入，内容不同；请写明新的版本日期")
    newest = held.versions.order_by("-text__version_on").values_list("text", flat=True).first()
    if newest == text.pk:
        held.text = text
        held.signed_on = held.signed_on or signed_day(body.splitlines())
        held.effective_from = begins
        held.save(update_fields=["text", "signed_on", "effective_from"])
        _index(held, body)
        _show_validity(held)
        _carry_on(held, text)
    _copy(held, document)
    return text


@transaction.atomic
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
    held = _locked(document)
    if reason not in ENDS:
        raise EnteringError(f"没有这样的失效原因：{reason}")
    if held.published_on is None:
        raise EnteringError("文件尚未公布，不能宣布失效")
    if held.ended and (held.ended, held.ended_on) != (reason, on):
        raise EnteringError(f"文件已{held.get_ended_display()}，最后有效日期为{held.ended_on}")
    if not held.ended:
        held.ended, held.ended_on = reason, on
        held.ended_by = (by or (str(replaced_by) if replaced_by else ""))[:300]
        held.replaced_by = replaced_by
        held.save(update_fields=["ended", "ended_on", "ended_by", "replaced_by"])
        if held.text:
            end_text(held.text, on, BOOK_ENDS[reason], held.ended_by)
        fill(SEARCH.code, [held.pk])
    _copy(held, document)
    return held


@transaction.atomic
def suspend(
    document: NormativeDocument, since: date, clauses: Sequence[str] = (), *, by: str = "", act: Act | None = None
) -> NormativeDocument:
    """Record that a document is not applied from a day on, or those of its clauses (anchors), until `resume`.

    The whole leaves the statute-book meanwhile; of single clauses the book knows that they do not apply. May be
    repeated. Raises EnteringError for a document that is not published or has ended, for clauses that its text does not
    have, and where it is suspended from another day.
    """
    held = _locked(document)
    if held.published_on is None or held.ended:
        raise EnteringError("文件尚未公布或者已经失效，不能停止执行")
    if clauses and (held.text is None or held.text.provisions.filter(anchor__in=clauses).count() < len(set(clauses))):
        raise EnteringError("文件的现行文本没有这一条款")
    open_ = {one.clause: one for one in held.suspensions.filter(until=None)}
    for clause in clauses or [""]:
        earlier = open_.get(clause)
        if earlier and earlier.since != since:
            raise EnteringError(f"文件{clause_zh(clause)}已自{day_zh(earlier.since)}起停止执行")
        if earlier is None:
            DocumentSuspension.objects.create(document=held, clause=clause, since=since, act=act)
            if not clause and held.text:
                end_text(held.text, since - timedelta(days=1), LegalText.Ended.SUSPENDED, by)
    if clauses and held.text:
        suspend_provisions(held.text, clauses, since)
    _copy(held, document)
    return held


@transaction.atomic
def resume(
    document: NormativeDocument, since: date, clauses: Sequence[str] = (), *, act: Act | None = None
) -> NormativeDocument:
    """Record that a suspended document, or those of its clauses, are applied again from a day on.

    Its text is in force in the book as before. Raises EnteringError for what is not suspended, or only from that day.
    """
    held = _locked(document)
    open_ = {one.clause: one for one in held.suspensions.filter(until=None)}
    for clause in clauses or [""]:
        earlier = open_.get(clause)
        if earlier is None:
            raise EnteringError(f"文件{clause_zh(clause)}没有停止执行")
        if since <= earlier.since:
            raise EnteringError("恢复执行之日应当在停止执行之日以后")
        earlier.until, earlier.resumed_by = since, act
        earlier.save(update_fields=["until", "resumed_by"])
    if clauses:
        resume_provisions(LegalText.objects.filter(document_version__document=held), clauses, since)
    elif held.ended == "":
        _show_validity(held)
    _copy(held, document)
    return held


@transaction.atomic
def extend(document: NormativeDocument, valid_until: date | None) -> NormativeDocument:
    """Set the last day of validity (None: without one) of a document that has not ended, here and in the book."""
    held = _locked(document)
    if held.published_on is None or held.ended:
        raise EnteringError("文件尚未公布或者已经失效，不能变更有效期")
    held.valid_until = valid_until
    held.save(update_fields=["valid_until"])
    _show_validity(held)
    _copy(held, document)
    return held


def _locked(document: NormativeDocument) -> NormativeDocument:
    return NormativeDocument.objects.select_for_update(of=("self",)).select_related("text").get(pk=document.pk)


def _copy(held: NormativeDocument, document: NormativeDocument) -> None:
    """The caller's object shows what was written."""
    if held is not document:
        for field in held._meta.concrete_fields:
            if field.attname != "words":
                setattr(document, field.attname, getattr(held, field.attname))


def _kept(body: str) -> dict[str, object]:
    return {"body": body, "digest": hashlib.sha256(body.encode()).hexdigest(), "entered_at": database_now()}


def _show_validity(document: NormativeDocument) -> None:
    """The book ends a text by itself after the last day of its validity; while it is suspended, it stays out."""
    text = document.text
    if text and not document.suspensions.filter(until=None, clause="").exists():
        until = document.valid_until
        renew_text(text, until, LegalText.Ended.EXPIRED if until else "")


def _carry_on(document: NormativeDocument, text: LegalText) -> None:
    """A clause that is suspended stays so in a new version, where it has that clause under the same number."""
    paused = {one.clause: one.since for one in document.suspensions.filter(until=None).exclude(clause="")}
    for anchor in text.provisions.filter(anchor__in=paused).values_list("anchor", flat=True):
        suspend_provisions(text, [anchor], paused[anchor])


def _index(document: NormativeDocument, body: str) -> None:
    """What the catalogue and the public search find of it; the database says what counts as the same sign."""
    said = Concat(
        F("title"), Value("\n"), F("number"), Value("\n"), F("issuer"), Value("\n"), Value(body[:MOST_SEARCHED])
    )
    NormativeDocument.objects.filter(pk=document.pk).update(
        words=Func(said, function="casework_plain", output_field=TextField())
    )
    fill(SEARCH.code, [document.pk])
