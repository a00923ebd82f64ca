"""The Celery application. The database is the truth; a task is only the bell that says: look."""

import os
from typing import Any

from celery import Celery, Task
from celery.exceptions import InvalidTaskError
from celery.worker.request import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class Checked(Request):
    """A message whose arguments are none is thrown away: Celery itself would end the worker, and hand it out again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(*args, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidTaskError(str(error)) from error


class Bell(Task):
    """Every task of the portal."""

    Request = "portal.celery:Checked"


app = Celery("portal", task_cls=Bell)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
