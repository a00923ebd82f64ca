"""The clock that rings for periodic tasks: as many may be started as one likes, exactly one rings."""

from typing import Any

import redis
from celery.beat import PersistentScheduler
from redis.backoff import NoBackoff
from redis.exceptions import LockError, RedisError
from redis.retry import Retry

LEASE = 30  # seconds after which another beat takes over from one that died
PAUSE = 5.0  # seconds between two looks at the lease


class Scheduler(PersistentScheduler):
    """Celery's own scheduler, which only acts while it holds a lease in the broker."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        address = kwargs["app"].conf.broker_url
        self.broker: redis.Redis = redis.Redis.from_url(address, socket_timeout=PAUSE, retry=Retry(NoBackoff(), 1))
        self.lease = self.broker.lock("portal:beat", timeout=LEASE, thread_local=False)
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Sends what is due, if this is the beat that rings; the seconds until the next look."""
        if not self.holds_lease():
            return PAUSE
        return min(float(super().tick(*args, **kwargs)), PAUSE)

    def holds_lease(self) -> bool:
        """Renews the lease or takes a free one. Without a broker nothing could be sent anyway."""
        try:
            if self.lease.owned():
                return bool(self.lease.reacquire())
            return bool(self.lease.acquire(blocking=False))
        except (LockError, RedisError):
            return False

    def close(self) -> None:
        """Lets the next beat begin at once."""
        super().close()
        try:
            self.lease.release()
        except (LockError, RedisError):
            return
