"""Who is told of what. A notice is a row written with the act or the ring; `key` makes it one, whatever is retried.

The inbox has everything. For whoever wants e-mail or SMS besides there is one more row for each channel, written in the
same transaction and sent by `actions.send` after the commit. A party that was taken in at the window and left a number
has no inbox: it gets the SMS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts import reach
from accounts.models import Party, Representation
from casework import channels, lamps, registry, telling
from casework.lamps import Ring
from casework.models import Act, Case, Deadline, Notice
from casework.procedure import State, Step
from casework.queries.readers import Readers
from casework.signals import notices_written

LONGEST = 200  # signs of a subject
APPLICANTS = frozenset({"citizen", "legal_person", "agent"})


class _Row(NamedTuple):
    """One notice to be written. A row of the inbox has arrived when it is written; others wait to be sent."""

    key: str
    case_id: int | None
    act_id: int | None
    deadline_id: int | None
    to_id: int | None
    party_id: int | None
    channel: str
    urgency: str
    subject: str
    body: str


# As one statement however many there are: a minute in which a hundred thousand clocks ring is written in batches.
_WRITE = """
INSERT INTO casework_notice (
    key, case_id, act_id, deadline_id, to_id, party_id, channel, urgency, subject, body,
    created_at, sent_at, next_try_at, sent_to, attempts, error
)
SELECT r.*, at, CASE WHEN channel = 'inbox' THEN at END, CASE WHEN channel <> 'inbox' THEN at END, '', 0, ''
FROM unnest(
    %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::text[], %s::text[], %s::text[], %s::text[]
) AS r (key, case_id, act_id, deadline_id, to_id, party_id, channel, urgency, subject, body),
(VALUES (%s::timestamptz)) AS written (at)
ON CONFLICT (key) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class _Cause:
    """What notices are about: the beginning of their keys, and the columns that they share."""

    key: str
    case_id: int | None = None
    act_id: int | None = None
    deadline_id: int | None = None
    urgency: str = "info"

    def to_account(self, pk: int, words: telling.Words, chosen: Iterable[str]) -> Iterator[_Row]:
        """An account is told in its inbox, and over the further channels that it has chosen."""
        yield self._row(f"{self.key}:{pk}", Notice.Channel.INBOX.value, words.subject, words.body, to=pk)
        for channel in chosen:
            body = telling.sms(words, settings.SMS_SIGN, online=True) if channel == reach.SMS else words.body
            yield self._row(f"{self.key}:{pk}:{channel}", channel, words.subject, body, to=pk)

    def to_party(self, pk: int, words: telling.Words) -> _Row:
        """A party without an account is told by SMS."""
        body = telling.sms(words, settings.SMS_SIGN, online=False)
        return self._row(f"{self.key}:party:{pk}:sms", Notice.Channel.SMS.value, words.subject, body, party=pk)

    def _row(
        self, key: str, channel: str, subject: str, body: str, to: int | None = None, party: int | None = None
    ) -> _Row:
        about = (self.case_id, self.act_id, self.deadline_id)
        return _Row(key, *about, to, party, channel, self.urgency, subject[:LONGEST], body)


@dataclass(frozen=True, slots=True)
class Told:
    """Whom an act is told to: accounts, with channels chosen besides the inbox, and parties without an account."""

    accounts: Collection[int]
    applicants: Collection[int]
    chosen: Mapping[int, Sequence[str]]
    offline: Collection[Party]
    until: date | None


def told(act: Act, case: Case, row: Step) -> Told | None:
    """Everybody whom the row says must be told of the act; the actor already knows."""
    if not row.tells:
        return None
    on = timezone.localdate(act.at)
    everybody = Readers([case], on)
    accounts = {user_id for audience in row.tells for user_id in everybody.of(audience, case)} - {act.actor_id}
    return Told(
        sorted(accounts),
        everybody.of("applicant", case) if "applicant" in row.tells else (),
        _chosen(accounts),
        sorted({party for each in row.tells for party in _without_account(each, case, on)}, key=lambda one: one.pk),
        _waits_until(case, _place(case)),
    )


