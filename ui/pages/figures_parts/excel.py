"""The two ways between the sheet and Excel, offered under one button."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from ui import icons
from ui.context import Context
from ui.widgets.text import literal


def choose(page: QWidget, context: Context, year: int, area: str, button: QWidget) -> None:
    """Ask which way, under the button."""
    from ui.dialogs.import_table import run_export, run_import

    target = ("figures", year, area.removesuffix("*"))
    menu = QMenu(page)
    menu.setObjectName("figures_excel_menu")
    for word, icon, run in (
        (_("Take figures in from Excel…"), "download", run_import),
        (_("Write the figures to Excel…"), "upload", run_export),
    ):
        entry = menu.addAction(icons.icon(icon, "ink"), literal(word))
        entry.triggered.connect(lambda _on=False, run=run: run(page.window(), context, target))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
