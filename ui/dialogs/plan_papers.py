"""The papers of a plan, each from the view that shows the same: print commands for the plan's page.

*plan_papers.actions(context, view, lambda: self.record, self.part().state, self)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.tasks import records
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.papers.titles import title
from ui.actions import Action
from ui.context import Context
from ui.dialogs.preview import Paper, PreviewDialog, show_preview

# View of the plan's page → the form that says the same on paper. Strong and weak points print for themselves.
PAPERS = {
    "matrix": "plan_matrix",
    "quarters": "plan_matrix",
    "budget": "budget",
    "alignment": "alignment",
    "compare": "compare",
}
LARGE = ("plan_matrix",)  # wide enough to want A3
OF_A_PLAN = tuple(form.name for form in FORMS.values() if form.about == "plan")


def actions(
    context: Context,
    view: str,
    plan: Callable[[], str | None],
    state: Callable[[], Mapping[str, object]],
    parent: QWidget,
) -> list[Action]:
    """The print commands of a view: first its own paper, where it has one, then every other paper of the plan. `plan`
    and the view's `state`, which holds the sides of a comparison, are asked when one is used.
    """

    def run(form: str, large: bool = False) -> Callable[[], None]:
        def show() -> None:
            chosen = plan()
            if chosen is not None:
                show_paper(context, form, chosen, _choices(state(), large), parent)

        return show

    own, found = PAPERS.get(view), []
    if own is not None:
        found.append(Action("print", _("Print"), run(own), "printer"))
    if own in LARGE:
        found.append(Action("print_large", _("Print on A3"), run(own, True), "printer"))
    for form in OF_A_PLAN:
        if form != own:
            words = _("Print: {paper}").format(paper=title(form))
            found.append(Action(f"print_{form}", words, run(form), "printer"))
    return found


def _choices(state: Mapping[str, object], large: bool) -> Choices:
    """What the view shows now: the two sides where it has them."""
    left, right = state.get("left"), state.get("right")
    if isinstance(left, str) and isinstance(right, str):
        return Choices(against=left, newer=right, large=large)
    return Choices(large=large)


def show_paper(context: Context, form: str, plan: str, choices: Choices, parent: QWidget) -> PreviewDialog:
    """Preview that paper of the plan."""
    return show_preview(context, Paper(form, plan, choices, records.get(context.desk, plan).title), parent)
