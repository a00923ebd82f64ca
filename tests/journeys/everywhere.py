"""All places of all files, by the people who see them; and the routes that have no page of their own."""

from __future__ import annotations

from tests.journeys.places import EXCUSED as EXCUSES
from tests.journeys.places import PLACES as PLACED
from tests.journeys.places import Place, send
from tests.journeys.places_catalogue import CATALOGUE, CATALOGUE_EXCUSED
from tests.journeys.places_complaints import COMPLAINTS
from tests.journeys.places_lists import LISTS
from tests.journeys.places_regulations import NO_PAGE, REGULATIONS
from tests.journeys.places_service import SERVICE

REVIEWING: tuple[Place, ...] = (
    Place("regulations:propose-review", "citizen", "/documents/{document}/propose-review/"),
    Place("regulations:propose-review", "citizen", "/documents/{document}/propose-review/", send, 422),
    Place("regulations:cleanup-results", "", "/documents/cleanups/"),
    Place("regulations:cleanups", "legal-office", "/desk/cleanups/"),
    Place("regulations:cleanups", "scj-head", "/desk/cleanups/"),
    Place("regulations:cleanup-new", "legal-office", "/desk/cleanups/new/launch_periodic/"),
    Place("regulations:cleanup-new", "legal-office", "/desk/cleanups/new/launch_on_order/", send, 422),
    Place("regulations:cleanup", "legal-office", "/desk/cleanups/{cleanup}/"),
)

PLACES: dict[str, tuple[Place, ...]] = {
    **PLACED,
    "catalogue": CATALOGUE, "making": REGULATIONS, "reviewing": REVIEWING, "complaints": COMPLAINTS, "lists": LISTS,
    "service": SERVICE,
}  # fmt: skip
EXCUSED: dict[str, str] = {
    **EXCUSES,
    **CATALOGUE_EXCUSED,
    **NO_PAGE,
    "regulations:review-proposed": "the receipt of a proposal: tests/regulations/test_suggestions.py",
}
