"""The desk: from case to case, many at once, exports, views of one's own, notices."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Organisation
from casework.actions import Offer, take
from casework.actions import desk as actions
from casework.models import Act, Case, Notice, SavedView
from casework.views import sheets
from tests.casework.town import Town, filed_now, words


def test_after_acting_the_officer_comes_to_the_next_case(town: Town) -> None:
    following = filed_now(town.world)
    desk = town.client("officer")
    queue = desk.get("/desk/?tab=unassigned")
    first, second = queue.context["rows"]
    assert {first.code, second.code} == {town.case.code, following.code}
    trail = f"?tab=unassigned&at={first.place}"
    page = desk.get(f"/cases/{first.code}/{trail}")
    assert f"/cases/{first.code}/steps/accept/?tab=unassigned&amp;at={first.place}" in page.content.decode().replace(
        "%7E", "~"
    )
    answer = desk.post(f"/cases/{first.code}/steps/accept/{trail}", {"seen": 1, "attest_1": "on"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"/cases/{second.code}/?tab=unassigned&at=")
    assert "“受理”已经办理" in words(answer.content)
    here = answer.redirect_chain[0][0].partition("?")[2]
    last = desk.post(f"/cases/{second.code}/steps/accept/?{here}", {"seen": 1, "attest_1": "on"}, follow=True)
    assert last.redirect_chain[0][0] == "/desk/?tab=unassigned"
    assert "后面没有案件了" in words(last.content)


def test_previous_and_next_go_through_the_queue(town: Town) -> None:
    cases = [town.case, filed_now(town.world), filed_now(town.world)]
    desk = town.client("officer")
    rows = desk.get("/desk/?tab=open").context["rows"]
    assert [row.code for row in rows] == [case.code for case in cases]
    forth = desk.get(f"/desk/neighbour/?tab=open&at={rows[0].place}")
    back = desk.get(f"/desk/neighbour/?tab=open&at={rows[2].place}&back=1")
    assert forth["Location"].startswith(f"/cases/{rows[1].code}/?tab=open&at=")
    assert back["Location"].startswith(f"/cases/{rows[1].code}/?tab=open&at=")
    assert desk.get(f"/desk/neighbour/?tab=open&at={rows[2].place}")["Location"] == "/desk/?tab=open"
    assert desk.get("/desk/neighbour/?tab=open&at=nonsense")["Location"] == "/desk/?tab=open"


def test_the_citizen_comes_back_to_the_case(town: Town) -> None:
    page = town.client("citizen").get("/my/cases/")
    assert town.case.number in page.content.decode()
    assert town.case.number not in town.client("stranger").get("/my/cases/").content.decode()
    assert town.case.number in town.client("agent").get("/my/cases/").content.decode()
    assert town.client("officer").get("/my/cases/")["Location"] == "/desk/"


def test_many_cases_are_assigned_and_each_outcome_is_told(town: Town) -> None:
    cases = [town.case, filed_now(town.world), filed_now(town.world)]
    take(
        cases[2],
        "accept",
        town.world.actor(town.world.officer, "case_officer"),
        timezone.now(),
        Offer(attested=["材料齐全"]),
    )
    head = town.client("section_head")
    ticked = [f"{case.pk}-1" for case in cases]
    chosen = head.post("/desk/assign/?tab=open", {"selected": ticked})
    assert "分派 3 件案件" in words(chosen.content)
    form = {"selected": ticked, "handler": str(town.world.other_officer.pk)}
    answer = words(head.post("/desk/assign/?tab=open", form).content)
    assert "已将 2 件分派给officer2 ，1 件没有分派" in answer.replace("officer2，", "officer2 ，")
    assert "本案刚刚已由他人办理" in answer
    again = words(head.post("/desk/assign/?tab=open", form).content)
    assert "已将 2 件分派给officer2" in again
    assert Act.objects.filter(step="assign").count() == 2


def test_nobody_assigns_the_cases_of_others(town: Town) -> None:
    foreign = Case.objects.create(
        number="另1",
        procedure="sample.permit",
        version=date(2020, 1, 1),
        title="x",
        opened_at=timezone.now(),
        organ=Organisation.objects.get(code="OTHER"),
    )
    form = {"selected": f"{foreign.pk}-0", "handler": str(town.world.officer.pk)}
    answer = town.client("section_head").post("/desk/assign/?tab=open", form)
    assert answer["Location"] == "/desk/?tab=open"
    foreign.refresh_from_db()
    assert foreign.handler is None


def test_an_export_holds_what_the_filter_shows_and_runs_nothing(town: Town) -> None:
    Case.objects.filter(pk=town.case.pk).update(applicant_name="=HYPERLINK(1)")
    filed_now(town.world)
    desk = town.client("officer")
    table = list(csv.reader(io.StringIO(desk.get("/desk/export/csv/?tab=open").content.decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == [row.number for row in desk.get("/desk/?tab=open").context["rows"]]
    assert table[1][2] == "'=HYPERLINK(1)"
    book = zipfile.ZipFile(io.BytesIO(desk.get("/desk/export/xlsx/?tab=open").content))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    filtered = desk.get(f"/desk/export/csv/?tab=open&q={town.case.number}").content.decode("utf-8-sig")
    assert len(filtered.splitlines()) == 2
    assert desk.get("/desk/export/odt/").status_code == 404


def test_numbers_stay_numbers_and_no_title_breaks_a_spreadsheet() -> None:
    columns = (sheets.Column("年度", 8), sheets.Column("金额", 8, "right"), sheets.Column("日期", 8))
    sheet = sheets.Sheet("目录[1]：a/b'", columns, [(2026, Decimal("1000.50"), None)], date(2026, 3, 2))
    book = zipfile.ZipFile(io.BytesIO(sheets.FORMATS["xlsx"].write(sheet)))
    assert "<v>2026</v>" in (page := book.read("xl/worksheets/sheet1.xml").decode())
    assert "<v>1000.50</v>" in page
    assert 'name="目录 1 ：a b "' in book.read("xl/workbook.xml").decode()
    assert sheets.FORMATS["csv"].write(sheet).decode("utf-8-sig").splitlines()[1] == "2026,1000.50,"


def test_the_queue_is_printed_as_a_list(town: Town) -> None:
    filed_now(town.world)
    desk = town.client("officer")
    printed = desk.get("/desk/export/pdf/?tab=open")
    assert (printed["Content-Type"], printed["Content-Disposition"][:10]) == ("application/pdf", "attachment")
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages).replace("\n", "")
    rows = desk.get("/desk/?tab=open").context["rows"]
    assert rows
    assert all(row.number.replace(" ", "") in read.replace(" ", "") for row in rows)


def test_a_view_is_kept_shown_and_forgotten(town: Town) -> None:
    desk = town.client("officer")
    assert desk.post("/desk/views/?tab=overdue&q=x&evil=1", {"name": "逾期的"})["Location"] == "/desk/?tab=overdue&q=x"
    assert SavedView.objects.get().query == "tab=overdue&q=x"
    assert "逾期的" in desk.get("/desk/").content.decode()
    assert desk.post("/desk/views/?tab=open", {"name": "逾期的"}).status_code == 422
    assert "逾期的" not in town.client("head").get("/desk/").content.decode()
    pk = SavedView.objects.get().pk
    town.client("head").post(f"/desk/views/{pk}/delete/")
    assert SavedView.objects.exists()
    desk.post(f"/desk/views/{pk}/delete/")
    assert "逾期的" not in desk.get("/desk/").content.decode()


def test_notices_are_read_by_opening_them(town: Town) -> None:
    officer = town.client("officer")
    notice = Notice.objects.get(to=town.world.officer)
    page = officer.get("/my/notices/")
    assert notice.subject in page.content.decode()
    assert "通知（1" in words(page.content).replace("（ ", "（")
    assert officer.get(f"/my/notices/{notice.pk}/").status_code == 405
    assert town.client("head").post(f"/my/notices/{notice.pk}/").status_code == 404
    assert officer.post(f"/my/notices/{notice.pk}/")["Location"] == town.url()
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert notice.subject not in officer.get("/my/notices/?unread=1").content.decode()
    assert "通知（1" not in words(officer.get("/my/notices/").content)


def test_all_notices_are_read_at_once(town: Town) -> None:
    filed_now(town.world)
    officer = town.client("officer")
    officer.post("/my/notices/read/")
    assert not Notice.objects.filter(to=town.world.officer, read_at=None).exists()
    assert Notice.objects.filter(to=town.world.other_officer, read_at=None).count() == 2


def test_all_are_assigned_only_where_one_request_can_take_them(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [filed_now(town.world) for _ in range(3)]
    head = town.client("section_head")
    answer = head.post("/desk/assign/?tab=open", {"all": "1", "handler": str(town.world.other_officer.pk)})
    assert "已将 4 件分派给officer2" in words(answer.content)
    assert Case.objects.filter(handler=town.world.other_officer).count() == len(others) + 1
    monkeypatch.setattr(actions, "MOST_CASES", 3)
    assert "bulk-all" not in head.get("/desk/?tab=open").content.decode()
    assert head.post("/desk/assign/?tab=open", {"all": "1"})["Location"] == "/desk/?tab=open"


def test_a_view_is_renamed_and_opens_the_queue(town: Town) -> None:
    desk = town.client("officer")
    desk.post("/desk/views/?tab=overdue", {"name": "逾期的"})
    desk.post("/desk/views/?tab=open", {"name": "在办的"})
    overdue, running = SavedView.objects.order_by("pk")
    assert desk.get("/desk/").status_code == 200
    assert desk.post(f"/desk/views/{overdue.pk}/", {"name": "在办的"}).status_code == 422
    assert desk.post(f"/desk/views/{overdue.pk}/", {"name": "急件", "is_default": "on"})["Location"] == "/desk/views/"
    assert desk.get("/desk/")["Location"] == "/desk/?tab=overdue"
    assert "急件" in words(desk.get("/desk/?tab=open").content)
    desk.post(f"/desk/views/{running.pk}/", {"name": "在办的", "is_default": "on"})
    assert desk.get("/desk/")["Location"] == "/desk/?tab=open"
    assert town.client("head").get(f"/desk/views/{running.pk}/").status_code == 404
