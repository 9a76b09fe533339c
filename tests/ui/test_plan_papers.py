"""A plan's views on paper: from the command to the pages."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.tasks import records
from tests.printing.reading import squeezed, whole
from tests.ui.story import Story
from ui.actions import Action
from ui.dialogs import plan_papers
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow


def commands(shown: MainWindow, told: Story, view: str, state: dict[str, object]) -> dict[str, Action]:
    found = plan_papers.actions(shown.context, view, lambda: told.plan, lambda: state, shown)
    return {action.id: action for action in found}


def printed(qtbot: QtBot, shown: MainWindow, action: Action) -> str:
    """The words on the pages that the command shows."""
    action.run()
    dialog = shown.findChild(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20000)
    text = whole(dialog.pdf)
    dialog.reject()
    qtbot.waitUntil(lambda: shown.findChild(PreviewDialog) is None)
    return text


@pytest.mark.parametrize(
    ("view", "words"),
    [("matrix", "តារាងផែនការសកម្មភាព"), ("budget", "តារាងថវិកា"), ("alignment", "តារាងតម្រឹមជាមួយកម្មវិធីវិនិយោគ")],
)
def test_each_view_has_its_paper(qtbot: QtBot, told: Story, shown: MainWindow, view: str, words: str) -> None:
    text = printed(qtbot, shown, commands(shown, told, view, {})["print"])
    assert squeezed(words) in text
    assert view == "budget" or squeezed(records.get(told.desk, told.activities[0]).text("text")) in text


def test_the_sides_that_are_compared_are_printed(qtbot: QtBot, told: Story, shown: MainWindow) -> None:
    other = records.save(
        told.desk, "plan", {"title": "ផែនការមុន", "first_year": 2021, "last_year": 2022, "office": "0802"}
    ).id
    action = commands(shown, told, "compare", {"left": other, "right": told.plan})["print"]
    assert squeezed("ផែនការមុន") in printed(qtbot, shown, action)


def test_only_the_matrix_wants_larger_paper(told: Story, shown: MainWindow) -> None:
    assert {"print", "print_large"} <= set(commands(shown, told, "matrix", {}))
    assert "print_large" not in commands(shown, told, "budget", {})
    assert not {"print", "print_large"} & set(commands(shown, told, "priorities", {}))
