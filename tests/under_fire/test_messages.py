"""Forged messages in the broker: a worker throws them away and does the next true one.

Bytes that are no message at all end the process (kombu); they are taken out by then, and the supervisor starts another.
"""

import base64
import json
from uuid import uuid4

import pytest

from casework.tasks import make_waiting_papers
from tests.running import Worker


def message(task: str, arguments: object, content_type: str = "application/json") -> bytes:
    """As Celery writes it."""
    body = base64.b64encode(json.dumps(arguments).encode()).decode()
    number = str(uuid4())
    return json.dumps(
        {
            "body": body,
            "content-encoding": "utf-8",
            "content-type": content_type,
            "headers": {"lang": "py", "task": task, "id": number, "root_id": number, "retries": 0, "argsrepr": "()"},
            "properties": {
                "correlation_id": number, "delivery_mode": 2, "priority": 0,
                "delivery_info": {"exchange": "", "routing_key": "celery"},
                "body_encoding": "base64", "delivery_tag": number,
            },
        }
    ).encode()  # fmt: skip


FORGED = {
    "a task that is not there": message("os.system", [["true"], {}, {}]),
    "a task of the portal with arguments": message("casework.tasks.ring_deadlines", [["2026-01-01", {"a": 1}], {}, {}]),
    "arguments that are none": message("casework.tasks.ring_deadlines", "nonsense"),
    "no task at all": json.dumps(
        {"body": "", "headers": {}, "properties": {"delivery_info": {}, "delivery_tag": "x"}}
    ).encode(),
    "a pickle": message("casework.tasks.ring_deadlines", [[], {}, {}], "application/x-python-serialize"),
}


@pytest.mark.parametrize("words", FORGED)
def test_a_forged_message_is_thrown_away(worker: Worker, words: str) -> None:
    before = done(worker)
    worker.broker.lpush("celery", FORGED[words])
    make_waiting_papers.delay()
    worker.settle(60)
    assert worker.process.poll() is None
    assert done(worker) > before


def done(worker: Worker) -> int:
    return worker.log.read_text().count("make_waiting_papers[")
