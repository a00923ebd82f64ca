"""The official papers of licensing (行政许可文书). Facts only; elements without an article are office practice."""

from approvals.papers.afterwards import AFTERWARDS
from approvals.papers.in_force import IN_FORCE
from approvals.papers.intake import INTAKE
from approvals.papers.joint import JOINT
from approvals.papers.outcome import OUTCOME
from approvals.papers.review import REVIEW
from casework.paper import Paper

PAPERS: tuple[Paper, ...] = (*INTAKE, *REVIEW, *JOINT, *OUTCOME, *AFTERWARDS, *IN_FORCE)
