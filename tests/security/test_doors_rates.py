"""Every limit holds to the number: in the cache and in the database, for two processes at once, and without a cache."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as live
from django.core.cache import caches
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from accounts import rates
from accounts.models import Tally
from casework.models.case import CODE_ALPHABET, new_code
from casework.models.issue import new_token
from portal.cache import Pause
from portal.environment import BASE_DIR, next_number
from portal.settings.rates import Rate
from tests.accounts.people import BEIJING, PASSWORD, citizen, official, resident_number, sign_in
from tests.running import surroundings

AT = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
HAMMER = """
import sys
from datetime import datetime
import django
django.setup()
from accounts import rates
at = datetime.fromisoformat(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(*(sum(rates.count(name, "attacked", at) == 0 for _ in range(700)) for name in sys.argv[2:]))
"""


@pytest.fixture
def no_cache(settings: Settings) -> Iterator[None]:
    """The cache server is gone."""
    settings.CACHES = {"default": {**live.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    Pause.ends = 0.0
    yield
    Pause.ends = 0.0


@pytest.fixture(params=["cache", "database"])
def rate(request: pytest.FixtureRequest, settings: Settings, db: None) -> Rate:
    made = Rate(5, 60, kept=request.param == "database")
    settings.RATES = {**live.RATES, "tried": made, "last": made._replace(from_last=True)}
    return made


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_as_many_as_allowed_and_then_the_wait_is_told(rate: Rate) -> None:
    assert [rates.count("tried", "a", AT) for _ in range(7)] == [0] * 5 + [60, 60]
    assert rates.count("tried", "b", AT) == 0
    assert rates.count("tried", "a", after(59.5)) == 1
    assert [rates.count("tried", "a", after(60)) for _ in range(6)] == [0] * 5 + [60]


def test_a_lock_runs_from_the_last_try_that_was_looked_at(rate: Rate) -> None:
    """Trying on while it is shut neither prolongs it nor opens it."""
    assert [rates.count("last", "a", after(50 * number)) for number in range(4)] == [0] * 4
    assert rates.count("last", "a", after(160)) == 0
    assert rates.count("last", "a", after(170)) == 50
    assert rates.count("last", "a", after(219)) == 1
    assert rates.count("last", "a", after(220)) == 0


def test_what_costs_more_uses_up_more(rate: Rate) -> None:
    assert rates.count("tried", "a", AT, cost=4) == 0
    assert rates.count("tried", "a", AT, cost=2) == 60
    assert rates.count("tried", "a", AT, cost=1) == 0
    assert rates.count("tried", "b", AT, cost=6) > 0


@pytest.mark.django_db
def test_a_kept_count_can_be_given_back_looked_at_and_forgotten() -> None:
    for _ in range(5):
        rates.take("sign_in_account", "a", AT)
    assert rates.used_up("sign_in_account", "a", AT) == 900
    assert rates.used_up("sign_in_account", "a", after(900)) == 0
    with pytest.raises(rates.TooMany):
        rates.take("sign_in_account", "a", AT)
    rates.give_back("sign_in_account", "a")
    assert rates.used_up("sign_in_account", "a", AT) == 0
    rates.take("sign_in_account", "a", AT)
    rates.forget("sign_in_account", "a")
    assert rates.count("sign_in_account", "a", AT) == 0


@pytest.mark.django_db
def test_the_table_of_counts_cleans_itself_and_tells_nothing() -> None:
    for number in range(50):
        rates.count("register_identity", f"110101199003071{number}", AT)
    for number in range(12):
        rates.count("code", f"later-{number}", after(2 * 24 * 3600))
    assert not Tally.objects.filter(until__lte=after(2 * 24 * 3600)).exists()
    assert not Tally.objects.filter(key__contains="110101").exists()


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_get_as_many_as_one() -> None:
    """The attack: each of two servers is asked 700 times, as fast as it can. Let through: as documented."""
    database = connection.settings_dict
    address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    around = surroundings(
        DATABASE_URL=f"postgresql://{address}",
        REDIS_URL=live.CELERY_BROKER_URL,
        CACHE_URL=next_number(live.CELERY_BROKER_URL),
    )
    names = ["account", "sign_in_account"]  # one in the cache, one in the database
    both: list[Any] = [
        subprocess.Popen(
            [sys.executable, "-c", HAMMER, AT.isoformat(), *names],
            cwd=BASE_DIR, env=around, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for one in both:
        assert one.stdout.readline() == "ready\n"
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()
    through = [[int(number) for number in one.communicate()[0].split()] for one in both]
    assert [sum(column) for column in zip(*through, strict=True)] == [live.RATES[name].amount for name in names]


@pytest.mark.django_db
def test_without_a_cache_the_database_counts(no_cache: None) -> None:
    assert sum(rates.count("verify_source", "a", AT) == 0 for _ in range(100)) == live.RATES["verify_source"].amount


@pytest.mark.django_db
def test_a_cache_that_was_emptied_opens_no_lock() -> None:
    for _ in range(5):
        rates.take("sign_in_account", "a", AT)
    caches["default"].clear()
    assert rates.count("sign_in_account", "a", AT) == 900


# --- pages and API ------------------------------------------------------------------------------------------------


@pytest.fixture
def narrow(settings: Settings) -> None:
    settings.RATES = {**live.RATES, "source": Rate(20, 60), "account": Rate(8, 60)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/help/", "/api/v1/items/", "/no-such-page/"])
def test_strangers_are_counted_by_source_whatever_they_ask_for(narrow: None, path: str) -> None:
    answers = [Client().get(path) for _ in range(24)]
    assert [answer.status_code == 429 for answer in answers] == [False] * 20 + [True] * 4
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    if path.startswith("/api/"):
        problem = json.loads(answers[-1].content)
        assert (problem["status"], problem["code"]) == (429, "throttled")
        assert answers[-1]["Content-Type"] == "application/problem+json"
    else:
        assert "操作过于频繁" in answers[-1].content.decode()
    assert Client().get(path, REMOTE_ADDR="192.0.2.9").status_code != 429


@pytest.mark.django_db
def test_an_account_is_counted_wherever_it_comes_from_and_on_pages_and_api_together(narrow: None) -> None:
    user = citizen()
    clients = [sign_in(Client(), user) for _ in range(2)]
    paths = ["/accounts/", "/api/v1/me"] * 5
    answers = [
        clients[number % 2].get(path, REMOTE_ADDR=f"192.0.2.{number}").status_code for number, path in enumerate(paths)
    ]
    assert answers == [200] * 8 + [429] * 2
    assert sign_in(Client(), citizen()).get("/accounts/").status_code == 200


@pytest.mark.django_db
def test_dear_endpoints_cost_more(narrow: None) -> None:
    assert [Client().post("/accounts/login/").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_one_identity_number_is_not_tried_with_many_names() -> None:
    good = {
        "id_kind": "resident_id", "id_number": resident_number(1), "email": "", "consent": "on",
        "password1": PASSWORD, "password2": PASSWORD,
    }  # fmt: skip
    answers = [
        Client().post(
            "/accounts/register/",
            {**good, "name": f"王{name}", "phone": f"1391234567{number}"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        for number, name in enumerate("一二三四五六七")
    ]
    assert [answer.status_code for answer in answers] == [302, 200, 200, 200, 200, 429, 429]


@pytest.mark.django_db
def test_a_load_balancer_is_never_turned_away(narrow: None) -> None:
    assert {Client().get("/healthz/live").status_code for _ in range(40)} == {200}


@pytest.mark.django_db
def test_an_unknown_number_and_a_wrong_code_get_the_same_answer() -> None:
    """The query code has 75 bits, a paper's token 128: with ten tries in a quarter of an hour nobody finds one."""
    assert len(CODE_ALPHABET) ** len(new_code()) >= 2**64
    assert len(new_token()) * 6 >= 128
    track = "/services/track/"
    answers = [
        Client().post(
            track, {"number": "京东市监许受字〔2026〕1号", "code": new_code()}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        for number in range(2)
    ]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.django_db
def test_ipv6_clients_are_counted_by_the_network_they_choose_addresses_from(narrow: None) -> None:
    answers = [Client().get("/help/", REMOTE_ADDR=f"2001:db8:1:2::{number:x}").status_code for number in range(1, 23)]
    assert answers.count(429) == 2
    assert Client().get("/help/", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


@pytest.mark.django_db
def test_officials_have_the_same_ration(narrow: None) -> None:
    client = sign_in(Client(), official("case_officer"))
    assert [client.get("/api/v1/me").status_code for _ in range(9)][-1] == 429
