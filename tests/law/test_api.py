"""law.api: the law for programs."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from law.actions import import_laws
from law.models import TimeLimit

pytestmark = pytest.mark.django_db


def get(client: Client, address: str, status: int = 200, **params: Any) -> Any:
    response = client.get(f"/api/v1/law/{address}", params)
    assert response.status_code == status
    return response.json()


def faults(problem: Any) -> list[str]:
    return [error["field"] for error in problem["errors"]]


def test_limits(law: None, client: Client) -> None:
    rows = get(client, "limits", key="fy_reply")["results"]
    assert [(row["quantity"], row["unit"], row["effective_to"]) for row in rows] == [
        (10, "working_day", None),
        (10, "natural_day", "2023-12-31"),
    ]
    assert rows[0]["citation"] == "《中华人民共和国行政复议法》（2023修订）第四十八条、第八十八条"
    assert len(get(client, "limits", key="fy_reply", on="2020-01-01")["results"]) == 1
    assert {row["chapter"] for row in get(client, "limits", chapter="disclosure")["results"]} == {"disclosure"}


def test_all_limits_can_be_read_page_by_page(law: None, client: Client) -> None:
    keys, address = [], "/api/v1/law/limits"
    while address:
        answer = client.get(address).json()
        keys += [(row["key"], row["effective_from"]) for row in answer["results"]]
        address = answer["next"]
    assert len(keys) == len(set(keys)) == TimeLimit.objects.count()


@pytest.mark.parametrize("params", [{"on": "x"}, {"chapter": "nothing"}])
def test_limits_refuse_what_makes_no_sense(law: None, client: Client, params: dict[str, str]) -> None:
    assert faults(get(client, "limits", 400, **params)) == list(params)


def test_due(law: None, client: Client) -> None:
    answer = get(client, "due", key="xk_decide", trigger="2026-02-09")
    assert list(answer) == ["key", "trigger", "due", "law", "article", "provisional", "steps"]
    assert (answer["due"], answer["provisional"]) == ("2026-03-13", False)
    suspended = ["2026-02-11..2026-02-13", "2026-02-14..2026-02-24"]
    assert get(client, "due", key="xk_decide", trigger="2026-02-09", suspended=suspended)["due"] == "2026-03-20"
    assert get(client, "due", key="xk_decide", trigger="2026-02-09", extended="true")["due"] == "2026-03-27"
    assert get(client, "due", key="xk_decide", trigger="2026-02-09", suspended="2026-02-11..")["due"] is None
    assert get(client, "due", key="ys_transfer", trigger="2026-09-30T17:30")["due"] == "2026-10-01T17:30"


def test_due_refuses(law: None, client: Client) -> None:
    refused = get(client, "due", 400, key="nope", trigger="2026-02-09")
    assert [error["detail"] for error in refused["errors"]] == ["没有代码为 nope 的期限"]
    assert faults(get(client, "due", 400, key="xk_decide")) == ["trigger"]
    assert faults(get(client, "due", 400, key="xk_decide", trigger="9.2.2026")) == ["trigger"]
    assert faults(get(client, "due", 400, key="xk_decide", trigger="2026-02-09", suspended="x")) == ["suspended"]


def test_texts(client: Client) -> None:
    import_laws(Path(__file__).parent / "texts")
    rows = get(client, "texts", q="管理规定", kind="administrative_regulation")["results"]
    assert [(row["version_on"], row["effective_to"]) for row in rows] == [
        ("2024-06-01", None),
        ("2020-03-01", "2024-08-31"),
    ]
    assert rows[0]["url"].startswith("/law/")


def test_nobody_can_write(law: None, client: Client) -> None:
    for address in ("limits", "due", "texts"):
        assert client.post(f"/api/v1/law/{address}").status_code in (403, 405)
