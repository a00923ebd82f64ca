"""What the gates of the approval procedures look at: an application, and a licence in force."""

from approvals.rules.applications import *  # noqa: F403 - every predicate is public, and each is named once
from approvals.rules.in_force import *  # noqa: F403
