"""By which words a sentence sets a licence, a penalty and the like, and whether its clause takes that back. Pure."""

from __future__ import annotations

import re

from regulations.rules.wordings import EXCUSES, SETS

_ENDS = re.compile("[，：；。]")


def words_setting(kind: str, sentence: str) -> str:
    """The words by which a sentence sets something of a kind; empty if it does not.

    What takes the suspicion away counts within the clause of these words alone: 不得收取其他费用，并收取管理费。
    """
    for wording in SETS[kind]:
        for match in wording.finditer(sentence):
            clause = _clause(sentence, match.start(), match.end())
            if not any(excuse.search(clause) for excuse in EXCUSES[kind]):
                return match[0]
    return ""


def _clause(sentence: str, start: int, end: int) -> str:
    begins = max((found.end() for found in _ENDS.finditer(sentence, 0, start)), default=0)
    after = _ENDS.search(sentence, end)
    return sentence[begins : after.start() if after else len(sentence)]