def tell(act: Act, case: Case, to: Told) -> None:
    """Write the notices of an act, which name the case by its number."""
    said: dict[str, Any] = {
        "title": case.title, "number": case.number, "label": act.label, "place": _place(case).label,
        "besides": registry.chapter_of(case.procedure).said(case, act),
    }  # fmt: skip
    words, own = telling.of_act(**said), telling.of_act(**said, until=to.until)
    cause = _Cause(f"act:{act.pk}", case.pk, act_id=act.pk)
    rows: list[_Row] = []
    for pk in to.accounts:
        rows += cause.to_account(pk, own if pk in to.applicants else words, to.chosen.get(pk, ()))
    for party in to.offline:
        rows.append(cause.to_party(party.pk, own if party.pk == case.applicant_id else words))
    _write(rows, act.at)


def _place(case: Case) -> State:
    return registry.procedure(case.procedure, case.version).state(case.state)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One reminder of one case. `key` names it once; `due_on` is the day that is spoken of."""

    key: str
    case: Case
    ring: Ring
    due_on: date | None
    clock: Deadline | None = None


def remind(rung: Iterable[tuple[Deadline, Ring]], at: datetime) -> None:
    """Write the reminders of clocks that rang; a second call with the same rings writes nothing.

    Whoever has to act in a case below that has the time of the clock's case is reminded in that one.
    """
    rings = list(rung)
    heard = [_Heard(f"ring:{clock.pk}:{ring.code}", clock.case, ring, clock.due_on, clock) for clock, ring in rings]
    below = _within([clock.case for clock, _ in rings if clock.owner == Deadline.Owner.CASE])
    for clock, ring in rings:
        for case in below.get(clock.case_id, ()) if clock.owner == Deadline.Owner.CASE else ():
            heard.append(_Heard(f"ring:{clock.pk}:{ring.code}:{case.pk}", case, ring, clock.due_on, clock))
    _remind(heard, at)


def remind_of(kind: str, days: Iterable[tuple[Case, Ring, date]], at: datetime) -> None:
    """The same of days that no clock carries, such as one that an organ promised; `kind` says what day it is."""
    heard = [_Heard(f"{kind}:{case.pk}:{day}:{ring.code}", case, ring, day) for case, ring, day in days]
    _remind(heard, at)


def _remind(heard: Sequence[_Heard], at: datetime) -> None:
    everybody = Readers({one.case.pk: one.case for one in heard}.values(), timezone.localdate(at))
    told = [_reminded(one, everybody) for one in heard]
    chosen = _chosen(set().union(*told))
    rows: list[_Row] = []
    for one, readers in zip(heard, told, strict=True):
        case, code = one.case, one.ring.code
        words = telling.of_ring(title=case.title, number=case.number, words=one.ring.words, due_on=one.due_on)
        urgency = {"before": "soon", "last_day": "today"}.get(code, "overdue")
        clock = one.clock.pk if one.clock else None
        cause = _Cause(one.key, case.pk, deadline_id=clock, urgency=urgency)
        for pk in sorted(readers):
            rows += cause.to_account(pk, words, chosen.get(pk, ()))
    _write(rows, at)


def _reminded(one: _Heard, everybody: Readers) -> set[int]:
    """Whoever has to act, and those who lead them. Where only outsiders have to, they alone are reminded of their own
    time until it is over, and the organ of a clock of its own that runs meanwhile."""
    case, ring = one.case, one.ring
    if ring.audiences == ("applicant",):
        return everybody.of("applicant", case)
    if one.clock and one.clock.owner == Deadline.Owner.ORGAN:
        return set().union(*(everybody.holders(role, [one.clock.organ_id or 0]) for role in ring.audiences))
    place, acting = _place(case), everybody.acting(case)
    theirs = acting.outside and one.clock is not None and one.clock.key in place.clocks
    if theirs and ring.offset > 0:
        return set()
    readers = set[int]()
    for audience in (lamps.ACTING,) if theirs else ring.audiences:
        if audience != lamps.ACTING:
            readers |= everybody.holders(audience, acting.organs)
        elif acting.outside and not theirs:
            readers |= everybody.of("case_officer", case)
        else:
            readers |= acting.accounts
            readers |= {case.handler_id} if case.handler_id and not theirs and case.organ_id in acting.organs else set()
    return readers


def _within(cases: Iterable[Case]) -> dict[int, list[Case]]:
    """The open cases below some cases that have their time and do not wait for them. One query, or none."""
    tables: dict[tuple[str, date], list[str]] = {}
    codes: dict[int, list[str]] = {}
    for case in cases:
        key = (case.procedure, case.version)
        if key not in tables:
            tables[key] = registry.within(registry.procedure(*key))
        if tables[key]:
            codes[case.pk] = tables[key]
    found: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(parent__in=sorted(codes), ended_at=None).order_by("pk") if codes else ():
        above = case.parent_id or 0
        if case.procedure in codes[above] and not _place(case).waits:
            found[above].append(case)
    return found


def tell_people(cause: str, told: Mapping[int, telling.Words], at: datetime) -> None:
    """Tell accounts of something that is no case. `cause` names it once: a second call writes nothing."""
    chosen = _chosen(told)
    rows = [row for pk, words in told.items() for row in _Cause(cause).to_account(pk, words, chosen.get(pk, ()))]
    _write(rows, at)


def tell_applicant(cause: str, case: Case, words: telling.Words, at: datetime) -> None:
    """Tell whoever applied of something that is no act of the case: in their accounts, by SMS where there is none."""
    on = timezone.localdate(at)
    readers = Readers([case], on).of("applicant", case)
    chosen, about = _chosen(readers), _Cause(cause, case.pk)
    rows = [row for pk in sorted(readers) for row in about.to_account(pk, words, chosen.get(pk, ()))]
    rows += [about.to_party(party.pk, words) for party in _without_account("applicant", case, on)]
    _write(rows, at)


def _chosen(user_ids: Iterable[int]) -> dict[int, list[str]]:
    """The channels besides the inbox that these accounts have chosen and this deployment has."""
    available = channels.available()
    wanted = reach.chosen(user_ids) if available else {}
    return {pk: [name for name in names if name in available] for pk, names in wanted.items()}


def _write(rows: Sequence[_Row], at: datetime) -> None:
    """Keep the rows; what is already there stays as it is. After the commit a worker is rung for."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*map(list, zip(*rows, strict=True)), at])
    if any(row.channel != Notice.Channel.INBOX for row in rows):
        transaction.on_commit(lambda: notices_written.send(sender=Notice))


def _waits_until(case: Case, place: State) -> date | None:
    """The last day on which the applicant has to do something, where the case waits for them under a clock."""
    if not APPLICANTS & set(place.responsible):
        return None
    running = Deadline.objects.filter(case=case, key__in=place.clocks, owner="case", stopped_at=None)
    return running.exclude(due_on=None).order_by("due_on").values_list("due_on", flat=True).first()


def _without_account(audience: str, case: Case, on: date) -> set[Party]:
    """The parties of an audience for whom no account acts and who left a mobile number."""
    if Notice.Channel.SMS not in channels.available():
        return set()
    found = [party for party in _parties(audience, case) if reach.number(party)]
    if not found:
        return set()
    acted_for = set(
        Representation.objects.at(on)
        .filter(party__in=found, revoked_at=None, user__is_active=True)
        .values_list("party_id", flat=True)
    )
    return {party for party in found if party.pk not in acted_for}


def _parties(audience: str, case: Case) -> list[Party]:
    if audience == "applicant":
        return [case.applicant] if case.applicant else []
    if audience == "third_party":
        parts = case.participants.filter(role="third_party", until=None, party__isnull=False).select_related("party")
        return [part.party for part in parts if part.party]
    return []
