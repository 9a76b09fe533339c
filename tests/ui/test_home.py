"""Home tells what waits today and leads on; on a new desk it teaches."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.khmer import dates, digits, lunar
from cpdesk.records.office import office_record_id
from cpdesk.tasks import records
from tests.ui import consultation, story
from tests.ui.hands import press, settle, window
from ui.dialogs.preview import PreviewDialog
from ui.pages.home import HomePage
from ui.pages.meeting import MeetingPage


def words(card: QWidget) -> str:
    """All that stands on a card."""
    return " ".join(label.text() for label in card.findChildren(QLabel)).replace("\u200b", "")


def test_a_new_desk_is_told_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    shown = window(qtbot, consultation.empty_desk(tmp_path))
    page = shown.page()
    assert isinstance(page, HomePage) and page.start.isVisible() and not page.follow_ups.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "start_meeting"
    press(Qt.Key.Key_Return)
    assert isinstance(shown.page(), MeetingPage)


def test_tells_today_and_what_waits(qtbot: QtBot, tmp_path: Path) -> None:
    today = date.today()
    made = consultation.consultation(tmp_path, today - timedelta(days=9))
    for follow_up, days in zip(made.follow_ups, (-4, 0, 8), strict=True):
        records.save(made.desk, "follow_up", {"due": (today + timedelta(days=days)).isoformat()}, follow_up)
    coming = {"subject": "លើកទី៦", "date": (today + timedelta(days=7)).isoformat(), "state": "planned"}
    coming_id = records.save(made.desk, "meeting", coming).id
    shown = window(qtbot, made.desk)
    page = shown.page()
    assert isinstance(page, HomePage) and not page.start.isVisible()
    assert page.day.plain() == dates.long(today) and page.lunar.plain() == lunar.line(today)
    assert page.follow_ups.due.text() == "២ ដល់កំណត់"
    words = {label.text() for label in page.follow_ups.findChildren(QLabel)}
    assert {"ហួស ៤ ថ្ងៃ", "ថ្ងៃនេះ"} <= words
    said = {label.text() for label in page.meetings.findChildren(QLabel)}
    assert "លើកទី៦" in said and any("សរុប ៧នាក់ ស្រី ៤នាក់" in text.replace("\u200b", "") for text in said)
    settle(qtbot, shown, lambda: page.package.waiting is not None)
    sheet = page.findChild(QWidget, f"print_attendance_blank_{coming_id}")
    assert sheet is not None
    sheet.setFocus()
    press(Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
    dialog.close()


def test_each_card_leads_on_by_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    today = date.today()
    made = consultation.consultation(tmp_path, today - timedelta(days=9))
    for days in (0, 1, 3):
        day = (today + timedelta(days=days)).isoformat()
        records.save(made.desk, "meeting", {"subject": f"លើកទី{days}", "date": day, "state": "planned"})
    for follow_up, days in zip(made.follow_ups, (-4, 0, 8), strict=True):
        records.save(made.desk, "follow_up", {"due": (today + timedelta(days=days)).isoformat()}, follow_up)
    shown = window(qtbot, made.desk)
    page = shown.page()
    assert isinstance(page, HomePage)
    settle(qtbot, shown, lambda: shown.context.findings > 0 and page.package.waiting is not None)
    said = {label.text() for label in page.meetings.findChildren(QLabel)}
    assert {"ថ្ងៃនេះ", "ថ្ងៃស្អែក"} <= said and "លើកទី3" not in said
    assert page.found.count.text() == digits.count(shown.context.findings)
    row = page.found.findChild(QWidget, "found_follow_up_overdue")
    assert row is not None and row.accessibleName() == "ការងារត្រូវអនុវត្តបន្តដែលហួសកំណត់: ១"
    row.setFocus()
    press(Qt.Key.Key_Return)
    there = shown.page()
    assert there is not None and there.name == "checks"
    assert there.state()["group"] == "follow_up_overdue", "the hands are on the first line of that check"


def test_a_backup_is_a_key_away(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    page = shown.page()
    assert isinstance(page, HomePage)
    settle(qtbot, shown, lambda: page.package.waiting is not None)
    button = page.findChild(QWidget, "home_backup")
    assert button is not None
    button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "បម្រុងទុក៖ ថ្ងៃនេះ" in words(page.package), timeout=20_000)
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "home_backup")
    backup = page.package.waiting.backup if page.package.waiting else None
    assert backup is not None and backup.file is not None and backup.file.is_file()
    settle(qtbot, shown)


@pytest.mark.parametrize(
    ("day", "holy", "feast"),
    [
        (date(2026, 11, 24), True, "ព្រះរាជពិធីបុណ្យអុំទូក បណ្តែតប្រទីប និងសំពះព្រះខែ អកអំបុក"),
        (date(2026, 12, 29), False, "ទិវាសន្តិភាពនៅកម្ពុជា"),
        (date(2026, 11, 27), False, ""),
    ],
)
def test_tells_what_day_it_is(qtbot: QtBot, tmp_path: Path, day: date, holy: bool, feast: str) -> None:
    shown = window(qtbot, consultation.consultation(tmp_path).desk)
    page = shown.page()
    assert isinstance(page, HomePage)
    page.show_moon(day)
    assert page.holy.isVisible() == holy
    assert (page.feast.plain(), page.feast.isVisible()) == (feast, bool(feast))
    settle(qtbot, shown)


@pytest.mark.parametrize(("size", "rows"), [((1366, 768), 2), ((1024, 600), 2), ((1024, 768), 2), ((640, 768), 1)])
def test_cards_stand_in_the_rows_that_there_is_room_for(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int], rows: int
) -> None:
    shown = window(qtbot, consultation.consultation(tmp_path).desk, size)
    page = shown.page()
    assert isinstance(page, HomePage)
    settle(qtbot, shown, lambda: page.package.waiting is not None)
    QApplication.processEvents()
    cards = (page.follow_ups, page.meetings, page.plan, page.found, page.package)
    tops = {card.mapTo(page, card.rect().topLeft()).y() for card in cards}
    assert page.area.horizontalScrollBar().maximum() == 0
    if size == (1366, 768):
        assert len(tops) == rows and page.area.verticalScrollBar().maximum() == 0, "all of it is seen at once"
    wide = page.area.viewport().width()
    for card in cards:
        left = card.mapTo(page.area.viewport(), card.rect().topLeft()).x()
        assert left >= 0 and left + card.width() <= wide


def test_a_tick_is_saved_and_can_be_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    box = shown.findChild(QWidget, f"done_{made.follow_ups[0]}")
    assert box is not None
    box.setFocus()
    press(Qt.Key.Key_Space)
    assert records.get(made.desk, made.follow_ups[0])["state"] == "done"
    assert shown.findChild(QWidget, f"done_{made.follow_ups[1]}") is not None
    press("Ctrl+Z")
    back = records.get(made.desk, made.follow_ups[0])
    assert (back["state"], back["done_on"]) == ("open", None)


def test_a_follow_up_leads_to_its_meeting(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    link = shown.findChild(QWidget, f"from_{made.follow_ups[0]}")
    assert link is not None
    link.setFocus()
    press(Qt.Key.Key_Return)
    page = shown.page()
    assert isinstance(page, MeetingPage) and page.record == made.meeting
    qtbot.waitUntil(lambda: page.rail.current() == "follow_up")


def test_who_is_late_with_a_package_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    made = story.two_offices(tmp_path)
    province = made.province
    records.save(province, "office", {"packages_every": "month", "packages_day": 1}, office_record_id(province.office))
    with province.db.conn:  # the card was taken long ago
        province.db.execute("UPDATE card SET since = '2020-01-01T00:00:00+00:00'")
    shown = window(qtbot, province)
    page = shown.page()
    assert isinstance(page, HomePage)
    settle(qtbot, shown, lambda: page.package.waiting is not None)
    assert page.package.waiting is not None and page.package.waiting.late == (1 if date.today().day > 1 else 0)
    button = page.findChild(QWidget, "home_late")
    assert (button is not None) == bool(page.package.waiting.late)
    made.district.close()


def test_until_when_progress_is_reported_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    told = story.tell(tmp_path / "0802.cpdesk")
    page = window(qtbot, told.desk).page()
    assert isinstance(page, HomePage)
    page.plan.show_day(date(2025, 7, 2))
    assert "រាយការណ៍" in words(page.plan) and "ដល់ ១៥" not in words(page.plan), "nothing is asked"
    records.save(told.desk, "office", {"reports_day": 15}, office_record_id("0802"))
    page.plan.show_day(date(2025, 7, 2))
    assert f"ដល់ {dates.day_month(date(2025, 7, 15))}" in words(page.plan).replace("\u200b", "")
    page.plan.show_day(date(2025, 7, 20))
    assert "៥ ថ្ងៃ" in words(page.plan)
