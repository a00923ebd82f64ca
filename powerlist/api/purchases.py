"""The catalogue, projects and transfer payments for programs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import path
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.serializers import Problem
from powerlist.api.organs import day
from powerlist.models import Project, Transfer
from powerlist.queries import purchases
from powerlist.queries.purchases import Wanted
from powerlist.serializers.organs import DayQuery
from powerlist.serializers.purchases import (
    CatalogueSerializer,
    ProjectPageSerializer,
    RowQuery,
    TransferPageSerializer,
)

TAG = ["政府购买服务和转移支付"]


@method_decorator(login_not_required, name="dispatch")
class Catalogue(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="指导性目录", tags=TAG, parameters=[DayQuery],
        responses={200: CatalogueSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """某日施行的政府购买服务指导性目录和负面清单。"""
        found = purchases.in_force(day(request))
        if found is None:
            raise Http404
        body = {
            "number": found.number, "title": found.title, "since": found.since, "published_at": found.published_at,
            "sample": found.sample, "headings": found.headings.order_by("code"),
            "exclusions": purchases.exclusions(found),
        }  # fmt: skip
        return Response(CatalogueSerializer(body).data)


def _page(request: Request, model: Any) -> dict[str, Any]:
    query = RowQuery(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    asked = query.validated_data
    year, _, key = asked.get("after", "").partition(".")
    wanted = Wanted(
        words=asked.get("q", ""), year=asked.get("year"), after=(int(year), int(key)) if key else None,
        organ=asked.get("organ", "") if model is Project else "",
        heading=asked.get("heading", "") if model is Project else "",
    )  # fmt: skip
    rows, following = purchases.listed(model, wanted)
    return {"results": rows, "next": f"{following[0]}.{following[1]}" if following else ""}


@method_decorator(login_not_required, name="dispatch")
class Projects(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="purchases_projects", summary="购买服务项目", tags=TAG, parameters=[RowQuery],
        responses={200: ProjectPageSerializer, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """已经公布的政府购买服务项目，按年度由近到远。"""
        return Response(ProjectPageSerializer(_page(request, Project)).data)


@method_decorator(login_not_required, name="dispatch")
class Transfers(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="transfers_list", summary="转移支付", tags=TAG, parameters=[RowQuery],
        responses={200: TransferPageSerializer, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """已经公布的转移支付，按年度由近到远。"""
        return Response(TransferPageSerializer(_page(request, Transfer)).data)


urlpatterns = [
    path("purchases/catalogue/", Catalogue.as_view(), name="api-catalogue"),
    path("purchases/projects/", Projects.as_view(), name="api-projects"),
    path("transfers/", Transfers.as_view(), name="api-transfers"),
]
