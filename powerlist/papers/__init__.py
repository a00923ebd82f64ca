"""The official papers of a change of the list, and how a case fills them."""

from powerlist.papers.contexts import CONTEXTS
from powerlist.papers.table import PAPERS

__all__ = ["CONTEXTS", "PAPERS"]
