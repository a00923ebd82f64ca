"""What is text travels packed, and only that."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from portal.compression import Compression

LONG = "东城区政务服务。" * 200


def answered(response: HttpResponseBase, accepts: str = "gzip") -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepts
    answer = Compression(lambda _: response)(request)
    assert isinstance(answer, HttpResponseBase)
    return answer


@pytest.mark.django_db
def test_a_page_says_the_same_packed() -> None:
    plain, packed = (Client(headers={"accept-encoding": how}).get("/powers/") for how in ("identity", "gzip"))
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert len(packed.content) < len(plain.content) / 2
    page = gzip.decompress(packed.content).decode()
    assert "<h1" in page
    assert page.count("<a ") == plain.content.decode().count("<a ")


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/problem+json"])
def test_text_is_packed_for_whoever_can_unpack(kind: str) -> None:
    answer = answered(HttpResponse(LONG, content_type=kind))
    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content).decode() == LONG
    assert "Accept-Encoding" in answer["Vary"]
    assert "Content-Encoding" not in answered(HttpResponse(LONG, content_type=kind), accepts="")


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream"])
def test_papers_and_materials_stay_as_they_are(kind: str) -> None:
    answer = answered(HttpResponse(LONG, content_type=kind))
    assert isinstance(answer, HttpResponse)
    assert (answer.content.decode(), answer.has_header("Content-Encoding")) == (LONG, False)


def test_what_is_streamed_stays_as_it_is() -> None:
    for stream in (StreamingHttpResponse([LONG], content_type="text/csv"), FileResponse([LONG.encode()])):
        assert not answered(stream).has_header("Content-Encoding")
