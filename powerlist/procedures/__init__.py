"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from powerlist.procedures.basis_change import BASIS_CHANGE
from powerlist.procedures.change import CHANGE

PROCEDURES: tuple[Procedure, ...] = (CHANGE, BASIS_CHANGE)
