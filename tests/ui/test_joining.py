"""Two that are one are joined from the checks, by keyboard: which stands, which values, why; and taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Desk, exchange, joining, records
from tests.desks import befriend
from tests.ui import story
from tests.ui.hands import come_to_front, press, read, settle, window, write
from ui.checking import watch
from ui.dialogs.join_records import JoinRecords
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.bin import BinPage
from ui.pages.checks import ChecksPage, Group
from ui.pages.exchange import ExchangePage

TWIN = {"name_km": "ចាន់ សុភា", "position": "អនុប្រធានការិយាល័យ", "name_latin": "Chan Sophea"}


def checks_page(shown: MainWindow, qtbot: QtBot) -> ChecksPage:
    shown.go(Location("checks"))
    page = shown.page()
    assert isinstance(page, ChecksPage)
    page._again()
    settle(qtbot, shown, lambda: watch(shown.context).found is not None)
    come_to_front(qtbot, shown)
    return page


def group(page: ChecksPage, key: str) -> Group:
    return next(one for one in page.groups if one.check.key == key)


def asked(page: ChecksPage, key: str = "same_person") -> JoinRecords:
    """The line of two that look alike, and Ctrl+J on it."""
    group(page, key).rows.focus_row(0)
    press("Ctrl+J")
    dialog = page.dialog
    assert isinstance(dialog, JoinRecords) and dialog.isVisible() and dialog.height() <= 600
    return dialog


def choose(dialog: JoinRecords, at: int) -> None:
    """All that differs as that one says it."""
    for field in dialog.undecided():
        dialog.sides[field][at].picked.emit()


def test_values_are_chosen_where_they_differ_and_nowhere_else(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    records.save(told.desk, "person", {**TWIN, "phone": "012 345 678"})
    records.save(told.desk, "person", {"phone": "011 111 111"}, told.people["secretary"])
    dialog = asked(checks_page(shown, qtbot))
    assert set(dialog.undecided()) == {"position", "phone"} == set(dialog.sides)
    assert not any(side.is_chosen() for pair in dialog.sides.values() for side in pair)
    assert "នៅត្រូវជ្រើសរើស៖ តួនាទី" in dialog.to_choose.plain() and dialog.to_choose.property("role") == "small"
    dialog.join()
    assert dialog.isVisible() and dialog.to_choose.property("role") == "problem" and dialog.height() <= 600
    first = dialog.undecided()[0]
    dialog.sides[first][0].picked.emit()
    assert dialog.values[first] == dialog.sides[first][0].value
    assert dialog.to_choose.property("role") == "small"
    chosen = dict(dialog.values)
    dialog._stand(1 - dialog.ids.index(dialog.keep))
    assert dialog.values == chosen, "which of the two stands is another question"
    choose(dialog, 1)
    assert dialog.undecided() == [] and dialog.to_choose.isHidden()
    dialog.reject()


def test_two_people_are_joined_by_keyboard(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    twin = records.save(told.desk, "person", TWIN).id
    records.save(told.desk, "meeting", {"chair": twin}, told.meeting)
    first = told.people["secretary"]
    page = checks_page(shown, qtbot)
    dialog = asked(page)
    at = dialog.ids.index(first)
    if dialog.keep != first:
        press((Qt.Key.Key_Left, Qt.Key.Key_Right)[at])
    assert dialog.keep == first and "១ កន្លែង" in read(dialog)
    assert dialog.values == {} and dialog.undecided() == ["position"], "where both say something else none is proposed"
    press(Qt.Key.Key_Return)
    assert dialog.sides["position"][at].hasFocus(), "Enter goes on to what is still to be chosen"
    press((Qt.Key.Key_Right, Qt.Key.Key_Left)[at])
    assert dialog.values["position"] == TWIN["position"], "the other's position, the one's record"
    assert all(side.accessibleName().startswith("តួនាទី") for side in dialog.sides["position"])
    dialog.reason.setFocus()
    write("មនុស្សតែម្នាក់")
    dialog.yes.setFocus()
    press(Qt.Key.Key_Return)
    person = records.get(told.desk, first)
    assert (person["position"], person["name_latin"], person["sex"]) == (TWIN["position"], "Chan Sophea", "female")
    assert records.get(told.desk, twin).deleted and records.get(told.desk, told.meeting)["chair"] == first
    (decision,) = exchange.decisions(told.desk)
    assert (decision.sort, decision.into, decision.reason) == ("joined", first, "មនុស្សតែម្នាក់")
    settle(qtbot, shown, lambda: not group(page, "same_person").found)
    shown.go(Location("bin"))
    bin_ = shown.page()
    assert isinstance(bin_, BinPage)
    gone = bin_.model.at(0)
    assert gone is not None and "បានច្របាច់ចូល «លោកស្រី ចាន់ សុភា»" in bin_.model.words(gone)[1]


def test_joining_is_one_step_back(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    twin = records.save(told.desk, "person", TWIN).id
    page = checks_page(shown, qtbot)
    dialog = asked(page)
    dialog.yes.click()
    assert dialog.isVisible() and exchange.decisions(told.desk) == [], "first the position is chosen"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert dialog.yes.hasFocus()
    press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    settle(qtbot, shown, lambda: not group(page, "same_person").found)
    shown.activateWindow()
    page.begin()
    qtbot.waitUntil(shown.isActiveWindow)
    press("Ctrl+Z")
    page._again()
    settle(qtbot, shown, lambda: bool(group(page, "same_person").found))
    assert not records.get(told.desk, twin).deleted
    assert not records.get(told.desk, told.people["secretary"]).deleted


def test_they_are_two_changes_nothing(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    records.save(told.desk, "person", TWIN)
    dialog = asked(checks_page(shown, qtbot))
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible() and exchange.decisions(told.desk) == []


def test_the_chip_of_the_line_joins_too(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    records.save(told.desk, "body", {"name_km": "អង្គការសង្គ្រោះកុមារ", "sort": "ngo", "place": "0802"})
    page = checks_page(shown, qtbot)
    rows = group(page, "same_body").rows
    row = rows.row("0")
    assert row is not None and "ច្របាច់…" in row.accessibleName()
    assert rows.chip_pressed(row) and isinstance(page.dialog, JoinRecords)
    page.dialog.reject()


def test_what_more_offices_see_stands_or_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    """The province's person reached the district, which has one of its own: only one way round is possible."""
    two = story.two_offices(tmp_path)
    shared = next(one for one in records.find(two.district, "person") if one["name_km"] == "ចាន់ សុភា")
    own = records.save(two.district, "person", TWIN).id
    made = window(qtbot, two.district)
    dialog = JoinRecords(made.context, own, shared.id, made)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.keep == shared.id and dialog.yes.isEnabled(), "it begins the way that is possible"
    dialog._stand(0)
    assert not dialog.yes.isEnabled() and "ចាន់ សុភា" in dialog.problem.plain()
    dialog._stand(1)
    choose(dialog, 1)
    dialog.join()
    assert records.get(two.district, own).deleted
    two.province.close()


