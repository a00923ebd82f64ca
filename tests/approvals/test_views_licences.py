"""The pages of licences: the list, one licence, the window, the public; and who sees none of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.models import Seat
from approvals.actions import licences as about
from approvals.models import Licence
from approvals.queries import licences, presence
from casework import registry
from casework.actions.ring import ring_all
from casework.models import Case, Notice
from casework.refusal import Refused
from tests.approvals.conftest import World, moment
from tests.approvals.stories.life_doors import in_hand, renewal_under_review
from tests.approvals.stories.teller import words

NOW = "2026-10-12T10:00"


@pytest.fixture
def licence(world: World) -> Any:
    """A licence that ends on 31 December 2026, looked at on 12 October."""
    in_hand(valid_to="2026-12-31")(world)
    with time_machine.travel(moment(NOW), tick=False):
        yield Licence.objects.get()


def test_the_list_says_how_long_each_licence_runs(world: World, licence: Licence) -> None:
    page = words(world.client(world.citizen).get("/my/licences/"))
    assert licence.number in page
    assert "还有 80 天" in page
    assert "我的证照" in words(world.client(world.citizen).get("/my/"))
    assert licence.number not in words(world.client(world.stranger).get("/my/licences/"))


def test_a_licence_tells_its_last_day_for_a_renewal(world: World, licence: Licence) -> None:
    file = licences.file_of(licence)
    assert file
    page = words(world.client(world.citizen).get(f"/my/licences/{file.code}/"))
    assert "最迟在 2026年11月19日 提出" in page
    assert all(each in page for each in ("申请延续", "申请变更", "申请注销"))
    assert world.client(world.stranger).get(f"/my/licences/{file.code}/").status_code == 404
    assert world.client(world.officer).get(f"/my/licences/{file.code}/").status_code == 404


def test_too_late_is_said_with_what_the_law_says(world: World, licence: Licence) -> None:
    file = licences.file_of(licence)
    assert file
    with time_machine.travel(moment("2026-11-20T10:00"), tick=False):
        page = words(world.client(world.citizen).get(f"/my/licences/{file.code}/"))
        assert "可能不视为准予延续" in page
        assert "逾期申请延续" in page
    with time_machine.travel(moment("2027-01-01T10:00"), tick=False):
        page = words(world.client(world.citizen).get(f"/my/licences/{file.code}/"))
        assert "重新申请" in page
        answer = world.client(world.citizen).get(f"/my/licences/{file.code}/renewal/")
        assert answer.status_code == 302


def test_a_request_is_one_case_however_often_it_is_sent(world: World, licence: Licence) -> None:
    draft = about.begin_request(licence, licences.RENEWAL, world.citizen, moment(NOW))
    assert about.begin_request(licence, licences.RENEWAL, world.citizen, moment(NOW)).pk == draft.pk
    said = [gate.words for gate in registry.procedure(licences.RENEWAL).step("apply_in_time").needs if gate.attested]
    first = about.file_request(draft, world.citizen, moment(NOW), attested=said)
    assert about.file_request(draft, world.citizen, moment(NOW), attested=said).pk == first.pk


def test_the_public_reads_the_new_term_and_the_end(world: World, licence: Licence) -> None:
    renewal_under_review("2026-10-12T10:00", "2026-10-13T10:00")(world)
    case = licences.pending(licence, licences.RENEWAL)
    assert case
    world.take(case, "approve_renewal", world.head, "2026-10-14T10:00", reasons="符合。")
    world.take(
        case, "deliver", world.officer, "2026-10-15T10:00", method="direct", recipient="王示例", served_on="2026-10-15"
    )
    new, old = licences.certificates(licence)
    public = world.client(world.stranger)
    assert "2031年12月31日" in words(public.get(f"/v/{new.token}/"))
    assert "已被更正替换" in words(public.get(f"/v/{old.token}/"))
    assert new.number == old.number == licence.number
    with time_machine.travel(moment("2026-10-15T12:00"), tick=False):
        results = words(public.get("/services/results/"))
    assert "准予延续" in results
    assert "有效期至 2031年12月31日" in results
    file = licences.file_of(licence)
    assert file
    world.take(file, "record_holder_ended", world.officer, "2026-10-16T10:00", proof="注销登记通知书")
    assert "食品经营许可证失效待注销" in words(public.get(f"/v/{new.token}/"))
    with time_machine.travel(moment("2026-10-16T12:00"), tick=False):
        assert "失效待注销" in words(public.get("/services/results/"))


def test_a_window_finds_only_what_it_takes_in(world: World, licence: Licence) -> None:
    clerk = world.client(world.clerk)
    assert "代为办理延续" in words(clerk.get("/desk/licences/", {"number": licence.number}))
    assert "没有找到" in words(clerk.get("/desk/licences/", {"number": "东市监许证〔2026〕99号"}))
    file = licences.file_of(licence)
    assert file
    assert clerk.get(f"/desk/licences/{file.code}/renewal/").status_code == 200
    assert world.client(world.officer).get(f"/desk/licences/{file.code}/renewal/").status_code == 403
    world.item().points.all().delete()
    assert clerk.get(f"/desk/licences/{file.code}/renewal/").status_code == 404


SEEN = {
    "way": "counter", "who": "agent", "name": "钱示例", "id_kind": "resident_id", "id_number": "11010119900307109X",
    "authority": "on", "go": "on",
}  # fmt: skip


def brought(world: World, licence: Licence, kind: str) -> tuple[Any, str]:
    """The clerk's browser with what somebody asks for at the window, written down; the address of the request."""
    file = licences.file_of(licence)
    assert file
    client, path = world.client(world.clerk), f"/desk/licences/{file.code}/{kind}/"
    values = {ask.name: now for ask, now in licences.changeable(licence) if ask.name != "holder_name"}
    said = (
        {"reasons": "更名", "holder_name": "新名称（示例）", **values} if kind == "change" else {"reasons": "继续经营"}
    )
    assert client.post(path, said)["Location"] == f"{path}presence/"
    return client, path


