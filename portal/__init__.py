"""The front door: settings, addresses, and the commands that run the house."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
