"""Materials of an application: what is asked for, what is there, uploading, taking back."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.source import client_address
from approvals import actions
from approvals.actions import DraftError
from approvals.actions.reuse import look_up, use_again
from approvals.forms.application import FilesForm, LookUpForm, PaperForm
from approvals.models import Material
from approvals.queries import drafts, reuse
from approvals.views.pages import Desk, desk, own_draft, owner
from casework.inspection.kinds import FileRefused
from casework.models import Document, Draft
from casework.queries.files import shown as shown_file
from casework.queries.files import sound
from casework.views import uploads
from casework.views.files import answer

log = logging.getLogger(__name__)


def overview(request: HttpRequest, table: Desk) -> HttpResponse:
    """All materials of the item, each with what is there; at the window also how many copies came on paper."""
    materials = list(table.item.materials.all())
    papers = [material for material in materials if not material.shared_from]
    counted = {entry["code"]: entry["copies"] for entry in table.draft.content.get("paper", [])}
    form = PaperForm(papers, request.POST or None, initial=counted) if table.at_window else None
    if request.method == "POST":
        if form is None:
            return redirect(table.after("materials"))
        if form.is_valid():
            given = form.given()
            actions.save(table.draft, lambda locked: {"paper": given}, timezone.now())
            return redirect("intake" if request.POST.get("go") == "later" else table.after("materials"))
    lacking = [material.name for material in materials if material.asked and not _there(table, material)]
    context = {
        "table": table, "draft": table.draft, "item": table.item, "form": form, "caption": table.caption("materials"),
        "rows": [_row(table, material) for material in papers], "lacking": lacking, "back": table.url(),
        "shared": [_shared(table, material) for material in materials if material.shared_from],
        "next": table.after("materials"),
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "approvals/materials.html", context, status=status)


def _there(table: Desk, material: Material) -> bool:
    on_paper = any(entry["code"] == material.code for entry in table.draft.content.get("paper", []))
    return on_paper or any(document.slot == material.code for document in sound(table.files))


def _row(table: Desk, material: Material) -> dict[str, Any]:
    files = [document for document in table.files if document.slot == material.code]
    hint = "；".join(filter(None, (material.when_needed, material.note)))
    waiting = {"status": "尚未收到" if table.at_window else "待上传", "tone": "yellow"}
    status = {"status": f"已上传 {len(files)} 个文件"} if files else waiting
    if len(sound(files)) < len(files):
        status = {"status": "有文件未通过安全检查", "tone": "red"}
    if not files and not material.asked:
        status = {"status": "选填"}
    if not files and _there(table, material):
        status = {"status": "已收纸质件"}
    return {"title": material.name, "url": upload_url(table.draft, material), "hint": hint, **status}


def _shared(table: Desk, material: Material) -> tuple[Material, str, list[str]]:
    """What nobody has to hand in; where a certificate of the portal's own is that material, the page that offers it."""
    url = upload_url(table.draft, material) if material.satisfied_by else ""
    return material, url, [document.title for document in sound(table.files) if document.slot == material.code]


def upload_url(draft: Draft, material: Material) -> str:
    return reverse("apply-upload", args=[draft.code, material.code])


