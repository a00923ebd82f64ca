"""A reverse proxy that compresses, as the one in front of the portal does (deploy/Caddyfile: `encode`)."""

from __future__ import annotations

import gzip
import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from bench.client import HOST

PACKED = ("text/", "application/javascript", "application/json", "image/svg")
OWN = {"connection", "content-length", "content-encoding", "transfer-encoding", "server", "date"}


class Proxy:
    """Answers on `port` what the server behind it answers, compressed; from `with` to the end of it."""

    def __init__(self, behind: int) -> None:
        class Passing(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                inner = http.client.HTTPConnection(HOST, behind)
                asked = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
                inner.request("GET", self.path, headers={**asked, "Accept-Encoding": "identity"})
                answer = inner.getresponse()
                body = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in OWN:
                        self.send_header(name, value)
                if answer.getheader("Content-Type", "").startswith(PACKED):
                    body = gzip.compress(body, 6)
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                inner.close()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer((HOST, 0), Passing)
        self.server.daemon_threads = True

    @property
    def port(self) -> int:
        return self.server.server_port

    def __enter__(self) -> Proxy:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
