"""The load client against a small server that answers right, wrong, in pieces, and with a farewell."""

import itertools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.client import RENEW, Broken, Lane, ask, drive, request
from bench.guards import answered, holding, listing, tabs
from bench.rounds import Loop


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/pieces":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in ("一二", "三"):
                self.wfile.write(f"{len(part.encode()):x}\r\n{part}\r\n".encode())
            self.wfile.write(b"0\r\n\r\n")
            return
        self.say(404 if self.path == "/nothing" else 200, f"<b>1</b><i>2</i>{self.headers.get('Cookie', '')}".encode())

    def do_POST(self) -> None:
        self.say(201, self.rfile.read(int(self.headers["Content-Length"])))

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_an_answer_is_read_whole(port: int) -> None:
    assert ask(port, request("/", {"sessionid": "x"})).text == "<b>1</b><i>2</i>sessionid=x"
    assert ask(port, request("/pieces", {})).text == "一二三"
    assert ask(port, request("/", {}, b"words")).body == b"words"
    assert ask(port, request("/nothing", {})).status == 404


def test_many_connections_are_renewed_and_every_answer_is_counted(port: int) -> None:
    asked = [request("/", {})] * (RENEW * 8)
    load = drive(port, iter(asked), 3, 60, answered(200))
    assert load.answers == load.requests == len(load.latencies) == len(asked)
    assert load.wrong == []
    assert load.rate == pytest.approx(load.answers / load.seconds)


def test_a_wrong_page_is_noticed_under_load(port: int) -> None:
    load = drive(port, itertools.repeat(request("/nothing", {}), 5), 2, 60, answered(200))
    assert load.wrong == ["status 404"] * 5


def test_a_lane_asks_one_by_one_renews_its_connection_and_says_when_nothing_is_left(port: int) -> None:
    lane = Lane(port, iter([request("/", {})] * (RENEW + 1)), answered(200))
    assert all(lane.turn() > 0 for _ in range(RENEW))
    assert lane.connection is None
    lane.turn()
    assert (lane.answers, lane.wrong) == (RENEW + 1, [])
    with pytest.raises(Broken, match="nothing was left"):
        lane.turn()
    lane.hang_up()


def test_a_lane_notices_a_wrong_page(port: int) -> None:
    lane = Lane(port, iter([request("/nothing", {})]), answered(200))
    lane.turn()
    lane.hang_up()
    assert lane.wrong == ["status 404"]


def test_a_list_is_right_in_its_order_and_without_what_is_others(port: int) -> None:
    page = ask(port, request("/", {}))
    assert listing(["1", "2"])(page) == ""
    assert listing(["2", "1"])(page) == "the rows are in another order"
    assert listing(["1", "3"])(page) == "row 2 is missing: 3"
    assert listing(["1"], ["2"])(page) == "shows 2, which is somebody else's"
    assert holding("1", "9")(page) == "without 9"


def test_counts_are_read_from_tabs(port: int) -> None:
    link = '<a class="moj-sub-navigation__link"{} href="?">{}</a>'
    text = link.format(' aria-current="page"', '全部在办<span class="moj-notification-badge">12</span>')
    text += link.format("", '已超期<span class="portal-tabs__count">（3）</span>')
    assert tabs(ask(port, request("/", {}, text.encode()))) == {"全部在办": 12, "已超期": 3}


def test_a_loop_counts_its_calls() -> None:
    called: list[int] = []
    load = Loop("calls", lambda: called.append(1)).run(1, 0.01)
    assert load.answers == len(called) > 0
