"""Which powers of today hold some words, in the order of their names: read out of the index of words alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from law.queries import asked

Statement = tuple[str, list[Any]]
_LEXEMES = """
SELECT tsvector_to_array(to_tsvector('simple', said)) FROM unnest(%s::text[]) WITH ORDINALITY given (said, place)
ORDER BY place
"""
NOTHING: Statement = ("SELECT name, version_id FROM powerlist_powerword WHERE false", [])


def holding(things: Sequence[Sequence[str]]) -> Statement:
    """(name, version_id) of the open versions that hold, of each of the things, all the words of one of its phrases."""
    given = _lexemes(tuple(asked(phrase) for thing in things for phrase in thing))
    rest = iter(given)
    parts = [_either([next(rest) for _ in thing]) for thing in things]
    return _together(parts)


@lru_cache(maxsize=4096)
def _lexemes(phrases: tuple[str, ...]) -> list[list[str]]:
    """The words of each phrase, as the database takes texts apart. One query, the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_LEXEMES, [list(phrases)])
        return [words for (words,) in cursor.fetchall()]


def _either(phrases: list[list[str]]) -> Statement:
    """Versions that hold one of the phrases. A single one is read as it lies; several are gathered first."""
    found = [_together([_of(word) for word in words]) for words in phrases if words]
    if not found:
        return NOTHING
    return " UNION ".join(statement for statement, _ in found), [value for _, values in found for value in values]


def _together(parts: list[Statement]) -> Statement:
    """Versions in all of the parts, which lie in the same order."""
    (first, values), *others = parts
    if not others:
        return first, values
    joins = "".join(f" JOIN ({other}) p{place} USING (name, version_id)" for place, (other, _) in enumerate(others))
    statement = f"SELECT name, version_id FROM ({first}) first{joins}"  # noqa: S608 - built of constants
    return statement, [*values, *(value for _, given in others for value in given)]


def _of(word: str) -> Statement:
    return "SELECT name, version_id FROM powerlist_powerword WHERE word = %s", [word]
