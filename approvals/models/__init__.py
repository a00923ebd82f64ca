"""What licensing adds to the kernel: the published items, the application of a case, the licence that came of it."""

from approvals.models.applications import Application, Licence, LicenceEntry
from approvals.models.bundles import Bundle, BundleItem, OpinionReading
from approvals.models.custody import Consignment
from approvals.models.figures import Filed, Waiting
from approvals.models.items import ItemPoint, LicensingItem, Material
from approvals.models.ratings import Rating
from approvals.models.visits import Visit, VisitPlan

__all__ = [
    "Application",
    "Bundle",
    "BundleItem",
    "Consignment",
    "Filed",
    "ItemPoint",
    "Licence",
    "LicenceEntry",
    "LicensingItem",
    "Material",
    "OpinionReading",
    "Rating",
    "Visit",
    "VisitPlan",
    "Waiting",
]
