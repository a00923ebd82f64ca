"""What the pages of an application share: whose draft it is, what comes next, and saving that fails aloud."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from approvals import actions
from approvals.actions import DraftError
from approvals.forms.application import PageForm
from approvals.queries import drafts
from approvals.queries.bundles import Subject, Whole
from approvals.queries.drafts import INTAKE, Part
from casework.models import Document, Draft

log = logging.getLogger(__name__)
NOT_SAVED = "没有保存成功，您填写的内容仍在本页。请不要关闭页面，稍后再按一次“保存并继续”。"


@dataclass
class Desk:
    """A draft on the table of its owner: the draft, the item as published today, the files."""

    draft: Draft
    item: Subject
    files: list[Document]

    @property
    def at_window(self) -> bool:
        return self.draft.step == INTAKE

    @property
    def guide(self) -> str:
        """Where one reads what it is and what it takes."""
        return reverse("bundle" if isinstance(self.item, Whole) else "service", args=[self.item.code])

    @property
    def parts(self) -> list[Part]:
        return drafts.parts(self.draft, self.item, self.files)

    def url(self, page: str = "") -> str:
        return page_url(self.draft, page)

    def after(self, page: str) -> str:
        """The page that follows; the check of all answers is the last."""
        names = [part.name for part in self.parts]
        following = names[names.index(page) + 1 :] if page in names else []
        return self.url(following[0] if following else "check")

    def before(self, page: str) -> str:
        return self.url()

    def caption(self, page: str) -> str:
        """第 2 步，共 6 步"""
        names = [part.name for part in self.parts]
        return f"第 {names.index(page) + 1} 步，共 {len(names)} 步" if page in names else ""


def page_url(draft: Draft, page: str = "") -> str:
    if page in ("", "tasks"):
        return reverse("apply-tasks", args=[draft.code])
    return reverse("apply-page", args=[draft.code, page])


def own_draft(request: HttpRequest, code: str) -> Draft:
    """The draft under this code; 404 unless it is the person's own."""
    user: Any = request.user
    found = Draft.objects.select_related("party", "case").filter(code=code.upper(), owner=user).first()
    if found is None or found.step not in (drafts.SUBMIT, INTAKE):
        raise Http404
    return found


def desk(request: HttpRequest, code: str) -> Desk | HttpResponse:
    """The open draft with its item and files; a redirect where it was submitted or the item is gone."""
    draft = own_draft(request, code)
    if draft.case_id:
        return redirect("apply-done", draft.code)
    item = drafts.with_item(draft, timezone.localdate())
    if item is None or not item.is_open:
        return render(request, "approvals/item_gone.html", {"draft": draft}, status=410)
    return Desk(draft, item, drafts.documents(draft))


Change = Callable[[Draft, dict[str, Any]], Mapping[str, Any]]


def save_page(request: HttpRequest, table: Desk, page: str, form: PageForm, change: Change) -> HttpResponse | None:
    """Save a page that was sent: where to go on, or None if the page has to be shown again with what is wrong.

    `change(locked draft, answers)` answers the entries of the content. “暂存” takes a page that is half filled.
    """
    later = request.POST.get("go") == "later"
    given = form.put_aside() if later else form.given() if form.is_valid() else None
    if given is None:
        return None
    try:
        actions.save(table.draft, lambda locked: change(locked, given), timezone.now())
    except DraftError as error:
        messages.error(request, str(error))
        return redirect(table.url())
    except DatabaseError:
        log.exception("draft %s was not saved", table.draft.pk)
        form.add_error(None, NOT_SAVED)
        return None
    if later:
        messages.success(request, "已经暂存，尚未提交。请在提交后等待收件凭证。")
        return redirect("intake" if table.at_window else "my")
    table.draft.refresh_from_db()
    return redirect(table.after(page))


def show_page(request: HttpRequest, table: Desk, page: str, form: PageForm, **more: Any) -> HttpResponse:
    """A page of the application with one form."""
    title = next((part.title for part in table.parts if part.name == page), "")
    failed = NOT_SAVED in form.non_field_errors() if form.is_bound else False
    context = {
        "table": table, "draft": table.draft, "item": table.item, "form": form, "title": title,
        "caption": table.caption(page), "back": table.url(), **more,
    }  # fmt: skip
    status = 503 if failed else 422 if form.is_bound and form.errors else 200
    return render(request, "approvals/apply_page.html", context, status=status)


def owner(request: HttpRequest) -> User:
    user: Any = request.user
    return user
