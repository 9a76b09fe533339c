"""The views of one plan: each is a widget that the plan's page shows in turn, built when it is first looked at.

A new view is a module here and a line in `VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from ui.actions import Action
from ui.context import Context


class PlanPart(QWidget):
    """Base of a view. Build widgets in `__init__`, read the desk in `show_plan`; it is called again on every change.

    `kinds` are the kinds of record it shows. `retitled` says that `commands` changed.
    """

    name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    retitled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.plan: str | None = None
        self.setObjectName(f"plan_{self.name}")

    def show_plan(self, plan: str) -> None:
        """Read that plan and show it; what a person is typing stays."""
        raise NotImplementedError

    def leave(self) -> None:
        """Keep what was typed and not yet saved."""

    def commands(self) -> list[Action]:
        """The commands of this view."""
        return []

    def tools(self) -> list[QWidget]:
        """What this view puts beside the view switch: buttons, pickers."""
        return []

    def fit_tools(self, _room: int) -> None:
        """Let the tools give way where the switch leaves them no more than so many pixels."""

    def begin(self) -> None:
        """Put the focus where a person starts to work."""
        self.setFocus()

    def state(self) -> dict[str, object]:
        """What `restore` needs to stand where it stood."""
        return {}

    def restore(self, state: dict[str, object]) -> None:
        """Stand again where `state` says; unknown keys are passed over."""


@dataclass(frozen=True)
class ViewSpec:
    """`load` is "module:Class", imported at first sight."""

    name: str
    title: Callable[[], str]
    load: str

    def build(self, context: Context) -> PlanPart:
        module, _sep, name = self.load.partition(":")
        made = getattr(import_module(module), name)(context)
        if not isinstance(made, PlanPart):
            raise TypeError(f"{self.load} is not a PlanPart")
        return made


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec("matrix", lambda: _("Matrix"), "ui.pages.plan_views.matrix:MatrixView"),
    ViewSpec("quarters", lambda: _("Quarters"), "ui.pages.plan_views.quarters:QuartersView"),
    ViewSpec("budget", lambda: _("Budget"), "ui.pages.plan_views.budget:BudgetView"),
    ViewSpec("alignment", lambda: _("Alignment"), "ui.pages.plan_views.alignment:AlignmentView"),
    ViewSpec("priorities", lambda: _("Priorities"), "ui.pages.plan_views.priorities:PrioritiesView"),
    ViewSpec("swot", lambda: _("Strong and weak points"), "ui.pages.plan_views.swot:SwotView"),
    ViewSpec("compare", lambda: _("Compare"), "ui.pages.plan_views.compare:CompareView"),
)
