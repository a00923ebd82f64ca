"""People and organs for tests: short ways to what `accounts.actions` makes, and a signed-in client."""

from __future__ import annotations

import itertools
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone
from stdnum.cn import ric, uscc

from accounts import actions, limits
from accounts.models import Organisation, Party, Seat, User
from accounts.realname import LocalFake
from accounts.roles import ADMINISTRATOR_ROLES

BEIJING = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
ON = AT.date()
PASSWORD = "Hutong-Lamp-7391"

_numbers = itertools.count(1)


def resident_number(serial: int = 0, born: date = date(1990, 3, 7)) -> str:
    """A resident identity number that passes every check and belongs to nobody."""
    body = f"110101{born:%Y%m%d}{serial % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def credit_code(serial: int = 0) -> str:
    """A unified social credit code that passes every check and belongs to nobody."""
    body = f"91110101MA{serial % 10**7:07d}"
    return body + uscc.calc_check_digit(body)


def organisation(code: str = "", kind: str = "department", **values: object) -> Organisation:
    """An organ; with `parent` and kind internal_unit a section of one."""
    code = code or f"T-{next(_numbers)}"
    return Organisation.objects.create(code=code, name=f"测试机关{code}", short_name=code, kind=kind, **values)


def citizen(name: str = "王小燕", at: datetime = AT, **values: str) -> User:
    """A registered citizen; other values go to `actions.create_citizen`."""
    serial = next(_numbers)
    given = {
        "id_number": resident_number(serial),
        "phone": f"138{serial:08d}",
        "password": PASSWORD,
        "username": f"citizen-{serial}",
        **values,
    }
    return actions.create_citizen(name=name, checker=LocalFake(), at=at, **given)  # type: ignore[arg-type]


def party_of(user: User) -> Party:
    """The person whom a citizen's account belongs to."""
    return Party.objects.get(representations__user=user, representations__relation="self")


def official(
    role: str = "", where: Organisation | None = None, name: str = "张明", at: datetime = AT, **values: object
) -> User:
    """An official's account, seated from the day of `at` if a role is given."""
    kind = User.Kind.ADMINISTRATOR if role in ADMINISTRATOR_ROLES else User.Kind.STAFF
    serial = next(_numbers)
    given: dict[str, object] = {"kind": kind, "staff_number": f"N{serial}", "must_change_password": False, **values}
    user = actions.create_staff(f"official-{serial}", name, at=at, password=PASSWORD, **given)  # type: ignore[arg-type]
    if role:
        seat(user, role, where or organisation(), at=at)
    return user


def seat(user: User, role: str, where: Organisation, at: datetime = AT, **values: object) -> Seat:
    return actions.grant_seat(user, role, where, at=at, **values)  # type: ignore[arg-type]


def sign_in(client: Client, user: User, second_factor: bool = True) -> Client:
    """Signed in without the pages; an official as if the second factor had been shown and the password were new."""
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now())
    client.force_login(user, backend="accounts.backends.SignInBackend")
    if second_factor:
        session = client.session
        session[limits.SECOND_FACTOR] = time.time()
        session.save()
    return client
