"""The sample procedure, whose clocks the drill of notices rings."""

from tests.casework.conftest import sample_chapter

__all__ = ["sample_chapter"]
