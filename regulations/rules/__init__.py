"""What documents, their texts and the gates of their procedures follow. Pure."""

from regulations.rules.consulting import *  # noqa: F403
from regulations.rules.issuing import *  # noqa: F403
from regulations.rules.making import *  # noqa: F403 - every predicate is public, and each is named once