def test_two_districts_records_go_into_a_third(qtbot: QtBot, tmp_path: Path) -> None:
    two = story.two_offices(tmp_path)
    ids = []
    other = _third_office(two, tmp_path)
    for n, desk in enumerate((two.district, other)):
        ids.append(records.save(desk, "person", {"name_km": "ឡុង សុភី", "position": f"តួនាទី {n}"}).id)
        exchange.export(desk, tmp_path / f"person{n}.cpsync")
        exchange.merge(two.province, [tmp_path / f"person{n}.cpsync"])
    made = window(qtbot, two.province)
    dialog = JoinRecords(made.context, ids[0], ids[1], made)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "កំណត់ត្រាថ្មី" in read(dialog) and dialog.yes.isEnabled()
    choose(dialog, 0)
    dialog.join()
    (stands,) = [one for one in records.find(two.province, "person") if one["name_km"] == "ឡុង សុភី"]
    assert stands.id not in ids and stands["position"] == "តួនាទី 0"
    two.district.close()
    other.close()


def _third_office(two: story.Exchange, folder: Path) -> Desk:
    from cpdesk.tasks import desk as desks

    other = desks.create(folder / "other.cpdesk", "0801", "មន្ត្រី")
    befriend(two.province, other, folder)
    return other


def test_references_that_came_later_are_led_on_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    two = story.two_offices(tmp_path)
    (keep,) = [one for one in records.find(two.province, "person") if one["name_km"] == "ចាន់ សុភា"]
    twin = records.save(two.province, "person", TWIN).id
    exchange.export(two.province, tmp_path / "twin.cpsync", "0802")
    exchange.merge(two.district, [tmp_path / "twin.cpsync"])
    late = records.save(two.district, "meeting", {"subject": "ថ្មី", "chair": twin}).id
    joining.join(two.province, keep.id, twin)
    exchange.export(two.district, tmp_path / "late.cpsync")
    exchange.merge(two.province, [tmp_path / "late.cpsync"])
    made = window(qtbot, two.province)
    page = checks_page(made, qtbot)
    astray = group(page, "joined_reference")
    assert [one.record for one in astray.found] == [late]
    button = astray.findChild(QPushButton, "lead_on")
    assert isinstance(button, QPushButton)
    button.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, made, lambda: not astray.found)
    assert records.get(two.province, late)["chair"] == keep.id
    two.district.close()


def test_a_join_comes_to_the_district(qtbot: QtBot, tmp_path: Path) -> None:
    """Joined in the province's window, it is told at the district, where the same record stands."""
    two = story.two_offices(tmp_path)
    twin = records.save(two.province, "person", TWIN).id
    alike = [one.id for one in records.find(two.province, "person") if one["name_km"] == "ចាន់ សុភា"]
    keep = next(id_ for id_ in alike if id_ != twin)
    exchange.export(two.province, tmp_path / "1.cpsync", "0802")
    made = window(qtbot, two.province)
    dialog = JoinRecords(made.context, keep, twin, made)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.reason.setText("ម្នាក់ឯង")
    choose(dialog, 0)
    dialog.join()
    exchange.export(two.province, tmp_path / "2.cpsync", "0802")
    exchange.merge(two.district, [tmp_path / "1.cpsync", tmp_path / "2.cpsync"])
    there = window(qtbot, two.district)
    there.go(Location("exchange", state={"view": "differences", "differing": {"tab": "decided"}}))
    page = there.page()
    assert isinstance(page, ExchangePage)
    rows = page.differences.decided.rows
    assert "ម្នាក់ឯង" in rows.row("0").accessibleName()  # type: ignore[union-attr]
    rows.focus_row(0)
    press(Qt.Key.Key_Return)
    here = there.history.current()
    assert here is not None and (here.page, here.record) == ("people", keep), "to the one that stands"
