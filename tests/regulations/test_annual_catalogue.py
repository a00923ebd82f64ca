"""The year's list for the people's congress: it begins by itself in January, is reminded of, and says what happened."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actions.ring import ring_all
from casework.models import Case, Deadline, Document, Notice
from casework.printing.render import paper_html, text_of
from casework.registry import paper
from regulations.actions.annual import open_year
from regulations.actions.entering import end, enter
from regulations.models import NormativeDocument
from regulations.queries.annual import PROCEDURE, of_year
from tests.regulations.ground import House, moment

BODY = "第一条 为了示例，制定本办法。\n第二条 示例服务点由街道办事处设置。"


def issued(
    house: House, number: str, on: date, organ: str = "110101", ended: str = "", last_day: date | None = None
) -> NormativeDocument:
    """A document of the district government, as the register has it."""
    of = house.organ(organ)
    made = NormativeDocument.objects.create(
        organ=of, issuer=of.name, number=number, title=f"示例办法{number[-2]}", published_on=on, effective_from=on,
    )  # fmt: skip
    enter(made, f"{made.title}\n{BODY}")
    if last_day:
        end(made, last_day, ended, by="示例决定")
    return made


@pytest.fixture
def year(house: House) -> dict[str, NormativeDocument]:
    """What happened in 2026, and just before and after."""
    found = {
        "made": issued(house, "东政发〔2026〕1号", date(2026, 1, 1)),
        "older": issued(house, "东政发〔2025〕2号", date(2025, 12, 31)),
        "newer": issued(house, "东政发〔2027〕3号", date(2027, 1, 1)),
        "theirs": issued(house, "东市监发〔2026〕4号", date(2026, 5, 1), "DC-SCJ"),
        "amended": issued(house, "东政发〔2024〕5号", date(2024, 3, 1)),
        "repealed": issued(house, "东政发〔2023〕6号", date(2023, 3, 1), ended="repealed", last_day=date(2025, 12, 31)),
        "later": issued(house, "东政发〔2023〕7号", date(2023, 3, 1), ended="repealed", last_day=date(2026, 12, 31)),
        "lapsed": issued(house, "东政发〔2021〕8号", date(2021, 3, 1), ended="lapsed", last_day=date(2026, 3, 1)),
    }
    words = f"{found['amended'].title}\n{BODY}\n第三条 本办法由区政府办公室负责解释。"
    enter(found["amended"], words, version_on=date(2026, 6, 1), effective_from=date(2026, 7, 1))
    return found


def test_the_register_says_what_a_year_brought(year: dict[str, NormativeDocument]) -> None:
    found = of_year(2026)
    assert found.made == [f"{year['made']}，2026年1月1日公布"]
    assert found.amended == [f"{year['amended']}"]
    assert found.ended == [f"{year['repealed']}，废止"]  # its last day was 31 December: it ended on 1 January
    assert of_year(2025).made == [f"{year['older']}，2025年12月31日公布"]


def test_it_begins_in_january_is_reminded_of_and_sent(house: House, year: dict[str, NormativeDocument]) -> None:
    assert open_year(moment("2026-12-31T23:50")) is None
    case = open_year(moment("2027-01-01T00:10"))
    assert case
    assert open_year(moment("2027-01-01T01:10")) is None
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1
    clock = Deadline.objects.get(case=case)
    assert (clock.key, clock.due_on, case.organ) == ("gfxwj_annual_list_rd", date(2027, 1, 31), house.organ("DC-BGS"))
    secretary = house.user("secretary")
    assert Notice.objects.filter(case=case, act__step="open_for_year", to=secretary).exists()
    for day in ("2027-01-28", "2027-01-31", "2027-02-01"):
        ring_all(moment(f"{day}T00:10"))
    told = Notice.objects.filter(deadline=clock, to=secretary).order_by("pk")
    assert [one.urgency for one in told] == ["soon", "today", "overdue"]
    assert case.acts.filter(step="flag_overdue").exists()
    page = house.client("congress-review").get(f"/cases/{case.code}/").content.decode()
    assert str(year["made"]) in page
    assert case.number in house.client("secretary").get("/desk/filings/annual/").content.decode()
    house.act(case, "secretary", "send_catalogue", "2027-02-01T09:00", contact="王示例，12345")
    assert case.state == "sent"
    made = Document.objects.get(case=case)
    kind = paper(made.paper)
    assert kind
    said = text_of(paper_html(kind, made.printed))
    for words in (str(year["made"]), str(year["amended"]), str(year["repealed"]), "2026年", "王示例，12345"):
        assert words in said
    for name in ("older", "newer", "theirs", "later", "lapsed"):
        assert str(year[name]) not in said
    assert Notice.objects.filter(act__step="send_catalogue", to=house.user("congress-review")).exists()
    assert house.client("wjw-head").get(f"/cases/{case.code}/").status_code == 404
    assert open_year(moment("2027-03-01T00:10")) is None
