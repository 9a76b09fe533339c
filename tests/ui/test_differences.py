"""Differences in the window by keyboard: gone through, compared, settled with a reason, many at once, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.analysis.wording import EQUAL, GONE, NEW, Span, compare
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import exchange, joining, records
from tests.ui import story
from tests.ui.hands import press, read, settle, window, write
from ui.dialogs.base import Dialog
from ui.dialogs.settle_many import SettleMany
from ui.lists.rows import Row
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.differences import DifferencesView
from ui.pages.differences_parts import words
from ui.pages.differences_parts.marked import Marked
from ui.pages.exchange import ExchangePage

LONG = "អង្គប្រជុំបានឯកភាពលើការបន្ថែមសាលារៀនគោលដៅ ៣ នៅតាមឃុំជាប់ព្រំប្រទល់ ក្នុងឆ្នាំ២០២៣។"
LINES = 4


@pytest.fixture
def two(tmp_path: Path) -> Iterator[story.Exchange]:
    """The meeting's closing words and place differ, four investment lines do, and one activity was deleted here."""
    made = story.two_offices(tmp_path)
    (meeting,) = records.find(made.province, "meeting")
    records.save(made.province, "meeting", {"closing": LONG}, meeting.id)
    exchange.export(made.province, tmp_path / "closing.cpsync", "0802")
    exchange.merge(made.district, [tmp_path / "closing.cpsync"])
    activities = [one.id for one in records.find(made.province, "activity")]
    for desk, closing, venue, word in (
        (made.district, LONG.replace("៣ នៅ", "៥ នៅ"), "សាលាស្រុក", "ស្រុក"),
        (made.province, LONG.replace("ក្នុងឆ្នាំ២០២៣", "ភ្លាម"), "សាលាខេត្ត", "ខេត្ត"),
    ):
        records.save(desk, "meeting", {"closing": closing, "venue": venue}, meeting.id)
        for id_ in activities[:LINES]:
            records.save(desk, "activity", {"investment_line": f"ជំពូក {word}"}, id_)
    records.save(made.district, "activity", {"text": "បន្តសរសេរ"}, activities[-1])
    records.delete(made.province, activities[-1])
    exchange.export(made.district, tmp_path / "differs.cpsync")
    exchange.merge(made.province, [tmp_path / "differs.cpsync"])
    made.activity = activities[-1]
    yield made  # what a window shows it closes itself


