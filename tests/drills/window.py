"""The real window in a drill: offscreen, with keys; what a file dialog would answer is given to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cpdesk.tasks.desk import open_desk
from cpdesk.tasks.undo import Undo
from tests.drills.walk import Computer, Step
from tests.drills.world import THIRD, code_in
from tests.ui.hands import press, read, write
from ui.app import Program
from ui.context import Context
from ui.dialogs.password_choice import PasswordChoice
from ui.dialogs.recovery import NewPasswordPage, NotedPage
from ui.dialogs.recovery_answer import HelpDistrict
from ui.dialogs.recovery_ways import ForgottenPage
from ui.dialogs.unlock import Unlock
from ui.jobs import Jobs
from ui.keeper import Keeper

PATIENCE = 30.0  # seconds


def until(holds: Callable[[], bool]) -> None:
    """Let the window go on until that holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        QApplication.processEvents()
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.002)


def in_front(widget: QWidget) -> None:
    widget.show()
    widget.activateWindow()

    def there() -> bool:
        if not widget.isActiveWindow():
            widget.activateWindow()
        return widget.isActiveWindow() and QApplication.focusWidget() is not None

    until(there)


def typed(step: Step, text: str, shown: str = "") -> None:
    """Type where the focus is; the report says `shown` in place of a secret."""
    write(text)
    step.did.append(f"type {shown or text}")


def pressed(step: Step, *keys: str) -> None:
    for key in keys:
        press(key)
        step.did.append(key)
    QApplication.processEvents()


def reached(within: QWidget, name: str) -> Callable[[], None]:
    """Go to a button by Tab; what presses it with the space bar, as somebody without a mouse does."""
    wanted = within.findChild(QAbstractButton, name)
    assert wanted is not None and wanted.isVisible(), name
    for _turn in range(80):
        if QApplication.focusWidget() is wanted:
            return lambda: press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached by Tab")


def button(step: Step, within: QWidget, name: str) -> None:
    """Go to a button and press it."""
    wanted = within.findChild(QAbstractButton, name)
    assert wanted is not None, name
    label = wanted.text() or wanted.accessibleName()
    reached(within, name)()
    step.did.append(f"“{label}”")
    QTest.qWait(1)


def when_modal(
    kind: type[QWidget], act: Callable[[QWidget], None], ready: Callable[[QWidget], bool] = lambda _dialog: True
) -> None:
    """Let `act` have the next dialog of that kind that waits for an answer and is `ready` for it."""
    timer = QTimer(QApplication.instance())
    timer.setInterval(20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and ready(dialog):
            timer.stop()
            in_front(dialog)
            act(dialog)

    timer.timeout.connect(look)
    timer.start()


@contextmanager
def door(computer: Computer, desk: Path) -> Iterator[Unlock]:
    """The door of a locked desk on that computer, until its desk is open."""
    with computer.on():
        shown = Unlock(desk)
        in_front(shown)
        QTest.qWait(1)
        yield shown
        assert shown.desk is not None and not shown.isVisible(), "the desk is open in the end"
        shown.desk.close()
        shown.done(0)
        shown.deleteLater()
        QApplication.processEvents()


def answered(shown: Unlock) -> None:
    """The thread that stretches passwords is done."""
    until(lambda: not shown._busy)
    QTest.qWait(1)


def forgotten(step: Step, shown: Unlock) -> ForgottenPage:
    button(step, shown, "unlock_forgotten")
    page = shown.page()
    assert isinstance(page, ForgottenPage)
    return page


def new_password(step: Step, shown: Unlock, password: str) -> None:
    """On the page of the new password: one of one's own, twice."""
    page = shown.page()
    assert isinstance(page, NewPasswordPage)
    own_password(step, page.choice, password)
    pressed(step, "Return")
    answered(shown)


def own_password(step: Step, choice: PasswordChoice, password: str) -> None:
    """Choose one of one's own in place of the words that are offered, and type it twice."""
    for _turn in range(40):
        if QApplication.focusWidget() in choice.ways.findChildren(QAbstractButton):
            break
        press("Shift+Tab")
    pressed(step, "Right", "Space")
    assert choice.way() == "own"
    assert QApplication.focusWidget() is choice.first.line
    typed(step, password, "the new password")
    pressed(step, "Return")
    assert QApplication.focusWidget() is choice.second.line
    typed(step, password, "the new password")


def settings(shown: Program, part: str) -> None:
    """The page of the settings, at one of its parts."""
    assert shown.window is not None
    shown.window.context.go("settings", part=part)
    until(lambda: QApplication.focusWidget() is not None)


def noted(step: Step, shown: Unlock) -> str:
    """The new code is written down, and that is ticked; the code."""
    page = shown.page()
    assert isinstance(page, NotedPage)
    button(step, page, "recovery_noted")
    button(step, shown, "unlock_go")
    return page._code


def help_district(step: Step, computer: Computer, desk: Path, request: Path, answer: Path) -> str:
    """At the province: whose request that is, the answer, and the code that is read out."""
    with computer.on(password=THIRD), open_desk(desk, password=THIRD) as above:
        context = Context(above, Jobs(above.other), Undo(above))
        dialog = HelpDistrict(context, None)
        in_front(dialog)
        step.did.append("“Choose the request…”, the stick")
        dialog.look(request)
        assert "Ta Khmau" in read(dialog), "the province sees whom it helps"
        step.did.append("“Write the answer…”, the stick")
        dialog.answer(answer)
        code = code_in(read(dialog).replace("  ", "-").replace("\n", "-"))
        dialog.reject()
        context.jobs.close()
        return code


@contextmanager
def program(desk: Path) -> Iterator[Program]:
    """The whole program on an open desk."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Program(app)
    assert made.open(desk) and made.window is not None
    stands(made)
    yield made
    stands(made)
    made.leave()
    made.deleteLater()  # with what watches whether anybody is there
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def stands(made: Program) -> None:
    """Its window is there, with all that comes after the first paint."""
    shown = made.window
    assert shown is not None
    in_front(shown)
    until(lambda: shown.findChild(Keeper) is not None and not shown.context.jobs.is_busy())
