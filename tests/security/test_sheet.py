"""docs/security-matrix.md is the policy in words: it is never behind."""

from pathlib import Path

from tests.security.sheet import sheet

PLACE = Path(__file__).parents[2] / "docs" / "security-matrix.md"


def test_the_sheet_is_up_to_date() -> None:
    written = sheet()
    if PLACE.read_text(encoding="utf-8") != written:
        PLACE.write_text(written, encoding="utf-8")
        raise AssertionError(
            f"{PLACE.name} was behind tests/security/policy.py; it is written anew, read and commit it"
        )
