"""Two offices come to know each other: three steps on each side, by sticks and a number that people compare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Desk, exchange, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.undo import Undo
from tests.ui import story
from tests.ui.hands import read
from ui import drives
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.enrolment import Enrolment, GiveStep, TakeStep
from ui.dialogs.withdraw import Withdraw
from ui.jobs import Jobs


@pytest.fixture
def contexts(tmp_path: Path) -> Iterator[tuple[Context, Context]]:
    """The province's and a district's."""
    found = []
    for code, name in (("08", "លេខា"), ("0802", "មន្ត្រី")):
        desk: Desk = desks.create(tmp_path / f"{code}.cpdesk", code, name)
        found.append(Context(desk, Jobs(desk.other), Undo(desk)))
    yield found[0], found[1]
    for context in found:
        context.jobs.close()
        context.desk.close()


def press(dialog: Enrolment, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None and button.isEnabled(), name
    button.click()


def test_a_stick_goes_to_the_province_and_back(contexts: tuple[Context, Context], qtbot: QtBot, tmp_path: Path) -> None:
    province, district = contexts
    stick = tmp_path / "stick"
    stick.mkdir()
    plugged_in = [drives.Drive("USB", stick, 1_000_000_000, read_only=False)]

    here = Enrolment(district, None, above=True)
    qtbot.addWidget(here)
    here.show_drives(plugged_in)
    press(here, "give_stick")
    qtbot.waitUntil(lambda: here.step().is_done(), timeout=10_000)
    assert (stick / "0802.cpcard").is_file()
    press(here, "enrolment_next")
    taking = here.step()
    assert isinstance(taking, TakeStep) and taking.findChild(QPushButton, "take_0802") is None, "not its own card"
    assert not here.next_button.isEnabled(), "nothing was taken yet"

    there = Enrolment(province, None, above=False)
    qtbot.addWidget(there)
    there.show_drives(plugged_in)
    press(there, "take_0802")
    number = exchange.own_card(district.desk).fingerprint.split()[0]
    assert number in read(there).translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789"))
    press(there, "take_other")
    assert exchange.offices(province.desk) == [], "not the same: not accepted"
    press(there, "take_0802")
    press(there, "take_same")
    assert [row.office for row in exchange.offices(province.desk)] == ["0802"]
    press(there, "enrolment_next")
    giving = there.step()
    assert isinstance(giving, GiveStep)
    press(there, "give_stick")
    qtbot.waitUntil(giving.is_done, timeout=20_000)
    assert (stick / "08.cpcard").is_file() and len(list(stick.glob("08-0802-*.cpsync"))) == 1
    press(there, "enrolment_next")
    assert not there.isVisible()

    here.show_drives(plugged_in)
    press(here, "take_08")
    press(here, "take_same")
    assert [row.role for row in exchange.offices(district.desk)] == ["upper"]
    (package,) = stick.glob("08-0802-*.cpsync")
    (merged,) = exchange.merge(district.desk, [package])
    assert merged.status != "refused", merged.why
    press(here, "enrolment_next")


def test_a_stick_that_refuses_says_so_and_the_step_is_not_done(
    contexts: tuple[Context, Context], qtbot: QtBot, tmp_path: Path
) -> None:
    _province, district = contexts
    here = Enrolment(district, None, above=True)
    qtbot.addWidget(here)
    here.show()
    giving = here.step()
    assert isinstance(giving, GiveStep)
    giving.write(tmp_path / "gone")
    qtbot.waitUntil(lambda: here.findChild(Dialog, "error") is not None, timeout=10_000)
    error = here.findChild(Dialog, "error")
    assert "gone" in read(error)
    error.close()
    assert not here.step().is_done()


def test_a_damaged_card_is_refused_in_words(contexts: tuple[Context, Context], qtbot: QtBot, tmp_path: Path) -> None:
    province, _district = contexts
    (tmp_path / "0802.cpcard").write_text("{}", "utf-8")
    there = Enrolment(province, None, above=False)
    qtbot.addWidget(there)
    there.show()
    there.show_drives([drives.Drive("USB", tmp_path, 1, read_only=False)])
    taking = there.step()
    assert isinstance(taking, TakeStep) and taking.findChild(QPushButton, "take_0802") is None
    taking.look(tmp_path / "0802.cpcard")
    error = there.findChild(Dialog, "error")
    assert error is not None and read(error)
    error.close()


# --- lost and replaced ----------------------------------------------------------------------------------------------
@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[story.Exchange, Context]]:
    made = story.two_offices(tmp_path)
    records.save(made.district, "meeting", {"subject": "កិច្ចប្រជុំ", "date": "2022-06-23"})
    exchange.export(made.district, tmp_path / "1.cpsync")
    exchange.merge(made.province, [tmp_path / "1.cpsync"])
    context = Context(made.province, Jobs(made.province.other), Undo(made.province))
    yield made, context
    context.jobs.close()
    made.province.close()
    made.district.close()


def withdrawing(context: Context, qtbot: QtBot) -> Withdraw:
    (office,) = exchange.offices(context.desk)
    dialog = Withdraw(context, office, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not context.jobs.is_busy(), timeout=10_000)
    return dialog


def test_what_a_lost_computer_held_is_told_before_its_card_is_withdrawn(
    two: tuple[story.Exchange, Context], qtbot: QtBot, tmp_path: Path
) -> None:
    made, context = two
    dialog = withdrawing(context, qtbot)
    assert dialog.findChild(QWidget, "withdraw_held") is not None
    dialog.since.set_value("2020-01-01")
    dialog.since.edited.emit()
    qtbot.waitUntil(lambda: not context.jobs.is_busy(), timeout=10_000)
    assert "កិច្ចប្រជុំ" in read(dialog), "what nobody can vouch for is listed"
    press_in(dialog, "withdraw_yes")
    (office,) = exchange.offices(context.desk)
    assert office.revoked
    exchange.export(made.district, tmp_path / "2.cpsync")
    (merged,) = exchange.merge(made.province, [tmp_path / "2.cpsync"])
    assert merged.status == "refused"


def test_a_new_computer_takes_the_place_of_the_old(
    two: tuple[story.Exchange, Context], qtbot: QtBot, tmp_path: Path
) -> None:
    made, context = two
    dialog = withdrawing(context, qtbot)
    with desks.create(tmp_path / "new.cpdesk", made.district.office, "មន្ត្រី") as new:
        exchange.write_card(new, tmp_path / "new.cpcard")
        number = exchange.own_card(new).fingerprint
    dialog.replace(tmp_path / "new.cpcard")
    press_in(dialog.compare, "replacement_yes")
    rows = {row.fingerprint: row.revoked for row in exchange.offices(context.desk)}
    assert rows[number] is False and list(rows.values()).count(True) == 1


def press_in(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None and button.isEnabled()
    button.click()
