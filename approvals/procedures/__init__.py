"""The procedures of this chapter: tables and nothing else."""

from approvals.procedures.bundle import BUNDLE
from approvals.procedures.bundle_part import BUNDLE_PART
from approvals.procedures.licence import LICENCE
from approvals.procedures.licence_change import LICENCE_CHANGE
from approvals.procedures.licence_in_force import LICENCE_IN_FORCE
from approvals.procedures.licence_renewal import LICENCE_RENEWAL
from approvals.procedures.rating import RATING
from casework.procedure import Procedure

PROCEDURES: tuple[Procedure, ...] = (
    LICENCE,
    LICENCE_CHANGE,
    LICENCE_RENEWAL,
    LICENCE_IN_FORCE,
    BUNDLE,
    BUNDLE_PART,
    RATING,
)
