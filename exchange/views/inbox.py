"""The address at which the city's platform hands its messages in. No cookie counts here: a signature does."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exchange.actions.inbox import receive
from exchange.queries.peer import connected
from exchange.rules.letters import MOST_BYTES
from exchange.rules.signed import Malformed, Unsigned

JSON, TEXT = "application/json; charset=utf-8", "text/plain; charset=utf-8"


@login_not_required
@csrf_exempt
@require_POST
def messages(request: HttpRequest) -> HttpResponse:
    """Keep one message; our signed answer says what became of it. 400 and 401 are for what nobody signed."""
    if not connected():
        raise Http404
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return HttpResponse("too long", status=413, content_type=TEXT)
    try:
        return HttpResponse(receive(data, timezone.now()), content_type=JSON)
    except Malformed as error:
        return HttpResponse(str(error), status=400, content_type=TEXT)
    except Unsigned as error:
        return HttpResponse(str(error), status=401, content_type=TEXT)
