"""What the city sent takes effect: exactly once, in its order, through the same gates as everything else."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Party
from approvals.models import Application, LicensingItem
from casework.models import Act, Case, Deadline, Document, Draft, Message, Notice
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from tests.approvals.conftest import FOOD, World
from tests.exchange.conftest import Arrives, City
from tests.exchange.samples import STATUS, file, filing

State = Message.State


def test_a_filing_becomes_a_case(world: World, arrives: Arrives) -> None:
    message = arrives("filing", filing())
    assert (message.state, message.error) == (State.DONE, "")
    case = Case.objects.get()
    assert message.case == case
    assert (case.channel, case.state, case.matter, case.organ) == ("exchange", "filed", FOOD, world.organ)
    assert case.applicant_name == "钱示例77"
    act = Act.objects.get()
    assert (act.step, act.role, act.actor, act.at) == ("take_in_from_city", "the_law", None, message.created_at)
    assert message.act == act
    application = Application.objects.get()
    assert application.answers["shop_name"] == "示例小吃店"
    assert application.contact["phone"] == "13800000000"
    assert application.declared_by == "钱示例77"
    assert {one.slot for one in Document.objects.filter(case=case, kind="material")} == {"M2", "M3", "M4"}
    assert Document.objects.get(paper="xk_intake_receipt").case == case
    assert Deadline.objects.get(case=case).key == "xk_deficiency_notice"


def test_what_people_wrote_is_kept_once(world: World, arrives: Arrives) -> None:
    message = arrives("filing", filing())
    assert message.body == {"item": FOOD}
    assert Draft.objects.get().content == {}


def test_its_status_goes_back_under_the_name_that_the_city_gave_it(world: World, arrives: Arrives) -> None:
    arrives("filing", filing(), stream="BJ-2026-7")
    told = Message.objects.get(direction="out")
    assert (told.body["reference"], told.body["state"]) == ("BJ-2026-7", "filed")


def test_the_organ_is_told_and_goes_on_as_ever(world: World, arrives: Arrives) -> None:
    arrives("filing", filing())
    assert Notice.objects.filter(to__in=[world.officer, world.second]).exists()
    case = Case.objects.get()
    world.take(case, "accept", world.officer, timezone.localtime().replace(tzinfo=None).isoformat())
    case.refresh_from_db()
    assert case.state == "under_review"


def test_it_was_received_when_it_arrived(world: World, city: City) -> None:
    """The clocks of the law count from its arrival, however long the worker was away."""
    arrived = timezone.now() - timedelta(hours=5)
    data = city.written(_letter(filing()), arrived)
    receive(data, arrived)
    take_in(timezone.now(), 1)
    assert Case.objects.get().opened_at == arrived


def _letter(body: dict[str, Any]) -> Any:
    from tests.exchange.samples import letter

    return letter("filing", body)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": "DC-NO-SUCH"}, "没有公布"),
        ({"materials": [file("M2"), file("M3")]}, "申请材料"),
        ({"materials": [file(code) for code in ("M2", "M3", "M4", "M77")]}, "不在公布的材料目录以内"),
        ({"answers": {"shop_name": "示例"}}, "请填写"),
        ({"answers": {**filing()["answers"], "unheard_of": "x"}}, "不能识别的内容"),
        ({"applicant": {**filing()["applicant"], "id_number": "110101199003070000"}}, "身份证号码有误"),
        ({"contact": {"name": "钱示例", "phone": "12"}}, "联系电话"),
        ({"applicant": {**filing()["applicant"], "kind": "legal"}}, "applicant.id_kind：取值不符"),
    ],
)
def test_what_is_not_right_waits_for_a_person(
    world: World, arrives: Arrives, changes: dict[str, Any], words: str
) -> None:
    message = arrives("filing", filing(**changes))
    assert message.state == State.HELD
    assert words in message.error
    assert not Case.objects.exists()
    assert not Draft.objects.exists()
    assert not Message.objects.filter(direction="out").exists()
    assert message.body["applicant"]  # nothing is lost


def test_a_file_that_is_none_is_held_and_leaves_nothing_in_the_store(
    world: World, arrives: Arrives, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file() and "city" not in str(path)}
    bad = {"code": "M4", "name": "M4.pdf", "content": base64.b64encode(b"MZ no pdf").decode()}
    message = arrives("filing", filing(materials=[file("M2"), file("M3"), bad]))
    assert message.state == State.HELD
    assert {path for path in tmp_path.rglob("*") if path.is_file() and "city" not in str(path)} == before
    assert not Document.objects.exists()


def test_no_power_no_case(world: World, arrives: Arrives) -> None:
    LicensingItem.objects.filter(code=FOOD).update(power_code="")
    message = arrives("filing", filing())
    assert message.state == State.HELD
    assert "行政许可权" in message.error
    assert not Case.objects.exists()


def test_somebody_elses_number_is_nobodys(world: World, arrives: Arrives) -> None:
    arrives("filing", filing())
    impostor = filing(applicant={**filing()["applicant"], "name": "孙示例"})
    message = arrives("filing", impostor, stream="BJ-2")
    assert "另一姓名" in message.error
    assert Party.objects.filter(name="孙示例").count() == 0


def test_a_status_stands_beside_the_case_and_moves_nothing(world: World, arrives: Arrives) -> None:
    case = world.file()
    message = arrives("status", {**STATUS, "case": case.number})
    assert (message.state, message.case) == (State.DONE, case)
    case.refresh_from_db()
    assert (case.state, case.act_count) == ("filed", 1)
    for reader in (world.officer, world.citizen):
        page = world.client(reader).get(f"/cases/{case.code}/").content.decode()
        assert "市级平台办理情况" in page
        assert "北京市市场监督管理局：市级会审中" in page


def test_a_status_of_no_case_is_held(world: World, arrives: Arrives) -> None:
    assert "没有案号" in arrives("status", {**STATUS, "case": "许申〔2026〕404号"}).error


def test_the_public_door_is_the_way_in(world: World, city: City, client: Client) -> None:
    client.post("/exchange/v1/messages/", city.says("filing", filing()), content_type="application/json")
    take_in(timezone.now(), 1)
    assert Case.objects.get().channel == "exchange"
