"""The language that the district and the city speak: signed JSON of a fixed form. Pure but for the kinds that
chapters register. See docs/decisions/exchange.md."""
