"""What /proc says of processes and of the machine."""

import os

from bench.proc import TICK, Process, busy_of, family, process_of, processes, seconds

LINE = (
    "41 (gunicorn: (x) y) S 7 41 41 0 -1 4194560 9000 800 0 0 150 50 30 20 20 0 5 0 123 1000 500 18446744073709551615"
)


def test_a_name_may_hold_brackets_and_blanks() -> None:
    assert process_of(LINE) == Process(parent=7, seconds=250 / TICK)


def test_the_time_of_a_machine_is_without_idling_and_interrupts() -> None:
    assert busy_of("cpu  100 20 30 4000 50 7 8 9 0 0") == (100 + 20 + 30 + 9) / TICK


def test_a_family_is_everybody_below_its_roots_once() -> None:
    among = {1: Process(0, 1), 2: Process(1, 10), 3: Process(2, 100), 4: Process(1, 1000), 9: Process(8, 5)}
    assert family([2, 3], among) == {2, 3}
    assert seconds([2, 3], among) == 110
    assert seconds([1], among) == 1111
    assert seconds([77], among) == 0


def test_this_process_is_found_below_its_parent() -> None:
    found = processes()
    assert found[os.getpid()].parent == os.getppid()
    assert os.getpid() in family([os.getppid()], found)
