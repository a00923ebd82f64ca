"""Settings of the lean floor: nothing but a session that is kept in the cache."""

import os

from bench.floors.base import *  # noqa: F403

MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["CACHE_URL"],
        "KEY_PREFIX": "floor",
    }
}
ROOT_URLCONF = "bench.floors.lean_pages"
