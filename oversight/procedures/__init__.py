"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from oversight.procedures.accountability import ACCOUNTABILITY
from oversight.procedures.annual_report import ANNUAL_REPORT
from oversight.procedures.assessment import ASSESSMENT
from oversight.procedures.audit import AUDIT
from oversight.procedures.complaint import COMPLAINT
from oversight.procedures.judicial_advice import JUDICIAL_ADVICE
from oversight.procedures.proposal import PROPOSAL
from oversight.procedures.supervision import SUPERVISION
from oversight.procedures.trader_report import TRADER_REPORT

PROCEDURES: tuple[Procedure, ...] = (
    COMPLAINT,
    TRADER_REPORT,
    PROPOSAL,
    JUDICIAL_ADVICE,
    SUPERVISION,
    AUDIT,
    ACCOUNTABILITY,
    ASSESSMENT,
    ANNUAL_REPORT,
)
