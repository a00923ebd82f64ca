"""Writing together: nothing is written over, nobody else writes, what was read stands, numbers have no gaps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from casework.models import Case, Document
from casework.refusal import NotAllowed, Refused
from regulations.actions import writing
from regulations.models import Comment, Consultation, NormativeDocument, TextRead, TextVersion
from regulations.queries.making import current
from tests.regulations.ground import BODY, House, make_house, moment


def test_who_saved_last_is_not_written_over(house: House) -> None:
    case = house.drafting()
    house.write(case, "2026-03-05T09:00")
    content = {"title": "别的标题", "body": "第一条 别的。", "necessity": "甲", "measures": "乙"}
    with pytest.raises(Refused, match="已由其他起草人员修改"):
        writing.save(case, house.user("scj-officer"), moment("2026-03-05T10:00"), content, revision=0)
    saved = writing.save(case, house.user("scj-officer"), moment("2026-03-05T10:00"), content, revision=1)
    assert (saved.title, saved.revision) == ("别的标题", 2)


def test_only_drafters_write_and_only_while_it_is_drafted(house: House) -> None:
    case = house.drafting()
    with pytest.raises(NotAllowed):
        house.write(case, "2026-03-05T09:00", by="wjw-officer")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    with pytest.raises(Refused, match="不在起草环节"):
        house.write(case, "2026-03-07T09:00", BODY + "\n第五条 新的。")


def test_a_new_text_is_reviewed_anew(house: House) -> None:
    case = house.sent()
    house.check(case, "scj-legal", "2026-04-09T09:00")
    house.act(case, "scj-legal", "pass_with_changes", "2026-04-09T10:00", opinion="第二条改写。")
    house.form(case, "2026-04-10T09:00", BODY + "\n第五条 新的。")
    house.act(case, "scj-officer", "record_not_economic", "2026-04-10T09:30", reasons="不涉及。")
    house.send(case, "2026-04-10T10:00")
    with pytest.raises(Refused, match="各项均已就现在这一稿答复"):
        house.act(case, "scj-legal", "pass_legality_review", "2026-04-20T09:00", opinion="符合")


def test_a_text_that_was_changed_behind_the_portal_is_not_adopted(house: House) -> None:
    """The gate compares the words themselves with the hash that the review left, not one stored hash with another."""
    case = house.reviewed()
    version = current(case)
    assert version
    with connection.cursor() as cursor:  # as the owner of the database, past the guard
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE regulations_textversion DISABLE TRIGGER USER")
        cursor.execute("UPDATE regulations_textversion SET body = body || '。' WHERE id = %s", [version.pk])
        cursor.execute("ALTER TABLE regulations_textversion ENABLE TRIGGER USER")
    with pytest.raises(Refused, match="哈希值相同"):
        house.act(case, "secretary", "put_on_agenda", "2026-04-17T09:00", meeting="办公会", meeting_on="2026-04-20")


def test_versions_and_readings_stand_in_the_database(house: House) -> None:
    case = house.reviewed()
    for change in (
        lambda: TextVersion.objects.filter(case=case).update(body="别的"),
        lambda: TextVersion.objects.filter(case=case).delete(),
        lambda: TextRead.objects.filter(case=case).update(digest="0" * 64),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    act = case.acts.get(step="include_in_plan")
    with pytest.raises(DatabaseError, match="no text without its act"), transaction.atomic():
        TextVersion.objects.create(case=case, act=act, number=9, title="甲", body="乙", digest="0" * 64, source="typed")


def test_the_market_regulator_reviews_what_the_government_issues(house: House) -> None:
    case = house.drafting("government", business="yes")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "send_to_fair_competition", "2026-03-05T10:00", first_opinion="无", heard="已听取")
    with pytest.raises(Refused, match="由市场监督管理部门审查"):
        house.act(case, "scj-officer2", "pass_fair_competition", "2026-03-05T11:00", standards="逐项对照。")
    house.act(case, "scj-competition", "pass_fair_competition", "2026-03-05T11:00", standards="逐项对照。")


def test_a_department_reviews_its_own_but_not_by_the_drafter(house: House) -> None:
    case = house.drafting(business="yes")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "send_to_fair_competition", "2026-03-05T10:00", first_opinion="无", heard="已听取")
    with pytest.raises(Refused):
        house.act(case, "scj-officer", "pass_fair_competition", "2026-03-05T11:00", standards="逐项对照。")
    house.act(case, "scj-officer2", "pass_fair_competition", "2026-03-05T11:00", standards="逐项对照。")


def test_what_others_say_is_not_shown_to_whoever_suggested_the_document(house: House, settings: Any) -> None:
    case = house.planned(case=house.suggest("citizen"))
    drafters = [str(house.user("scj-officer").pk)]
    house.act(case, "scj-head", "start_drafting", "2026-03-04T09:00", drafters=drafters, business="no")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    house.comment(case, "neighbour", "2026-03-07T09:00", words="邻居的意见。")
    page = house.client("citizen").get(f"/cases/{case.code}/")
    assert page.status_code == 200
    assert "邻居" not in page.content.decode()
    assert house.client("neighbour").get(f"/cases/{case.code}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_however_many_are_registered_at_once(tmp_path: Path, settings: Any) -> None:
    """Six documents of one organ at one instant, and one that is refused in between: 1 to 6, each once."""
    settings.MEDIA_ROOT = tmp_path / "media"
    house = make_house(tmp_path / "laws")
    cases = [house.adopted() for _ in range(6)]
    refused = house.adopted()
    start = Barrier(7)

    def register(case: Case) -> str:
        try:
            start.wait()
            signed = "2026-04-21" if case.pk != refused.pk else "2026-04-25"  # signed tomorrow: refused
            house.act(case, "secretary", "register_and_number", "2026-04-21T09:00", signer="局长", signed_on=signed,
                      subject="market", effective_on="2026-06-01")  # fmt: skip
            return "numbered"
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(7) as pool:
        told = list(pool.map(register, [*cases, refused]))
    assert sorted(told) == ["numbered"] * 6 + ["refused"]
    wanted = {f"东市监发〔2026〕{number}号" for number in range(1, 7)}
    assert set(Document.objects.filter(paper="gfx_document").values_list("number", flat=True)) == wanted
    assert set(NormativeDocument.objects.values_list("number", flat=True)) == wanted


@pytest.mark.django_db(transaction=True)
def test_opinions_of_many_at_once_are_all_kept(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    house = make_house(tmp_path / "laws")
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    people = ["citizen", "neighbour", "agent"] * 4

    def say(n: int) -> None:
        try:
            house.comment(case, people[n], "2026-03-10T09:00", words=f"第{n}条意见")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(len(people))))
    one = Consultation.objects.get(case=case)
    assert set(Comment.objects.filter(consultation=one).values_list("words", flat=True)) == {
        f"第{n}条意见" for n in range(len(people))
    }
