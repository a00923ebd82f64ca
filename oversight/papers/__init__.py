"""The official papers of oversight, and how a case fills them."""

from oversight.papers.contexts import CONTEXTS
from oversight.papers.table import PAPERS

__all__ = ["CONTEXTS", "PAPERS"]
