"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from training.procedures.course import COURSE
from training.procedures.credential import CREDENTIAL
from training.procedures.exam import EXAM
from training.procedures.law_statement import LAW_STATEMENT

PROCEDURES: tuple[Procedure, ...] = (EXAM, COURSE, CREDENTIAL, LAW_STATEMENT)
