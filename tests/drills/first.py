"""The first password, all of it in the window by keys: set, the code noted, locked, opened, changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from tests.drills import window
from tests.drills.walk import Walk, walk
from tests.drills.world import FIRST, MEETINGS, Run, build
from ui.app import Program
from ui.dialogs.password import FirstPassword, OwnPassword
from ui.dialogs.recovery_code import CodeDialog
from ui.dialogs.unlock import Unlock

Kind = TypeVar("Kind", bound=QWidget)


def first_password(folder: Path, run: Run) -> list[Walk]:
    """An open desk gets a password."""
    world, drill = build(folder, run, locked=False, joined=False), walk("passwords")
    with world.laptop.on(), window.program(world.desk) as shown:
        words = _locked(drill, shown)
        _left_and_back(drill, shown, words)
        with drill.step(6) as step:
            window.settings(shown, "officers")
            window.reached(_window(shown), "settings_own_password")()
            dialog = _dialog(shown, OwnPassword)
            window.typed(step, words, "the four words")
            window.own_password(step, dialog.choice, FIRST)
            window.pressed(step, "Return")
            window.until(lambda: not dialog.isVisible())
    assert len(world.titles(world.laptop, world.desk, FIRST)) == MEETINGS
    assert world.refused(world.laptop, world.desk, words)
    return [drill]


def _window(shown: Program) -> QWidget:
    assert shown.window is not None
    return shown.window


def _dialog(shown: Program, kind: type[Kind]) -> Kind:
    """The dialog that came over the window."""
    window.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    window.in_front(found)
    return found


def _locked(drill: Walk, shown: Program) -> str:
    with drill.step(1) as step:
        window.settings(shown, "officers")
        window.reached(_window(shown), "settings_first_password")()
        step.did.append("Tab, “Lock it with a password…”")
    dialog = _dialog(shown, FirstPassword)
    with drill.step(2) as step:
        words = dialog.choice.password()
        window.typed(step, words, "the four words")
        window.pressed(step, "Return")
        noted = _dialog(shown, CodeDialog)
    with drill.step(3) as step:
        step.did.append("(the code is written down)")
    with drill.step(4) as step:
        window.button(step, noted, "recovery_noted")
        window.button(step, noted, "recovery_go_on")
        window.until(lambda: not noted.isVisible())
    return words


def _left_and_back(drill: Walk, shown: Program, words: str) -> None:
    """Ctrl+L, and the password at the door."""
    with drill.step(5) as step:

        def come(_door: QWidget) -> None:
            window.typed(step, words, "the four words")
            window.pressed(step, "Return")

        window.in_front(_window(shown))
        before = shown.window
        window.when_modal(Unlock, come, ready=lambda door: not getattr(door, "held", ""))
        window.pressed(step, "Ctrl+L")
        began = time.monotonic()
        window.until(lambda: shown.door is None and shown.window not in (None, before))
        assert time.monotonic() - began < window.PATIENCE
        window.stands(shown)
