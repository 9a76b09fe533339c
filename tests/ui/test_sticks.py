"""Sticks that come, go and are filled meanwhile are told once each, to whoever waits for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import drives
from ui.drives import Drive, Sticks


def test_what_changes_is_told_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    holder, there = QWidget(), list[Drive]()
    qtbot.addWidget(holder)
    sticks = Sticks(holder, lambda: list(there))
    told, again = list[list[Drive]](), list[list[Drive]]()
    sticks.changed.connect(told.append)
    sticks.revisited.connect(again.append)
    sticks.start()
    assert told == [[]], "that none is there is told too"
    sticks.look(again=True)
    assert told == [[]] and again == [], "nothing can have come onto no stick"
    there.append(Drive("KINGSTON", tmp_path, 1_000, read_only=False))
    sticks.look()
    there[0] = Drive("KINGSTON", tmp_path, 500, read_only=False)  # less room: no news
    sticks.look()
    assert [len(one) for one in told] == [0, 1] and again == []
    sticks.look(again=True)
    assert [len(one) for one in told] == [0, 1] and again == [there]
    there[0] = Drive("KINGSTON", tmp_path, 500, read_only=True)
    sticks.look()
    assert told[-1][0].read_only
    there.clear()
    sticks.look(again=True)
    assert told[-1] == [] and len(told) == 4 and len(again) == 1
    sticks.stop()


def test_it_looks_by_itself_until_it_is_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    holder, there = QWidget(), list[Drive]()
    qtbot.addWidget(holder)
    sticks = Sticks(holder, lambda: list(there))
    sticks._timer.setInterval(5)
    sticks.start()
    there.append(Drive("USB", tmp_path, 1, read_only=False))
    with qtbot.waitSignal(sticks.changed, timeout=2000) as found:
        pass
    assert found.args == [there]
    sticks.stop()
    there.clear()
    with qtbot.assertNotEmitted(sticks.changed, wait=50):
        pass
    assert drives.POLL_MS >= 1000, "looking costs little, but not nothing"
