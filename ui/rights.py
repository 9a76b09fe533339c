"""What an officer's roles do not reach: seen, greyed, and told why. The rules are the core's (`cpdesk.tasks.roles`);
whatever slips by here is refused there, in words.

Which button or command is which act stands here and nowhere else, by their names. Forms and sheets ask `lacks("draft")`
themselves. While nobody is limited (an open desk, an officer with all roles) nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from cpdesk.i18n import _

if TYPE_CHECKING:
    from ui.context import Context
    from ui.main_window import MainWindow

# Act → names of buttons, and ids of commands; * stands for any letters.
_ACTS: dict[str, tuple[str, ...]] = {
    "draft": (
        "new", "new_meeting", "new_plan", "new_record", "new_objective", "new_output", "new_register", "next_plan",
        "*empty*_begin", "add_*", "start_*", "next_*", "delete", "delete_meeting", "undo",
        "redo", "fill_in", "write", "up", "down", "attach", "decide", "bring_back", "row_delete", "row_up", "row_down",
        "remove_*", "report_delete", "member_edit", "member_remove", "emblem_choose", "emblem_remove", "measure_new",
        "measure_up", "measure_down", "measure_bin", "make_priority", "priority_keep", "series_new", "register_make",
        "entry_void", "phrase_back", "carry_yes", "plan_import", "import_take", "personal_correct", "live_begin",
        "live_end", "bin_back", "measures_start",
    ),
    "submit": ("approval_submit",),
    "approve": ("approve", "approval_approve", "approve_yes", "send_back", "close_plan", "approval_back"),
    "export": ("send_write", "send_drive", "send_folder"),
    "merge": (
        "drop_merge", "review_merge", "settle_take", "settle_write", "settle_all", "settle_many", "many_yes", "join",
        "join_yes", "take_back_yes",
    ),
    "keys": (
        "restore", "settings_restore", "bring_back_yes", "join_steps", "accept_steps", "card_yes", "revoke_*",
        "withdraw_yes", "replacement_yes", "personal_remove", "remove_yes", "help_a_district",
    ),
}  # fmt: skip
# Inputs outside of forms that write.
_INPUTS = ("attendance_add", "arrival_input", "point_input", "who_input", "said_input", "phone_input")
_NOT = frozenset({"next_doubt", "next_change", "remove_words", "remove_refused"})  # names that only look so

_why_not: Callable[[str], str] | None = None


def hold(why_not: Callable[[str], str] | None) -> None:
    """Ask `why_not(act)` from now on: "" for what the officer may. None: nobody is limited."""
    global _why_not
    _why_not = why_not


def hold_to(context: Context) -> None:
    """Hold the window to the roles of who has the desk open, as they are now."""
    limited = False
    if context.desk.who is not None:
        from cpdesk.tasks import roles

        limited = roles.acts(context.desk) != roles.ALL
    hold(lru_cache(context.why_not) if limited else None)


def tell(window: MainWindow) -> None:
    """Say at the foot of the window that its officer may read here, not write; it leads to who may."""
    words = _("You may read here, not write.") if lacks("draft") else ""
    window.status.note("rights", words, run=lambda: window.context.go("settings", part="officers"))


def is_limited() -> bool:
    return _why_not is not None


def lacks(act: str) -> str:
    """Why the present officer may not do it; "" where they may."""
    return _why_not(act) if _why_not is not None else ""


@lru_cache(maxsize=1024)
def act_of(name: str) -> str:
    """The act of a button or command by its name; "" where everybody may press it."""
    if name in _NOT:
        return ""
    return next((act for act, names in _ACTS.items() if any(fnmatchcase(name, one) for one in names)), "")


def reason(name: str) -> str:
    """Why the present officer may not press the button or run the command of that name."""
    if _why_not is None or not name:
        return ""
    act = act_of(name)
    return _why_not(act) if act else ""


def respect(button: QWidget) -> None:
    """Grey a button that the present officer may not press."""
    why = reason(button.objectName())
    if why:
        forbid(button, why)


def respect_page(page: QWidget) -> None:
    """Let inputs that write be read where the officer may not write."""
    why = lacks("draft")
    inputs: list[QLineEdit | QPlainTextEdit] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    for one in inputs if why else ():
        if one.objectName() in _INPUTS:
            one.setReadOnly(True)
            one.setPlaceholderText("")
            one.setAccessibleDescription(why)
            one.setToolTip(why)


def forbid(widget: QWidget, why: str) -> None:
    """Grey `widget` and tell why by its tip and to screen readers; a blank reason gives it back."""
    had = widget.property("forbidden")
    if why:
        from ui.widgets.tips import tip

        widget.setProperty("forbidden", why)
        widget.setEnabled(False)
        widget.setToolTip(tip(why))
        widget.setAccessibleDescription(why)
    elif had:
        widget.setProperty("forbidden", None)
        widget.setEnabled(True)
        widget.setToolTip("")
        widget.setAccessibleDescription("")
