"""The drill R2, in a test database: NOTICE_ROUNDS reminders, most of them with killed workers."""

import os
from pathlib import Path

import pytest

from tests.faults.notices import Bench, run


@pytest.mark.django_db(transaction=True)
def test_each_reminder_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "worker.log")
    try:
        count = run(bench, int(os.environ.get("NOTICE_ROUNDS", "60")))
    finally:
        bench.stop()
    print(
        f"\n{count.kills} kills; {count.reminders} reminders; SMS by times taken {dict(count.sms)}; "
        f" mails by times taken {dict(count.mail)}, {count.mails_in_doubt} of them in doubt and shown so"
    )
    assert count.unexplained == []
    assert set(count.sms) == {1}