@pytest.fixture
def shown(two: story.Exchange, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window(qtbot, two.province)
    made.go(Location("exchange"))
    QApplication.processEvents()
    yield made
    settle(qtbot, made)
    two.district.close()


@pytest.fixture
def view(shown: MainWindow) -> DifferencesView:
    page = shown.page()
    assert isinstance(page, ExchangePage)
    page.settle.all.click()
    QApplication.processEvents()
    return page.differences


def stand_on(view: DifferencesView, ending: str) -> str:
    """Go through the list by its arrows until one with that ending is reached."""
    view.list._lists[0].focus_row(0)
    for _step in range(len(view.list.order())):
        if view.list.chosen.endswith(ending):
            return view.list.chosen
        press(Qt.Key.Key_Down)
    raise AssertionError(ending)


def test_all_that_wait_stand_in_a_list_and_arrows_go_through_it(view: DifferencesView) -> None:
    assert view.isVisible() and isinstance(QApplication.focusWidget(), Row), "the hands go on at once"
    assert len(view.list.order()) == LINES + 3 and "ខុសគ្នា ៧" in read(view)
    seen = []
    view.list._lists[0].focus_row(0)
    for _step in range(LINES + 3):
        seen.append(view.one.waiting)
        press(Qt.Key.Key_Down)
    assert len({words.key(one) for one in seen if one}) == LINES + 3, "each is shown beside as one comes to it"
    press(Qt.Key.Key_Up)
    assert view.one.waiting == seen[-2]
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName()


def test_by_office_and_back(view: DifferencesView) -> None:
    heads = read(view.list)
    assert "កិច្ចប្រជុំ · " in heads and "ស្រុកកៀនស្វាយ · ៧" not in heads
    view.by._buttons["office"].click()
    assert "ស្រុកកៀនស្វាយ · ៧" in read(view.list) and len(view.list._lists) == 1
    assert len(view.list.order()) == LINES + 3


def test_long_text_is_compared_word_by_word(view: DifferencesView) -> None:
    stand_on(view, "/closing")
    marked = view.one.inner.findChildren(Marked)
    spans = [one.spans for one in marked if one.objectName() != "legend" and one.isVisible()]
    assert len(spans) == 2
    told = {span.state: span.text for span in spans[0]}
    assert set(told) == {EQUAL, NEW, GONE} and "ភ្លាម" in told[NEW] and "២០២៣" in told[GONE]
    names = [choice.accessibleName() for choice in view.one.choices]
    assert "(ថ្មី៖ ៥" in names[1] and "(បានលុប៖ ៣" in names[1], "who listens is told too"
    compare_ = view.one.inner.findChild(QPushButton, "settle_compare")
    assert isinstance(compare_, QPushButton)
    compare_.click()
    assert not [one for one in view.one.inner.findChildren(Marked) if one.isVisible()]
    assert "(ថ្មី" not in view.one.choices[1].accessibleName()


def test_a_digit_picks_and_enter_settles_with_its_reason(
    view: DifferencesView, two: story.Exchange, shown: MainWindow
) -> None:
    id_, field = stand_on(view, "/venue").split("/")
    press(Qt.Key.Key_2)
    assert [choice.is_chosen() for choice in view.one.choices] == [False, True, False, False]
    view.one.reason.setFocus()
    write("បានសួរតាមទូរស័ព្ទ")
    press(Qt.Key.Key_Return)
    assert records.get(two.province, id_)[field] == "សាលាស្រុក"
    (told,) = exchange.decisions(two.province)
    assert told.reason == "បានសួរតាមទូរស័ព្ទ"
    QApplication.processEvents()
    assert len(view.list.order()) == LINES + 2 and isinstance(QApplication.focusWidget(), Row)


def test_enter_in_the_list_settles_and_goes_on(view: DifferencesView, two: story.Exchange) -> None:
    for left in range(LINES + 2, 3, -1):
        press(Qt.Key.Key_Return)
        QApplication.processEvents()
        assert len(exchange.conflicts(two.province)) == left
        assert isinstance(QApplication.focusWidget(), Row), "the next one is at hand"
        assert view.one.waiting is not None


def test_khmer_keys_do_the_same(view: DifferencesView) -> None:
    here = stand_on(view, "/venue")
    write("២")
    assert view.one.choices[1].is_chosen()
    write("ល")
    assert view.list.chosen != here and "ទុកពេលក្រោយ" in _row(view, here).accessibleName()


def test_later_decides_nothing(view: DifferencesView, two: story.Exchange) -> None:
    here = view.list.chosen
    press(Qt.Key.Key_L)
    assert view.list.chosen != here and len(exchange.conflicts(two.province)) == LINES + 3
    focus = QApplication.focusWidget()
    assert isinstance(focus, Row) and focus.face.id == view.list.chosen


def _row(view: DifferencesView, key: str) -> Row:
    return next(row for rows in view.list._lists if (row := rows.row(key)) is not None)


def test_both_and_another(view: DifferencesView, two: story.Exchange) -> None:
    id_ = stand_on(view, "/venue").split("/")[0]
    press(Qt.Key.Key_4)
    assert "ទាំងពីរ" in view.one.take.accessibleName()
    press(Qt.Key.Key_Return)
    assert records.get(two.province, id_)["venue"] == "សាលាស្រុក; សាលាខេត្ត"
    QApplication.processEvents()
    stand_on(view, "/investment_line")
    line = view.list.chosen.split("/")[0]
    press(Qt.Key.Key_F2)
    press("Ctrl+A")
    write("ជំពូក ថ្មី")
    view.one.take.setFocus()
    press(Qt.Key.Key_Return)
    assert records.get(two.province, line)["investment_line"] == "ជំពូក ថ្មី"


def test_delete_against_edit_is_said_in_plain_words(view: DifferencesView, two: story.Exchange) -> None:
    stand_on(view, "/_deleted")
    said = read(view.one)
    assert "ខេត្តកណ្ដាល បានដាក់វាចូលធុងសំរាម" in said and "“បន្តសរសេរ”" in said
    at = next(n for n, choice in enumerate(view.one.choices) if choice.value is True)
    press((Qt.Key.Key_1, Qt.Key.Key_2)[at])
    assert view.one.take.accessibleName() == "លុបចោល" and not view.one.write.isVisible()
    press(Qt.Key.Key_Return)
    assert records.get(two.province, two.activity).deleted


def test_a_decision_is_taken_back_and_taken_again(
    view: DifferencesView, two: story.Exchange, shown: MainWindow
) -> None:
    here = stand_on(view, "/venue")
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert here not in view.list.order()
    press("Ctrl+Z")
    QApplication.processEvents()
    assert here in view.list.order()
    (waiting,) = [one for one in exchange.conflicts(two.province) if one.field == "venue"]
    assert {side.by for side in waiting.values} == {"មន្ត្រីផែនការ", "លេខា ក្រុមការងារខេត្ត"}
    view.show_tab("decided")
    assert "រង់ចាំម្តងទៀត" in view.decided.rows.row("0").accessibleName()  # type: ignore[union-attr]
    press("Ctrl+Shift+Z")
    assert len(exchange.conflicts(two.province)) == LINES + 2


def test_what_stands_on_a_decision_is_said(
    view: DifferencesView, two: story.Exchange, shown: MainWindow, qtbot: QtBot
) -> None:
    id_ = stand_on(view, "/venue").split("/")[0]
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    records.save(two.province, "meeting", {"venue": "សាលាថ្មី"}, id_)
    with qtbot.captureExceptions() as raised:
        press("Ctrl+Z")
    said = "".join(str(error) for _kind, error, _trace in raised)
    dialog = shown.findChild(Dialog, "error")
    assert "មិនអាចដកវិញបានទេ" in without_zwsp(said + (read(dialog) if isinstance(dialog, Dialog) else ""))
    assert records.get(two.province, id_)["venue"] == "សាលាថ្មី"


def test_many_alike_are_settled_at_once(
    view: DifferencesView, two: story.Exchange, shown: MainWindow, qtbot: QtBot
) -> None:
    stand_on(view, "/investment_line")
    assert "៤" in view.one.many.accessibleName() and view.one.many.isVisible()
    view.one.many.click()
    dialog = view.dialog
    assert isinstance(dialog, SettleMany)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.height() <= 600, "the smallest screen shows all of it"
    assert all("ជំពូក ខេត្ត" in dialog.rows.row(id_).accessibleName() for id_ in dialog.rows.ids())  # type: ignore[union-attr]
    press(Qt.Key.Key_Down)
    assert dialog.options.current() == "0802"
    assert all("ជំពូក ស្រុក" in dialog.rows.row(id_).accessibleName() for id_ in dialog.rows.ids())  # type: ignore[union-attr]
    dialog.reason.setFocus()
    write("តាមស្រុក")
    assert len(exchange.conflicts(two.province)) == LINES + 3, "looking decides nothing"
    dialog.yes.click()
    settle(qtbot, shown, lambda: len(view.list.order()) == 3)
    lines = {one["investment_line"] for one in records.find(two.province, "activity")}
    assert "ជំពូក ស្រុក" in lines and "ជំពូក ខេត្ត" not in lines
    assert [one.reason for one in exchange.decisions(two.province)] == ["តាមស្រុក"] * LINES
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    press("Ctrl+Z")
    QApplication.processEvents()
    assert len(exchange.conflicts(two.province)) == LINES + 3, "one step back"
    press("Ctrl+Shift+Z")
    assert len(exchange.conflicts(two.province)) == 3, "and one forward, though its job is long gone"


def test_the_district_sees_what_was_decided_and_why(two: story.Exchange, qtbot: QtBot, tmp_path: Path) -> None:
    (meeting,) = records.find(two.province, "meeting")
    exchange.resolve(two.province, meeting.id, "venue", "សាលាស្រុក", "បន្ទប់ធំជាង")
    exchange.resolve(two.province, two.activity, "_deleted", True)
    keep, gone = (records.save(two.province, "person", {"name_km": "សុខ ដារ៉ា"}).id for _n in range(2))
    joining.join(two.province, keep, gone, reason="មនុស្សតែម្នាក់")
    exchange.export(two.province, tmp_path / "back.cpsync", "0802")
    made = window(qtbot, two.district)
    made.go(Location("exchange", state={"view": "receive"}))
    page = made.page()
    assert isinstance(page, ExchangePage)
    assert not page.came.isVisible()
    page.receiving.merge([tmp_path / "back.cpsync"])
    settle(qtbot, made, lambda: page.came.isVisible())
    assert "ការសម្រេច ៣ បានមកជាមួយកញ្ចប់លេខ ៣ របស់ខេត្តកណ្ដាល" in read(page.came)
    see = page.came.findChild(QWidget, "came_see")
    assert see is not None
    see.setFocus()
    press(Qt.Key.Key_Return)
    decided = page.differences.decided
    assert decided.isVisible() and page.views.current() == "differences"
    told = [decided.rows.row(id_).accessibleName() for id_ in decided.rows.ids()]  # type: ignore[union-attr]
    assert len(told) == 3
    assert any("សាលាស្រុក" in one and "សាលាខេត្ត" in one and "បន្ទប់ធំជាង" in one for one in told)
    assert any("បានច្របាច់ចូល" in one and "មនុស្សតែម្នាក់" in one for one in told)
    assert any("មិនបានប្រាប់មូលហេតុ" in one for one in told)
    at = next(n for n, one in enumerate(told) if "បន្ទប់ធំជាង" in one)
    decided.rows.focus_row(at)
    press(Qt.Key.Key_Return)
    here = made.history.current()
    assert here is not None and (here.page, here.record) == ("meeting", meeting.id), "one key leads to the record"
    made.back()
    assert made.page() is page and page.views.current() == "differences" and decided.isVisible()
    two.province.close()


def test_nothing_waits_and_nothing_was_decided(tmp_path: Path, qtbot: QtBot) -> None:
    made = window(qtbot, story.tell(tmp_path / "0802.cpdesk").desk)
    made.go(Location("exchange", state={"view": "differences"}))
    page = made.page()
    assert isinstance(page, ExchangePage)
    assert "គ្មានភាពខុសគ្នា" in read(page.differences)
    page.differences.show_tab("decided")
    assert "មិនទាន់មានការសម្រេច" in read(page.differences)


def test_every_button_has_a_name(view: DifferencesView) -> None:
    for ending in ("/closing", "/_deleted", "/investment_line"):
        stand_on(view, ending)
        for widget in view.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.focusProxy():
                named = widget.accessibleName() or widget.objectName().startswith("waiting_")
                assert named, widget.objectName()


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("ក ខ គ", "ក គ"), ("ក", ""), ("", "ក"), ("មួយ ពីរ បី", "មួយ បួន បី ប្រាំ"), ("ក\nខ", "ក\nគ\nខ")],
)
def test_the_flow_of_a_comparison_holds_both_texts(before: str, after: str) -> None:
    found = words.flow(compare(before, after))
    assert "".join(span.text for span in found if span.state != NEW) == before
    assert "".join(span.text for span in found if span.state != GONE) == after
    assert all(one.state != other.state for one, other in pairwise(found))


