"""The language that the district and the city speak: signed JSON of a fixed form. Pure. See
docs/decisions/exchange.md."""
