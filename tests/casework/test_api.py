"""The API: the same rights as the pages, steps through the one door, problems in one form."""

import json
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from casework.models import Act, Case
from tests.casework.town import CANARY, EVERYBODY, INSIDERS, SIDE, Town, accept, filed_now

API = "/api/v1"


def post(client: Client, url: str, body: object, **headers: str) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def url(town: Town, tail: str = "") -> str:
    return f"{API}/cases/{town.case.code}/{tail}"


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_api_opens_what_the_pages_open(town: Town, who: str) -> None:
    client = town.client(who)
    inside = who in INSIDERS | SIDE
    listed = client.get(f"{API}/cases/")
    assert listed.status_code == (403 if who == "anonymous" else 200)
    if who != "anonymous":
        assert [line["code"] for line in listed.json()["results"]] == ([town.case.code] if inside else [])
    expected = 403 if who == "anonymous" else 200 if inside else 404
    for tail in ("", "steps/"):
        answer = client.get(url(town, tail))
        assert answer.status_code == expected
        assert CANARY not in answer.content.decode()
    taken = post(client, url(town, "steps/accept/"), {"attested": ["材料齐全"], "seen": 1})
    assert taken.status_code == (200 if who == "officer" else 403 if inside or who == "anonymous" else 404)
    assert (town.reload().state == "review") == (who == "officer")


def test_a_case_tells_its_progress_clocks_and_story(town: Town) -> None:
    accept(town)
    body = town.client("citizen").get(url(town)).json()
    assert (body["number"], body["state_label"], body["seen"]) == (town.case.number, "审查中", 2)
    running = [clock for clock in body["clocks"] if clock["running"]]
    assert running[0]["due_on"] == str(town.case.due_on)
    assert any("20个工作日" in line for line in running[0]["steps"])
    assert [entry["title"] for entry in body["entries"]] == ["受理", "提出"]
    assert body["entries"][0]["byline"] == "示例局"
    assert [document["title"] for document in body["documents"]] == ["示例收件凭证"]


def test_steps_say_what_they_ask_and_why_they_are_shut(town: Town) -> None:
    accept(town)
    steps = {step["name"]: step for step in town.client("officer").get(url(town, "steps/")).json()}
    assert steps["note"]["asks"] == [
        {"name": "text", "label": "内容", "kind": "text", "required": True, "hint": "", "choices": []}
    ]
    assert (steps["suspend"]["moves_to"], steps["suspend"]["open"]) == ("中止", True)
    assert "grant" not in steps
    assert {"proposal", "reasons"} == {ask["name"] for ask in steps["advise"]["asks"]}


def test_a_step_is_taken_and_the_new_state_returned(town: Town) -> None:
    answer = post(town.client("officer"), url(town, "steps/accept/"), {"attested": ["材料齐全"], "seen": 1})
    assert answer.json()["label"] == "受理"
    assert answer.json()["case"]["state"] == "review"


def test_a_refusal_is_a_problem_with_article_and_stable_code(town: Town) -> None:
    answer = post(town.client("officer"), url(town, "steps/accept/"), {"seen": 1})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["status"], body["title"]) == ("refused", 422, "现在不能这样办理")
    assert body["errors"] == [
        {"code": "not_attested", "detail": "请确认：材料齐全", "field": "", "basis": ["《示例条例》第二条"]}
    ]
    assert town.reload().state == "filed"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"seen": -1}, 400, "invalid"),
        ({"seen": 1, "facts": []}, 400, "invalid"),
        ({"seen": 1, "facts": {"x": 1}, "attested": ["材料齐全"]}, 422, "refused"),
        ({"seen": 0, "attested": ["材料齐全"]}, 409, "conflict"),
    ],
)
def test_what_is_wrong_is_said_in_one_form(town: Town, body: dict[str, object], status: int, code: str) -> None:
    answer = post(town.client("officer"), url(town, "steps/accept/"), body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["instance"].startswith("urn:dongcheng:request:")
    assert town.reload().state == "filed"


def test_malformed_requests_are_problems_too(town: Town) -> None:
    officer = town.client("officer")
    for answer, status in (
        (officer.post(url(town, "steps/accept/"), "{", content_type="application/json"), 400),
        (officer.post(url(town, "steps/accept/"), "x", content_type="text/plain"), 415),
        (officer.delete(url(town)), 405),
        (officer.get(f"{API}/cases/ZZZ/"), 404),
        (officer.get(f"{API}/cases/?ended=x"), 400),
        (post(officer, url(town, "steps/deem_accepted/"), {"seen": 1}), 404),
    ):
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] != "请求没有被接受", status


