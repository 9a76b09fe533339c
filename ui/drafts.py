"""What is half typed on a page or in a dialog, for the moment when the desk is locked over it, and back again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from cpdesk.i18n import _
from cpdesk.tasks.drafts import Half
from ui.forms.form import Form
from ui.main_window import MainWindow
from ui.widgets.editors.base import Editor

PAGE = "page"
Input = QLineEdit | QPlainTextEdit


def gather(window: MainWindow) -> Half:
    """What stands in inputs and is saved nowhere: of the page in sight, and of each open dialog by its title."""
    found: Half = {}
    page = window.page()
    if page is not None:
        found[PAGE] = _typed(page)
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            name = dialog.windowTitle() or dialog.objectName()
            found[name] = {**found.get(name, {}), **_typed(dialog)}
    return {where: typed for where, typed in found.items() if typed}


def come_back(window: MainWindow) -> None:
    """Give an officer back what they were typing when the desk was locked: where it stood, else as words to copy."""
    from cpdesk.tasks import drafts

    desk, here = window.context.desk, window.history.current()
    place, typed = drafts.take(desk, desk.who or "")
    on_page = typed.pop(PAGE, {})
    if here is not None and place == place_of(here.page, here.record):
        on_page = give_back(window, on_page)
    left = {**({_("On the page"): on_page} if on_page else {}), **typed}
    if left:
        from ui.dialogs.unlock_words import HalfTyped

        HalfTyped(left, window).open()


def place_of(page: str, record: str | None) -> str:
    return f"{page} {record or ''}"


def give_back(window: MainWindow, typed: dict[str, str]) -> dict[str, str]:
    """Put the words of a page where they stood; what found no place any more."""
    page = window.page()
    inputs = dict(_inputs(page)) if page is not None else {}
    left = {}
    for name, words in typed.items():
        field = inputs.get(name)
        if field is None:
            left[name] = words
        elif _words(field) != words:
            _write(field, words)
    return left


def _typed(holder: QWidget) -> dict[str, str]:
    return {name: _words(field) for name, field in _inputs(holder) if _words(field).strip() and _is_loose(field)}


def _inputs(holder: QWidget) -> Iterator[tuple[str, Input]]:
    """All that can be typed into, by name; of several with one name by their order."""
    seen: dict[str, int] = {}
    fields: list[Input] = [*holder.findChildren(QLineEdit), *holder.findChildren(QPlainTextEdit)]
    for field in fields:
        name = field.objectName()
        hidden = isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal
        if name and not name.startswith("qt_") and not field.isReadOnly() and not hidden:
            seen[name] = seen.get(name, 0) + 1
            yield f"{name} {seen[name]}", field


def _is_loose(field: Input) -> bool:
    """Whether its words are saved nowhere: it belongs to no form, or the form could not read them."""
    around: QWidget | None = field
    while around is not None:
        if isinstance(around, Editor) and isinstance(around.form, Form):
            return around.objectName() in around.form.unsaved()
        if isinstance(around, Form):
            return any(editor.isAncestorOf(field) and name in around.unsaved() for name, editor in _editors(around))
        around = around.parentWidget()
    return field.isVisible()


def _editors(form: Form) -> list[tuple[str, Editor]]:
    return list(form.editors.items())


def _words(field: Input) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _write(field: Input, words: str) -> None:
    """As a hand would, so that whoever listens hears it."""
    field.selectAll()
    if isinstance(field, QLineEdit):
        field.insert(words)
    else:
        field.insertPlainText(words)
