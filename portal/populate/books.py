"""The books in which the load is kept until it is written: a sheet for each table, the numbers, the record."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection

from accounts.encryption import encrypt, of_row
from accounts.models import Organisation
from approvals.models import Application, Licence
from casework import registry
from casework.models import Case, Deadline, Decision, Document, Notice, Participant, Series, Suspension
from casework.models.case import CODE_ALPHABET
from casework.procedure import Procedure
from portal.populate import words
from portal.populate.calendar import Clockwork, Days, utc
from portal.populate.record import Record, as_json
from portal.populate.rows import Matter, rows_of
from portal.populate.sheet import NULL, Sheet

TOLD_FOR = timedelta(days=180)  # how long notices stay in an inbox
_TRIPLES = [a + b + c for a in CODE_ALPHABET for b in CODE_ALPHABET for c in CODE_ALPHABET]


class Walked(Protocol):
    """What the books ask of a case that is on its way. `at` is an instant in UTC without its zone."""

    key: int
    number: str
    state: str
    at: str
    on: date
    matter: Matter


class Books:
    """Everything that the cases of one load share."""

    def __init__(
        self, table: Procedure, days: Days, law: Clockwork, seed: int, at: datetime, file: str, sha256: str
    ) -> None:
        """`file` is the stored sample that stands for every material and paper."""
        self.table, self.days, self.law = table, days, law
        self.chance, self._codes = random.Random(seed), random.Random(f"codes {seed}")  # noqa: S311 - samples
        self.rows = rows_of(table)
        self.told_since = days.today - TOLD_FOR
        self.case_word = registry.chapter_of(table.code).case_word
        self._final = {each.name for each in table.states if each.final}
        self._labels = {each.name: each.label for each in table.states}
        self._series: dict[tuple[int, str, int], int] = {}
        self.record = Record(utc(at))
        self.cases = Sheet(
            Case, "code", "number", "matter", "title", "state", "organ_id", "handler_id", "applicant_id",
            "applicant_name", "filed_by_id", "channel", "service_point_id", "opened_at", "ended_at", "act_count",
            "due_on", procedure=table.code, version=table.since.isoformat(),
        )  # fmt: skip
        self.deadlines = Sheet(
            Deadline, "case_id", "key", "rule", "limit_id", "triggered_at", "due_on", "set_by_paper", "extended_by_id",
            "provisional", "explanation", "started_by_id", "stopped_by_id", "stopped_at", "ring_on", "rings",
        )  # fmt: skip
        self.suspensions = Sheet(
            Suspension, "deadline_id", "reason", "starts_on", "ends_on", "expected_until", "started_by_id",
            "ended_by_id",
        )  # fmt: skip
        self.documents = Sheet(
            Document, "token", "kind", "case_id", "act_id", "slot", "paper", "title", "number", "organ_id",
            "added_by_id", "added_at", "issued_on", "made_at", "scan", "scanned_at", "scanned_by",
            content_type="application/pdf", file=file, sha256=sha256, size="303",
        )  # fmt: skip
        self.decisions = Sheet(
            Decision, "case_id", "act_id", "document_id", "organ_id", "kind", "outcome", "party_id", "decided_on",
            "remedy", "public", "summary", "served_on",
        )  # fmt: skip
        self.applications = Sheet(Application, "case_id", "item_id", "answers", "contact", "declared_by", "declared_at",
                                  consents_to_electronic_service="t")  # fmt: skip
        self.licences = Sheet(
            Licence, "case_id", "number", "title", "item_id", "organ_id", "holder_id", "holder_name", "scope",
            "valid_from", "valid_to", "issued_on", "delivered_on",
        )  # fmt: skip
        self.parts = Sheet(Participant, "case_id", "role", "user_id", "act_id", "since")
        self.notices = Sheet(
            Notice, "key", "case_id", "act_id", "to_id", "subject", "body", "created_at", "sent_at", "read_at"
        )
        self.sheets: Sequence[Sheet] = (
            self.cases, self.record.acts, self.deadlines, self.suspensions, self.documents, self.decisions,
            self.applications, self.licences, self.parts, self.notices,
        )  # fmt: skip
        self._answers, self._contact = (Application._meta.get_field(name) for name in ("answers", "contact"))

    def known(self) -> bool:
        """Whether the cases of this seed are there already: they would have the same codes. Asked before the first."""
        state = self._codes.getstate()
        first = self.new_code()
        self._codes.setstate(state)
        return Case.objects.filter(code=first).exists()

    def ends(self, state: str) -> bool:
        return state in self._final

    def new_code(self) -> str:
        bits = self._codes.getrandbits(75)
        return "".join(_TRIPLES[bits >> shift & 0x7FFF] for shift in (0, 15, 30, 45, 60))

    def _token(self) -> str:
        return base64.urlsafe_b64encode(self._codes.randbytes(16))[:22].decode()

    def number(self, organ: Organisation, word: str, year: int) -> str:
        """The next number of an organ, without a gap, as `casework.actions.numbers` gives it."""
        key = (organ.pk, word, year)
        last = self._series[key] = self._series.get(key, 0) + 1
        return f"{organ.word}{word}〔{year}〕{last}号"

    def reread_numbers(self) -> None:
        """Take over where the series stand, and keep others from taking numbers meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE casework_series IN EXCLUSIVE MODE")
        self._series = {(one.organ_id, one.word, one.year): one.last for one in Series.objects.all()}

    def keep_numbers(self) -> None:
        """Write down which numbers were given."""
        with connection.cursor() as cursor:
            for (organ, word, year), last in self._series.items():
                cursor.execute(
                    "INSERT INTO casework_series (organ_id, word, year, last) VALUES (%s, %s, %s, %s) "
                    "ON CONFLICT (organ_id, word, year) DO UPDATE SET last = EXCLUDED.last",
                    [organ, word, year, last],
                )

    def application(self, case: Walked, declared_by: str) -> None:
        key = self.applications.reserve()
        place = f"{self.chance.choice(words.STREETS)}{self.chance.randrange(1, 300)}号"
        answers = {**case.matter.answers}
        for name in answers:
            if name.endswith(("address", "place")):
                answers[name] = f"北京市东城区{place}（示例）"
        contact = {"name": "示例联系人", "phone": "13800000001", "address": f"北京市东城区{place}（示例）"}
        self.applications.keyed(
            key, case.key, case.matter.item.pk, self._sealed(self._answers, key, answers),
            self._sealed(self._contact, key, contact), declared_by, f"{case.at}+00",
        )  # fmt: skip

    def _sealed(self, field: Any, key: int, value: Any) -> str:
        return encrypt(as_json(value), of_row(field.purpose, key))

    def material(self, case: Walked, act: int, slot: str, title: str, by: int | None) -> None:
        at = f"{case.at}+00"
        self.documents.add(
            self._token(), "material", case.key, act, slot, "", title, "", NULL, by or NULL, at, NULL, NULL, "clean",
            at, "none",
        )  # fmt: skip

    def paper(self, case: Walked, act: int, code: str, title: str, number: str) -> int:
        at = f"{case.at}+00"
        return self.documents.add(
            self._token(), "paper", case.key, act, "", code, title, number, case.matter.office.organ.pk, NULL, at,
            case.on, at, "held", NULL, "",
        )  # fmt: skip

    def notice(self, case: Walked, act: int, to: int, label: str) -> None:
        at = f"{case.at}+00"
        body = f"案号{case.number}，现处于“{self._labels[case.state]}”环节。"
        self.notices.add(
            f"act:{act}:{to}", case.key, act, to, f"{case.matter.title}：{label}", body, at, at,
            at if self.chance.random() < 0.8 else NULL,
        )  # fmt: skip
