"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from enforcement.procedures.compulsory_execution import COMPULSORY_EXECUTION
from enforcement.procedures.compulsory_measure import COMPULSORY_MEASURE
from enforcement.procedures.coordination import COORDINATION
from enforcement.procedures.criminal_referral import CRIMINAL_REFERRAL
from enforcement.procedures.file_evaluation import FILE_EVALUATION
from enforcement.procedures.fine_payment import FINE_PAYMENT
from enforcement.procedures.inspection import INSPECTION
from enforcement.procedures.penalty_ordinary import PENALTY_ORDINARY
from enforcement.procedures.penalty_simple import PENALTY_SIMPLE
from enforcement.procedures.plan import PLAN
from enforcement.procedures.publicity import PUBLICITY
from enforcement.procedures.transfer import TRANSFER

PROCEDURES: tuple[Procedure, ...] = (
    PENALTY_ORDINARY,
    PENALTY_SIMPLE,
    COMPULSORY_MEASURE,
    COMPULSORY_EXECUTION,
    FINE_PAYMENT,
    TRANSFER,
    CRIMINAL_REFERRAL,
    COORDINATION,
    PLAN,
    INSPECTION,
    FILE_EVALUATION,
    PUBLICITY,
)
