"""Cases for programs: lists, files, open steps, and taking a step through the one door."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Organisation
from accounts.source import client_address
from casework import registry
from casework.actions import Offer, take
from casework.actions.desk import done_already
from casework.actions.foresight import prospect
from casework.actions.opening import opened
from casework.models import Act, Case
from casework.queries import search, story, verify
from casework.queries.choices import choices_for
from casework.queries.file import CaseFile, Door, read
from casework.queries.rights import Standing
from casework.refusal import Conflict, NotAllowed, Reason, Refused
from casework.search import terms
from casework.serializers import (
    CaseDetailSerializer,
    CaseQuery,
    CaseSerializer,
    PaperSerializer,
    Problem,
    SearchPageSerializer,
    SearchQuery,
    StepSerializer,
    TakenSerializer,
    TakeSerializer,
)
from law.queries import work_calendar

TAG = ["案件"]
REMEMBERED = 24 * 3600  # seconds for which an Idempotency-Key is known


class Newest(CursorPagination):
    """The newest cases first."""

    ordering = "-id"
    page_size = 25


def _line(case: Case, internal: bool) -> dict[str, Any]:
    table = registry.procedure(case.procedure, case.version)
    place = table.state(case.state) if internal else table.seen(case.state)
    return {
        "code": case.code,
        "number": case.number,
        "title": case.title,
        "procedure": case.procedure,
        "state": place.name,
        "state_label": place.label,
        "organ": case.organ.name,
        "opened_at": case.opened_at,
        "due_on": case.due_on,
        "ended_at": case.ended_at,
    }


@extend_schema(summary="案件列表", tags=TAG, parameters=[CaseQuery], responses=CaseSerializer(many=True))
@method_decorator(login_not_required, name="dispatch")
class CaseList(ListAPIView[Case]):
    """本人可以查看的案件，由近到远。"""

    serializer_class = CaseSerializer
    pagination_class = Newest
    filter_backends: list[Any] = []
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        query = CaseQuery(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        user: Any = self.request.user
        found = Standing(user, timezone.localdate()).visible().select_related("organ")
        if "ended" in self.request.query_params:
            found = found.filter(ended_at__isnull=not asked["ended"])
        return found.filter(**{name: asked[name] for name in ("procedure", "number") if name in asked})

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        user: Any = request.user
        page = self.paginate_queryset(self.get_queryset()) or []
        lines = [_line(case, user.is_official) for case in page]
        return self.get_paginated_response(CaseSerializer(lines, many=True).data)


class OfCase(APIView):
    """Shared by the views of one case: 404 unless the person may open it."""

    def file(self, request: Request, code: str) -> CaseFile:
        user: Any = request.user
        standing = Standing(user, timezone.localdate(), request._request.user.snapshot)  # type: ignore[union-attr]
        case = opened(standing, code, timezone.now())
        if case is None:
            raise Http404
        return read(case, standing, timezone.now())


@method_decorator(login_not_required, name="dispatch")
class CaseDetail(OfCase):
    @extend_schema(summary="案件", tags=TAG, responses={200: CaseDetailSerializer, 404: Problem})
    def get(self, request: Request, code: str) -> Response:
        """一件案件：进展、期限及其计算说明、文书和材料、办理记录。"""
        file = self.file(request, code)
        clocks = story.clocks(file, work_calendar())
        text, note = story.progress(file, [clock for clock in clocks if clock.running])
        body = {
            **_line(file.case, file.internal),
            "seen": file.case.act_count,
            "progress": text + note,
            "rights": file.rights,
            "clocks": clocks,
            "documents": file.shown_documents,
            "entries": story.timeline(file),
        }
        return Response(CaseDetailSerializer(body).data)


@method_decorator(login_not_required, name="dispatch")
class Steps(OfCase):
    @extend_schema(summary="可以办理的环节", tags=TAG, responses={200: StepSerializer(many=True), 404: Problem})
    def get(self, request: Request, code: str) -> Response:
        """本人在本案现处环节可以办理的事项：要填写什么、确认什么，不能办理的写明原因和条文。"""
        file = self.file(request, code)
        return Response(StepSerializer([_step(file, door) for door in file.doors], many=True).data)


def _step(file: CaseFile, door: Door) -> dict[str, Any]:
    row = door.row
    options = choices_for(file.case, row, timezone.localdate(file.at))
    would = prospect(file, row, {})
    asks = [
        {
            "name": ask.name,
            "label": ask.label,
            "kind": ask.kind,
            "required": ask.required,
            "hint": ask.hint,
            "choices": [list(choice) for choice in options.get(ask.name, ask.choices)],
        }
        for ask in row.asks
    ]
    return {
        "name": row.name,
        "label": row.label,
        "basis": [str(cite) for cite in row.under],
        "open": door.open,
        "reasons": [reason_body(reason) for reason in door.reasons],
        "asks": asks,
        "attest": [gate.words for gate in row.needs if gate.attested],
        "papers": list(would.papers),
        "moves_to": would.moves_to,
    }


def reason_body(reason: Reason) -> dict[str, Any]:
    basis = [str(cite) for cite in reason.basis]
    return {"code": reason.code, "words": reason.words, "basis": basis, "field": reason.field}


@method_decorator(login_not_required, name="dispatch")
class TakeStep(OfCase):
    @extend_schema(
        summary="办理一个环节",
        tags=TAG,
        request=TakeSerializer,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description="同一次提交的标识"
            )
        ],
        responses={200: TakenSerializer, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem},
    )
    def post(self, request: Request, code: str, step: str) -> Response:
        """填写内容、确认条件后办理。重复送来的同一次提交只办理一次，并得到同样的回答。"""
        file = self.file(request, code)
        sent = TakeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        key = _key(request, code, step)
        print_of_body = hashlib.sha256(json.dumps(request.data, sort_keys=True, default=str).encode()).hexdigest()
        if key and (known := cache.get(key)):
            if known[0] != print_of_body:
                words = "同一提交标识送来了不同的内容，没有办理。"
                raise Refused([Reason("idempotency_mismatch", words)])
            return Response(known[1], headers={"Idempotent-Replayed": "true"})
        act = _take(file, step, sent.validated_data, client_address(request._request))
        case = Case.objects.select_related("organ").get(pk=file.case.pk)
        body = TakenSerializer(
            {"seq": act.seq, "label": act.label, "at": act.at, "case": _line(case, file.internal)}
        ).data
        if key:
            cache.set(key, (print_of_body, dict(body)), REMEMBERED)
        return Response(body)


def _take(file: CaseFile, step: str, sent: dict[str, Any], address: str | None) -> Act:
    user = file.standing.user
    row = file.rows.get(step)
    if row is None or row.opening or row.by_the_law:
        raise Http404
    if sent["seen"] < file.case.act_count and (act := done_already(file.case, step, user, sent["seen"])):
        return act
    actors = file.standing.actors(file.case, row, file.parts)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您没有在本案中办理这一环节的权限。", row.under)], row.label)
    door = file.door(step)
    offer = Offer(facts=sent["facts"], attested=sent["attested"], seen=sent["seen"], address=address)
    try:
        return take(file.case, step, door.actors[0] if door else actors[0], file.at, offer)
    except Conflict as conflict:
        if act := done_already(file.case, step, user, conflict.seen):
            return act
        raise


def _key(request: Request, code: str, step: str) -> str:
    """Under which the answer to this submission is remembered; nothing without a header."""
    given = request.headers.get("Idempotency-Key", "")
    words = f"{request.user.pk}:{code}:{step}:{given}"
    return f"casework:idempotency:{hashlib.sha256(words.encode()).hexdigest()}" if given else ""


@method_decorator(login_not_required, name="dispatch")
class Paper(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="文书核验", tags=["文书"], responses={200: PaperSerializer, 404: Problem})
    def get(self, request: Request, token: str) -> Response:
        """一份文书的公开信息和效力：不含当事人。"""
        found = verify.paper(token)
        if found is None:
            raise Http404
        return Response(PaperSerializer(found).data)


@method_decorator(login_not_required, name="dispatch")
class Search(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="search_list",
        summary="搜索公开信息",
        tags=["公开信息"],
        parameters=[SearchQuery],
        responses={200: SearchPageSerializer, 400: Problem},
    )
    def get(self, request: Request) -> Response:
        """办事指南、审批结果和其他公开信息：含有全部关键词的，由近到远。"""
        query = SearchQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        after = search.place_of(asked.get("after", ""))
        if asked.get("after") and after is None:
            raise ValidationError({"after": "不是本接口给出的起点"})
        if not terms(asked["q"]):
            raise ValidationError({"q": "请填写关键词"})
        organ = None
        if asked.get("organ"):
            organ = Organisation.objects.filter(code=asked["organ"]).values_list("pk", flat=True).first()
            if organ is None:
                raise ValidationError({"organ": "没有这一机构"})
        wanted = search.Wanted(
            words=asked["q"], source=asked.get("kind", ""), organ=organ, year=asked.get("year"), after=after
        )
        found = search.page(wanted, timezone.localdate())
        lines = [
            {
                "kind": entry.source,
                "title": entry.title,
                "text": entry.text,
                "url": search.address(entry),
                "day": entry.day,
            }
            for entry in found.entries
        ]
        following = str(found.next) if found.next else ""
        return Response({"count": found.count, "more": found.many, "results": lines, "next": following})


urlpatterns = [
    path("search/", Search.as_view(), name="api-search"),
    path("cases/", CaseList.as_view(), name="api-cases"),
    path("cases/<slug:code>/", CaseDetail.as_view(), name="api-case"),
    path("cases/<slug:code>/steps/", Steps.as_view(), name="api-steps"),
    path("cases/<slug:code>/steps/<slug:step>/", TakeStep.as_view(), name="api-take"),
    path("documents/<str:token>/", Paper.as_view(), name="api-document"),
]
