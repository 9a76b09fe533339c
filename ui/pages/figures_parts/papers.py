"""The papers that an area's figures of a year make, offered under one button: for the committee with the exact
figures, for the public, and the list of what the public copy hides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from ui import icons
from ui.actions import Action
from ui.context import Context
from ui.dialogs.preview import Paper, PreviewDialog, show_preview
from ui.widgets.text import literal

Run = Callable[[str], object]
"""Called with the name of one of the papers."""
INSIDE, PUBLIC, HIDDEN = "inside", "public", "hidden"


def words() -> dict[str, tuple[str, str]]:
    """By its name each paper in words, and its icon."""
    return {
        INSIDE: (_("For inside: the exact figures"), "lock"),
        PUBLIC: (_("For the public: small counts hidden"), "presentation"),
        HIDDEN: (_("What the public copy hides, and why"), "eye-off"),
    }


def choose(page: QWidget, button: QWidget, run: Run) -> None:
    """Ask which, under the button."""
    menu = QMenu(page)
    menu.setObjectName("figures_papers_menu")
    for name, (word, icon) in words().items():
        if name == HIDDEN:
            menu.addSeparator()
        entry = menu.addAction(icons.icon(icon, "ink"), literal(word))
        entry.triggered.connect(partial(_run, run, name))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[0])


def _run(run: Run, name: str, _on: bool = False) -> None:
    run(name)


def actions(run: Run, there: Callable[[], bool]) -> list[Action]:
    """The same as commands; the exact one has the key."""
    return [
        Action("print", _("Print the profile"), partial(run, INSIDE), "printer", enabled=there),
        Action("print_public", _("Print the profile for the public"), partial(run, PUBLIC), "printer", enabled=there),
        Action("print_hidden", _("Print what the public copy hides"), partial(run, HIDDEN), "printer", enabled=there),
    ]


def show(context: Context, name: str, area: str, year: int, title: str, parent: QWidget) -> PreviewDialog:
    """Preview that paper. What a public copy told is remembered when it leaves the preview, not before."""
    about = f"{area}/{year}"
    if name == HIDDEN:
        return show_preview(
            context, Paper("hidden_list", about, title=_("{title} · what is hidden").format(title=title)), parent
        )
    if name == PUBLIC:
        paper = Paper(
            "vulnerability_profile", f"{about}/public", title=_("{title} · for the public").format(title=title)
        )
        return show_preview(context, paper, parent)
    return show_preview(context, Paper("vulnerability_profile", about, title=title), parent)
