"""Licensing for programs: the catalogue for everybody, drafts and submission for whoever is signed in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.source import client_address
from approvals import actions
from approvals.actions import DraftError
from approvals.models import LicensingItem
from approvals.queries import bundles, drafts, items, licences, limits, questions
from approvals.queries.bundles import Subject
from approvals.serializers import (
    BeginSerializer,
    DraftChangeSerializer,
    DraftSerializer,
    GuideSerializer,
    ItemPageSerializer,
    ItemQuery,
    LicenceSerializer,
    ReceiptSerializer,
    SubmissionSerializer,
    UploadedSerializer,
    UploadSerializer,
)
from casework import facts
from casework.inspection.kinds import FileRefused
from casework.models import Case, Document, Draft
from casework.queries.rights import Standing
from casework.serializers import Problem

ITEMS, APPLYING = ["事项"], ["申请"]
KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description="同一次提交的标识：重复送来得到同样的结果"
)
MOST_KEY = 200
_PLACE = signing.Signer(salt="approvals.api")


def _line(item: LicensingItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.name,
        "kind": item.get_kind_display(),
        "organ": item.organ.name,
        "audience": item.audience,
        "open": item.is_open,
        "promised_days": item.promised_days,
    }


@method_decorator(login_not_required, name="dispatch")
class Items(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="items_list",
        summary="事项目录",
        tags=ITEMS,
        parameters=[ItemQuery],
        responses={200: ItemPageSerializer, 400: Problem},
    )
    def get(self, request: Request) -> Response:
        """已经公布的事项，可以网上申请的在前。"""
        query = ItemQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        wanted = items.Wanted(
            words=asked.get("q", ""), organ=asked.get("organ", ""), theme=asked.get("theme", ""),
            audience=asked.get("audience", ""), open_only=asked["open"], after=_place(asked.get("after", "")),
        )  # fmt: skip
        page = items.page(wanted, timezone.localdate())
        following = _PLACE.sign(json.dumps(page.next)) if page.next else ""
        return Response({"results": [_line(item) for item in page.items], "next": following})


def _place(text: str) -> tuple[int, str, int] | None:
    if not text:
        return None
    try:
        rank, name, pk = json.loads(_PLACE.unsign(text))
    except (signing.BadSignature, ValueError) as error:
        raise ValidationError({"after": "不是本接口给出的起点"}) from error
    return rank, name, pk


@method_decorator(login_not_required, name="dispatch")
class Item(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="办事指南", tags=ITEMS, responses={200: GuideSerializer, 404: Problem})
    def get(self, request: Request, code: str) -> Response:
        """一个事项的办事指南：依据、条件、材料、时限、收费、结果、地点和申请表。"""
        on = timezone.localdate()
        item = items.guide(code, on)
        if item is None:
            raise Http404
        return Response(_guide(item, on))


def _guide(item: LicensingItem, on: date) -> dict[str, Any]:
    times = limits.of(item, on)
    return _line(item) | {
        "summary": item.summary,
        "legal_time": times.legal,
        "legal_time_basis": times.law,
        "fee": item.fee,
        "result_name": item.result_name,
        "basis": [{"text": e.get("text", ""), "basis": e["cite"], "verified": e["verified"]} for e in item.basis],
        "conditions": item.conditions,
        "materials": [
            {
                "code": material.code, "name": material.name, "required": material.required,
                "when_needed": material.when_needed, "shared_from": material.shared_from, "form": material.form,
                "copies": material.copies, "formats": list(material.kinds),
            }
            for material in item.materials.all()
        ],
        "form": [
            {
                "title": sheet.title,
                "questions": [
                    {
                        "name": ask.name, "label": ask.label, "kind": ask.kind, "required": ask.required,
                        "hint": ask.hint, "choices": [list(choice) for choice in ask.choices],
                    }
                    for ask in sheet.asks
                ],
            }
            for sheet in questions.sheets(item)
        ],
        "points": [
            {"name": p.name, "address": p.address, "opening_hours": p.opening_hours, "phone": p.phone}
            for p in (served.point for served in item.points.all())
            if p.covers(on)
        ],
        "enquiry_phone": item.enquiry_phone,
        "complaint_phone": item.complaint_phone,
    }  # fmt: skip


class OfPerson(APIView):
    """Shared by what a member of the public does with drafts: 404 for those of others."""

    def person(self, request: Request) -> User:
        user: Any = request.user
        if user.kind != User.Kind.PERSON:
            raise PermissionDenied("工作人员账号不能提出申请。")
        return user

    def draft(self, request: Request, code: str) -> Draft:
        found = drafts.of_code(self.person(request), code.upper())
        if found is None:
            raise Http404
        return found


def _item_of(draft: Draft) -> Subject:
    item = drafts.with_item(draft, timezone.localdate())
    if item is None:
        raise Http404
    return item


def _wanted(code: str, answers: dict[str, Any]) -> tuple[Subject | None, dict[str, Any]]:
    """The item with this code, or the items of the bundle with this code that the answers need; and what is known."""
    on = timezone.localdate()
    found = bundles.bundle(code, on)
    if found is None:
        return items.guide(code, on), {}
    given, reasons = facts.clean(bundles.asked(found), answers, {})
    if reasons:
        raise ValidationError({f"asked.{reason.field}": reason.words for reason in reasons})
    chosen = bundles.needed(found, given)
    return bundles.whole(code, on, chosen), {"asked": facts.frozen(given), "chosen": chosen}


def _body(draft: Draft, item: Subject | None) -> dict[str, Any]:
    files = drafts.documents(draft)
    parts = drafts.parts(draft, item, files) if item and not draft.case_id else []
    return {
        "code": draft.code,
        "item": draft.matter,
        "title": draft.title,
        "saved_at": draft.saved_at,
        "parts": [{"name": p.name, "title": p.title, "done": p.done, "needed": p.needed} for p in parts],
        "files": [_file(document) for document in files],
        "ready": bool(parts) and drafts.ready(parts),
        "case": draft.case.code if draft.case else "",
    }


def _file(document: Document) -> dict[str, Any]:
    return {
        "token": document.token, "material": document.slot, "name": document.title, "size": document.size,
        "sha256": document.sha256,
    }  # fmt: skip


@method_decorator(login_not_required, name="dispatch")
class Drafts(OfPerson):
    @extend_schema(summary="草稿列表", tags=APPLYING, responses=DraftSerializer(many=True))
    def get(self, request: Request) -> Response:
        """本人尚未提交的申请。"""
        mine = drafts.mine(self.person(request)).select_related("case")[:50]
        return Response([_body(draft, drafts.with_item(draft, timezone.localdate())) for draft in mine])

    @extend_schema(
        summary="开始申请", tags=APPLYING, request=BeginSerializer, parameters=[KEY],
        responses={201: DraftSerializer, 400: Problem, 404: Problem, 409: Problem},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """为一个事项或者“一件事”建立草稿。带有同一标识的重复请求得到同一份草稿。"""
        user = self.person(request)
        sent = BeginSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        item, content = _wanted(sent.validated_data["item"], sent.validated_data["asked"])
        if item is None or not item.is_open:
            raise Http404
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > MOST_KEY:
            raise ValidationError({"Idempotency-Key": "标识过长"})
        draft = actions.begin(user, item, timezone.now(), key=key, content=content)
        return Response(_body(draft, item), status=201)


@method_decorator(login_not_required, name="dispatch")
class DraftDetail(OfPerson):
    @extend_schema(summary="草稿", tags=APPLYING, responses={200: DraftSerializer, 404: Problem})
    def get(self, request: Request, code: str) -> Response:
        """一份草稿：各部分是否填写完整、已上传的文件、提交后形成的案件。"""
        draft = self.draft(request, code)
        return Response(_body(draft, drafts.with_item(draft, timezone.localdate())))

    @extend_schema(
        summary="填写草稿", tags=APPLYING, request=DraftChangeSerializer,
        responses={200: DraftSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def patch(self, request: Request, code: str) -> Response:
        """保存给出的部分，未给出的保持不变。"""
        draft = self.draft(request, code)
        item = _item_of(draft)
        sent = DraftChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        change = _change(self.person(request), item, sent.validated_data)
        try:
            saved = actions.save(draft, change, timezone.now())
        except DraftError as error:
            raise ValidationError(str(error)) from error
        return Response(_body(saved, item))


def _change(user: User, item: Subject, sent: dict[str, Any]) -> Any:
    """What a PATCH does to the locked draft. Raises ValidationError for answers that the form would not take."""
    party = None
    if "party" in sent:
        allowed = {party.pk: party for party, _ in drafts.applicants(user, item, timezone.localdate())}
        party = allowed.get(sent["party"])
        if party is None:
            raise ValidationError({"party": "您不能为该当事人申请本事项"})
    asked = questions.asks(item)
    given, reasons = facts.clean(asked, sent.get("answers", {}), {})
    wrong = {f"answers.{reason.field}": reason.words for reason in reasons if reason.code != "fact_missing"}
    if wrong:
        raise ValidationError(wrong)
    delivery = sent.get("delivery")
    points = {point.pk for point in items.points_of(item, timezone.localdate())}
    if delivery and "point" in delivery and delivery["point"] not in points:
        raise ValidationError({"delivery.point": "请从列出的网点中选择"})

    def change(locked: Draft) -> dict[str, Any]:
        if party:
            locked.party = party
        kept: dict[str, Any] = {name: sent[name] for name in ("contact", "delivery") if name in sent}
        if "answers" in sent:
            answers = {**locked.content.get("answers", {}), **facts.frozen(given)}
            kept |= {"answers": answers, "seen": [sheet.number for sheet in questions.sheets(item)]}
        return kept

    return change


@method_decorator(login_not_required, name="dispatch")
class DraftFiles(OfPerson):
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="上传材料", tags=APPLYING, request=UploadSerializer,
        responses={201: UploadedSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """上传一份材料的一个文件。同一文件重复上传只保存一份。"""
        draft = self.draft(request, code)
        sent = UploadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = {material.code: material for material in _item_of(draft).materials.all()}
        material = wanted.get(sent.validated_data["material"])
        if material is None or material.shared_from:
            raise ValidationError({"material": "本事项不要求提交这一材料"})
        try:
            document = actions.keep_file(
                draft, material, sent.validated_data["file"], self.person(request), timezone.now()
            )
        except FileRefused as error:
            raise ValidationError({"file": str(error)}) from error
        return Response(_file(document), status=201)


@method_decorator(login_not_required, name="dispatch")
class DraftFile(OfPerson):
    @extend_schema(summary="移除材料", tags=APPLYING, responses={204: None, 404: Problem})
    def delete(self, request: Request, code: str, token: str) -> Response:
        """移除尚未提交的一个文件。"""
        draft = self.draft(request, code)
        document = Document.objects.filter(draft=draft, case=None, token=token).first()
        if document is None:
            raise Http404
        actions.discard_file(document)
        return Response(status=204)


@method_decorator(login_not_required, name="dispatch")
class Submission(OfPerson):
    @extend_schema(
        summary="提交申请", tags=APPLYING, request=SubmissionSerializer, parameters=[KEY],
        responses={
            200: ReceiptSerializer, 201: ReceiptSerializer, 400: Problem, 403: Problem, 404: Problem, 422: Problem,
        },
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """提交草稿，形成案件。一份草稿只形成一件案件：重复提交得到同一案号，状态码为 200。"""
        draft = self.draft(request, code)
        if draft.case:
            return Response(_receipt(draft.case), headers={"Idempotent-Replayed": "true"})
        sent = SubmissionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        at = timezone.now()
        case = actions.file_application(
            draft, self.person(request), at, attested=sent.validated_data["attested"],
            address=client_address(request._request),
        )  # fmt: skip
        return Response(_receipt(case), status=201 if case.opened_at == at else 200)


@method_decorator(login_not_required, name="dispatch")
class Licences(OfPerson):
    @extend_schema(summary="我的证照", tags=APPLYING, responses=LicenceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """本人可以代表的当事人名下已经送达的许可证件。注销申请、陈述申辩等环节凭证件档案的查询码在案件接口办理；变更和延续在网页上申请。"""
        on = timezone.localdate()
        return Response([_licence(line) for line in licences.listed(Standing(self.person(request), on).party_ids, on)])


def _licence(line: licences.Line) -> dict[str, Any]:
    found, term = line.licence, line.term
    return {
        "number": found.number, "title": found.title, "item": found.item.code, "organ": found.organ.name,
        "holder": found.holder_name, "valid_from": found.valid_from, "valid_to": found.valid_to,
        "standing": term.words, "days_left": term.days_left, "renew_by": term.apply_by, "case": line.code,
    }  # fmt: skip


def _receipt(case: Case) -> dict[str, Any]:
    return {
        "case": case.code,
        "number": case.number,
        "received_at": case.opened_at,
        "answer_by": limits.last_day(limits.ANSWER, timezone.localdate(case.opened_at)),
    }


urlpatterns = [
    path("items/", Items.as_view(), name="api-items"),
    path("items/<str:code>/", Item.as_view(), name="api-item"),
    path("licences/", Licences.as_view(), name="api-licences"),
    path("drafts/", Drafts.as_view(), name="api-drafts"),
    path("drafts/<slug:code>/", DraftDetail.as_view(), name="api-draft"),
    path("drafts/<slug:code>/files/", DraftFiles.as_view(), name="api-draft-files"),
    path("drafts/<slug:code>/files/<str:token>/", DraftFile.as_view(), name="api-draft-file"),
    path("drafts/<slug:code>/submission/", Submission.as_view(), name="api-submission"),
]
