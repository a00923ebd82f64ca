"""The chapter for programs, below /api/v1/."""

from regulations.api import documents

urlpatterns = [*documents.urlpatterns]
