"""All tables of the house, gathered from the chapters."""

from importlib import import_module

from casework.procedure import Procedure
from casework.sheets import Words, house_words
from casework.sheets.library import paper_titles

CHAPTERS = (
    "approvals",
    "powerlist",
    "regulations",
    "decisions",
    "disclosure",
    "enforcement",
    "disputes",
    "oversight",
    "training",
)

TABLES: dict[str, Procedure] = {
    table.code: table for chapter in CHAPTERS for table in import_module(f"{chapter}.procedures").PROCEDURES
}


def words() -> Words:
    return house_words(TABLES, paper_titles())
