"""The list for programs: any day of it, one power, its versions, the changes of a year. Open to all, read only."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.urls import path, re_path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.serializers import Problem
from powerlist.api.organs import day
from powerlist.models import PowerVersion
from powerlist.queries import basis, events, listing
from powerlist.queries.versions import as_item, current, history
from powerlist.serializers.organs import DayQuery
from powerlist.serializers.powers import (
    ChangePageSerializer,
    PowerPageSerializer,
    PowerQuery,
    PowerSerializer,
    PowerVersionSerializer,
    YearQuery,
)

TAG = ["权责清单"]
_PLACE = signing.Signer(salt="powerlist.api")


def _line(version: PowerVersion) -> dict[str, Any]:
    return {
        "code": version.power.code, "name": version.name, "kind": version.kind, "organ": version.organ.code,
        "organ_name": version.organ.name, "since": version.since, "until": version.until, "sample": version.sample,
    }  # fmt: skip


def _asked(query: Any) -> dict[str, Any]:
    query.is_valid(raise_exception=True)
    return dict(query.validated_data)


def _place(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    try:
        name, pk = json.loads(_PLACE.unsign(text))
    except (signing.BadSignature, ValueError) as error:
        raise ValidationError({"after": "不是本接口给出的起点"}) from error
    return name, pk


@method_decorator(login_not_required, name="dispatch")
class Powers(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="powers_list", summary="权责清单", tags=TAG, parameters=[PowerQuery],
        responses={200: PowerPageSerializer, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """某一天的清单，按名称排列，可以按机关、类型和关键词筛选。"""
        asked = _asked(PowerQuery(data=request.query_params.dict()))
        on = asked.get("on") or timezone.localdate()
        wanted = listing.Wanted(
            asked.get("q", ""), asked.get("organ", ""), asked.get("kind", ""), after=_place(asked.get("after", ""))
        )
        found = listing.page(wanted, on)
        following = _PLACE.sign(json.dumps(found.next)) if found.next else ""
        return Response({"on": on, "results": [_line(row) for row in found.rows], "next": following})


@method_decorator(login_not_required, name="dispatch")
class Power(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="权责事项", tags=TAG, parameters=[DayQuery],
        responses={200: PowerSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def get(self, request: Request, code: str) -> Response:
        """一个事项在某一天的版本：各要素、依据及其有效性、责任清单。"""
        on = day(request)
        version = current(code, on)
        if version is None:
            raise Http404
        item = as_item(version)
        bases = [{"citation": one.citation, "state": one.state} for one in basis.cited(item["basis"], on)]
        return Response(PowerSerializer({**item, **_line(version), "basis": bases}).data)


@method_decorator(login_not_required, name="dispatch")
class Versions(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="power_versions", summary="权责事项的各个版本", tags=TAG,
        responses={200: PowerVersionSerializer(many=True), 404: Problem},
    )  # fmt: skip
    def get(self, request: Request, code: str) -> Response:
        """一个事项历次公布的版本，由近到远；依据的有效性请按日期查询该事项。"""
        every = history(code)
        if not every:
            raise Http404
        listed = [{**as_item(version), **_line(version), "made_by": _case_of(version)} for version in every]
        return Response(PowerVersionSerializer(listed, many=True).data)


def _case_of(version: PowerVersion) -> str:
    return version.made_by.case.number if version.made_by else ""


def _event_place(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    day, _, key = text.partition(".")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError as error:
        raise ValidationError({"after": "不是本接口给出的起点"}) from error


@method_decorator(login_not_required, name="dispatch")
class Changes(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="power_changes", summary="清单调整", tags=TAG, parameters=[YearQuery],
        responses={200: ChangePageSerializer, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """一年之内的调整，由近到远，分页给出；counts 是全年各类调整的数量。"""
        asked = _asked(YearQuery(data=request.query_params.dict()))
        year = asked.get("year") or timezone.localdate().year
        days = date(year, 1, 1), date(year, 12, 31)
        found = events.page(*days, _event_place(asked.get("after", "")))
        return Response(
            {
                "year": year,
                "counts": [{"kind": kind, "number": number} for kind, number in events.counts(*days)],
                "results": [
                    {
                        "day": each.day, "kind": each.label, "power": _line(each.version),
                        "former_organ": each.before.organ.code if each.before else "",
                    }
                    for each in found.events
                ],
                "next": f"{found.next[0].isoformat()}.{found.next[1]}" if found.next else "",
            }
        )  # fmt: skip


urlpatterns = [
    path("powers/", Powers.as_view(), name="api-powers"),
    path("power-changes/", Changes.as_view(), name="api-power-changes"),
    re_path(r"^powers/(?P<code>[A-Za-z0-9-]{1,80})/$", Power.as_view(), name="api-power"),
    re_path(r"^powers/(?P<code>[A-Za-z0-9-]{1,80})/versions/$", Versions.as_view(), name="api-power-versions"),
]
