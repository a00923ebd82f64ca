"""The work queue, the case page, the steps, documents, notices and the verification of papers."""