def listed(table: Desk) -> list[tuple[str, str]]:
    """Materials and what is there of each, for the check of all answers."""
    copies = {entry["code"]: entry["copies"] for entry in table.draft.content.get("paper", [])}
    rows = []
    for material in table.item.materials.all():
        names = [document.title for document in sound(table.files) if document.slot == material.code]
        if material.code in copies:
            names.append(f"纸质{copies[material.code]}份")
        if names:
            rows.append((material.name, "；".join(names)))
        elif material.shared_from:
            rows.append((material.name, f"由{material.shared_from}共享取得，无需提交"))
    return rows or [("申请材料", "没有提交材料")]


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str, material: str) -> HttpResponse:
    """Files for one material: those that are there, and adding more."""
    table = desk(request, code)
    if isinstance(table, HttpResponse):
        return table
    wanted = next((each for each in table.item.materials.all() if each.code == material), None)
    if wanted is None or (wanted.shared_from and not wanted.satisfied_by):
        raise Http404
    form, status, look = files_form(request, wanted), 200, LookUpForm()
    if request.method == "POST" and "purpose" in request.POST:
        look = LookUpForm(request.POST)
        if look.is_valid():
            try:
                look_up(
                    table.draft, owner(request), look.cleaned_data["purpose"], timezone.now(), client_address(request)
                )
                return redirect(upload_url(table.draft, wanted))
            except DraftError as error:
                look.add_error(None, str(error))
        form, status = FilesForm(wanted), 422
    elif request.method == "POST" and (token := request.POST.get("reuse")):
        try:
            use_again(table.draft, wanted, token, owner(request), timezone.now(), client_address(request))
            return redirect(table.url("materials"))
        except (DraftError, FileRefused) as error:
            form, status = _with_error(wanted, str(error)), 422
        except OSError:
            log.exception("a file of draft %s was not used again", table.draft.pk)
            form, status = _with_error(wanted, uploads.AWAY), 503
    elif request.method == "POST" and wanted.shared_from:
        raise Http404
    elif request.method == "POST":
        if keep_all(request, form, table.draft, wanted):
            again = request.POST.get("go") == "more"
            return redirect(upload_url(table.draft, wanted) if again else table.url("materials"))
        status = 503 if form.has_error("files", uploads.NO_STORE) else 422
    context = {
        "table": table, "draft": table.draft, "item": table.item, "material": wanted, "form": form,
        "files": shown(table.draft, drafts.of_material(table.draft, wanted.code)),
        "back": table.url("materials"), "unfinished": uploads.unfinished(request),
        "offers": reuse.offers(table.draft, wanted, timezone.localdate()),
        "may_look": reuse.may_look(table.draft), "looked": reuse.looked(table.draft), "look": look,
    }  # fmt: skip
    return render(request, "approvals/upload.html", context, status=status)


def _with_error(material: Material, words: str) -> FilesForm:
    form = FilesForm(material, {}, {})
    form.full_clean()
    form.errors.clear()
    form.add_error("files", words)
    return form


HELD = "文件已经收到，检查需要几分钟。您可以继续办理，不必等待。"


def files_form(request: HttpRequest, material: Material) -> FilesForm:
    """The form for files of one material, with what was sent in it or before it in pieces."""
    try:
        return FilesForm(material, request.POST or None, uploads.files_of(request))
    except OSError:
        form = FilesForm(material, {}, {})
        form.full_clean()
        form.errors.clear()
        form.add_error("files", ValidationError(uploads.AWAY, code=uploads.NO_STORE))
        return form


def keep_all(request: HttpRequest, form: FilesForm, draft: Draft, material: Material) -> bool:
    """Keep every chosen file; what is refused is said at the field, what was kept stays."""
    if not form.is_valid():
        return False
    user, now = owner(request), timezone.now()
    return uploads.keep_all(form, "files", lambda file: actions.keep_file(draft, material, file, user, now))


def shown(draft: Draft, files: list[Document]) -> list[dict[str, Any]]:
    """Files for components/files.html."""
    return [
        shown_file(
            file,
            reverse("apply-file", args=[draft.code, file.token]),
            remove_url=reverse("apply-remove", args=[draft.code, file.token]),
            hint=HELD if file.scan == Document.Scan.HELD else "",
        )
        for file in files
    ]


def _file(request: HttpRequest, code: str, token: str) -> tuple[Draft, Document]:
    draft = own_draft(request, code)
    found = Document.objects.filter(draft=draft, case=None, token=token).first()
    if found is None:
        raise Http404
    return draft, found


@require_safe
def download(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """A file of one's own draft, as an attachment that no browser runs."""
    return answer(request, _file(request, code, token)[1])


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Take a file back, asked once more."""
    draft, document = _file(request, code, token)
    back = reverse("apply-upload", args=[draft.code, document.slot])
    if request.method == "POST":
        try:
            actions.discard_file(document)
            messages.success(request, f"“{document.title}”已经移除。")
        except DraftError as error:
            messages.error(request, str(error))
        return redirect(back)
    return render(request, "approvals/remove.html", {"document": document, "back": back})
