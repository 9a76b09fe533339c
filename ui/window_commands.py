"""The commands that hold on every page: ways, view, desk. What each does is the window's, or a line here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.i18n import _, language
from ui import look, messages, theme
from ui.actions import Action
from ui.navigation import Location

if TYPE_CHECKING:
    from ui.main_window import MainWindow

RECENT = 3  # other desks in the menu


def commands(window: MainWindow) -> list[Action]:
    """All of them, in the order of the menu's groups."""
    return [*_ways(window), *_view(window), *_desk(window)]


def _ways(window: MainWindow) -> list[Action]:
    can_go = window.history.can_go
    sections = [
        Action(
            f"go_{spec.name}",
            spec.title(),
            partial(window.section, spec.name),
            spec.icon,
            shortcut=spec.shortcut or (f"Ctrl+{number}" if number < 10 and spec.place == "main" else ""),
            group="go",
        )
        for number, spec in enumerate(window.specs(), 1)
        if spec.place != "inner" or spec.listed
    ]
    return [
        Action("back", _("Back"), window.back, "chevron-left", group="go", enabled=lambda: can_go(-1)),
        Action("forward", _("Forward"), window.forward, "chevron-right", group="go", enabled=lambda: can_go(1)),
        *sections,
        Action("search", _("Search"), window.search, "search", group="go"),
        Action("history", _("History of this record…"), window.show_changes, "history", enabled=window.has_record),
    ]


def _view(window: MainWindow) -> list[Action]:
    def other_language() -> None:
        window.use_language("en" if language() == "km" else "km")

    def other_scheme() -> None:
        look.use_theme("dark" if theme.current().scheme == "light" else "light")

    def size(by: int) -> Callable[[], object]:
        return lambda: look.use_size(look.size() + by)

    return [
        Action("language", _("Khmer or English"), other_language, "languages", group="view"),
        Action("scheme", _("Light or dark"), other_scheme, "moon", group="view"),
        Action("larger", _("Larger text"), size(look.STEP), "zoom-in", group="view"),
        Action("smaller", _("Smaller text"), size(-look.STEP), "zoom-out", group="view"),
    ]


def _desk(window: MainWindow) -> list[Action]:
    want = window.context.want_desk

    def show_tips() -> None:
        from ui.widgets import tour

        tour.show(window)

    def print_manual() -> None:
        from ui.actions import tables
        from ui.dialogs.manual import show_manual

        show_manual(window.context, tables(window.actions_.general()), window)

    def save_reports() -> None:
        messages.save_reports(window)

    return [
        Action("open", _("Open another desk…"), lambda: want("open"), "folder-open", group="desk"),
        *_recent_desks(window),
        *_settings(window),
        Action("new_desk", _("New desk…"), lambda: want("new"), "plus", group="desk"),
        Action("restore", _("Bring back from a backup…"), lambda: want("restore"), "rotate-ccw", group="desk"),
        Action("manual", _("Print the manual"), print_manual, "printer", group="desk", menu=False),
        Action("tips", _("Show the five tips"), show_tips, "info", group="desk", menu=False),
        Action("reports", _("Save the log and crash reports…"), save_reports, "usb", group="desk", menu=False),
        Action("lock", _("Lock the desk"), window.context.lock_wanted.emit, "lock", group="desk"),
        Action("quit", _("Close the program"), window.close, "x", group="desk"),
    ]


def _settings(window: MainWindow) -> list[Action]:
    """The parts of the settings, to be found by searching."""
    from ui.pages.settings_parts import titles

    def to(part: str) -> Callable[[], object]:
        return lambda: window.go(Location("settings", state={"part": part}))  # a new one each time: history keeps it

    return [
        Action(
            f"settings_{part}",
            _("Settings: {part}").format(part=title),
            to(part),
            "settings",
            group="desk",
            menu=False,
        )
        for part, title in titles().items()
        if window.has_page("settings")
    ]


def _recent_desks(window: MainWindow) -> list[Action]:
    """The desks last used; one that is not there now cannot be chosen."""
    from ui.memory import recent

    return [
        Action(
            f"recent_{number}",
            _("Open “{name}”").format(name=one.name),
            partial(window.context.want_desk, one.path),
            "file-text",
            group="desk",
            enabled=one.is_there,
        )
        for number, one in enumerate(recent(window.context.desk.path)[:RECENT], 1)
    ]
