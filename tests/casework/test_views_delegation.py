"""Standing in: a colleague is let into one case or into all of them, and the door closes again."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import AccessEvent, Delegation
from tests.casework.town import Town, filed_now, words


def asked(town: Town, who: str, seat: str, **changes: object) -> dict[str, object]:
    """What the form sends: from today for five days."""
    today = timezone.localdate()
    return {
        "seat": town.people[seat].seats.get().pk, "to": town.people[who].pk, "since": today.isoformat(),
        "until": (today + timedelta(days=4)).isoformat(), "reason": "外出培训", **changes,
    }  # fmt: skip


def test_a_case_is_lent_and_taken_back(town: Town) -> None:
    clerk, section = town.client("clerk"), town.client("section_head")
    other = filed_now(town.world)
    assert "授权同事代行本案" in words(section.get(town.url()).content)
    assert clerk.get(town.step("assign")).status_code == 403
    answer = section.post(town.url("delegation/"), asked(town, "clerk", "section_head"))
    assert answer["Location"] == town.url("delegation/")
    one = Delegation.objects.get()
    assert (one.subject, one.until) == (f"case:{town.case.pk}", timezone.localdate() + timedelta(days=5))
    assert AccessEvent.objects.filter(kind=AccessEvent.Kind.DELEGATED).count() == 1
    assert "外出培训" in words(section.get(town.url("delegation/")).content)
    assert clerk.get(town.step("assign")).status_code == 200
    assert clerk.get(f"/cases/{other.code}/steps/assign/").status_code == 403
    assert town.client("officer").post(f"/desk/delegations/{one.pk}/end/").status_code == 404
    assert section.post(f"/desk/delegations/{one.pk}/end/")["Location"] == town.url("delegation/")
    assert clerk.get(town.step("assign")).status_code == 403
    assert section.post(f"/desk/delegations/{one.pk}/end/").status_code == 404


def test_a_seat_is_lent_for_all_matters_and_the_colleague_may_give_it_back(town: Town) -> None:
    clerk, section = town.client("clerk"), town.client("section_head")
    section.post("/desk/delegations/", asked(town, "clerk", "section_head"))
    assert clerk.get(f"/cases/{filed_now(town.world).code}/steps/assign/").status_code == 200
    assert "外出培训" in words(clerk.get("/desk/delegations/").content)
    assert clerk.post(f"/desk/delegations/{Delegation.objects.get().pk}/end/")["Location"] == "/desk/delegations/"
    assert clerk.get(town.step("assign")).status_code == 403


def test_what_is_not_lawful_is_refused_in_words(town: Town) -> None:
    section, url = town.client("section_head"), town.url("delegation/")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    faults: dict[str, dict[str, object]] = {
        "起始日期不能早于今天": {"since": yesterday},
        "截止日期不能早于起始日期": {"until": timezone.localdate().isoformat(), "since": date(2099, 1, 1).isoformat()},
        "请填写理由": {"reason": ""},
        "选择一个有效的选项": {"to": town.people["elsewhere"].pk},
    }
    for said, changes in faults.items():
        answer = section.post(url, asked(town, "clerk", "section_head", **changes))
        assert answer.status_code == 422, said
        assert said in words(answer.content)
    foreign = asked(town, "clerk", "head")
    assert section.post(url, foreign).status_code == 422
    section.post(url, asked(town, "clerk", "section_head"))
    assert "在此期间已授权该人员代行" in words(section.post(url, asked(town, "clerk", "section_head")).content)
    assert Delegation.objects.count() == 1


def test_who_may_lend(town: Town) -> None:
    for who in ("officer", "section_head", "head", "clerk"):
        assert town.client(who).get(town.url("delegation/")).status_code == 200, who
    for who, status in (("auditor", 403), ("citizen", 404), ("elsewhere", 404), ("system", 404), ("stranger", 404)):
        assert town.client(who).get(town.url("delegation/")).status_code == status, who
    assert town.client("citizen").get("/desk/delegations/").status_code == 403
    assert town.client("unseated").get("/desk/delegations/").status_code == 200
