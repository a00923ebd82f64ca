"""Places of the service network and of the lamps: a second file of tests/journeys/places.py."""

from __future__ import annotations

from tests.journeys.places import Place, send

SERVICE: tuple[Place, ...] = (
    Place("apply-page", "scj-window", "/apply/draft/{window}/presence/"),
    Place("apply-page", "scj-window", "/apply/draft/{window}/presence/", send),
    Place("window-licences", "window", "/desk/licences/"),
    Place("window-licences", "window", "/desk/licences/?number=没有这一编号"),
    Place("window-licence-presence", "window", "/desk/licences/{licence}/change/presence/"),
    Place("intake", "window-station", "/desk/intake/"),
    Place("counter", "window", "/desk/counter/"),
    Place("counter", "window", "/desk/counter/", send),
    *(Place("counter-visit", "window", "/desk/counter/{waiting}/", then) for then in (None, send)),
    *(Place("counter-step", "window", "/desk/counter/{waiting}/take_in_correction/", then) for then in (None, send)),
    Place("counter-file", "window", "/desk/counter/{waiting}/materials/M1/"),
    Place("handovers", "window", "/desk/handovers/?year=2026"),
    Place("visit-hours", "service-manager", "/desk/hours/"),
    Place("visit-hours", "service-manager", "/desk/hours/?point=QZW-2", send),
    Place("visit-hours", "wjw-head", "/desk/hours/"),
    Place("oversight:watch", "legal-office", "/oversight/lamps/"),
    Place("oversight:watch", "scj-head", "/oversight/lamps/?organ=0"),
    Place("service", "", "/services/DC-XFJY-XFJC/"),
    Place(
        "bundle", "",
        "/services/bundles/DC-YJS-KBCG/?registered=yes&books=no&lodging=no&banner=no&crowd=unsure",
    ),
)  # fmt: skip
