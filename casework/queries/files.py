"""Where a file stands in the quarantine, in words; who may open it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from casework.models import Document

LOCKED = ("infected", "refused")


def sound(documents: Iterable[Document]) -> list[Document]:
    """Those that count as handed in: held ones too, since the law's day must not wait for a scanner."""
    return [document for document in documents if not document.locked_away]


def papers_waiting(most: int) -> int:
    """How many papers wait for their first try, counted up to `most`."""
    waiting = Document.objects.filter(kind=Document.Kind.PAPER, made_at=None, next_try_at=None)
    return waiting[:most].count()


def may_open(document: Document, user: User | None) -> bool:
    """Whether the quarantine lets the person open it: everybody a clean file, whoever handed it in a held one."""
    if document.sound:
        return True
    own = user is not None and document.added_by_id == user.pk
    return own and document.scan == Document.Scan.HELD


def standing(document: Document) -> dict[str, str]:
    """State and tone for components/files.html; nothing for a file about which nothing has to be said."""
    if document.kind == Document.Kind.PAPER:
        return {}
    if document.scan == Document.Scan.CLEAN:
        return {"state": "未作病毒扫描（演示）", "tone": "grey"} if document.scanned_by == "none" else {}
    if document.scan == Document.Scan.HELD:
        return {"state": "安全检查中", "tone": "yellow"}
    return {"state": document.get_scan_display(), "tone": "red"}


def words(document: Document) -> str:
    """Why a file is locked away."""
    if document.scan == Document.Scan.INFECTED:
        return "文件中发现病毒，已经隔离，视为没有提交。"
    return f"{document.finding}。该文件视为没有提交。"


def shown(document: Document, url: str, **more: Any) -> dict[str, Any]:
    """One line of components/files.html."""
    note = words(document) if document.locked_away else ""
    line = {"name": document.title, "url": "" if document.locked_away else url, "size": document.size or None}
    return {**line, **standing(document), "note": note, **more}
