"""The official papers of normative documents, and how a case fills them."""
