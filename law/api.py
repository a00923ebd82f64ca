"""The law for programs: limits, due dates and the list of texts. Public and read-only."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.urls import path
from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from law import queries
from law.limits import LimitError
from law.models import LegalText, TimeLimit
from law.serializers import (
    DueQuery,
    DueSerializer,
    LimitQuery,
    LimitSerializer,
    TextQuery,
    TextSerializer,
)


class ByKey(CursorPagination):
    """Limits in the order of their keys."""

    ordering = ("key", "-effective_from")
    page_size = 100


class ByName(CursorPagination):
    """Texts in the order of their names."""

    ordering = ("family", "-id")
    page_size = 100


@extend_schema(summary="期限", description="各项法定期限的全部版本。", tags=["法规"], parameters=[LimitQuery])
@method_decorator(login_not_required, name="dispatch")
class LimitList(ListAPIView[TimeLimit]):
    """Time limits in all their versions."""

    permission_classes = [AllowAny]
    serializer_class = LimitSerializer
    pagination_class = ByKey
    filter_backends: list[Any] = []
    queryset = TimeLimit.objects.none()

    def get_queryset(self) -> QuerySet[TimeLimit]:
        query = LimitQuery(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = queries.limits_in_force(asked.get("on"))
        return rows.filter(**{name: asked[name] for name in ("chapter", "key") if name in asked})


@extend_schema(summary="法规文本", description="法规文本的全部版本，不含正文。", tags=["法规"], parameters=[TextQuery])
@method_decorator(login_not_required, name="dispatch")
class TextList(ListAPIView[LegalText]):
    """Texts in all their versions, without their words."""

    permission_classes = [AllowAny]
    serializer_class = TextSerializer
    pagination_class = ByName
    filter_backends: list[Any] = []
    queryset = LegalText.objects.none()

    def get_queryset(self) -> QuerySet[LegalText]:
        query = TextQuery(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return queries.search_texts(query.validated_data.get("q", ""), query.validated_data.get("kind", ""))


@method_decorator(login_not_required, name="dispatch")
class DueView(APIView):
    """The last day of a limit and every consideration on the way to it."""

    permission_classes = [AllowAny]

    @extend_schema(
        summary="计算期限",
        description="期限的届满日（时）以及逐步说明。",
        tags=["法规"],
        parameters=[DueQuery, OpenApiParameter("suspended", str, many=True)],
        responses=DueSerializer,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        query = DueQuery(data={**params.dict(), "suspended": params.getlist("suspended")})
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        try:
            result = queries.work_out(asked["key"], asked["trigger"], asked["suspended"], extended=asked["extended"])
        except LimitError as error:
            raise ValidationError(str(error)) from error
        return Response(DueSerializer(result.as_dict()).data)


urlpatterns = [
    path("law/limits", LimitList.as_view(), name="api-law-limits"),
    path("law/due", DueView.as_view(), name="api-law-due"),
    path("law/texts", TextList.as_view(), name="api-law-texts"),
]
