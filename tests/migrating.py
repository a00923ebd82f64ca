"""Tables as a migration left them, and as they are today."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrated(*targets: tuple[str, str | None]) -> Any:
    """Migrate to the targets, to the newest of all apps without any; the models as they are then."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    wanted: list[Any] = list(targets) or executor.loader.graph.leaf_nodes()
    executor.migrate(wanted)
    return executor.loader.project_state([target for target in wanted if target[1]]).apps.get_model
