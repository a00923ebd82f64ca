"""The directory of organs for programs, as it stood on a day."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.serializers import Problem
from powerlist.queries import organs
from powerlist.serializers.organs import DayQuery, OrganDetailSerializer, OrganSerializer

TAG = ["机构职能"]


def day(request: Request) -> date:
    """The day that the address asks for, today unless it does."""
    query = DayQuery(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    on: date = query.validated_data.get("on") or timezone.localdate()
    return on


@method_decorator(login_not_required, name="dispatch")
class Organs(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="organs_list", summary="机构名录", tags=TAG, parameters=[DayQuery],
        responses={200: OrganSerializer(many=True), 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """某日存续的机构，内设机构和社区居民委员会除外。"""
        listed = [organ for _, found in organs.directory(day(request)) for organ in found]
        return Response(OrganSerializer(listed, many=True).data)


@method_decorator(login_not_required, name="dispatch")
class Organ(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="机构", tags=TAG, parameters=[DayQuery],
        responses={200: OrganDetailSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def get(self, request: Request, code: str) -> Response:
        """一个机构在某日的名称、职责、内设机构、服务网点和沿革；已经撤销的也可以查询。"""
        page = organs.organ(code, day(request))
        if page is None:
            raise Http404
        organ = page.organ
        body = {
            "code": organ.code, "name": page.name, "kind": organ.get_kind_display(), "since": organ.since,
            "until": organ.until, "parent": organ.parent.code if organ.parent else "",
            "successor": organ.successor.code if organ.successor else "", "duties": page.duties, "units": page.units,
            "subordinate": page.subordinate, "points": page.points, "former_names": page.names,
        }  # fmt: skip
        return Response(OrganDetailSerializer(body).data)


urlpatterns = [
    path("organs/", Organs.as_view(), name="api-organs"),
    path("organs/<str:code>/", Organ.as_view(), name="api-organ"),
]
