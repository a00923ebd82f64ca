"""The pages of the catalogue of normative documents; the others stand in `places`."""

from tests.journeys.places import Place, search_nothing

CATALOGUE = (
    Place("regulations:list", "", "/documents/"),
    Place("regulations:list", "", "/documents/?q=早餐"),
    Place("regulations:list", "", "/documents/?subject=trade&validity=lapsed"),
    Place("regulations:list", "", "/documents/", search_nothing),
    Place("regulations:document", "", "/documents/{document}/"),
    Place("regulations:document", "", "/documents/{document}/?on=2010-01-01"),
    Place("regulations:document", "", "/documents/{document_ended}/"),
    Place("regulations:versions", "", "/documents/{document_ended}/versions/"),
)
CATALOGUE_EXCUSED = {
    "regulations:feed": "a feed",
    "regulations:export": "a file",
    "regulations:number": "leads on to a document or to the catalogue",
}
