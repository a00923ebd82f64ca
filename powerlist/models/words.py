"""The words of the powers that stand open, each in the order of the powers' names: the index of the list's search."""

from __future__ import annotations

import pgtrigger
from django.db import models

# The words of versions as rows; `version` is a row of theirs.
WORDS = "SELECT word, {version}.name, {version}.id FROM unnest(tsvector_to_array({version}.search)) word"
FILL = f"""
INSERT INTO powerlist_powerword (word, name, version_id)
SELECT found.* FROM powerlist_powerversion v, LATERAL ({WORDS.format(version="v")}) found WHERE v.until IS NULL
"""  # noqa: S608 - constants of this module


def keeping() -> pgtrigger.Trigger:
    """The trigger that keeps the words of a version as long as it has no end."""
    return pgtrigger.Trigger(
        name="words_kept",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("until"),
        when=pgtrigger.After,
        func=f"""
        IF TG_OP = 'UPDATE' THEN
            DELETE FROM powerlist_powerword WHERE (word, name, version_id) IN ({WORDS.format(version="OLD")});
        END IF;
        IF NEW.until IS NULL THEN
            INSERT INTO powerlist_powerword (word, name, version_id) {WORDS.format(version="NEW")};
        END IF;
        RETURN NULL;
        """,  # noqa: S608
    )


class PowerWord(models.Model):
    """That a power holds a word. Its key is the index: a page of hits is one stretch of it, however many there are.

    Kept by a trigger of the versions in the owner's name; of versions that have their end there is nothing here.
    """

    pk = models.CompositePrimaryKey("word", "name", "version_id")
    word = models.TextField()
    name = models.CharField(max_length=200)
    version = models.ForeignKey("powerlist.PowerVersion", models.PROTECT, related_name="words", db_index=False)

    class Meta:
        verbose_name = "权责事项用词"

    def __str__(self) -> str:
        return f"{self.word} {self.version_id}"
