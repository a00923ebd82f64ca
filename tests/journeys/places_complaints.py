"""Places of complaints about organs: a further file of tests/journeys/places.py."""

from __future__ import annotations

from tests.journeys.places import Place, send

COMPLAINTS: tuple[Place, ...] = (
    Place("oversight:complain", "", "/complaints/"),
    Place("oversight:complain", "", "/complaints/?power={power}"),
    Place("oversight:complain-unnamed", "", "/complaints/unnamed/"),
    Place("oversight:complain-unnamed", "", "/complaints/unnamed/", send, 422),
    Place("oversight:complained", "", "/complaints/received/SAMPLECQMPLN333/"),
    Place("oversight:complain-more", "", "/complaints/more/?number={unnamed_number}&code={unnamed_code}"),
    Place("oversight:complain-more", "", "/complaints/more/?number={unnamed_number}&code={unnamed_code}", send, 422),
    Place("oversight:complain-add", "citizen", "/complaints/{named_code}/more/"),
    Place("oversight:complain-add", "citizen", "/complaints/{named_code}/more/", send, 422),
    Place("oversight:complain-named", "citizen", "/complaints/new/?power={power}"),
)
