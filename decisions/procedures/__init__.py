"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from decisions.procedures.catalogue import CATALOGUE
from decisions.procedures.major_decision import MAJOR_DECISION

PROCEDURES: tuple[Procedure, ...] = (CATALOGUE, MAJOR_DECISION)