def test_a_mark_is_never_markup(qtbot: QtBot) -> None:
    made = Marked([Span("<b>&amp;", EQUAL), Span("😀ក", NEW), Span("ខ", GONE)])
    qtbot.addWidget(made)
    assert made.plain() == "<b>&amp;😀កខ" and made.heightForWidth(60) > made.heightForWidth(600)
    layout = made._lines(600)[0]
    first, second = layout.formats()
    units = layout.text().encode("utf-16-le")[first.start * 2 : (first.start + first.length) * 2]
    assert without_zwsp(units.decode("utf-16-le")) == "😀ក"
    assert first.format.fontUnderline() and second.format.fontStrikeOut(), "never by colour alone"


@pytest.mark.parametrize("most", [1, 5, 30, 1000])
def test_a_shortened_text_ends_with_a_whole_word(most: int) -> None:
    said = words.shorten(LONG, most)
    assert said == LONG if most == 1000 else said.endswith("…") and LONG.startswith(said[:-1])


def test_an_arrow_goes_beyond_the_first_ones(view: DifferencesView, two: story.Exchange) -> None:
    every = view.list.order()
    view.list._most = 3
    view.list.show_waiting(exchange.conflicts(two.province), "record", set())
    assert len(view.list.order()) == 3 and view.list.more.isVisible()
    view.list.choose(view.list.order()[-1])
    view.list.focus()
    press(Qt.Key.Key_Down)
    assert len(view.list.order()) == len(every) and not view.list.more.isVisible()
    assert isinstance(QApplication.focusWidget(), Row) and view.one.waiting == view.list.current()