def test_a_submission_repeated_under_its_key_acts_once(town: Town) -> None:
    officer, body = town.client("officer"), {"attested": ["材料齐全"], "seen": 1}
    first = post(officer, url(town, "steps/accept/"), body, **{"Idempotency-Key": "k1"})
    again = post(officer, url(town, "steps/accept/"), body, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (200, 200, "true")
    assert first.json() == again.json()
    other = post(officer, url(town, "steps/accept/"), {**body, "seen": 2}, **{"Idempotency-Key": "k1"})
    assert other.status_code == 409
    assert other.json()["errors"][0]["code"] == "idempotency_mismatch"
    assert Act.objects.filter(step="accept").count() == 1


def test_a_repetition_is_known_without_a_key_or_a_memory(town: Town) -> None:
    officer, body = town.client("officer"), {"attested": ["材料齐全"], "seen": 1}
    first = post(officer, url(town, "steps/accept/"), body)
    again = post(officer, url(town, "steps/accept/"), body)
    assert first.json() == again.json()
    assert Act.objects.filter(step="accept").count() == 1


def test_one_key_of_two_people_is_two_keys(town: Town) -> None:
    accept(town)
    body = {"facts": {"proposal": "agree", "reasons": "x"}, "seen": 2}
    first = post(town.client("officer"), url(town, "steps/advise/"), body, **{"Idempotency-Key": "k"})
    second = post(
        town.client("section_head"), url(town, "steps/advise/"), {**body, "seen": 3}, **{"Idempotency-Key": "k"}
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert Act.objects.filter(step="advise").count() == 2


def test_a_form_of_another_site_cannot_act(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = town.client("officer").cookies
    assert post(strict, url(town, "steps/accept/"), {"attested": ["材料齐全"], "seen": 1}).status_code == 403


def test_the_list_is_paged_by_a_cursor_and_filtered(town: Town) -> None:
    for _ in range(26):
        filed_now(town.world)
    officer = town.client("officer")
    first = officer.get(f"{API}/cases/").json()
    second = officer.get(first["next"]).json()
    codes = [line["code"] for line in first["results"] + second["results"]]
    assert codes == list(Case.objects.order_by("-pk").values_list("code", flat=True))
    assert second["next"] is None
    assert officer.get(f"{API}/cases/?number={town.case.number}").json()["results"][0]["code"] == town.case.code
    assert officer.get(f"{API}/cases/?ended=true").json()["results"] == []
    assert len(officer.get(f"{API}/cases/?ended=false&procedure=sample.permit").json()["results"]) == 25


def test_a_paper_is_verified_without_an_account(town: Town) -> None:
    token = town.case.documents.get().token
    body = Client().get(f"{API}/documents/{token}/").json()
    assert (body["organ"], body["title"], body["standing"]) == ("示例区示例局", "示例收件凭证", "valid")
    assert "示例申请人" not in json.dumps(body, ensure_ascii=False)
    assert Client().get(f"{API}/documents/unknown/").status_code == 404


@pytest.mark.django_db
def test_the_description_is_valid_openapi() -> None:
    answer = Client().get(f"{API}/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    schema = json.loads(answer.content)
    assert schema["openapi"].startswith("3.1")
    validate(schema)
    for path in ("cases/", "cases/{code}/", "cases/{code}/steps/", "cases/{code}/steps/{step}/", "documents/{token}/"):
        assert f"{API}/{path}" in schema["paths"]


@pytest.mark.django_db
def test_the_page_about_the_api_keeps_to_the_content_policy() -> None:
    page = Client().get(f"{API}/docs/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in html
    assert "<script>" not in html
    assert "unsafe" not in page["Content-Security-Policy"]
