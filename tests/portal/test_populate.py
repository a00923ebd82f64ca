"""The load for measurements: the record holds, states and clocks agree, every page answers, a seed tells everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Party, User
from approvals.models import Application, Licence
from casework.actions import Offer, clocks, take
from casework.models import Act, Case, Deadline, Decision, Document, Notice, Participant, Series, Suspension
from casework.office import ADVISE
from casework.queries import audit, counts
from casework.queries.rights import Standing
from portal.populate import Loaded, Unwilling, load
from tests.accounts.people import sign_in
from tests.approvals.conftest import make_district

NUMBER, SEED = 400, 7
NOW = timezone.now()


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Loaded]:
    """One load for all tests; what a test changes is undone."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        make_district()
        yield load(NUMBER, SEED, 3, NOW)
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def picture() -> list[tuple[Any, ...]]:
    """What the cases look like, without the keys that the database gave."""
    columns = ("code", "number", "title", "state", "applicant_name", "opened_at", "ended_at", "due_on", "act_count")
    return list(Case.objects.order_by("code").values_list(*columns))


def test_the_record_holds_and_states_follow_from_acts(loaded: Loaded) -> None:
    assert loaded.cases == Case.objects.count() == NUMBER
    assert loaded.acts == Act.objects.count() == audit.counted()[0]
    assert audit.faults() == []


def test_the_counters_agree() -> None:
    assert counts.drift() == []
    assert Case.objects.filter(late=True).exists()
    assert Case.objects.exclude(proposed_by="").exists()


