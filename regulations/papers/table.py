"""Every paper of the chapter."""

from regulations.papers import making

PAPERS = (*making.PAPERS,)
