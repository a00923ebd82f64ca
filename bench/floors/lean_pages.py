"""The lean floor's one page: the work list by one statement and a compiled template."""

from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from jinja2 import Environment, FileSystemLoader

QUEUE = """
SELECT c.due_on, c.code, c.number, c.title, c.applicant_name, o.short_name, h.display_name, c.state
FROM casework_case c JOIN accounts_organisation o ON o.id = c.organ_id LEFT JOIN accounts_user h ON h.id = c.handler_id
WHERE c.organ_id = %s AND c.ended_at IS NULL ORDER BY c.due_on, c.id LIMIT 25
"""
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
PAGE = TEMPLATES.get_template("lean.html")


def queue(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [request.session["organ"]])
        rows = cursor.fetchall()
    return HttpResponse(PAGE.render(rows=rows, today=timezone.localdate(), name=request.session["name"]))


urlpatterns = [path("queue/", queue)]
