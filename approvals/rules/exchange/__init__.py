"""The language that the district and the city speak: signed JSON of a fixed form. Pure; see
docs/decisions/approvals-exchange.md."""
