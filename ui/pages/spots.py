"""The very spot: where on a page a record's field is, and what of a record has the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui import tokens
from ui.forms.record_form import RecordForm
from ui.lists.rows import Row, RowList
from ui.navigation import Page
from ui.widgets.editors import Editor
from ui.widgets.sheet.view import SheetView


def stand_on(page: QWidget, record: str, field: str = "") -> bool:
    """Give the focus to where the page shows that field of a record: its editor, its cell, or its row; False where it
    shows none.
    """
    for form in _seen(page, RecordForm):
        editor = form.editors.get(field) if form.record == record else None
        if editor is not None and editor.isVisibleTo(page):
            editor.focus()
            _show(editor)
            return True
    if any(sheet.isVisibleTo(page) and _cell(sheet, record, field) for sheet in page.findChildren(SheetView)):
        return True
    return any(rows.isVisibleTo(page) and rows.focus(record) for rows in page.findChildren(RowList))


def _seen(page: QWidget, sort: type[RecordForm]) -> list[RecordForm]:
    return [one for one in page.findChildren(sort) if one.isVisibleTo(page)]


def _cell(sheet: SheetView, record: str, field: str) -> bool:
    """The cell that shows a field; in the line at least that is the record."""
    model = sheet.sheet
    columns = range(len(model.columns()))
    row = model.find(record)
    rows = [row] if row >= 0 else range(model.rows())
    for at in rows:
        column = next((n for n in columns if model.behind(at, n) == (record, field)), -1)
        if column >= 0:
            sheet.set_current(at, column)
            sheet.setFocus()
            return True
    if row >= 0:
        if row not in sheet.selection.rows():  # what is chosen stays chosen
            sheet.set_current(row, sheet.current()[1])
        sheet.setFocus()
    return row >= 0


def _show(widget: QWidget) -> None:
    """Scroll to where it is."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, tokens.XL)
        around = around.parentWidget()


def at_focus(page: Page) -> tuple[str, str] | None:
    """The record and the field ("" for all of it) that has the focus; else the page's own record, where it has one."""
    widget = QApplication.focusWidget()
    while widget is not None and widget is not page:
        if isinstance(widget, Editor) and isinstance(widget.form, RecordForm):
            record = widget.form.record
            return (record, widget.objectName()) if record is not None else _own(page)
        if isinstance(widget, Row):
            return widget.face.id, ""
        if isinstance(widget, SheetView) and widget.sheet.rows() and widget.sheet.columns():
            return widget.sheet.behind(*widget.current()) or _own(page)
        widget = widget.parentWidget()
    return _own(page)


def _own(page: Page) -> tuple[str, str] | None:
    return (page.record, "") if page.record is not None else None
