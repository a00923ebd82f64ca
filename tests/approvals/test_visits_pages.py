"""Booking and calling in the browser without script."""

from __future__ import annotations

from datetime import time

from django.test import Client
from django.utils import timezone

from approvals.models import Visit
from approvals.queries import visits
from tests.approvals.conftest import FOOD, World
from tests.approvals.pages import text


def test_a_citizen_books_and_gives_up(world: World) -> None:
    client = world.client(world.citizen)
    assert world.point.name in text(Client().get("/visits/"))
    page = f"/visits/{world.point.code}/book/"
    assert client.get(page).status_code == 200
    assert (client.post(page, {}).status_code, client.post(page, {"slot": "x y"}).status_code) == (422, 422)
    day = visits.days(world.point, timezone.localtime())[0].day
    full = {"slot": f"{day} 12:00", "matter": FOOD}
    again = client.post(page, full)
    assert (again.status_code, f'value="{FOOD}" selected' in again.content.decode()) == (422, True), "nothing is lost"
    assert client.post(page, {"slot": f"{day} 09:00", "matter": "NO-SUCH"}).status_code == 422
    answer = client.post(page, {"slot": f"{day} 09:00", "matter": FOOD}, follow=True)
    visit = Visit.objects.get()
    assert visit.matter == FOOD
    assert visit.code in text(answer)
    assert world.client(world.stranger).post(f"/visits/{visit.code}/cancel/").status_code == 404
    assert "已经取消" in text(client.post(f"/visits/{visit.code}/cancel/", follow=True))
    assert Client().get(page).status_code == 302
    assert world.client(world.officer).get(page).status_code == 403


def test_a_clerk_checks_in_hands_out_numbers_and_calls(world: World) -> None:
    client, today = world.client(world.clerk), timezone.localdate()
    visit = Visit.objects.create(
        point=world.point, person=world.citizen, day=today, slot=time(0, 0), place=1, state="booked",
        made_at=timezone.now(),
    )  # fmt: skip

    def press(**data: str) -> str:
        return text(client.post("/desk/line/", data, follow=True))

    shown = text(client.get("/desk/line/"))
    assert "今天的预约，尚未签到（1）" in shown
    assert world.citizen.display_name not in shown, "nobody is called by their name"
    assert world.item().name in press(do="draw", matter=FOOD)
    assert "不办理所选的事项" in press(do="draw", matter="NO-SUCH")
    assert "没有这个预约码" in press(do="check_in", code="AAA")
    assert "Y002" in press(do="check_in", code=visit.code.lower())
    assert "请 Y002 到窗口" in press(do="call", window="3号窗口")
    screen = Client().get(f"/visits/{world.point.code}/screen/")
    assert ("Y002" in text(screen), "3号窗口" in text(screen), "等候 1 人" in text(screen)) == (True, True, True)
    assert screen["Refresh"] == "10"
    assert "过号处理" in press(do="missed")
    assert "过号（1）" in text(client.get("/desk/line/"))
    assert "请 A001 到窗口" in press(do="call", window="3号窗口")
    assert "Y002 已经办结" not in press(do="again", code=visit.code)
    assert "Y002 已经办结" in press(do="served")
    assert "没有人在等候" in press(do="call", window="3号窗口")
    assert Client().get("/visits/NO-SUCH/screen/").status_code == 404
    assert world.client(world.officer).get("/desk/line/").status_code == 403
