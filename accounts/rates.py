"""How often something may be done (`settings.RATES`): counted at once and for all web servers together.

A count that must survive the cache stands in the database. Any other stands in the cache, and in the database while the
cache is gone: a limit is never lifted because something broke. Count before opening a transaction: one that is rolled
back would take the count with it.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# One key and one step, so that it holds on a cluster and whoever else counts at the same moment. Times in milliseconds.
# A count never goes up by being refused: an attack that goes on does not prolong the wait of the others.
COUNT = """
local at, amount, length = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local cost, from_last = tonumber(ARGV[4]), ARGV[5] == '1'
local count = tonumber(redis.call('HGET', KEYS[1], 'count') or 0)
local ends = tonumber(redis.call('HGET', KEYS[1], 'until') or 0)
if ends <= at then count, ends = 0, at + length end
if count + cost > amount then return ends - at end
if from_last then ends = at + length end
redis.call('HSET', KEYS[1], 'count', count + cost, 'until', string.format('%.0f', ends))
redis.call('PEXPIRE', KEYS[1], ends - at)
return 0
"""
COUNT_IN_DATABASE = """
INSERT INTO accounts_tally AS t (key, count, until) VALUES (%(key)s, %(cost)s, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN t.until <= %(at)s THEN %(cost)s ELSE t.count + %(cost)s END,
    until = CASE WHEN t.until <= %(at)s OR %(from_last)s THEN %(ends)s ELSE t.until END
WHERE t.until <= %(at)s OR t.count + %(cost)s <= %(amount)s
RETURNING 1
"""
GIVE_BACK = "UPDATE accounts_tally SET count = greatest(count - %s, 0) WHERE key = %s"
# The table cleans itself: whoever counts takes some away that are over, and waits for nobody in doing so.
CLEAN = """
DELETE FROM accounts_tally WHERE key IN (
    SELECT key FROM accounts_tally WHERE until <= %s AND key <> %s ORDER BY until LIMIT 5 FOR UPDATE SKIP LOCKED
)
"""


class TooMany(Exception):
    """Too often. `wait` seconds until it may be tried again; answered with 429 and Retry-After (portal.rates)."""

    def __init__(self, wait: int, template: str = "errors/429.html") -> None:
        super().__init__(f"请在{wait}秒后再试")
        self.wait, self.template = wait, template


def take(name: str, subject: object, at: datetime, cost: int = 1) -> None:
    """Count it. Raises TooMany where it would be more than the limit `name` allows `subject`."""
    if wait := count(name, subject, at, cost):
        raise TooMany(wait)


def count(name: str, subject: object, at: datetime, cost: int = 1) -> int:
    """Count it: 0 where that was allowed, otherwise the seconds to wait, and nothing was counted."""
    rate = settings.RATES[name]
    if not rate.kept:
        try:
            return _count_in_cache(_key(name, subject), rate, at, cost)
        except RedisError as error:
            logger.warning("The cache is gone (%s); the database counts %s.", type(error).__name__, name)
    return _count_in_database(_key(name, subject), rate, at, cost)


def _count_in_cache(key: str, rate: Any, at: datetime, cost: int) -> int:
    now = int(at.timestamp() * 1000)
    arguments = (now, rate.amount, rate.seconds * 1000, cost, int(rate.from_last))
    # Django's cache interface has no way to ask and count in one step: portal.cache has.
    wait: Any = caches["default"].run(COUNT, key, *arguments)  # type: ignore[attr-defined]
    return ceil(wait / 1000)


def _count_in_database(key: str, rate: Any, at: datetime, cost: int) -> int:
    values = {
        "key": key, "cost": cost, "at": at, "ends": at + timedelta(seconds=rate.seconds),
        "amount": rate.amount, "from_last": rate.from_last,
    }  # fmt: skip
    with connection.cursor() as cursor:
        if cost <= rate.amount:
            cursor.execute(COUNT_IN_DATABASE, values)
            if cursor.fetchone():
                cursor.execute(CLEAN, [at, key])
                return 0
        return _wait(key, at) or rate.seconds


def _wait(key: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT until FROM accounts_tally WHERE key = %s", [key])
        found = cursor.fetchone()
    return max(0, ceil((found[0] - at).total_seconds())) if found else 0


def used_up(name: str, subject: object, at: datetime) -> int:
    """The seconds to wait where a kept limit is used up, otherwise 0. Counts nothing."""
    key = _key(name, subject)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count FROM accounts_tally WHERE key = %s AND until > %s", [key, at])
        found = cursor.fetchone()
    return _wait(key, at) if found and found[0] >= settings.RATES[name].amount else 0


def give_back(name: str, subject: object, cost: int = 1) -> None:
    """What was counted in advance under a kept limit turned out well and does not count."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [cost, _key(name, subject)])


def forget(name: str, subject: object) -> None:
    """A kept limit begins anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tally WHERE key = %s", [_key(name, subject)])


def _key(name: str, subject: object) -> str:
    """Never what somebody typed: a digest, of one length."""
    digest = hashlib.blake2b(str(subject).encode(), digest_size=16, key=settings.SECRET_KEY.encode()[:64]).hexdigest()
    return f"rate:{name}:{digest}"
