"""Who did what, in the window: read, chosen, led on from, printed; what a log lacks is told until it is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Desk, audit, audit_book, board, exchange, log_codes, proof, records
from cpdesk.tasks import desk as desks
from tests import desks as made
from tests.sync import attackers
from tests.ui import story
from tests.ui.hands import press, write
from ui.dialogs.log_code import LogCodeDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.pages.audit import AuditPage
from ui.pages.exchange import ExchangePage
from ui.pages.home import HomePage
from ui.widgets.text import Text


def opened(shown: MainWindow) -> AuditPage:
    press("Ctrl+Shift+A")
    page = shown.page()
    assert isinstance(page, AuditPage)
    return page


def lines(page: AuditPage) -> list[str]:
    return [str(page.model.index(n, 0).data()) for n in range(page.model.rowCount())]


def named(page: AuditPage, text: str) -> None:
    """A name typed in place of what stood there."""
    page.line.setFocus()
    page.line.selectAll()
    if text:
        write(text)
    else:
        press(Qt.Key.Key_Delete)


def test_a_change_shows_what_it_replaced_and_leads_to_its_record(shown: MainWindow, told: story.Story) -> None:
    records.save(told.desk, "meeting", {"venue": "សាលាស្រុក"}, told.meeting)
    records.save(told.desk, "meeting", {"venue": "វត្តមួយ"}, told.meeting)
    page = opened(shown)
    assert page.list.hasFocus() and "បានកែ" in lines(page)[0]
    assert "សាលាស្រុក → វត្តមួយ" in page.values.plain() and told.desk.officer in page.who.plain()
    press(Qt.Key.Key_Return)
    at = shown.page()
    assert at is not None and (at.name, at.record) == ("meeting", told.meeting)


def test_it_is_chosen_by_name_time_and_sort(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    audit.note(told.desk, "backed_up", "stick.cpbackup")
    told.desk.rename_officer("អ្នកផ្សេងម្នាក់")
    records.save(told.desk, "meeting", {"venue": "វត្តមួយ"}, told.meeting)
    page = opened(shown)
    whole = page.model.rowCount()
    named(page, "អ្នកផ្សេង")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    named(page, "")
    qtbot.waitUntil(lambda: page.model.rowCount() == whole)
    page.sorts._buttons["deeds"].click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert "stick.cpbackup" in lines(page)[0] and not page.go_button.isEnabled(), "a deed is no record to look at"
    page.sorts._buttons["records"].click()
    qtbot.waitUntil(lambda: page.model.rowCount() == whole - 1)
    page.times._buttons["today"].click()
    qtbot.waitUntil(lambda: page.model.rowCount() == len(audit_book.entries(told.desk, date.today())) - 1)
    named(page, "គ្មានអ្នកណា")
    qtbot.waitUntil(lambda: page.nothing.isVisibleTo(page))
    assert not page.list.isVisibleTo(page) and not page.card.isVisibleTo(page)


def test_a_long_log_is_read_as_one_goes_down(shown: MainWindow, told: story.Story) -> None:
    records.save_many(told.desk, [("meeting", {"subject": str(number)}, None) for number in range(250)])
    page = opened(shown)
    first = page.model.rowCount()
    assert first < 250
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_End)
    assert page.model.rowCount() > first
    assert len(set(lines(page))) <= page.model.rowCount() == len(audit_book.entries(told.desk, limit=10_000))


def test_it_is_printed_as_it_is_chosen(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    page = opened(shown)
    page.times._buttons["week"].click()
    qtbot.waitUntil(lambda: not shown.context.jobs.is_busy())
    press("Ctrl+P")
    dialog = shown.findChild(PreviewDialog)
    assert (
        dialog is not None
        and dialog.paper.form == "audit"
        and dialog.paper.choices.period.endswith(f"..{date.today().isoformat()}")
    )
    dialog.reject()


# --- what others hold of it -----------------------------------------------------------------------------------------
def friends(told: story.Story, folder: Path) -> Desk:
    """A province that has all of the district's log, and has said so."""
    province = made.make(folder, "08", "ខេត្ត")
    made.befriend(province, told.desk, folder)
    give(told.desk, province, folder)
    give(province, told.desk, folder)
    return province


def give(desk: Desk, to: Desk, folder: Path) -> None:
    package = folder / f"{desk.office}.cpsync"
    exchange.export(desk, package, to.office)
    (merged,) = exchange.merge(to, [package])
    assert merged.status != "refused", merged.why


def test_a_cut_log_is_told_at_home_until_somebody_has_read_it(
    shown: MainWindow, told: story.Story, tmp_path: Path, qtbot: QtBot
) -> None:
    with friends(told, tmp_path) as province:
        attackers.cut(told.desk, 2)
        give(province, told.desk, tmp_path)
        shown.context.go("home")
        home = shown.page()
        assert isinstance(home, HomePage)
        home.refresh()
        assert "២" in home.news.text() and home.news.isVisibleTo(home)
        page = opened(shown)
        assert page.notice.isVisibleTo(page) and "ខេត្តកណ្ដាល" in page.receipts.plain()
        page.have_read()
        qtbot.waitUntil(lambda: not page.notice.isVisibleTo(page))
        assert not proof.news(told.desk)
        assert audit_book.entries(told.desk, kinds=["deed"])[0].who == told.desk.officer, "who has read it"
        home.refresh()
        assert not home.news.isVisibleTo(home)
        give(told.desk, province, tmp_path)
        assert [one.act for one in proof.news(province)] == [proof.CUT]


def test_the_board_and_the_cards_tell_of_an_offices_log(shown: MainWindow, told: story.Story, tmp_path: Path) -> None:
    province = shown.context.desk
    district = desks.create(tmp_path / "0802x.cpdesk", f"{province.office}01", "ឃុំ")
    made.befriend(province, district, tmp_path)
    for number in range(4):
        records.save(district, "meeting", {"subject": str(number)})
    give(district, province, tmp_path)
    attackers.cut(district, 2)
    give(district, province, tmp_path)
    shown.context.go("exchange", view="offices")
    page = shown.page()
    assert isinstance(page, ExchangePage)
    label = page.findChild(Text, f"log_{district.office}")
    assert isinstance(label, Text) and "២" in label.plain()
    (line,) = [one for one in board.lines(province, date.today()) if one.office.office == district.office]
    assert (line.state, line.tone) == ("បញ្ជីខ្វះខាងចុង", "bad")
    district.close()


def test_a_receipt_is_compared_with_the_log(shown: MainWindow, told: story.Story, tmp_path: Path) -> None:
    with friends(told, tmp_path) as province:
        (code, *_more) = log_codes.of_package(province, exchange.packages(province)[-1].package)
    opened(shown).compare()
    dialog = shown.findChild(LogCodeDialog)
    assert dialog is not None and dialog.focusWidget() is dialog.line
    dialog.line.setText(code.code[:-1])
    dialog.compare()
    assert "២០" in dialog.outcome.text()
    dialog.line.setText(code.code)
    dialog.compare()
    assert dialog.outcome.property("tone") == "good"
    dialog.line.setText(log_codes.code_of(bytes(16)))
    dialog.compare()
    assert dialog.outcome.property("tone") == "bad"
    dialog.reject()
