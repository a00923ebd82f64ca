"""Whoever holds several seats, or stands in for a colleague, says in which capacity they propose."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.actions import delegate
from accounts.models import Seat
from casework.models import Case, Draft
from powerlist.models import ImportedFile
from tests.accounts.people import seat
from tests.powerlist.conftest import FOOD, MADE, Town
from tests.powerlist.test_importing import HEADINGS, confirm, line, upload
from tests.powerlist.test_views import attest

STREET = "110101010"


@pytest.fixture
def lent(town: Town) -> Town:
    """The head of the bureau is away: an officer of the bureau acts in his place."""
    head, now = town.user("scj-head"), timezone.now()
    delegate(
        Seat.objects.get(user=head, role="head_of_organ"), town.user("scj-officer"), since=timezone.localdate(now),
        until=timezone.localdate(now) + timedelta(days=7), reason="外出培训", by=head, at=now,
    )  # fmt: skip
    return town


def test_a_stand_in_proposes_as_the_desk_offers(lent: Town) -> None:
    client = lent.client("scj-officer")
    assert 'href="/desk/powers/new/"' in client.get("/desk/powers/").content.decode()
    assert "北京市东城区市场监督管理局" in client.get("/desk/powers/new/").content.decode()
    begun = client.post("/desk/powers/new/", {"kind": "cancellation", "code": FOOD})
    check = begun["Location"]
    done = client.post(check, attest(client, check) | {"reason": "需要", "changes": "无", "supervision": "备案"})
    case = Case.objects.get(procedure="powerlist.change")
    assert done["Location"] == f"/cases/{case.code}/"
    assert case.acts.get(seq=1).actor == lent.user("scj-officer")


def test_a_stand_in_proposes_from_a_file(lent: Town) -> None:
    client = lent.client("scj-officer")
    assert client.get("/desk/powers/import/sheet/").content[:2] == b"PK"
    kept = upload(client, line())
    client.post(kept["Location"], confirm(client, kept["Location"]))
    assert Case.objects.get(procedure="powerlist.change").organ == lent.organ()


def test_nobody_lends_what_they_do_not_have(lent: Town) -> None:
    assert lent.client("scj-officer2").get("/desk/powers/new/").status_code == 403
    assert lent.client("scj-officer2").get("/desk/powers/import/").status_code == 403


@pytest.fixture
def two(town: Town) -> Town:
    """One person is the head of the bureau and of the subdistrict."""
    seat(town.user("scj-head"), "head_of_organ", town.organ(STREET), at=MADE)
    return town


def offered(answer: Any) -> dict[str, str]:
    """What the page lets one choose: words and the key of the seat."""
    return {label: key for key, label in answer.context["form"].fields["seat"].choices}


def test_with_several_seats_one_is_chosen_and_kept(two: Town) -> None:
    client = two.client("scj-head")
    asked = client.get("/desk/powers/new/", {"code": FOOD})
    page = asked.content.decode()
    assert "以何身份提出" in page
    assert f'<input type="hidden" name="code" value="{FOOD}">' in page  # what one came for is not lost
    seats = offered(asked)
    assert [words.split("，")[0] for words in seats] == [
        "北京市东城区市场监督管理局",
        "北京市东城区人民政府和平里街道办事处",
    ]
    street = list(seats.values())[1]
    form = client.get("/desk/powers/new/", {"seat": street, "q": "食品"})
    assert "街道办事处</span>" in form.content.decode()
    assert f'name="seat" value="{street}"' in form.content.decode()
    assert client.post(f"/desk/powers/new/?seat={street}", {"kind": "change", "code": FOOD}).status_code == 422
    client.post(f"/desk/powers/new/?seat={street}", {"kind": "addition"})
    assert Draft.objects.get(procedure="powerlist.change").content["organ"] == STREET


def test_a_seat_of_somebody_else_is_none(two: Town) -> None:
    client = two.client("scj-head")
    strange = Seat.objects.get(user=two.user("wjw-head")).pk
    assert "以何身份提出" in client.get("/desk/powers/new/", {"seat": strange}).content.decode()
    refused = client.post(f"/desk/powers/new/?seat={strange}", {"kind": "addition"})
    assert refused.status_code == 422
    assert not Draft.objects.filter(procedure="powerlist.change").exists()


def test_a_file_is_proposed_for_the_organ_that_was_chosen(two: Town) -> None:
    client = two.client("scj-head")
    asked = client.get("/desk/powers/import/")
    street = list(offered(asked).values())[1]
    page = client.get("/desk/powers/import/", {"seat": street}).content.decode()
    sheet = re.search(r'href="(/desk/powers/import/sheet/[^"]*)"', page)
    assert sheet
    assert client.get(sheet[1]).content[:2] == b"PK"
    given = dict(zip(HEADINGS, line(organ=STREET), strict=True))
    kept = upload(client, list(given.values()), path=f"/desk/powers/import/?seat={street}")
    assert ImportedFile.objects.get().organ.code == STREET
    assert client.get(kept["Location"]).context["rows"][0].outcome == "addition"


def test_the_words_of_a_lent_seat_name_its_holder(lent: Town) -> None:
    seat(lent.user("scj-officer"), "head_of_organ", lent.organ(STREET), at=MADE)
    words = list(offered(lent.client("scj-officer").get("/desk/powers/new/")))
    assert any(said.endswith("（代行局领导（示例）的职务）") for said in words)
