"""law.queries: what others ask of the law, and how fresh the answers are."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from law import queries
from law.actions import import_laws
from law.citations import Citation
from law.limits import LimitError, Suspension
from law.models import CalendarDay, LegalText, Stamp, TimeLimit

pytestmark = pytest.mark.django_db

TEXTS = Path(__file__).parent / "texts"


def change_in_another_process(quantity: int) -> None:
    """What load_law does elsewhere: other rows, another stamp, and nothing that this process hears of."""
    TimeLimit.objects.filter(key="xk_decide").update(quantity=quantity)
    Stamp.objects.filter(pk=Stamp.ROW).update(value=uuid4())


def quantity() -> int | None:
    return queries.limit_for("xk_decide", date(2026, 1, 1)).quantity


def test_limits_by_key_and_day(law: None) -> None:
    assert queries.limit_for("fy_reply", date(2023, 12, 31)).unit == "natural_day"
    found = queries.limit_for("fy_reply", date(2024, 1, 1))
    assert (found.unit, found.quantity, found.id) == (
        "working_day",
        10,
        TimeLimit.objects.get(key="fy_reply", effective_to=None).pk,
    )


def test_an_unknown_key_names_the_nearest(law: None) -> None:
    with pytest.raises(LimitError, match=r"^没有代码为 xk_decid 的期限，相近的有：xk_decide、"):
        queries.limit_for("xk_decid", date(2026, 1, 1))
    with pytest.raises(LimitError, match=r"^没有代码为 zzzzzz 的期限$"):
        queries.limit_for("zzzzzz", date(2026, 1, 1))


def test_thresholds(law: None) -> None:
    assert queries.threshold("surcharge_rate", date(2026, 1, 1)) == Decimal("0.03")
    with pytest.raises(LimitError, match="surcharge_rate 在2020年1月1日没有可以适用的数额标准"):
        queries.threshold("surcharge_rate", date(2020, 1, 1))
    with pytest.raises(LimitError, match="没有代码为 nothing 的数额标准"):
        queries.threshold("nothing", date(2020, 1, 1))


def test_work_out(law: None) -> None:
    assert queries.work_out("xk_decide", date(2026, 2, 9)).date == date(2026, 3, 13)
    stopped = [Suspension(date(2026, 2, 11), date(2026, 2, 24))]
    assert queries.work_out("xk_decide", date(2026, 2, 9), stopped, extended=True).date == date(2026, 4, 3)
    assert queries.work_out("ys_transfer", datetime(2026, 9, 30, 17, 30)).at == datetime(2026, 10, 1, 17, 30)
    with pytest.raises(LimitError, match="没有可以延长的规定"):
        queries.work_out("xk_deliver", date(2026, 2, 9), extended=True)


def test_a_change_in_another_process_is_seen_at_the_next_question(law: None) -> None:
    assert quantity() == 20
    change_in_another_process(25)
    assert quantity() == 25


def test_outside_of_requests_a_question_costs_one_short_look(law: None) -> None:
    quantity()
    with CaptureQueriesContext(connection) as looks:
        quantity()
        queries.work_calendar()
    assert [query["sql"].count("law_stamp") > 0 for query in looks] == [True, True]


def test_within_a_request_one_look_is_enough_and_the_next_request_looks_again(law: None) -> None:
    queries.begin_request()
    with CaptureQueriesContext(connection) as looks:
        assert [quantity(), quantity(), quantity()] == [20, 20, 20]
    assert sum("law_stamp" in query["sql"] for query in looks) == 1
    change_in_another_process(25)
    assert quantity() == 20
    queries.begin_request()
    assert quantity() == 25
    queries.end_request()
    change_in_another_process(26)
    assert quantity() == 26


def test_every_request_begins_and_ends_so(law: None) -> None:
    connected = {receiver[0][0] for signal in (request_started, request_finished) for receiver in signal.receivers}
    assert {"law.begin_request", "law.end_request"} <= connected


def test_a_rolled_back_change_is_forgotten(law: None) -> None:
    with transaction.atomic():
        change_in_another_process(25)
        assert quantity() == 25
        transaction.set_rollback(True)
    assert quantity() == 20
    change_in_another_process(26)
    assert quantity() == 26


@pytest.fixture
def texts(db: None) -> None:
    import_laws(TEXTS)


@pytest.mark.parametrize(
    ("citation", "on", "words"),
    [
        ("《示例管理规定》第四条", date(2021, 1, 1), ""),
        ("《示例管理规定》第四条第一款", date(2021, 1, 1), "示例机关应当自受理之日起二十日内作出决定。"),
        ("《示例管理规定》第四条第一款", date(2024, 8, 31), "示例机关应当自受理之日起二十日内作出决定。"),
        ("《示例管理规定》第三条第一款", date(2024, 9, 1), "示例机关应当自受理之日起十日内作出决定。"),
        ("《中华人民共和国示例管理规定》第三条第一款第二项第一目", date(2021, 1, 1), "应当补正的材料；"),
        ("《示例管理规定》第三条第二项", date(2021, 1, 1), "材料不齐全的，在五日内告知："),
        ("示例管理规定第三条之一第一款", date(2021, 1, 1), "示例机关可以委托办理。"),
    ],
)
def test_citations_resolve_to_the_words_in_force(texts: None, citation: str, on: date, words: str) -> None:
    provision = queries.resolve(citation, on)
    assert provision is not None
    assert provision.content == words
    assert provision.text.in_force(on)


@pytest.mark.parametrize(
    ("citation", "on"),
    [
        ("《示例管理规定》第四条", date(2020, 4, 30)),  # before the first version
        ("《示例管理规定》第九条", date(2021, 1, 1)),
        ("《示例管理规定》第三条第九款", date(2021, 1, 1)),
        ("《示例管理规定》", date(2021, 1, 1)),
        ("《别的规定》第一条", date(2021, 1, 1)),
        ("示例", date(2021, 1, 1)),
    ],
)
def test_what_cannot_be_resolved(texts: None, citation: str, on: date) -> None:
    assert queries.resolve(citation, on) is None


def test_many_citations_cost_one_query(texts: None) -> None:
    asked = [Citation("示例管理规定", article) for article in range(1, 7)]
    queries.book()
    with CaptureQueriesContext(connection) as looks:
        found = queries.resolve_all(asked, date(2021, 1, 1))
    assert len(looks) == 2  # the stamp and the provisions
    assert sorted(citation.article for citation in found) == [1, 2, 3, 4, 5]


def test_search_by_name_alias_and_rank(texts: None) -> None:
    titles = [text.title for text in queries.search_texts("示例 规定")]
    assert titles == ["中华人民共和国示例管理规定", "中华人民共和国示例管理规定", "示例管理规定实施细则"]
    assert [text.title for text in queries.search_texts("示例", "department_rule")] == ["示例管理规定实施细则"]
    assert [text.version_on for text in queries.search_texts("令第9001号")] == [date(2024, 6, 1), date(2020, 3, 1)]
    assert queries.search_texts().count() == LegalText.objects.count()


def test_search_in_articles_in_force(texts: None) -> None:
    found = queries.search_provisions("书面凭证", date(2021, 6, 1))
    assert [(p.text.family, p.label) for p in found] == [("示例管理规定", "第三条")]
    assert not queries.search_provisions("书面凭证", date(2025, 1, 1)).exists()
    assert not queries.search_provisions("并无此词", date(2021, 6, 1)).exists()


def test_days_of_a_year_show_the_override(law: None) -> None:
    CalendarDay.objects.create(date=date(2026, 10, 10), kind="off", name="特别休假", source="示例", overrides=True)
    rows = {row.date: row for row in queries.days_of(2026)}
    assert rows[date(2026, 10, 10)].name == "特别休假"
    assert len(rows) == 39
