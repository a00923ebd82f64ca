"""What the gates of the approval procedures look at: an application, a bundle with its parts, a licence in force,
a rating."""

from approvals.rules.applications import *  # noqa: F403 - every predicate is public, and each is named once
from approvals.rules.bundles import *  # noqa: F403
from approvals.rules.in_force import *  # noqa: F403
from approvals.rules.ratings import *  # noqa: F403