def declared(client: Any, path: str) -> Any:
    fields = client.get(f"{path}check/").context["form"].fields
    return client.post(f"{path}check/", dict.fromkeys(fields, "on"))


@pytest.mark.parametrize(("kind", "procedure"), [("change", licences.CHANGE), ("renewal", licences.RENEWAL)])
def test_at_the_window_the_file_says_who_was_identified(
    world: World, licence: Licence, kind: str, procedure: str
) -> None:
    client, path = brought(world, licence, kind)
    assert client.get(f"{path}check/")["Location"] == f"{path}presence/"
    answer = client.post(f"{path}presence/", SEEN | {"authority": ""})
    assert answer.status_code == 422
    assert "请查验授权委托书" in words(answer)
    assert client.post(f"{path}presence/", SEEN)["Location"] == f"{path}check/"
    assert "钱示例" in words(client.get(f"{path}check/"))
    assert declared(client, path).status_code == 302
    case = licences.pending(licence, procedure)
    assert case
    assert case.channel == Case.Channel.WINDOW
    said = dict(presence.rows(case.application.presence))
    assert said["核验身份"] == "受委托的代理人钱示例，居民身份证 110***********109X，已查验授权委托书"
    assert world.clerk.display_name in said["核验时间"]
    assert "110***********109X" in words(world.client(world.officer).get(f"/cases/{case.code}/"))
    (form,) = case.documents.get(paper="xk_intake_receipt").context["elements"]["materials"]
    assert form["form"] == "电子件"


def test_without_a_check_nothing_is_filed_whatever_page_is_left_out(world: World, licence: Licence) -> None:
    client, path = brought(world, licence, "renewal")
    assert client.post(f"{path}check/", {"attest_1": "on"})["Location"] == f"{path}presence/"
    draft = about.begin_request(licence, licences.RENEWAL, world.clerk, moment(NOW), world.point)
    said = [gate.words for gate in registry.procedure(licences.RENEWAL).step("apply_in_time").needs if gate.attested]
    with pytest.raises(Refused, match="身份核验和收到时间"):
        about.file_request(draft, world.clerk, moment(NOW), attested=said)
    assert licences.pending(licence, licences.RENEWAL) is None