def test_every_act_is_one_that_its_table_permits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT a.id FROM casework_act a JOIN casework_case c ON c.id = a.case_id
            LEFT JOIN casework_permitted p ON p.procedure = c.procedure AND p.version = c.version AND p.step = a.step
            WHERE p.step IS NULL OR NOT a.role = ANY(p.roles)
               OR (cardinality(p.from_states) > 0 AND NOT a.from_state = ANY(p.from_states))
               OR a.to_state <> CASE p.to_state WHEN 'same' THEN a.from_state ELSE p.to_state END
               OR (a.actor_id IS NULL) <> (a.role = 'the_law')
               OR EXISTS (SELECT 1 FROM casework_act e WHERE e.case_id = a.case_id AND e.seq < a.seq AND (e.at > a.at
                   OR (e.actor_id = a.actor_id AND (p.second_person AND e.role <> a.role OR e.step = ANY(p.not_by)))))
        """)
        assert cursor.fetchall() == []


def test_it_looks_like_an_office_at_work() -> None:
    cases = Case.objects.all()
    still_open = cases.filter(ended_at=None)
    assert 0.2 < still_open.count() / NUMBER < 0.35
    assert 4 <= Act.objects.count() / NUMBER <= 7
    assert cases.aggregate(most=Max("act_count"))["most"] >= 20
    assert still_open.filter(due_on__lt=NOW).exists()
    assert still_open.filter(due_on__gte=NOW).exists()
    assert cases.values("state").distinct().count() >= 12
    assert cases.values("organ").distinct().count() >= 6
    assert Suspension.objects.filter(ends_on=None).exists()
    assert Deadline.objects.exclude(extended_by=None).exists()
    assert Participant.objects.filter(role="verifier").exists()
    assert Notice.objects.filter(read_at=None).exists()
    assert Application.objects.count() == NUMBER
    assert Decision.objects.filter(public=True).count() == Licence.objects.count() > 100
    assert Document.objects.filter(kind="paper", made_at=None).count() == 0
    assert not Case.objects.exclude(applicant_name__contains="示例").exists()


def test_clocks_are_what_the_engine_works_out() -> None:
    for deadline in Deadline.objects.select_related("case").prefetch_related("suspensions"):
        said = (deadline.due_on, deadline.explanation, deadline.provisional)
        clocks.work_out(deadline)
        assert said == (deadline.due_on, deadline.explanation, deadline.provisional), deadline
    for case in Case.objects.filter(ended_at=None):
        before = case.due_on
        clocks.cache_earliest(case)
        assert case.due_on == before, case
    assert not Deadline.objects.filter(stopped_at=None, case__ended_at__isnull=False).exists()


def test_nothing_rings_that_has_rung() -> None:
    assert not Deadline.objects.filter(ring_on__lte=timezone.localdate(NOW)).exists()


def test_numbers_have_no_gaps() -> None:
    for series in Series.objects.filter(word="许申"):
        numbers = Case.objects.filter(organ=series.organ_id, number__contains=f"许申〔{series.year}〕")
        assert numbers.count() == series.last
    twice = Document.objects.exclude(number="").values("organ", "number").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


def test_what_is_sealed_opens() -> None:
    application = Application.objects.select_related("item").latest("pk")
    assert application.contact["phone"] == "13800000001"
    assert set(application.answers)
    party = Party.objects.latest("pk")
    assert party.id_number.startswith("000000")
    assert party.address.startswith("北京市东城区")


def officer_of(case: Case) -> User:
    """Somebody who may open the case."""
    return User.objects.get(seats__organisation=case.organ_id, seats__role="head_of_organ")


def test_every_page_answers(client: Client) -> None:
    shown = set()
    for case in Case.objects.order_by("state", "-act_count"):
        if case.state in shown:
            continue
        shown.add(case.state)
        with_office = sign_in(Client(), officer_of(case)).get(f"/cases/{case.code}/")
        assert (with_office.status_code, case.number in with_office.content.decode()) == (200, True), case.state
        applicant = User.objects.filter(representations__party=case.applicant_id).first()
        assert applicant is not None
        with_applicant = sign_in(Client(), applicant).get(f"/cases/{case.code}/")
        assert with_applicant.status_code == 200, case.state
    busiest = User.objects.annotate(n=Count("handled_cases", filter=Q(handled_cases__ended_at=None))).latest("n")
    client = sign_in(client, busiest)
    for address in ("/desk/", "/desk/?tab=open", "/desk/?tab=overdue", "/desk/?tab=ended", "/my/notices/"):
        assert client.get(address).status_code == 200, address
    first = Case.objects.filter(ended_at=None, handler=busiest).order_by("due_on", "pk").first()
    assert first is not None
    assert first.number in client.get("/desk/?tab=mine").content.decode()


def test_work_goes_on_where_the_load_ends() -> None:
    """The next act continues the chain, the next numbers and keys follow, and the triggers are awake."""
    case = Case.objects.filter(state="under_review", ended_at=None).exclude(handler=None).latest("pk")
    standing = Standing(case.handler, timezone.localdate(NOW))  # type: ignore[arg-type]
    actor = standing.actors(case, ADVISE)[0]
    act = take(case, "advise", actor, NOW, Offer(facts={"proposal": "agree", "reasons": "同意。"}))
    assert act.pk == Act.objects.aggregate(last=Max("pk"))["last"]
    assert audit.faults() == []
    with pytest.raises(Exception, match="no state without its act"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="granted")


def test_another_seed_goes_behind_and_the_same_is_refused() -> None:
    with pytest.raises(Unwilling, match="seed 7"):
        load(20, SEED, 3, NOW)
    before = Case.objects.aggregate(last=Max("pk"))["last"]
    load(50, SEED + 1, 1, NOW + timedelta(minutes=1))
    assert Case.objects.filter(pk__gt=before).count() == 50
    assert audit.faults() == []


def test_a_seed_tells_everything() -> None:
    before = set(picture())
    seen = []
    for _ in range(2):
        with transaction.atomic():
            load(60, 99, 2, NOW)
            seen.append(set(picture()) - before)
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(seen[0]) == 60


def test_the_command_wants_a_demonstration() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        call_command("populate", cases=10, seed=1)
