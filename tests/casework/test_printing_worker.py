"""The rendering process: a bad job fails alone, and nothing is fetched."""

import os
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from casework.printing import seal
from casework.printing.worker import RenderFailed, RenderTimeout, Worker

PAGE = "<html lang='zh-CN'><title>页</title><p>一页</p>"
ENDLESS = "<html><title>长</title>" + "<table>" + "<tr><td>东城区</td></tr>" * 60_000 + "</table>"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    worker.warm_up()
    yield worker
    worker.close()


def test_slow_job_is_ended_and_the_next_one_is_done(worker: Worker) -> None:
    began = time.monotonic()
    with pytest.raises(RenderTimeout, match="规定时间"):
        worker.render(ENDLESS, timeout_s=1)
    assert time.monotonic() - began < 10
    assert worker.render(PAGE).startswith(b"%PDF")


def test_greedy_job_fails_alone(worker: Worker) -> None:
    with pytest.raises(RenderFailed, match="没有生成"):
        worker.render(ENDLESS, memory_mb=160, timeout_s=120)
    assert worker.render(PAGE).startswith(b"%PDF")


def test_killed_process_is_replaced(worker: Worker) -> None:
    worker.render(PAGE)
    process = worker._process
    assert process
    process.kill()
    process.wait()
    assert worker.render(PAGE).startswith(b"%PDF")
    assert worker._process
    assert worker._process.pid != process.pid


def test_nonsense_is_a_page_or_a_sentence(worker: Worker) -> None:
    with pytest.raises(RenderFailed, match="没有生成"):
        worker.render("<div>" * 5_000 + "深", timeout_s=60)
    assert worker.render(PAGE).startswith(b"%PDF")


def test_no_file_and_no_address_is_opened(worker: Worker, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    html = (
        f"<html lang='zh-CN'><title>页</title><link rel=attachment href='{secret.as_uri()}'>"
        f"<link rel=stylesheet href='{secret.as_uri()}'><img src='{secret.as_uri()}' alt='图'>"
        "<img src='http://127.0.0.1:1/x.png' alt='图'><p>一页</p>"
    )
    try:
        pdf = worker.render(html)
    except RenderFailed:
        return
    assert not PdfReader(BytesIO(pdf)).attachments
    assert "机密内容".encode() not in pdf


def test_forked_process_starts_a_child_of_its_own(worker: Worker) -> None:
    worker.render(PAGE)
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writer, b"ok" if worker.render(PAGE).startswith(b"%PDF") else b"no")
            worker.close()
        finally:
            os._exit(0)
    os.close(writer)
    assert os.read(reader, 2) == b"ok"
    os.waitpid(pid, 0)
    assert worker.render(PAGE).startswith(b"%PDF"), "the parent's child must survive the fork"


def test_an_outline_is_the_same_when_it_was_drawn_before() -> None:
    sealed = f"<html lang='zh-CN'><title>印</title><img src='{seal.svg_data_uri('北京市东城区示例管理局')}' alt='印章'>"
    worker = Worker()
    try:
        assert worker.render(sealed) == worker.render(sealed)
    finally:
        worker.close()
