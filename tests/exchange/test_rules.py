"""The language of the exchange: what is signed stays what it is, and nothing else is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.rules import bodies, ledger, letters, signed
from exchange.rules.ledger import DIFFERENT, MISSING_HERE, MISSING_THERE, Entry, Question, Total
from exchange.rules.letters import TAKEN, Answer
from tests.approvals.conftest import moment
from tests.exchange.samples import CITY, DISTRICT, STATUS, filing, letter

SEED = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
OTHER_SEED = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
BY, OTHER = signed.signer(CITY, 1, SEED), signed.signer(DISTRICT, 1, OTHER_SEED)
KEYS = {BY.key: BY.private.public_key(), OTHER.key: OTHER.private.public_key()}
AT = moment("2026-03-02T09:05")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
CONTENT = st.dictionaries(TEXT.filter(lambda name: name not in ("key", "signature")), VALUES, max_size=5)


@given(CONTENT)
def test_the_same_content_has_the_same_bytes_and_comes_back(content: dict[str, Any]) -> None:
    backwards = dict(reversed(content.items()))
    assert signed.canonical(content) == signed.canonical(backwards)
    assert signed.parsed(signed.canonical(content)) == content


@given(CONTENT)
def test_what_was_signed_is_opened_for_its_purpose_only(content: dict[str, Any]) -> None:
    data = signed.sign(signed.MESSAGE, content, BY)
    assert signed.opened(signed.MESSAGE, data, KEYS) == {**content, "key": BY.key}
    with pytest.raises(signed.Unsigned):
        signed.opened(signed.ANSWER, data, KEYS)


@given(st.data())
def test_one_changed_byte_is_never_believed(data: st.DataObject) -> None:
    whole = bytearray(letters.written(letter("status", STATUS), AT, BY))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((signed.Malformed, signed.Unsigned)):
        letters.read(bytes(whole), KEYS)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"null", b"{", b'{"a":1,"a":2}', b'{"a":1.5}', b'{"a":NaN}', b'{"a":1e400}', b"\xff\xfe{}",
        b'{"a":' * 3000 + b"1" + b"}" * 3000, b'{"a":' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_plain_object_is_malformed(text: bytes) -> None:
    with pytest.raises(signed.Malformed):
        signed.parsed(text)


@pytest.mark.parametrize("value", [1.5, b"x", {1: 2}, {"a": "\ud800"}, [object()]])
def test_what_cannot_be_written_one_way_is_not_written(value: Any) -> None:
    with pytest.raises(signed.Malformed):
        signed.canonical({"value": value})


def test_a_message_comes_back_with_the_time_of_its_copy() -> None:
    one = letter("status", STATUS)
    assert letters.read(letters.written(one, AT, BY), KEYS) == (one, AT)


def test_a_copy_sent_later_says_the_same() -> None:
    one = letter("status", STATUS)
    first, later = (letters.read(letters.written(one, at, BY), KEYS)[0] for at in (AT, AT + timedelta(days=3)))
    assert first.digest == later.digest
    assert replace(one, body={**STATUS, "label": "办结"}).digest != one.digest


def test_a_message_under_the_key_of_somebody_else_is_not_believed() -> None:
    with pytest.raises(signed.Unsigned):
        letters.read(letters.written(letter("status", STATUS), AT, OTHER), KEYS)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "1"}, {"sender": "city"}, {"kind": "Status"}, {"stream": ""}, {"stream": "a\x00b"}, {"sequence": 0},
        {"sequence": True}, {"written_at": "2026-03-02T09:00:00"}, {"written_at": "2026-02-31T09:00:00+08:00"},
        {"written_at": "2026-03-02T09:00:00.000000+08:00"}, {"body": []},
    ],
)  # fmt: skip
def test_an_envelope_that_is_not_as_its_schema_says_is_malformed(changes: dict[str, Any]) -> None:
    one = replace(letter("status", STATUS), **changes)
    key = signed.signer(one.sender, 1, SEED)
    with pytest.raises(signed.Malformed):
        letters.read(letters.written(one, AT, key), {key.key: key.private.public_key()})


def test_nothing_that_is_too_long_is_read() -> None:
    with pytest.raises(signed.Malformed, match="too long"):
        letters.read(b" " * (letters.MOST_BYTES + 1), KEYS)


def test_only_an_answer_about_this_message_counts() -> None:
    asked = replace(letter("status", STATUS), sender=DISTRICT, receiver=CITY)
    answer = Answer(asked.id, asked.digest, TAKEN)
    assert letters.read_answer(letters.answered(answer, BY), asked, KEYS) == answer
    for wrong in (replace(answer, digest="0" * 64), replace(answer, id=letter("status", STATUS).id)):
        with pytest.raises(signed.Malformed):
            letters.read_answer(letters.answered(wrong, BY), asked, KEYS)
    with pytest.raises(signed.Unsigned):
        letters.read_answer(letters.answered(answer, OTHER), asked, KEYS)


@pytest.mark.parametrize(("kind", "body"), [("status", STATUS), ("filing", filing())])
def test_a_body_is_as_its_schema_says(kind: str, body: dict[str, Any]) -> None:
    assert bodies.of_body(kind, body) == []
    for name in body:
        without = {other: value for other, value in body.items() if other != name}
        assert bodies.of_body(kind, without) or name in ("organ",)
    assert bodies.of_body(kind, {**body, "more": 1})
    assert bodies.of_body("unknown", body)


def test_faults_name_the_place_and_quote_no_value() -> None:
    body = filing(applicant={**filing()["applicant"], "id_kind": "号码一一零", "id_number": "秘" * 500})
    said = "；".join(bodies.of_body("filing", body))
    assert "applicant.id_kind：不在允许的取值之内" in said
    assert "applicant.id_number：过长" in said
    assert "号码" not in said
    assert "秘" not in said


def test_files_stay_outside_of_what_people_repair() -> None:
    came = filing()
    read = json.loads(json.dumps(bodies.shown(came)))
    assert all(len(one["content"]) < 10 for one in read["materials"])
    assert bodies.restored(read, came) == came
    read["materials"].reverse()
    assert bodies.restored(read, came)["materials"] == came["materials"][::-1]
    read["materials"][0]["content"] = "（原样）99"
    assert bodies.of_body("filing", bodies.restored(read, came))


@given(CONTENT)
def test_a_body_differs_from_another_at_its_changed_places(content: dict[str, Any]) -> None:
    assert bodies.changed(content, content) == []
    assert bodies.changed(content, {**content, "key": "x"}) == ["key"]


def test_a_book_answers_its_question_only() -> None:
    question = Question(DISTRICT, CITY, "n" * 32, "2026-03-02", "out", "")
    entries = [Entry(letter("status", STATUS).id, "status", "0" * 64, True) for _ in range(3)]
    entries.sort(key=lambda entry: entry.id)
    total = Total("out", "status", 3, ledger.digest_of((one.id, one.digest) for one in entries))
    assert ledger.read_question(ledger.asked(question, OTHER), KEYS) == question
    said = ledger.told(question, [total], entries, False, BY)
    assert ledger.read_told(said, question, KEYS) == ([total], entries, False)
    with pytest.raises(signed.Malformed):
        ledger.read_told(said, replace(question, nonce="m" * 32), KEYS)
    with pytest.raises(signed.Malformed):
        ledger.read_told(ledger.told(question, [], entries[::-1], False, BY), question, KEYS)
    with pytest.raises(signed.Unsigned):
        ledger.read_told(ledger.told(question, [], [], False, OTHER), question, KEYS)


IDS = st.sampled_from("abcdefgh")
BOOKS = st.dictionaries(IDS, st.tuples(st.sampled_from("xy"), st.booleans()))


@given(BOOKS, BOOKS, st.booleans())
def test_every_message_is_equal_or_on_its_way_or_different(ours: Any, theirs: Any, outgoing: bool) -> None:
    here, there = (
        {key: Entry(key, "status", digest, done) for key, (digest, done) in book.items()} for book in (ours, theirs)
    )
    found, pending = ledger.compared(here, there, outgoing)
    sender = here if outgoing else there
    for key, _, what in found:
        assert (what == DIFFERENT) == (key in here and key in there)
        assert (what == MISSING_HERE) == (key not in here)
        assert (what == MISSING_THERE) == (key not in there)
    equal = [key for key in here.keys() & there.keys() if here[key].digest == there[key].digest and sender[key].done]
    assert len(found) + pending + len(equal) == len(here.keys() | there.keys())
