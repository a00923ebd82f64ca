"""The audit administrator finds one case, one person, one day, and takes it all away as a table to check elsewhere."""

from __future__ import annotations

import csv
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import AccessEvent
from casework.queries import audit
from tests.accounts.people import AT, citizen, official, party_of, sign_in


@pytest.mark.django_db
def test_a_case_is_found_by_its_number_and_the_rows_can_be_taken_away() -> None:
    officer, auditor = official("case_officer"), official("audit_administrator")
    party, number = party_of(citizen()), "（东市监）食申〔2026〕7号"
    actions.reveal(party, by=officer, reason=f"{number}：核对送达地址", at=AT, subject="case:7")
    kind = AccessEvent.Kind.PERSONAL_DATA_READ
    actions.record(
        kind, AT + timedelta(days=1), actor=officer, user=officer, subject="case:7", case=number, document="x"
    )
    actions.record(kind, AT, actor=officer, user=officer, case="别的案件", document="y")
    actions.reveal(party, by=officer, reason="=HYPERLINK(1)", at=AT + timedelta(minutes=1))
    client, page = sign_in(Client(), auditor), reverse("accounts:manage_events")
    rows = client.get(page, {"matter": number}).context["rows"]
    assert [one.subject for one in rows] == ["case:7", "case:7"]
    on_the_day = client.get(page, {"matter": number, "since": "2026-03-03", "until": "2026-03-03"}).context["rows"]
    assert len(on_the_day) == 1
    answer = client.get(f"{page}?account={officer.username}&kind=personal_data_read&csv=1")
    table = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert len(table) == 4
    stored = {bytes(one.hash).hex() for one in AccessEvent.objects.filter(kind=kind)}
    assert {row["散列值"] for row in table} == stored
    assert party.id_number not in answer.content.decode()
    assert "csv=1" in client.get(f"{page}?matter={quote(number)}").content.decode()
    assert audit.faults() == []


@pytest.mark.django_db
def test_nobody_else_takes_the_table_away() -> None:
    page = reverse("accounts:manage_events")
    for role in ("system_administrator", "security_administrator", "case_officer", "auditor"):
        assert sign_in(Client(), official(role)).get(f"{page}?csv=1").status_code == 403
