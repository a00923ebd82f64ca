"""What licensing adds to the kernel: the published items, the application of a case, the licence that came of it."""

from approvals.models.applications import Application, Licence, LicenceEntry
from approvals.models.exchange import Reconciliation
from approvals.models.items import ItemPoint, LicensingItem, Material

__all__ = ["Application", "ItemPoint", "Licence", "LicenceEntry", "LicensingItem", "Material", "Reconciliation"]
