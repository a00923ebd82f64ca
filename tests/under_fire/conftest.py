"""The people and items of licensing, for whatever attacks the portal as a whole."""

from tests.approvals.conftest import district, media, world

__all__ = ["district", "media", "world"]
