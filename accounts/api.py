"""/api/v1/me: who is asking, and what they may do."""

from typing import cast

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import identity, queries
from accounts.serializers import MeSerializer
from accounts.signed_in import SignedIn


class Me(APIView):
    @extend_schema(responses=MeSerializer, summary="当前用户", operation_id="me")
    def get(self, request: Request) -> Response:
        """当前登录的用户、任职和可以代表的当事人。"""
        signed_in = cast(SignedIn, request._request)
        user, acting = signed_in.user, signed_in.acting_party
        seats = [
            {
                "role": seat.role,
                "role_label": seat.role_label,
                "organisation": seat.organisation.code,
                "organisation_name": seat.organisation.name,
                "since": seat.since,
                "until": seat.until,
            }
            for seat in queries.seats(user, timezone.localdate())
        ]
        body = {
            "username": user.username,
            "name": user.display_name,
            "kind": user.kind,
            "phone": identity.mask_phone(user.phone),
            "seats": seats,
            "parties": user.snapshot.parties,
            "acting_party": acting.id if acting else None,
        }
        return Response(MeSerializer(body).data)


urlpatterns = [path("me", Me.as_view(), name="me")]
