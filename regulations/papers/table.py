"""Every paper of the chapter."""

from regulations.papers import filing, making, validity

PAPERS = (*making.PAPERS, *filing.PAPERS, *validity.PAPERS)
