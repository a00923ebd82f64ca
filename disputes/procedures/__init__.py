"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from disputes.procedures.litigation import LITIGATION
from disputes.procedures.mediation import MEDIATION
from disputes.procedures.opinion_letter import OPINION_LETTER
from disputes.procedures.petition import PETITION
from disputes.procedures.reconsideration import RECONSIDERATION

PROCEDURES: tuple[Procedure, ...] = (RECONSIDERATION, OPINION_LETTER, PETITION, MEDIATION, LITIGATION)
