"""Within one request the law is compared with the database once (law.queries)."""

from django.core.signals import request_finished, request_started

from law import queries

request_started.connect(queries.begin_request, dispatch_uid="law.begin_request")
request_finished.connect(queries.end_request, dispatch_uid="law.end_request")
