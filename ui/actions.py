"""Every command once: its word, icon, shortcut and function. Menu, palette, tool tips and help read it from here.

The window declares commands that hold everywhere; the page in sight adds its own, and one of the same id takes the
window's place as long as the page is shown (so Ctrl+N is always "new here").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import LANGUAGES, _, using
from cpdesk.khmer.breaks import pieces
from cpdesk.khmer.spelling import loose
from ui import icons, rights
from ui.widgets.text import literal

# The same thing has the same keys on every page.
SHORTCUTS = {
    "new": "Ctrl+N",
    "print": "Ctrl+P",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z",
    "back": "Esc",
    "forward": "Alt+Right",
    "search": "Ctrl+K",
    "history": "Ctrl+H",
    "help": "F1",
    "language": "Ctrl+Shift+L",
    "larger": "Ctrl++",
    "smaller": "Ctrl+-",
    "scheme": "Ctrl+Shift+D",
    "open": "Ctrl+O",
    "go_papers": "Ctrl+0",
    "go_bin": "Ctrl+9",
    "go_audit": "Ctrl+Shift+A",
    "go_settings": "Ctrl+,",
    "lock": "Ctrl+L",
    "quit": "Ctrl+Q",
}
INNER = {"go": "arrow-right", "view": "eye"}  # groups with a menu of their own, and its icon
MEANT = {  # what people also call them when they look for them
    "scheme": "dark theme night ងងឹត",
    "larger": "zoom font អក្សរធំ",
    "smaller": "zoom font អក្សរតូច",
    "lock": "password logout ពាក្យសម្ងាត់",
    "quit": "exit ចាកចេញ",
    "go_bin": "deleted trash ធុងសំរាម",
    "go_audit": "log audit history receipt ប្រវត្តិ",
    "restore": "backup restore",
}
ALSO = {
    "redo": ("Ctrl+Y",),
    "decide": ("Ctrl+Return",),
    "back": ("Alt+Left",),
    "larger": ("Ctrl+=",),
    "go_home": ("Alt+Home",),
}


def group_titles() -> dict[str, str]:
    """Groups in the order of the menu, with their words."""
    return {"page": _("This page"), "go": _("Go to"), "view": _("View"), "desk": _("Desk")}


def page_words() -> dict[str, str]:
    """What the keys do that each page fills with its own command, for the help."""
    return {
        "new": _("A new one of what the page shows"),
        "print": _("Print what the page shows"),
        "undo": _("Undo"),
        "redo": _("Redo"),
    }


@dataclass(frozen=True)
class Action:
    """A command.

    `shortcut` left empty takes the one of SHORTCUTS for its id; `menu=False` keeps it to palette and help.
    """

    id: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    group: str = "page"
    enabled: Callable[[], bool] | None = None
    menu: bool = True

    def shortcuts(self) -> tuple[str, ...]:
        first = self.shortcut or SHORTCUTS.get(self.id, "")
        return ((first,) if first else ()) + ALSO.get(self.id, ())

    def keys_shown(self) -> str:
        """The first shortcut as the system writes it, or an empty text."""
        keys = self.shortcuts()
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def all_keys_shown(self) -> list[str]:
        """Each shortcut as the system writes it."""
        return [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in self.shortcuts()]

    def is_enabled(self) -> bool:
        return not rights.reason(self.id) and (self.enabled is None or self.enabled())


def tables(general: Iterable[Action]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The list of keys for help and manual: titles, and under each the words of a command and its keys."""
    everywhere = [(action.text, action.all_keys_shown()) for action in general if action.shortcuts()]
    shared = [(words, Action(key, words, lambda: None).all_keys_shown()) for key, words in page_words().items()]
    return [(_("Everywhere"), everywhere), (_("On each page"), shared)]


def _hold(texts: Iterable[str], words: Iterable[str]) -> bool:
    return all(any(word in text for text in texts) for word in words)


