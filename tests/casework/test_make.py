"""Papers are made after the commit that ordered them, once, and what failed waits."""

import hashlib

import pytest
from django.db import IntegrityError, connections, transaction

from casework.actions import Offer, take
from casework.actions.make import make_papers
from casework.models import Document
from casework.printing.signing import verify_pdf
from tests.casework import sample
from tests.casework.conftest import World, make_world, moment
from tests.casework.test_take import accepted

AT = moment("2026-03-10T10:05")


def granted(world: World) -> Document:
    case = accepted(world)
    offer = Offer(facts={"reasons": "符合法定条件、标准"})
    take(case, "grant", world.actor(world.head, "head_of_organ"), moment("2026-03-10T10:00"), offer)
    return Document.objects.get(paper="sample_decision")


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def test_a_paper_is_rendered_signed_and_kept(world: World) -> None:
    document = granted(world)
    assert document.made_at is None
    assert make_papers(AT) == 2  # the receipt of the filing and the decision
    document.refresh_from_db()
    content = document.file.read()
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    verdict = verify_pdf(content, at=AT)
    assert (verdict.valid, verdict.signer) == (True, "示例区示例局")
    assert make_papers(AT) == 0


def test_what_was_issued_stands(world: World) -> None:
    document = granted(world)
    make_papers(AT)
    for change in ({"number": "x"}, {"title": "x"}, {"sha256": "0" * 64}):
        with pytest.raises(IntegrityError, match="an issued paper stands"), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)


def test_a_paper_that_cannot_be_made_waits_and_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    document = granted(world)
    Document.objects.filter(pk=document.pk).update(context={})
    assert make_papers(AT) == 1
    document.refresh_from_db()
    assert (document.made_at, document.attempts, document.next_try_at) == (None, 1, moment("2026-03-10T10:07"))
    assert "理由" in document.error
    assert make_papers(AT) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_make_the_same_paper() -> None:
    from concurrent.futures import ThreadPoolExecutor

    world = make_world()
    for minute in range(4):
        world.file(f"2026-03-02T09:{minute:02}")

    def work(_: int) -> int:
        try:
            return make_papers(AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 4
    assert sample.PAPERS[0].code == Document.objects.values_list("paper", flat=True).distinct().get()
