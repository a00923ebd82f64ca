"""What the list demands of an item, and what the gates of its change look at. Pure."""

from powerlist.rules.basis_change import *  # noqa: F403
from powerlist.rules.change import *  # noqa: F403 - every predicate is public, and each is named once
