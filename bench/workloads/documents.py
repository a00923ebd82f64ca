"""The catalogue of 10,000 normative documents: full text with snippets, beside the bare SQL that finds the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from bench.arena import Apart, Arena, turns
from bench.client import request
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal
from bench.guards import holding
from bench.rounds import Loop, Runner, Web

COMMON = Goal("P8.documents.common", "documents, a common word: p95 of one client among 10,000", 100, 30, "ms")
SOME = Goal("P8.documents.word", "documents, a word of every fiftieth: p95 of one client among 10,000", 100, 30, "ms")
RARE = Goal("P8.documents.rare", "documents, the number of one: p95 of one client among 10,000", 100, 30, "ms")
PAGE = Goal("P8.documents.page", "page of a document among 10,000: p95 of one client", 100, 30, "ms")
SQL = Goal(
    "P8.documents.sql", "documents, a word of every fiftieth: how many times the p95 of the SQL alone", 10, 5, "×"
)
GOALS = (COMMON, SOME, RARE, PAGE, SQL)

PORTAL = Apart("documents 10k", 24, "documents.load", {"documents": 10_000})
APARTS = (PORTAL,)
ONE = "SELECT id FROM regulations_normativedocument WHERE title LIKE %s"
WORDS = {COMMON: "便民服务", SOME: "地下管线普查", RARE: "示例文件第5000件"}
# Whatever else a page does: which documents hold the words, the newest first.
ALONE = """
SELECT d.id, d.title, d.number, d.published_on FROM regulations_normativedocument d
WHERE casework_search_tokens(d.words, d.subject, d.organ_id, d.published_on)
      @@ (SELECT casework_search_query(ARRAY[%s], '{}', 'document_words'))
  AND d.published_on IS NOT NULL AND strpos(d.words, casework_plain(%s)) > 0
ORDER BY d.published_on DESC, d.id DESC LIMIT 21
"""


def run(arena: Arena) -> Iterator[Finding]:
    portal = arena.apart(PORTAL)
    runners: list[Runner] = [
        Web(portal, turns([request(f"/documents/?q={quote(words)}", {})]), holding("portal-hit"), goal.key)
        for goal, words in WORDS.items()
    ]
    ((pk,),) = arena.cluster.rows(PORTAL.database, ONE, f"{WORDS[RARE]}关于%")
    runners.append(Web(portal, turns([request(f"/documents/{pk}/", {})]), holding(WORDS[RARE]), PAGE.key))
    with arena.cluster.cursor(PORTAL.database) as cursor:
        runners.append(Loop("SQL alone", _alone(cursor, WORDS[SOME])))
        found = arena.rounds.compare(runners, alone=1, seconds=arena.rounds.short)
    for goal in (COMMON, SOME, RARE, PAGE):
        p95 = median_of(found[goal.key].of("p95"))
        yield Finding(goal, p95, f"{p95.middle:.1f} ms")
    ours, alone = found[SOME.key], found["SQL alone"]
    yield Finding(
        SQL, ratio(ours.of("p95"), alone.of("p95")), f"{ours.median('p95'):.1f} ms", f"SQL {alone.median('p95'):.1f} ms"
    )


def _alone(cursor: Any, words: str) -> Callable[[], None]:
    def statement() -> None:
        cursor.execute(ALONE, [words, words])
        assert len(cursor.fetchall()) == 21

    return statement
