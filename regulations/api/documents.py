"""The catalogue for programs: finding documents, one document on a day. Open to everybody, read only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
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
from powerlist.serializers.organs import DayQuery
from regulations.models import NormativeDocument
from regulations.queries import catalogue
from regulations.queries import document as queries
from regulations.serializers.documents import CataloguePage, CatalogueQuery, DocumentSerializer
from regulations.views.catalogue import place_of, written
from regulations.views.document import found_or_404

TAG = ["规范性文件"]


def _line(document: NormativeDocument, on: date) -> dict[str, Any]:
    return {
        **{name: getattr(document, name) for name in _NAMES},
        "organ": document.organ.code if document.organ else "",
        "standing": document.standing(on),
        "url": document.get_absolute_url(),
    }


_NAMES = (
    "id", "number", "title", "issuer", "kind", "subject", "published_on", "effective_from", "valid_until", "ended",
    "ended_on", "sample",
)  # fmt: skip


@method_decorator(login_not_required, name="dispatch")
class Documents(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="normative_documents_list", summary="规范性文件", tags=TAG, parameters=[CatalogueQuery],
        responses={200: CataloguePage, 400: Problem},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """公布的规范性文件，由近到远，可以按词语、机关、主题、效力和年份筛选。"""
        query = CatalogueQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        after = asked.get("after", "")
        place = place_of(after)
        if after and place is None:
            raise ValidationError({"after": "不是本接口给出的起点"})
        on = timezone.localdate()
        wanted = catalogue.Wanted(
            words=asked.get("q", ""), issuer=asked.get("issuer", ""), subject=asked.get("subject", ""),
            kind=asked.get("kind", ""), validity=asked.get("validity", ""), year=asked.get("year"), after=place,
        )  # fmt: skip
        found = catalogue.page(wanted, on)
        lines = [_line(row, on) for row in found.rows]
        return Response({"on": on, "results": lines, "next": written(found.next) if found.next else ""})


@method_decorator(login_not_required, name="dispatch")
class Document(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="规范性文件的文本", tags=TAG, parameters=[DayQuery],
        responses={200: DocumentSerializer, 400: Problem, 404: Problem},
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        """一个文件在某一天的文本（默认今天）：条文、锚点和与其他文本的关系。"""
        query = DayQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        document = found_or_404(pk)
        on = query.validated_data.get("on") or timezone.localdate()
        version = queries.version_on(queries.versions(document), on)
        if version is None:
            raise Http404
        return Response(DocumentSerializer(queries.told(document, version, queries.pieces(version.text), on)).data)


urlpatterns = [
    path("normative-documents/", Documents.as_view(), name="api-normative-documents"),
    path("normative-documents/<int:pk>/", Document.as_view(), name="api-normative-document"),
]
