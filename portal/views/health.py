"""Two questions of a load balancer: is this process alive, and may it be sent work?"""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"live": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, is fully migrated, and the cache answers; otherwise 503. Says which, not why."""
    found = {"database": False, "migrations": False, "cache": False}
    try:
        executor = MigrationExecutor(connection)
        found["database"] = True
        found["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        pass
    try:
        caches["default"].ping()  # type: ignore[attr-defined]
        found["cache"] = True
    except RedisError:
        pass
    return JsonResponse(found, status=200 if all(found.values()) else 503)
