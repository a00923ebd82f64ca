"""Licensing for programs: the same answers and refusals as on the pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from casework.models import Case, Document, Draft
from tests.approvals.conftest import ANSWERS, CONTACT, FOOD, TRUTH, World, pdf

API = "/api/v1"


def send(client: Client, method: str, address: str, body: object = None, **headers: str) -> Any:
    content = "" if method == "get" else json.dumps(body)
    return client.generic(method.upper(), f"{API}{address}", content, content_type="application/json", headers=headers)


def begun(world: World, client: Client) -> str:
    return send(client, "post", "/drafts/", {"item": FOOD}).json()["code"]


def filled(world: World, client: Client) -> str:
    code = begun(world, client)
    body = {
        "party": world.company.pk,
        "contact": CONTACT,
        "answers": ANSWERS,
        "delivery": {"way": "electronic", "electronic_service": True},
    }
    answer = send(client, "patch", f"/drafts/{code}/", body)
    assert answer.status_code == 200, answer.content
    for material in ("M2", "M3", "M4"):
        sent = {"material": material, "file": pdf(f"{material}.pdf", material.encode())}
        assert client.post(f"{API}/drafts/{code}/files/", sent).status_code == 201
    return code


def test_items_are_open_to_everybody(world: World) -> None:
    page = Client().get(f"{API}/items/", {"q": "饭店"}).json()
    assert [item["code"] for item in page["results"]] == [FOOD]
    assert page["next"] == ""
    guide = Client().get(f"{API}/items/{FOOD}/").json()
    assert guide["legal_time"] == "20个工作日"
    assert {material["code"]: material["shared_from"] for material in guide["materials"]}["M1"]
    assert guide["form"][0]["questions"][0] == {
        "name": "shop_name",
        "label": "店铺或者场所名称",
        "kind": "line",
        "required": True,
        "hint": "",
        "choices": [],
    }
    assert Client().get(f"{API}/items/NOTHING/").status_code == 404
    assert Client().get(f"{API}/items/", {"after": "nonsense"}).status_code == 400


def test_pages_of_items_go_on(world: World) -> None:
    whole = [item["code"] for item in Client().get(f"{API}/items/").json()["results"]]
    assert len(whole) == 17


def test_from_a_draft_to_a_case(world: World) -> None:
    client = world.client(world.citizen)
    code = filled(world, client)
    draft = client.get(f"{API}/drafts/{code}/").json()
    assert draft["ready"]
    assert [file["material"] for file in draft["files"]] == ["M2", "M3", "M4"]
    answer = send(client, "post", f"/drafts/{code}/submission/", {"attested": [TRUTH]}, **{"Idempotency-Key": "a"})
    assert answer.status_code == 201, answer.content
    case = Case.objects.get()
    assert answer.json()["number"] == case.number
    again = send(client, "post", f"/drafts/{code}/submission/", {"attested": [TRUTH]}, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.json()) == (200, answer.json())
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1
    assert client.get(f"{API}/drafts/{code}/").json()["case"] == case.code
    assert client.get(f"{API}/drafts/").json() == []


def test_a_submission_costs_few_statements(world: World, django_assert_max_num_queries: Any) -> None:
    client = world.client(world.citizen)
    first, second = filled(world, client), filled(world, client)
    assert send(client, "post", f"/drafts/{first}/submission/", {"attested": [TRUTH]}).status_code == 201
    with django_assert_max_num_queries(28):
        assert send(client, "post", f"/drafts/{second}/submission/", {"attested": [TRUTH]}).status_code == 201


def test_a_key_begins_one_draft(world: World) -> None:
    client = world.client(world.citizen)
    codes = {send(client, "post", "/drafts/", {"item": FOOD}, **{"Idempotency-Key": "k"}).json()["code"] for _ in "ab"}
    assert len(codes) == 1
    other = send(client, "post", "/drafts/", {"item": "DC-YLJ-LSZY"}, **{"Idempotency-Key": "k"})
    assert other.status_code == 409


def test_what_is_missing_is_said_as_a_problem(world: World) -> None:
    client = world.client(world.citizen)
    answer = send(client, "post", f"/drafts/{begun(world, client)}/submission/", {"attested": [TRUTH]})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert {error["field"] for error in answer.json()["errors"]} >= {"contact", "form-1", "materials", "delivery"}
    code = filled(world, client)
    answer = send(client, "post", f"/drafts/{code}/submission/", {"attested": []})
    assert [error["code"] for error in answer.json()["errors"]] == ["not_attested"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"area": "很大"}}, "answers.area"),
        ({"answers": {"nonsense": "x"}}, "answers.nonsense"),
        ({"party": 999999}, "party"),
        ({"delivery": {"way": "collect", "point": 999999}}, "delivery.point"),
        ({"delivery": {"way": "pigeon"}}, "delivery.way"),
        ({"contact": {"name": "王"}}, "contact.phone"),
    ],
)
def test_malformed_answers_are_refused(world: World, body: dict[str, Any], field: str) -> None:
    client = world.client(world.citizen)
    code = begun(world, client)
    answer = send(client, "patch", f"/drafts/{code}/", body)
    assert answer.status_code == 400
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert "answers" not in Draft.objects.get(code=code).content


def test_files_are_judged_by_their_content(world: World) -> None:
    client = world.client(world.citizen)
    code = begun(world, client)
    bad = pdf("x.pdf")
    bad.content_type = "application/pdf"
    answer = client.post(f"{API}/drafts/{code}/files/", {"material": "M1", "file": bad})
    assert answer.status_code == 400  # shared, not to be handed in
    token = client.post(f"{API}/drafts/{code}/files/", {"material": "M2", "file": pdf()}).json()["token"]
    assert client.delete(f"{API}/drafts/{code}/files/{token}/").status_code == 204
    assert not Document.objects.exists()


def test_drafts_of_others_are_not_there(world: World) -> None:
    code = filled(world, world.client(world.citizen))
    stranger, officer = world.client(world.stranger), world.client(world.officer)
    for method, address in (("get", f"/drafts/{code}/"), ("post", f"/drafts/{code}/submission/")):
        assert send(stranger, method, address, {"attested": [TRUTH]}).status_code == 404
        assert send(officer, method, address, {"attested": [TRUTH]}).status_code == 403
        assert send(Client(), method, address, {"attested": [TRUTH]}).status_code in (401, 403)
    assert not Case.objects.exists()
