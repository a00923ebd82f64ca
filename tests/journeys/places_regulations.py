"""Places of documents on their way: a further file of tests/journeys/places.py."""

from __future__ import annotations

from tests.journeys.places import Place, fill_nothing, send

REGULATIONS: tuple[Place, ...] = (
    Place("regulations:consultations", "", "/consultations/"),
    Place("regulations:consultation", "", "/consultations/{consultation}/"),
    Place("regulations:filing-catalogue", "", "/filings/"),
    Place("regulations:plan", "", "/consultations/plan/"),
    Place("regulations:consultation", "citizen", "/consultations/{consultation}/"),
    Place("regulations:consultation", "citizen", "/consultations/{consultation}/", fill_nothing),
    Place("regulations:hearing", "", "/consultations/hearings/{hearing}/"),
    Place("regulations:hearing", "citizen", "/consultations/hearings/{hearing}/"),
    Place("regulations:hearing", "citizen", "/consultations/hearings/{hearing}/", fill_nothing),
    Place("regulations:hearing", "neighbour", "/consultations/hearings/{hearing}/"),
    Place("regulations:registrations", "scj-officer", "/desk/making/{heard}/hearing/"),
    Place("regulations:plan-new", "legal-office", "/desk/making/plan/"),
    Place("regulations:my-comments", "neighbour", "/my/opinions/"),
    Place("regulations:suggest", "citizen", "/consultations/suggest/"),
    Place("regulations:suggest", "citizen", "/consultations/suggest/", send),
    Place("regulations:desk", "scj-head", "/desk/making/"),
    Place("regulations:desk", "legal-office", "/desk/making/?ended=1"),
    Place("regulations:proposal", "scj-head", "/consultations/proposals/{proposal}/"),
    Place("regulations:proposal", "scj-head", "/consultations/proposals/{proposal}/", send),
    Place("regulations:write", "scj-officer", "/desk/making/{making}/write/"),
    Place("regulations:texts", "scj-officer", "/desk/making/{making}/texts/"),
    Place("regulations:review", "scj-legal", "/desk/making/{review}/review/"),
    Place("regulations:review", "scj-legal", "/desk/making/{review}/review/", send),
    Place("regulations:answers", "scj-officer", "/desk/making/{review}/opinions/"),
    Place("casework:step", "legal-office", "/cases/{proposed_making}/steps/include_in_plan/"),
    Place("regulations:filings", "legal-office", "/desk/filings/"),
    Place("regulations:congress-filings", "congress-review", "/desk/filings/congress/"),
    Place("regulations:annual-catalogues", "congress-review", "/desk/filings/annual/"),
    Place("regulations:validities", "scj-head", "/desk/validities/"),
    Place("regulations:filing-materials", "scj-head", "/desk/filings/{filing}/"),
    Place("regulations:filing-rates", "legal-office", "/desk/filings/rates/"),
    Place("regulations:statistics", "legal-office", "/desk/filings/statistics/"),
    Place("regulations:statistics", "scj-head", "/desk/filings/statistics/"),
)
NO_PAGE = {
    "regulations:filing-rates-file": "a file",
    "regulations:statistics-file": "a file",
    "regulations:filing-paper": "a file",
    "regulations:comment-receipt": "a file",
    "regulations:plan-file": "a file",
    "regulations:new": "POST only",
    "regulations:proposal-discard": "POST only",
}
