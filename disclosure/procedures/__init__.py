"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from disclosure.procedures.dataset import DATASET
from disclosure.procedures.dataset_access import DATASET_ACCESS
from disclosure.procedures.publication import PUBLICATION
from disclosure.procedures.record_correction import RECORD_CORRECTION
from disclosure.procedures.request import REQUEST

PROCEDURES: tuple[Procedure, ...] = (REQUEST, RECORD_CORRECTION, PUBLICATION, DATASET, DATASET_ACCESS)
