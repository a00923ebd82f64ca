"""Pages of normative documents."""
