"""What a page is to the window: its name, word, icon, and where its class is found when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ui.context import Context
from ui.navigation import Page


@dataclass(frozen=True)
class PageSpec:
    """One page of the window.

    `load` is "module:Class", imported at first sight so that start-up stays lean. `place` says where it stands: `main`
    and `foot` are the two ends of the sidebar, `inner` pages are reached from others and light up the section `under`.
    `badge` counts what waits there; it is asked after changes and must be quick. `listed`: an inner page that needs no
    record, so that menu and palette lead there too.
    """

    name: str
    title: Callable[[], str]
    icon: str
    load: str | Callable[[Context], Page]
    place: str = "main"
    under: str = ""
    shortcut: str = ""
    badge: Callable[[Context], int] | None = None
    listed: bool = False

    def build(self, context: Context) -> Page:
        """Make the page."""
        if not isinstance(self.load, str):
            return self.load(context)
        module, _sep, name = self.load.partition(":")
        made = getattr(import_module(module), name)(context)
        if not isinstance(made, Page):
            raise TypeError(f"{self.load} is not a Page")
        return made

    @property
    def section(self) -> str:
        return self.under or self.name
