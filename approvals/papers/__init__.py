"""The papers of licensing: what must stand on them (`table`) and how a case fills them (`contexts`)."""
