"""Activities to come, for programs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.serializers import Problem
from powerlist.queries import communities
from powerlist.serializers.communities import ActivityQuery, ActivitySerializer


@method_decorator(login_not_required, name="dispatch")
class Activities(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="activities_list", summary="公益活动", tags=["社区和公益活动"], parameters=[ActivityQuery],
        responses={200: ActivitySerializer(many=True), 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """最近的公益活动，由近到远，最多20条。"""
        query = ActivityQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found, _ = communities.coming(timezone.now(), asked.get("subdistrict", ""), asked.get("q", ""))
        return Response(ActivitySerializer(found, many=True).data)


urlpatterns = [path("activities/", Activities.as_view(), name="api-activities")]
