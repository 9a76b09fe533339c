"""A form saves as typed, keeps what it cannot save, and says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cpdesk.errors import DiskProblem
from cpdesk.kinds import Value
from tests.ui.gallery import SAMPLE, VALUES, people
from tests.ui.test_editors import press
from ui.forms.form import Form


class Kept:
    """Where the form's values go; `full` is a disk that refuses."""

    def __init__(self) -> None:
        self.values: list[dict[str, Value]] = []
        self.full = False

    def save(self, values: dict[str, Value]) -> None:
        if self.full:
            raise DiskProblem("ថាសពេញ។")
        self.values.append(values)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def form(qtbot: QtBot, kept: Kept) -> Form:
    made = Form(SAMPLE, kept.save, people, wait_ms=20)
    made.line(("subject", 3), ("day", 1))
    made.add_all()
    qtbot.addWidget(made)
    made.load(VALUES)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_it_saves_what_was_typed_and_only_that(qtbot: QtBot, form: Form, kept: Kept) -> None:
    form.editors["girls"].focus()
    girls = form.editors["girls"].control
    girls.selectAll()  # type: ignore[attr-defined]
    with qtbot.waitSignal(form.saved):
        press(girls, "៧")
    assert kept.values == [{"girls": 7}]


def test_one_save_for_a_run_of_letters(qtbot: QtBot, form: Form, kept: Kept) -> None:
    box = form.editors["opening"].control
    box.selectAll()  # type: ignore[attr-defined]
    with qtbot.waitSignal(form.saved):
        press(box, "កុមារ")
    assert kept.values == [{"opening": "កុមារ"}]


def test_who_types_without_a_pause_is_kept_too(qtbot: QtBot, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.forms.form.MOST_MS", 60)
    made = Form(SAMPLE, kept.save, people, wait_ms=60_000)
    made.line(("subject", 3))
    qtbot.addWidget(made)
    made.load(VALUES)
    made.show()
    box = made.editors["subject"].control

    def letter() -> bool:
        press(box, "ក")
        return bool(kept.values)

    qtbot.waitUntil(letter)
    assert str(kept.values[0]["subject"]).startswith("ក")


def test_what_is_not_understood_stays_and_the_rest_is_saved(qtbot: QtBot, form: Form, kept: Kept) -> None:
    day, girls = form.editors["day"].control, form.editors["girls"].control
    for control, text in ((day, "៤៥/៤៥"), (girls, "៨")):
        control.selectAll()  # type: ignore[attr-defined]
        press(control, text)
    assert form.flush() is False
    assert kept.values == [{"girls": 8}]
    assert form.editors["day"].problem()
    form.load({**VALUES, "day": "2022-01-01", "girls": 8})
    assert day.text() == "៤៥/៤៥"  # type: ignore[attr-defined]
    day.selectAll()  # type: ignore[attr-defined]
    press(day, "១/២/២០២៣")
    assert form.editors["day"].problem() == ""
    assert form.flush() is True
    assert kept.values[-1] == {"day": "2023-02-01"}


def test_a_refused_save_is_said_and_tried_again(qtbot: QtBot, form: Form, kept: Kept) -> None:
    kept.full = True
    control = form.editors["subject"].control
    control.selectAll()  # type: ignore[attr-defined]
    press(control, "ក")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert "ថាសពេញ។" in form._notice.text()
    kept.full = False
    assert form.flush() is True
    assert form._notice.isHidden()
    assert kept.values == [{"subject": "ក"}]


def test_problems_of_saved_values_stand_under_their_fields(form: Form) -> None:
    form.show_problems({"subject": "ខ្វះកម្មវត្ថុ។"})
    assert form.editors["subject"].problem() == "ខ្វះកម្មវត្ថុ។"
    form.show_problems({})
    assert form.editors["subject"].problem() == ""


def test_another_record_takes_nothing_from_the_last(qtbot: QtBot, form: Form, kept: Kept) -> None:
    control = form.editors["subject"].control
    control.selectAll()  # type: ignore[attr-defined]
    press(control, "ក")
    form.reset({})
    assert kept.values == [{"subject": "ក"}]
    assert all(editor.value() is None for editor in form.editors.values())


def test_a_word_half_typed_is_no_mistake_before_it_is_left(qtbot: QtBot, form: Form, kept: Kept) -> None:
    day, girls = form.editors["day"], form.editors["girls"]
    day.focus()
    day.control.selectAll()  # type: ignore[attr-defined]
    press(day.control, "31/")
    qtbot.wait(80)
    assert not day.problem()
    girls.focus()
    assert day.problem()
    assert not kept.values