class Actions:
    """The commands in force in one window. Holds a QAction for each, so that shortcuts work."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._general: dict[str, Action] = {}
        self._page: dict[str, Action] = {}
        self._live: dict[str, QAction] = {}

    def set_general(self, actions: Iterable[Action]) -> None:
        self._general = {action.id: action for action in actions}
        self._renew()

    def set_page(self, actions: Iterable[Action]) -> None:
        """The commands of the page in sight."""
        self._page = {action.id: action for action in actions}
        self._renew()

    def all(self) -> list[Action]:
        """In the order of the menu: groups, then as declared."""
        order = list(group_titles())
        merged = {**self._page, **{key: a for key, a in self._general.items() if key not in self._page}}
        return sorted(merged.values(), key=lambda action: order.index(action.group))

    def general(self) -> list[Action]:
        """Those that hold on every page."""
        return list(self._general.values())

    def get(self, id_: str) -> Action | None:
        return self._page.get(id_) or self._general.get(id_)

    def trigger(self, id_: str) -> bool:
        """Run a command where it exists and may run now."""
        action = self.get(id_)
        if action is None or not action.is_enabled():
            return False
        action.run()
        return True

    def find(self, text: str, elsewhere: Mapping[str, str] | None = None) -> list[Action]:
        """Commands that hold every word of `text`, in any order, for the palette: in their own words, or in those that
        `elsewhere` gives by id (the other language's). Those that begin with it come first. Where no command does, the
        words of Khmer without spaces are told apart.
        """
        ways = [loose(self._go_to(lang)) for lang in LANGUAGES]
        known: dict[str, list[str]] = {}
        for action in self.all():
            words = [action.text, (elsewhere or {}).get(action.id, ""), MEANT.get(action.id, "")]
            known[action.id] = [*map(loose, words), *(ways if action.group == "go" else ())]
        for wanted in (loose(text).split(), [loose(piece) for piece in pieces(text)]):
            found = [action for action in self.all() if _hold(known[action.id], wanted) and action.is_enabled()]
            if found:
                begun = loose(text)
                return sorted(found, key=lambda one: not any(word.startswith(begun) for word in known[one.id][:2]))
        return []

    @staticmethod
    def _go_to(lang: str) -> str:
        with using(lang):
            return group_titles()["go"]

    def fill(self, menu: QMenu) -> None:
        """Write the commands into `menu`: those of the page and the desk at once, ways and views a step further in, so
        that it fits a small screen.
        """
        for inner in menu.findChildren(QMenu):
            inner.deleteLater()
        menu.clear()
        into, last = menu, ""
        for action in self.all():
            if not action.menu:
                continue
            if action.group != last:
                if last and not (last in INNER and action.group in INNER):
                    menu.addSeparator()
                last = action.group
                into = menu
                if last in INNER:
                    into = menu.addMenu(icons.icon(INNER[last]), literal(group_titles()[last]))
                    into.setObjectName(f"menu_{last}")
            live = self._live[action.id]
            live.setEnabled(action.is_enabled())
            why = rights.reason(action.id)
            if why:
                live.setToolTip(why)
                into.setToolTipsVisible(True)
            if action.icon and live.icon().isNull():
                live.setIcon(icons.icon(action.icon))  # drawn when the menu is first opened
            into.addAction(live)
        # greyed only while the menu is open: a key asks anew whether it may
        menu.aboutToHide.connect(self._all_on, Qt.ConnectionType.SingleShotConnection)

    def _all_on(self) -> None:
        for live in self._live.values():
            live.setEnabled(True)

    def _renew(self) -> None:
        for live in self._live.values():
            live.setShortcuts([])  # it lives for a moment yet, and two of one key are none
            live.setObjectName("")
            self._window.removeAction(live)
            live.deleteLater()
        self._live.clear()
        for action in self.all():
            live = QAction(literal(action.text), self._window)
            live.setObjectName(f"action_{action.id}")
            live.setShortcuts([QKeySequence(key) for key in action.shortcuts()])
            live.triggered.connect(lambda _on=False, id_=action.id: self.trigger(id_))
            self._window.addAction(live)
            self._live[action.id] = live
