"""The only place that shows errors and asks questions.

A `UserError` is said in its own words: what happened, what was kept, what to do. Anything else is a fault of the
program: it is written to a file that can be carried on a stick, and that file tells where the program stood, never what
a record says (`cpdesk.logs`). So are errors of threads, of Qt, and those at which the process dies: of these the person
is told at the next start.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, QUrl, qInstallMessageHandler, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from cpdesk import logs
from cpdesk.errors import UserError
from cpdesk.i18n import _

if TYPE_CHECKING:
    from ui.dialogs.base import Dialog


def show(parent: QWidget | None, error: BaseException) -> Dialog:
    """Show an error without waiting for the answer; the dialog is given back for tests."""
    dialog = _user_error(parent, error) if isinstance(error, UserError) else _crash(parent, error)
    dialog.open()
    return dialog


def tell(parent: QWidget | None, title: str, text: str = "") -> Dialog:
    """Something a person should read before going on."""
    dialog = _dialog(parent, title, name="tell", icon="info")
    dialog.say(text)
    dialog.add_button(_("OK"), dialog.accept, kind="primary", name="tell_ok")
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None,
    question: str,
    detail: str = "",
    *,
    yes: str,
    no: str = "",
    danger: bool = False,
) -> bool:
    """Ask and wait.

    `yes` names what will happen ("Delete the meeting"), never just "yes"; Esc and closing mean no.
    """
    dialog = _dialog(parent, question, name="ask", icon="circle-question-mark", tone="bad" if danger else "accent")
    dialog.say(detail)
    dialog.add_button(no or _("Cancel"), dialog.reject, name="ask_no", kind="primary" if danger else "secondary")
    dialog.add_button(yes, dialog.accept, name="ask_yes", kind="danger" if danger else "primary")
    answer = dialog.exec()
    dialog.deleteLater()
    return answer == QDialog.DialogCode.Accepted


@contextmanager
def shown(parent: QWidget | None) -> Iterator[None]:
    """Run a task; where it is refused, say so and go on. Faults of the program go up to `install`'s hook."""
    try:
        yield
    except UserError as error:
        show(parent, error)


def install(window: Callable[[], QWidget | None]) -> None:
    """Send every error that nobody caught to the person, in front of `window()`; only one dialog at a time."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if QApplication.activeModalWidget() is None:
            show(window(), error)
        elif not isinstance(error, UserError):
            report_quietly(error)

    sys.excepthook = hook


def report_quietly(error: BaseException | None) -> None:
    """A report of what nobody waits for, such as an error in another thread; none of a refusal."""
    if error is not None and not isinstance(error, UserError):
        with suppress(OSError):
            write_crash(error)


def listen() -> None:
    """Hear, for the whole process, what no window is told of. Errors of threads are reported; what Qt complains of goes
    to the log, and its last words before it ends the process to the report of that."""
    threading.excepthook = lambda told: report_quietly(told.exc_value)
    sys.unraisablehook = lambda told: report_quietly(told.exc_value)

    def heard(level: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if level == QtMsgType.QtFatalMsg:
            logs.last_words(f"Qt: {text}")
        elif level in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
            logs.complaint(f"Qt: {text}")

    qInstallMessageHandler(heard)


def write_crash(error: BaseException) -> Path:
    """Write where the program stood to `home()/crashes/` and give the file. `OSError` where the disk says no."""
    logs.note("error", kind=type(error).__name__)
    return logs.write_crash(error, where=_page_in_sight(), about=[f"Qt {qVersion()}"])


def _page_in_sight() -> str:
    for widget in QApplication.topLevelWidgets():
        page = getattr(widget, "page", None)
        if widget.objectName() == "window" and callable(page):
            return str(getattr(page(), "name", ""))
    return ""


def tell_of_crash(parent: QWidget | None, report: Path) -> Dialog:
    """The program died the last time: calmly, and with the report at hand."""
    dialog = _dialog(parent, _("The program ended by itself last time."), name="ended", icon="info")
    dialog.setMinimumWidth(560)
    dialog.say(_("What you saved is safe, and you can go on working."))
    dialog.say(_("A report for those who mend the program lies here. It holds nothing of your records:"), "small")
    dialog.say(str(report), "small")

    def carry() -> None:
        dialog.accept()
        save_reports(parent)

    dialog.add_button(_("Save it to a stick…"), carry, name="ended_save", icon="usb")
    dialog.add_button(_("Go on"), dialog.accept, kind="primary", name="ended_ok")
    dialog.open()
    return dialog


def save_reports(parent: QWidget | None) -> None:
    """Ask for a folder, best on a stick, and put the log and all reports there."""
    from ui.drives import removable

    sticks = removable()
    start = str(sticks[0].path if sticks else Path.home())
    folder = QFileDialog.getExistingDirectory(parent, _("In which folder shall the report lie?"), start)
    if folder:
        put_reports(parent, Path(folder))


def put_reports(parent: QWidget | None, folder: Path) -> None:
    """Put the log and all reports in that folder, and say what was done."""
    with shown(parent):
        file = logs.pack(folder)
        words = _("Give “{file}” to those who mend the program. It holds nothing of your records.")
        tell(parent, _("The report is saved."), words.format(file=file.name))


def _dialog(parent: QWidget | None, title: str, *, name: str, icon: str, tone: str = "accent") -> Dialog:
    from ui.dialogs.base import Dialog  # not before there is something to say: start-up stays lean

    dialog = Dialog(parent, title, name=name, icon=icon, tone=tone)
    dialog.still = True
    return dialog


def _user_error(parent: QWidget | None, error: UserError) -> Dialog:
    dialog = _dialog(parent, error.what, name="error", icon="triangle-alert", tone="warning")
    dialog.say(error.kept)
    dialog.say(error.todo)
    dialog.add_button(_("OK"), dialog.accept, kind="primary", name="error_ok")
    return dialog


def _crash(parent: QWidget | None, error: BaseException) -> Dialog:
    dialog = _dialog(parent, _("The program made a mistake."), name="crash", icon="circle-alert", tone="bad")
    dialog.say(
        _("What you saved is safe. You can go on working; if it happens again, close the program and open it anew.")
    )
    try:
        path = write_crash(error)
    except OSError:
        dialog.say(_("A report could not be written, because the disk is full or cannot be written to."))
    else:
        dialog.say(_("A report for those who mend the program lies here. It holds nothing of your records:"), "small")
        dialog.say(str(path), "small")
        dialog.add_button(
            _("Open the folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            name="crash_folder",
        )
    dialog.add_button(_("Go on"), dialog.accept, kind="primary", name="crash_ok")
    return dialog