def test_a_renewal_on_paper_is_in_time_by_the_day_on_which_it_came(world: World, licence: Licence) -> None:
    """The last day is 19 November: a letter of the 18th that is recorded on the 23rd is in time."""
    with time_machine.travel(moment("2026-11-23T10:00"), tick=False):
        client, path = brought(world, licence, "renewal")
        answer = client.post(f"{path}presence/", SEEN | {"way": "post", "received_at": "2026-11-23T10:01:00+08:00"})
        assert answer.status_code == 422
        assert "收到申请的时间不能晚于现在" in words(answer)
        long_ago = SEEN | {"way": "post", "received_at": "2020-01-02T10:00:00+08:00"}
        assert client.post(f"{path}presence/", long_ago).status_code == 302
        answer = declared(client, path)
        assert answer["Location"] == f"{path}presence/"  # where it can be put right
        assert "不能早于许可证件的送达" in words(client.get(answer["Location"]))
        assert licences.pending(licence, licences.RENEWAL) is None
        came = "2026-11-18T15:00:00+08:00"
        assert client.post(f"{path}presence/", SEEN | {"way": "post", "received_at": came}).status_code == 302
        assert "补录：收到申请之日为 2026年11月18日" in words(client.get(f"{path}check/"))
        assert declared(client, path).status_code == 302
    case = licences.pending(licence, licences.RENEWAL)
    assert case
    assert (case.opened_at, case.acts.get().step) == (moment("2026-11-18T15:00"), "apply_in_time")
    assert case.documents.get(paper="xk_intake_receipt").context["elements"]["materials"][0]["form"] == "纸质"


def test_who_did_not_sit_there_on_the_day_is_told_who_records_it(world: World, licence: Licence) -> None:
    Seat.objects.filter(user=world.clerk).update(since=date(2026, 11, 20))
    with time_machine.travel(moment("2026-11-23T10:00"), tick=False):
        client, path = brought(world, licence, "renewal")
        came = SEEN | {"way": "post", "received_at": "2026-11-18T15:00:00+08:00"}
        assert client.post(f"{path}presence/", came).status_code == 302
        answer = declared(client, path)
        assert answer["Location"] == f"{path}presence/"
        assert "收到申请之日您不在该窗口任职，请由当日的窗口人员补录" in words(client.get(answer["Location"]))
    assert licences.pending(licence, licences.RENEWAL) is None


def test_the_window_says_what_becomes_of_a_paper_that_came_before_the_end(world: World, licence: Licence) -> None:
    file = licences.file_of(licence)
    assert file
    with time_machine.travel(moment("2027-01-05T10:00"), tick=False):
        client = world.client(world.clerk)
        answer = client.get(f"/desk/licences/{file.code}/renewal/", follow=True)
        assert "有效期已经届满，不能再提出这一申请" in words(answer)
        assert "请转交发证机关处理" in words(answer)


def test_whoever_applies_for_oneself_is_not_asked_who_one_is(world: World, licence: Licence) -> None:
    file = licences.file_of(licence)
    assert file
    client, path = world.client(world.citizen), f"/my/licences/{file.code}/renewal/"
    assert client.post(path, {"reasons": "继续经营"})["Location"] == f"{path}check/"
    assert client.get(f"{path}presence/").status_code == 404


def test_the_holder_is_reminded_and_the_office_is_not(world: World, licence: Licence) -> None:
    """Three working days before 19 November, and on it: 16 and 19 November."""
    ring_all(moment("2026-11-16T00:05"))
    ring_all(moment("2026-11-19T00:05"))
    reminded = Notice.objects.filter(deadline__key="xk_renew_apply").values_list("to__username", flat=True)
    assert list(reminded) == ["citizen", "citizen"]
    ring_all(moment("2026-11-26T00:05"))
    assert Notice.objects.filter(deadline__key="xk_renew_apply").count() == 2


def test_nobody_asks_to_revoke_what_is_his_own(world: World, licence: Licence) -> None:
    token = licences.certificates(licence)[0].token
    page = world.client(world.stranger).get(f"/v/{token}/")
    assert f"/services/licences/{token}/revocation/" in page.content.decode()
    answer = world.client(world.officer).get(f"/services/licences/{token}/revocation/")
    assert answer.status_code == 403
    sent = {"party": str(world.company.pk), "interest": "自己的", "request": "撤销"}
    assert world.client(world.citizen).post(f"/services/licences/{token}/revocation/", sent).status_code == 422


def test_the_api_lists_ones_own_licences(world: World, licence: Licence) -> None:
    (found,) = world.client(world.citizen).get("/api/v1/licences/").json()
    assert (found["number"], found["valid_to"], found["renew_by"]) == (licence.number, "2026-12-31", "2026-11-19")
    assert found["days_left"] == 80
    assert world.client(world.stranger).get("/api/v1/licences/").json() == []
    assert world.client(world.officer).get("/api/v1/licences/").status_code == 403
