"""What the chapter computes without asking anything: the standing of a document, names of its kinds, the scan, and
the gates of its procedures."""

from regulations.rules.consulting import *  # noqa: F403
from regulations.rules.filing import *  # noqa: F403
from regulations.rules.issuing import *  # noqa: F403
from regulations.rules.making import *  # noqa: F403 - every predicate is public, and each is named once
from regulations.rules.validity import *  # noqa: F403
