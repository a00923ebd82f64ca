"""The pages of the statute-book: what they show to somebody who is not signed in."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from law.actions import import_laws
from law.models import CalendarDay, LegalText
from law.templatetags.law_tags import linkify

pytestmark = pytest.mark.django_db

TEXTS = Path(__file__).parent / "texts"


@pytest.fixture
def texts(db: None) -> None:
    import_laws(TEXTS)


def page(client: Client, address: str, **params: str) -> str:
    response = client.get(address, params)
    assert response.status_code == 200, address
    return response.content.decode()


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def version(on: str) -> LegalText:
    return LegalText.objects.get(family="示例管理规定", version_on=date.fromisoformat(on))


@pytest.mark.parametrize(
    "address", ["/law/", "/law/limits/", "/law/limits/?old=1&q=听证", "/law/due/", "/law/thresholds/", "/law/calendar/"]
)
def test_every_page_is_public_and_refuses_to_be_posted_to(law: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/law/", "/law/limits/", "/law/due/", "/law/thresholds/", "/law/calendar/"])
def test_every_page_stands_without_any_data(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_the_list_shows_names_and_validity(texts: None, client: Client) -> None:
    shown = words(page(client, "/law/"))
    assert "全部法规（4件）" in shown
    assert "已被修改" in shown
    assert "有效" in shown


def test_the_search_shows_articles_with_the_words_marked(texts: None, client: Client) -> None:
    html = page(client, "/law/", q="情况复杂")
    assert "<mark>情况复杂</mark>" in html
    assert f'href="{version("2024-06-01").get_absolute_url()}#a4"' in html
    assert "没有名称相符的法规。" in html


def test_the_search_cannot_be_made_to_write_markup(texts: None, client: Client) -> None:
    LegalText.objects.get(version_on=date(2021, 2, 1)).provisions.filter(anchor="a1p1").update(
        content="<b>情况复杂</b>"
    )
    html = page(client, "/law/", q="<b>细则")
    assert "<b>" not in html


def test_long_lists_go_on_over_the_page(law: None, client: Client) -> None:
    first = page(client, "/law/limits/", chapter="enforcement")
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    second = page(client, "/law/limits/", chapter="enforcement", page="2")
    assert 'rel="prev"' in second
    assert "chapter=enforcement&amp;page=1" in second


def test_a_text_has_an_anchor_for_every_place(texts: None, client: Client) -> None:
    text = version("2020-03-01")
    html = page(client, text.get_absolute_url())
    for anchor in ("a3", "a3p1", "a3p1i2", "a3p1i2s1", "a3p2", "a3b1"):
        assert f'id="{anchor}"' in html
    assert 'href="#h0"' in html  # the contents
    shown = words(html)
    assert "（二） 材料不齐全的" in shown.replace("（二）材料", "（二） 材料")
    assert "本版本已被修改，适用至 2024年8月31日" in shown
    assert "根据《中华人民共和国示例法》" in shown
    assert "2020年3月15日 中华人民共和国国务院令第9001号公布" in shown


def test_a_text_asked_for_a_day_goes_to_the_version_in_force(texts: None, client: Client) -> None:
    older, newer = version("2020-03-01"), version("2024-06-01")
    response = client.get(older.get_absolute_url(), {"on": "2024年9月1日"})
    assert response.status_code == 302
    assert response["Location"] == f"{newer.get_absolute_url()}?on=2024-09-01"
    assert client.get(older.get_absolute_url(), {"on": "2024-08-31"}).status_code == 200
    assert "2019年1月1日 有效的版本未收入本库" in words(page(client, older.get_absolute_url(), on="2019-01-01"))
    assert "日期格式不正确：某日" in words(page(client, older.get_absolute_url(), on="某日"))


def test_a_text_that_is_not_there(db: None, client: Client) -> None:
    assert client.get("/law/999999/").status_code == 404


def test_citations_within_a_text_lead_to_other_texts(texts: None, client: Client) -> None:
    rules = LegalText.objects.get(family="示例管理规定实施细则")
    newest = version("2024-06-01")
    rules.provisions.filter(anchor="a1p1").update(
        content="依照《示例管理规定》第三条第一款和《示例管理规定实施细则》办理。"
    )
    html = page(client, rules.get_absolute_url())
    assert f'<a class="govuk-link" href="{newest.get_absolute_url()}#a3p1">《示例管理规定》第三条第一款</a>' in html
    assert ">《示例管理规定实施细则》</a>" not in html  # the text that is being read


def test_a_long_text_costs_few_queries(texts: None, client: Client, django_assert_max_num_queries: object) -> None:
    address = version("2020-03-01").get_absolute_url()
    page(client, address)
    with django_assert_max_num_queries(7):  # type: ignore[operator] # of them two for what rests on it
        page(client, address)


def test_limits_show_law_version_and_what_is_not_verified(law: None, client: Client) -> None:
    shown = words(page(client, "/law/limits/", q="xk_decide "))
    assert "行政许可决定" in shown
    assert "《中华人民共和国行政许可法》第四十二条第一款、第八十二条" in shown
    assert "可延长10个工作日：经本行政机关负责人批准" in shown
    assert "未经核实 " in words(page(client, "/law/limits/", q="gfxwj_validity_ordinary"))
    html = page(client, "/law/limits/", q="sj_ruling")
    assert "未规定具体期限" in html
    assert "key=sj_ruling&" not in html


def test_old_limits_are_shown_when_asked_for(law: None, client: Client) -> None:
    assert "（2007）" not in words(page(client, "/law/limits/", q="xx_reply"))
    assert "（2007）" in words(page(client, "/law/limits/", q="xx_reply", old="1"))
    assert "没有符合条件的期限。" in words(page(client, "/law/limits/", q="没有这样的期限"))


def test_the_calculator_answers_and_explains(law: None, client: Client) -> None:
    stopped = "2026年2月11日至2026年2月24日\n"
    html = page(client, "/law/due/", key="xk_decide", trigger="2026年2月9日", suspended=stopped, extended="on")
    shown = words(html)
    assert '<time datetime="2026-04-03">2026年4月3日</time>' in html
    assert "中止期间有5个工作日不计入期限。" in shown
    assert "延长：10个工作日" in shown


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"key": "", "trigger": "2026-02-09"}, "请选择期限"),
        ({"key": "xk_decide", "trigger": ""}, "请填写起算事由发生的日期"),
        ({"key": "xk_decide", "trigger": "某日"}, "日期格式不正确：某日"),
        ({"key": "xk_decide", "trigger": "2026-02-09", "suspended": "昨天"}, "中止期间格式不正确：昨天"),
        ({"key": "xk_decide", "trigger": "2003-02-09"}, "xk_decide 的规定自2004年7月1日起施行"),
        ({"key": "xk_deliver", "trigger": "2026-02-09", "extended": "on"}, "没有可以延长的规定"),
    ],
)
def test_the_calculator_says_what_to_change(law: None, client: Client, params: dict[str, str], message: str) -> None:
    html = page(client, "/law/due/", **params)
    assert "处需要修改" in html
    assert message in words(html)


def test_the_calculator_opens_with_the_limit_that_was_clicked(law: None, client: Client) -> None:
    html = page(client, "/law/due/", key="xk_deliver")
    assert re.search(r'<option value="xk_deliver" selected', html)
    assert "处需要修改" not in html


def test_the_calendar_of_a_year(law: None, client: Client) -> None:
    CalendarDay.objects.create(date=date(2026, 11, 26), kind="off", name="特别休假", source="示例", overrides=True)
    shown = words(page(client, "/law/calendar/"))
    assert "2026年工作日历" in shown
    assert "2026年2月14日 （星期六） 上班 春节" in shown
    assert "特别休假" in shown
    assert "2020年工作日历" in words(page(client, "/law/calendar/", year="2020"))
    assert "2026年工作日历" in words(page(client, "/law/calendar/", year="1999"))


def test_thresholds(law: None, client: Client) -> None:
    shown = words(page(client, "/law/thresholds/"))
    assert "不超过200元" in shown
    assert "不超过50元" not in shown  # until 2021


@pytest.mark.parametrize(
    ("text", "on", "html"),
    [
        (
            "见《示例管理规定》第四条。",
            date(2021, 1, 1),
            '见<a class="govuk-link" href="{old}#a4">《示例管理规定》第四条</a>。',
        ),
        (
            "见《示例管理规定》第四条。",
            date(2024, 9, 1),
            '见<a class="govuk-link" href="{new}#a4">《示例管理规定》第四条</a>。',
        ),
        ("见《示例管理规定》。", date(2024, 9, 1), '见<a class="govuk-link" href="{new}">《示例管理规定》</a>。'),
        ("见《示例管理规定》第九条。", date(2024, 9, 1), "见《示例管理规定》第九条。"),
        ("见《示例管理规定》第四条。", date(2019, 1, 1), "见《示例管理规定》第四条。"),
        ("《未收录》第一条 <b>", date(2024, 9, 1), "《未收录》第一条 &lt;b&gt;"),
    ],
)
def test_linkify(texts: None, text: str, on: date, html: str) -> None:
    old, new = version("2020-03-01").get_absolute_url(), version("2024-06-01").get_absolute_url()
    assert linkify(text, on) == html.format(old=old, new=new, a='<a class="govuk-link" href="', b='">', c="</a>")
