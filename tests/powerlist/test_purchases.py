"""The catalogue, what is bought under it, and transfer payments: two people, one row, and nothing outside."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client

from accounts.models import User
from casework.refusal import NotAllowed, Refused
from powerlist.actions import disclosure, purchases
from powerlist.models import Catalogue, Heading, Project, Transfer
from powerlist.queries import purchases as found
from tests.accounts.people import official, sign_in
from tests.powerlist.ground import EXCLUDED, HEADINGS, SEATED, Ground, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-03-05T09:00")
REFUSED = (IntegrityError, InternalError)


# --- within the catalogue ----------------------------------------------------------------------------------------


def test_a_project_outside_the_catalogue_of_its_day_is_refused(ground: Ground, catalogue: Catalogue) -> None:
    later = ground.catalogue(date(2026, 7, 1), moment("2026-06-15T09:00"), [*HEADINGS, ("A0902", "社区心理服务")])
    new = later.headings.get(code="A0902")
    with pytest.raises(Refused, match="指导性目录"):
        purchases.enter_project(ground.street, ground.given(catalogue, heading=new), ground.clerk, AT)
    before = ground.given(catalogue, contracted_on=date(2026, 1, 7))
    with pytest.raises(Refused, match="指导性目录"):
        purchases.enter_project(ground.street, before, ground.clerk, AT)
    with pytest.raises(Refused, match="指导性目录"):
        ground.project(catalogue, contracted_on=date(2026, 7, 1))
    coarse = ground.given(catalogue, heading=catalogue.headings.get(code="A09"))
    with pytest.raises(Refused, match="指导性目录"):
        purchases.enter_project(ground.street, coarse, ground.clerk, AT)
    assert not Project.objects.exists()
    ground.project(later, heading=new, contracted_on=date(2026, 7, 1))
    assert Project.objects.get().heading == new


@pytest.mark.parametrize(("code", "day"), [("A09", "2026-03-02"), ("A0901", "2026-01-07")])
def test_the_database_refuses_it_too(ground: Ground, catalogue: Catalogue, code: str, day: str) -> None:
    heading = catalogue.headings.get(code=code)
    outside = ground.given(catalogue, heading=heading, contracted_on=date.fromisoformat(day))
    with pytest.raises(IntegrityError, match="not in the catalogue"), transaction.atomic():
        Project.objects.create(organ=ground.street, entered_by=ground.clerk, entered_at=AT, **outside)
    inside = ground.project(catalogue, published=False)
    with pytest.raises(IntegrityError, match="not in the catalogue"), transaction.atomic():
        Project.objects.filter(pk=inside.pk).update(heading=heading, contracted_on=outside["contracted_on"])


def test_a_new_version_between_entering_and_publishing_stops_the_publication(
    ground: Ground, catalogue: Catalogue
) -> None:
    project = ground.project(catalogue, published=False, contracted_on=date(2026, 6, 1))
    ground.catalogue(date(2026, 5, 1), moment("2026-04-20T09:00"))
    with pytest.raises(Refused, match="指导性目录"):
        disclosure.publish(project, ground.head, AT)
    assert Project.objects.get().published_at is None


def test_nobody_buys_what_nobody_compared_with_the_negative_list(ground: Ground, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="负面清单"):
        ground.project(catalogue, outside_exclusions=False)
    given = ground.given(catalogue, outside_exclusions=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(organ=ground.street, entered_by=ground.clerk, entered_at=AT, **given)


# --- versions ----------------------------------------------------------------------------------------------------


def test_a_version_counts_from_its_publication_and_after_all_others(ground: Ground, catalogue: Catalogue) -> None:
    at = moment("2026-02-02T09:00")
    for since in (date(2026, 2, 1), date(2026, 1, 8)):
        row = purchases.enter_catalogue("示例目录", since, HEADINGS, EXCLUDED, ground.bookkeeper, at)
        with pytest.raises(Refused, match="施行日期"):
            disclosure.publish(row, ground.treasurer, at)
    assert found.in_force(date(2026, 1, 7)) is None
    assert found.in_force(date(2026, 12, 1)) == catalogue


def test_a_published_version_stands(ground: Ground, catalogue: Catalogue) -> None:
    heading = catalogue.headings.earliest("code")
    attempts = (
        lambda: Heading.objects.create(catalogue=catalogue, code="B01", name="又"),
        lambda: Heading.objects.filter(pk=heading.pk).update(name="又"),
        lambda: Heading.objects.filter(pk=heading.pk).delete(),
        lambda: catalogue.exclusions.all().delete(),
        lambda: Catalogue.objects.filter(pk=catalogue.pk).update(since=date(2026, 1, 1)),
        lambda: Catalogue.objects.filter(pk=catalogue.pk).delete(),
        lambda: Catalogue.objects.filter(pk=catalogue.pk).update(
            withdrawn_by=ground.treasurer, withdrawn_at=AT, withdrawal_reason="误"
        ),
    )
    for attempt in attempts:
        with pytest.raises(REFUSED), transaction.atomic():
            attempt()
    draft = purchases.enter_catalogue("示例目录", date(2026, 9, 1), HEADINGS, EXCLUDED, ground.bookkeeper, AT)
    with pytest.raises(REFUSED), transaction.atomic():
        draft.headings.update(catalogue=catalogue)
    disclosure.drop(draft, ground.bookkeeper, AT)
    assert Catalogue.objects.get() == catalogue


def test_what_was_verified_of_the_negative_list_stays_verified(ground: Ground, catalogue: Catalogue) -> None:
    more = [purchases.Excluded("融资行为", "示例依据"), purchases.Excluded("其他", "示例依据")]
    row = purchases.enter_catalogue("示例目录", date(2026, 9, 1), HEADINGS, more, ground.bookkeeper, AT)
    assert [one.verified for one in row.exclusions.order_by("order")] == [True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A 公共服务\nA01 甲\nA0101 乙\nA0101 丙", "第4行：编码A0101重复"),
        ("A 公共服务\nA0101 乙", "编码A0101缺少上一级A01"),
        ("A 公共服务\nC01 乙", "第2行：应当写作"),
        ("A 公共服务\nA01 甲", "至少须有一个三级服务事项"),
        ("A 公共服务\nA01", "第2行：应当写作"),
    ],
)
def test_a_catalogue_is_read_line_by_line(text: str, said: str) -> None:
    _, wrong = purchases.read_headings(text)
    assert any(words.startswith(said) for words in wrong), wrong


def test_a_catalogue_is_read_in_the_order_of_its_codes() -> None:
    listed, wrong = purchases.read_headings("A01  甲 服务\n\nA0101　乙\nA 公共服务\n")
    assert (listed, wrong) == ([("A", "公共服务"), ("A01", "甲 服务"), ("A0101", "乙")], [])
    assert purchases.read_exclusions("甲｜乙\n丙")[1] == ["第2行：应当写作“不得购买的内容 | 依据”"]


# --- two people --------------------------------------------------------------------------------------------------


def test_whoever_enters_does_not_publish(ground: Ground, catalogue: Catalogue) -> None:
    section = official("section_head", ground.street, at=SEATED)
    row = purchases.enter_project(ground.street, ground.given(catalogue), section, AT)
    with pytest.raises(NotAllowed, match="另一名"):
        disclosure.publish(row, section, AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=row.pk).update(published_by=section, published_at=AT)
    assert disclosure.publish(row, ground.head, AT).published_by == ground.head


def test_only_seats_of_the_organ_enter_and_publish(ground: Ground, catalogue: Catalogue) -> None:
    row = ground.project(catalogue, published=False)
    for stranger in (ground.treasurer, ground.clerk, official(name="无职务", at=SEATED)):
        with pytest.raises(NotAllowed):
            disclosure.publish(row, stranger, AT)
    with pytest.raises(NotAllowed):
        purchases.enter_project(ground.street, ground.given(catalogue), ground.bookkeeper, AT)
    with pytest.raises(NotAllowed):
        purchases.enter_catalogue("示例", date(2026, 9, 1), HEADINGS, EXCLUDED, ground.clerk, AT)


def test_what_is_published_is_only_withdrawn_and_once(ground: Ground, catalogue: Catalogue) -> None:
    row = ground.project(catalogue)
    with pytest.raises(Refused, match="不能删除"):
        disclosure.drop(row, ground.clerk, AT)
    with pytest.raises(Refused, match="理由"):
        disclosure.withdraw(row, ground.head, " ", AT)
    for change in ({"amount": 1}, {"receiver": "别人"}, {"published_at": moment("2026-03-01T09:00")}):
        with pytest.raises(REFUSED), transaction.atomic():
            Project.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(REFUSED), transaction.atomic():
        Project.objects.filter(pk=row.pk).delete()
    with pytest.raises(REFUSED), transaction.atomic():
        Project.objects.filter(pk=row.pk).update(withdrawn_at=AT)
    disclosure.withdraw(row, ground.head, "金额有误", AT)
    with pytest.raises(Refused):
        disclosure.withdraw(row, ground.head, "又", AT)
    with pytest.raises(REFUSED), transaction.atomic():
        Project.objects.filter(pk=row.pk).update(withdrawal_reason="", withdrawn_at=None, withdrawn_by=None)
    assert found.listed(Project, found.Wanted())[0] == []


def test_no_row_begins_published(ground: Ground, catalogue: Catalogue) -> None:
    with pytest.raises(REFUSED), transaction.atomic():
        Project.objects.create(
            organ=ground.street, entered_by=ground.clerk, entered_at=AT, published_by=ground.head, published_at=AT,
            **ground.given(catalogue),
        )  # fmt: skip


# --- transfer payments -------------------------------------------------------------------------------------------

TRANSFER: dict[str, Any] = {
    "programme": "补助资金", "kind": "special", "year": 2026, "giver": "市财政局", "receiver": "东城区",
    "project": "示例项目", "document": "", "amount": Decimal("100.00"), "paid": Decimal("40.00"),
}  # fmt: skip


def test_a_special_transfer_names_its_project(ground: Ground) -> None:
    with pytest.raises(Refused, match="细化到项目"):
        purchases.enter_transfer({**TRANSFER, "project": ""}, ground.bookkeeper, AT)
    finance = purchases.finance()
    for wrong in ({"project": ""}, {"paid": Decimal("100.01")}, {"amount": Decimal(0), "paid": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.create(organ=finance, entered_by=ground.bookkeeper, entered_at=AT, **{**TRANSFER, **wrong})
    purchases.enter_transfer({**TRANSFER, "kind": "general", "project": ""}, ground.bookkeeper, AT)


# --- pages -------------------------------------------------------------------------------------------------------


def test_the_public_sees_what_is_published(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    ground.project(catalogue)
    ground.project(catalogue, published=False, name="尚未公布的项目")
    page = client.get("/purchases/").content.decode()
    assert "A0901" in page
    assert "融资行为" in page
    assert "1,000.50" in page
    listed = client.get("/purchases/projects/?heading=A09").content.decode()
    assert "社区治理项目" in listed
    assert "尚未公布的项目" not in listed
    assert "社区治理项目" not in client.get("/purchases/projects/?heading=B").content.decode()
    assert client.get("/purchases/versions/1/").status_code == 200
    assert client.get("/purchases/versions/2/").status_code == 404


def test_tables_to_take_away(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    ground.project(catalogue, receiver="=SUM(A1)")
    disclosure.publish(purchases.enter_transfer(TRANSFER, ground.bookkeeper, AT), ground.treasurer, AT)
    csv = client.get("/purchases/projects/csv/").content.decode("utf-8-sig")
    assert "社区治理项目,1000.50,'=SUM(A1)" in csv
    assert (
        "补助资金,专项转移支付,市财政局,东城区,示例项目,,100.00,40.00" in client.get("/transfers/csv/").content.decode()
    )
    assert "A0901,三级,社区治理服务" in client.get("/purchases/versions/1/csv/").content.decode()
    book = zipfile.ZipFile(io.BytesIO(client.get("/purchases/projects/xlsx/").content))
    assert "<v>1000.5" in book.read("xl/worksheets/sheet1.xml").decode()


def test_pages_follow_one_another_by_keys(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    many = [ground.project(catalogue, name=f"项目{n}", year=2020 + n % 3) for n in range(found.PAGE + 5)]
    first, place = found.listed(Project, found.Wanted())
    second, end = found.listed(Project, found.Wanted(after=place))
    assert len(first) == found.PAGE
    assert end is None
    assert [row.pk for row in first + second] == [row.pk for row in sorted(many, key=lambda row: (-row.year, -row.pk))]
    assert place
    assert client.get(f"/purchases/projects/?after={place[0]}.{place[1]}").status_code == 200
    for nonsense in ("x", "2026.", "٢٠٢٦.1", "2026.1.1"):
        assert client.get("/purchases/projects/", {"after": nonsense}).status_code == 200


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    client: Client, ground: Ground, catalogue: Catalogue, django_assert_num_queries: Any
) -> None:
    counts = []
    for _ in range(2):
        for n in range(4):
            ground.project(catalogue, name=f"项目{n}")
        client.get("/purchases/")
        with CountedQueries() as counted:
            for page in ("/purchases/", "/purchases/projects/", "/purchases/projects/csv/", "/transfers/"):
                client.get(page)
        counts.append(counted.count)
    assert counts[0] == counts[1]


class CountedQueries:
    """How many statements were sent."""

    count = 0

    def __enter__(self) -> CountedQueries:
        self.wrapper = connection.execute_wrapper(self._look)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.wrapper.__exit__(*error)

    def _look(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def post(client: Client, user: User, path: str, **data: Any) -> Any:
    return sign_in(client, user).post(path, data)


def test_two_officials_do_it_in_the_browser(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    given = {
        "organ": ground.street.pk, "heading": "A0901 社区治理服务", "name": "邻里互助",
        "year": "２０２６", "amount": "12,000元", "receiver": "示例中心", "receiver_kind": "social", "method": "open",
        "contracted_on-year": "2026", "contracted_on-month": "3", "contracted_on-day": "2", "outside_exclusions": "on",
    }  # fmt: skip
    wrong = post(client, ground.clerk, "/desk/disclosure/projects/new/", **given | {"contracted_on-day": ""})
    assert wrong.status_code == 422
    assert "邻里互助" in wrong.content.decode()
    early = post(client, ground.clerk, "/desk/disclosure/projects/new/", **given | {"contracted_on-year": "2024"})
    assert "不在合同签订之日施行的指导性目录内" in early.content.decode()
    assert post(client, ground.clerk, "/desk/disclosure/projects/new/", **given).status_code == 302
    row = Project.objects.get()
    path = f"/desk/disclosure/projects/{row.pk}/"
    assert "核对无误" not in client.get(path).content.decode()
    post(client, ground.head, path, go="publish")
    assert "邻里互助" in client.get("/purchases/projects/").content.decode()
    assert "请填写撤回理由" in post(client, ground.head, path, go="withdraw").content.decode()
    post(client, ground.head, path, go="withdraw", reason="金额有误")
    assert "邻里互助" not in client.get("/purchases/projects/").content.decode()


def test_a_contract_under_an_earlier_version_is_entered_under_its_headings(
    client: Client, ground: Ground, catalogue: Catalogue
) -> None:
    new = [("A", "公共服务"), ("A09", "社会治理服务"), ("A0902", "社区心理服务"), ("B", "政府履职辅助性服务")]
    ground.catalogue(date(2026, 7, 1), moment("2026-06-20T09:00"), new)
    page = sign_in(client, ground.clerk).get("/desk/disclosure/projects/new/").content.decode()
    assert page.count(">A0901 社区治理服务</option>") == page.count(">A0902 社区心理服务</option>") == 1
    given = {
        "organ": ground.street.pk, "heading": "A0901 社区治理服务", "name": "邻里互助", "year": "2026",
        "amount": "12000", "receiver": "示例中心", "receiver_kind": "social", "method": "open",
        "contracted_on-year": "2026", "contracted_on-month": "3", "contracted_on-day": "2", "outside_exclusions": "on",
    }  # fmt: skip
    late = post(client, ground.clerk, "/desk/disclosure/projects/new/", **given | {"contracted_on-month": "8"})
    assert late.status_code == 422
    assert "不在合同签订之日施行的指导性目录内" in late.content.decode()
    assert post(client, ground.clerk, "/desk/disclosure/projects/new/", **given).status_code == 302
    assert Project.objects.get().heading == catalogue.headings.get(code="A0901")
    later = given | {"heading": "A0902 社区心理服务", "contracted_on-month": "8"}
    assert post(client, ground.clerk, "/desk/disclosure/projects/new/", **later).status_code == 302
    assert Project.objects.latest("pk").heading.catalogue.number == 2


def test_the_finance_bureau_enters_a_version(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    form = sign_in(client, ground.bookkeeper).get("/desk/disclosure/catalogues/new/").content.decode()
    assert "A0901 社区治理服务" in form
    given = {
        "title": "示例目录", "since-year": "2099", "since-month": "1", "since-day": "1",
        "exclusions": "融资行为 | 示例依据",
        "headings": "A 公共服务\nA09 社会治理服务\nA0901 社区治理与服务\nA0902 社区心理服务",
    }  # fmt: skip
    broken = post(client, ground.bookkeeper, "/desk/disclosure/catalogues/new/", **given | {"headings": "A0901 甲"})
    assert "缺少上一级" in broken.content.decode()
    post(client, ground.bookkeeper, "/desk/disclosure/catalogues/new/", **given)
    row = Catalogue.objects.get(number=2)
    page = sign_in(client, ground.treasurer).get(f"/desk/disclosure/catalogues/{row.pk}/").content.decode()
    assert "增加：A0902 社区心理服务" in page
    assert "改名：A0901 社区治理服务改为社区治理与服务" in page
    assert "删去：B 政府履职辅助性服务" in page
    assert sign_in(client, ground.clerk).get("/desk/disclosure/catalogues/new/").status_code == 403
    assert client.get(f"/desk/disclosure/catalogues/{row.pk}/").status_code == 404


def test_programs_read_the_same(client: Client, ground: Ground, catalogue: Catalogue) -> None:
    ground.project(catalogue)
    read = client.get("/api/v1/purchases/catalogue/?on=2026-02-01").json()
    assert [one["code"] for one in read["headings"]] == ["A", "A09", "A0901", "B"]
    assert client.get("/api/v1/purchases/catalogue/?on=2025-02-01").status_code == 404
    page = client.get("/api/v1/purchases/projects/?year=2026&heading=A").json()
    assert [(one["amount"], one["heading"]["code"]) for one in page["results"]] == [("1000.50", "A0901")]
    assert client.get("/api/v1/purchases/projects/?after=x").status_code == 400
    assert client.get("/api/v1/transfers/").json() == {"results": [], "next": ""}
