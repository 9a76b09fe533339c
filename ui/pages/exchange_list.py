"""A card with packages in rows, the newest first, a few until more are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from ui import tokens
from ui.widgets.buttons import Button
from ui.widgets.guards import focus_kept
from ui.widgets.surfaces import Card, Divider, SectionHeader, clear_out, column

MORE = 30  # with each asking
Package = TypeVar("Package")


class PackageList(Card, Generic[Package]):
    """`show_packages` fills it, the oldest first as the desk has them; hidden while there are none."""

    def __init__(self, name: str, title: str, first: int) -> None:
        super().__init__(name, margin=14)
        self._packages: list[Package] = []
        self._most = first
        self.add(SectionHeader(title))
        self._rows = column(spacing=tokens.XS)
        self.body.addLayout(self._rows)
        self.more = Button(_("Show more"), kind="link", name=f"{name}_more", run=self._show_more)
        self.body.addWidget(self.more)

    def show_packages(self, packages: Sequence[Package]) -> None:
        self._packages = list(reversed(packages))
        self.setVisible(bool(self._packages))
        self._fill()

    def row(self, one: Package) -> QWidget:
        raise NotImplementedError

    def _show_more(self) -> None:
        self._most += MORE
        self._fill()

    def _fill(self) -> None:
        with focus_kept(self):
            clear_out(self._rows)
            for n, one in enumerate(self._packages[: self._most]):
                if n:
                    self._rows.addWidget(Divider())
                self._rows.addWidget(self.row(one))
        self.more.setVisible(len(self._packages) > self._most)
