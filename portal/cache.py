"""The cache as something that may be missing: what it would have remembered is asked of the database again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property, wraps
from threading import Lock
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds without asking a server that did not answer, so that not every page waits for it


class Gone(RedisError):
    """The server did not answer a moment ago and is not asked again yet."""


class Pause:
    """Until when this process does not ask; 0 while the server answers. Threads share it."""

    ends = 0.0
    lock = Lock()


def forgiving(missing: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Without a server a method answers `missing`, as if nothing had been remembered."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def ask(self: Cache, *args: Any, **kwargs: Any) -> Any:
            try:
                return self.asked(method, self, *args, **kwargs)
            except RedisError:
                return kwargs.get("default", args[1] if len(args) > 1 else None) if missing is DEFAULT else missing

        return ask

    return wrap


DEFAULT = object()


class Client(RedisCacheClient):
    """Django's makes a client for every question; one is enough for all of a thread."""

    @cached_property
    def _client_kept(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._client_kept


class Cache(RedisCache):
    """Django's cache on Valkey or Redis, whose loss makes pages slower and nothing wrong."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def asked(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Ask the server. Raises RedisError where it does not answer, at once while it is known not to."""
        with Pause.lock:
            if Pause.ends:
                if time.monotonic() < Pause.ends:
                    raise Gone("not asked")
                Pause.ends = time.monotonic() + PAUSE  # one asks whether it is back, and the others do not wait with it
        try:
            answer = method(*args, **kwargs)
        except RedisError as error:
            Pause.ends = time.monotonic() + PAUSE
            logger.error("The cache does not answer (%s): left alone for %.0f s.", type(error).__name__, PAUSE)
            raise
        Pause.ends = 0.0
        return answer

    def run(self, script: str, key: str, *arguments: Any) -> Any:
        """Run a script on the server, in one step, on one key that is its own. Raises RedisError without a server."""
        return self.asked(self._cache.get_client(key, write=True).eval, script, 1, key, *arguments)

    def ping(self) -> None:
        """Ask the server now, whatever was known of it. Raises RedisError where it does not answer."""
        self._cache.get_client().ping()

    # A server that is gone holds nothing, and what is written to it is lost.
    get = forgiving(DEFAULT)(RedisCache.get)
    add = forgiving(True)(RedisCache.add)
    set = forgiving(None)(RedisCache.set)
    touch = forgiving(False)(RedisCache.touch)
    delete = forgiving(False)(RedisCache.delete)
    has_key = forgiving(False)(RedisCache.has_key)
    get_many = forgiving({})(RedisCache.get_many)
    set_many = forgiving([])(RedisCache.set_many)
    delete_many = forgiving(None)(RedisCache.delete_many)
    clear = forgiving(False)(RedisCache.clear)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As everywhere in Django: ValueError where there is nothing to add to."""
        try:
            return int(self.asked(super().incr, key, delta, version))
        except RedisError as error:
            raise ValueError(f"{key} is not in the cache") from error
