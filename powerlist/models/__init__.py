"""The tables of the lists: powers with their versions, what organs buy and hand on, what communities offer."""

from powerlist.models.basis_changes import BasisChange
from powerlist.models.communities import Activity, SignUp, SocialOrganisation
from powerlist.models.gate import PoweredCase
from powerlist.models.imports import ImportedFile, ImportedLine
from powerlist.models.proposals import Proposal
from powerlist.models.purchases import Catalogue, Exclusion, Heading, Project, Transfer
from powerlist.models.versions import Basis, Power, PowerVersion, Stage
from powerlist.models.words import PowerWord

__all__ = [
    "Activity",
    "Basis",
    "BasisChange",
    "Catalogue",
    "Exclusion",
    "Heading",
    "ImportedFile",
    "ImportedLine",
    "Power",
    "PowerVersion",
    "PowerWord",
    "PoweredCase",
    "Project",
    "Proposal",
    "SignUp",
    "SocialOrganisation",
    "Stage",
    "Transfer",
]
