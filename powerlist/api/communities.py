"""Activities to come, for programs."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.serializers import Problem
from powerlist.queries import communities
from powerlist.serializers.communities import ActivityPageSerializer, ActivityQuery


@method_decorator(login_not_required, name="dispatch")
class Activities(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="activities_list", summary="公益活动", tags=["社区和公益活动"], parameters=[ActivityQuery],
        responses={200: ActivityPageSerializer, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """尚未结束的公益活动，由近到远，分页给出。"""
        query = ActivityQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found, following = communities.coming(
            timezone.now(), asked.get("subdistrict", ""), asked.get("q", ""), _place(asked.get("after", ""))
        )
        after = f"{following[0].isoformat()}~{following[1]}" if following else ""
        return Response(ActivityPageSerializer({"results": found, "next": after}).data)


def _place(text: str) -> tuple[datetime, int] | None:
    if not text:
        return None
    moment, _, key = text.partition("~")
    try:
        at, pk = datetime.fromisoformat(moment), int(key)
    except ValueError as error:
        raise ValidationError({"after": "不是本接口给出的起点"}) from error
    if at.tzinfo is None or not 0 <= pk < 10**18:
        raise ValidationError({"after": "不是本接口给出的起点"})
    return at, pk


urlpatterns = [path("activities/", Activities.as_view(), name="api-activities")]
