"""The only place that shows errors and asks questions.

A `UserError` is said in its own words: what happened, what was kept, what to do. Anything else is a fault of the
program: it is written to a file that can be carried on a stick, and that file tells where the program
stood, never what
a record says (no values, and not even the error's own words, which could quote them).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import cpdesk
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.paths import ROOT, home

if TYPE_CHECKING:
    from ui.dialogs.base import Dialog

KEPT_CRASHES = 20


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
            write_crash(error)

    sys.excepthook = hook


def write_crash(error: BaseException) -> Path:
    """Write where the program stood to `home()/crashes/` and give the file; the oldest beyond twenty go."""
    folder = home() / "crashes"
    folder.mkdir(exist_ok=True)
    path = folder / f"cpdesk-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(crash_text(error), encoding="utf-8")
    for old in sorted(folder.glob("cpdesk-*.txt"))[:-KEPT_CRASHES]:
        old.unlink(missing_ok=True)
    return path


def crash_text(error: BaseException) -> str:
    """Version, system and the lines of the program that were passed, innermost last."""
    import platform
    import traceback

    lines = [
        f"cpdesk {cpdesk.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    fault: BaseException | None = error
    while fault is not None:
        code = getattr(fault, "errno", None) or getattr(fault, "sqlite_errorname", None)
        lines += ["", type(fault).__qualname__ + (f" ({code})" if code else "")]
        for frame in traceback.extract_tb(fault.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\n".join(lines) + "\n"


def _dialog(parent: QWidget | None, title: str, *, name: str, icon: str, tone: str = "accent") -> Dialog:
    from ui.dialogs.base import Dialog  # not before there is something to say: start-up stays lean

    return Dialog(parent, title, name=name, icon=icon, tone=tone)


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


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
