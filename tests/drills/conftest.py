"""The sample procedure, whose clocks the drill of notices rings."""

from tests.casework.conftest import sample_chapter  # noqa: F401
