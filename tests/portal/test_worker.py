"""The worker that stands beside the tests is a real one."""

from celery import current_app

from tests.running import Worker


def test_what_is_rung_for_is_done(worker: Worker) -> None:
    current_app.send_task("celery.accumulate", args=[1, 2, 3])
    worker.settle()
    assert "Task celery.accumulate" in worker.log.read_text()
    assert "succeeded" in worker.log.read_text()
