"""A package goes from a district's window to the province's, with real desks, real keys and real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.paths import home
from cpdesk.tasks import Desk, board, exchange, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.exchange import OfficeRow
from tests.ui import story
from tests.ui.hands import read
from ui import drives
from ui.dialogs.base import Dialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages import exchange_words as words
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_send import free_name

MEETING = {"subject": "កិច្ចប្រជុំសាមញ្ញ គ.ក.ស.ក លើកទី៦", "date": "2022-06-23"}
Shown = Callable[[Desk], ExchangePage]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[story.Exchange]:
    made = story.two_offices(tmp_path)
    yield made
    made.province.close()
    made.district.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Open the page in a window over a desk."""
    windows: list[MainWindow] = []

    def show(desk: Desk) -> ExchangePage:
        window = story.window(desk)
        qtbot.addWidget(window)
        window.show()
        window.go(Location("exchange"))
        windows.append(window)
        page = window.page()
        assert isinstance(page, ExchangePage)
        return page

    yield show
    for window in windows:
        window.close()


def test_the_district_writes_and_the_province_merges(
    two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in range(3):
        records.save(two.district, "meeting", MEETING | {"number": str(number)})
    page = shown(two.district)
    assert page.views.current() == "send", "a district comes to write"
    stick = tmp_path / "stick"
    stick.mkdir()
    assert page.send.written.isHidden(), "nothing was written so far"
    page.send.use_folder(stick)
    qtbot.waitUntil(lambda: "កិច្ចប្រជុំ" in read(page.send), timeout=5000)
    assert "ការផ្លាស់ប្តូរ" in page.send.amount.plain()
    page.send.write()
    qtbot.waitUntil(lambda: bool(page.send.result.text()), timeout=10000)
    (package,) = stick.glob("*.cpsync")
    assert package.name in page.send.result.text() and "គ្រប់ល្អ" in page.send.result.text()
    assert "កញ្ចប់លេខ ១ ជូន" in read(page.send.written)

    there = shown(two.province)
    assert there.views.current() == "receive", "a province comes to receive"
    assert "មិនទាន់ទទួល" in read(there.board)
    there.receiving.offer([stick])
    qtbot.waitUntil(lambda: there.receiving.review is not None, timeout=10000)
    review = there.receiving.review
    assert review is not None
    said = read(review)
    assert "ថ្មី ៤" in said and "កិច្ចប្រជុំ៖ ថ្មី ៣" in said, said
    assert records.count(two.province, "meeting") == 1, "looking changes nothing"
    review.findChild(QPushButton, "fold_values").click()
    assert MEETING["subject"] in read(review), "it opens to the very values"
    review.findChild(QPushButton, "review_merge").click()
    qtbot.waitUntil(lambda: there.receiving.results.isVisible(), timeout=10000)
    assert records.count(two.province, "meeting") == 4
    assert "បានបញ្ចូល" in read(there.receiving.results)
    qtbot.waitUntil(lambda: "គ្រប់" in read(there.board), timeout=2000)
    assert list((home() / "backups").glob("before-merge-08-*.cpdesk")), "a copy of the desk lies there from before"


def test_before_merging_both_sides_of_a_difference_are_shown(
    two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    records.save(two.district, "activity", {"text": "អត្ថបទស្រុក"}, two.activity)
    records.save(two.province, "activity", {"text": "អត្ថបទខេត្ត"}, two.activity)
    exchange.export(two.district, tmp_path / "differs.cpsync")
    page = shown(two.province)
    page.receiving.offer([tmp_path / "differs.cpsync"])
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=10000)
    review = page.receiving.review
    assert review is not None
    review.findChild(QPushButton, "fold_differences").click()
    said = read(review).split("\n")
    here, there = said.index("នៅទីនេះ"), said.index("ក្នុងកញ្ចប់")
    assert said[here + 1] == "អត្ថបទខេត្ត" and said[here + 2].startswith("លេខា ក្រុមការងារខេត្ត · ខេត្ត")
    assert said[there + 1] == "អត្ថបទស្រុក" and said[there + 2].startswith("មន្ត្រីផែនការ · ស្រុកកៀនស្វាយ · ")


def test_a_difference_is_settled_in_the_window(two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    differ(two, tmp_path)
    page = shown(two.province)
    panel = page.settle
    assert panel.isVisible()
    said = read(panel)
    assert "សកម្មភាព ១.១.២" in said and "កូដ" not in said
    assert "មន្ត្រីផែនការ" in said and "លេខា ក្រុមការងារខេត្ត" in said, "who wrote each"
    texts = [choice.accessibleName() for choice in panel.choices]
    assert any("អត្ថបទស្រុក" in text for text in texts) and any("អត្ថបទខេត្ត" in text for text in texts)
    assert any("យុទ្ធនាការផ្សព្វផ្សាយ" in text for text in texts), "the value before stands there too"
    at = next(n for n, text in enumerate(texts) if "អត្ថបទស្រុក" in text)
    qtbot.mouseClick(panel.choices[at], Qt.MouseButton.LeftButton)
    panel.take.click()
    assert records.get(two.province, two.activity)["text"] == "អត្ថបទស្រុក"
    assert not exchange.conflicts(two.province)
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=2000)
    exchange.export(two.province, tmp_path / "back.cpsync", "0802")
    exchange.merge(two.district, [tmp_path / "back.cpsync"])
    assert not exchange.conflicts(two.district), "the decision travels"


def test_what_was_written_is_listed_the_newest_first(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    for n in range(1, 7):
        exchange.export(two.district, tmp_path / f"{n}.cpsync")
    page = shown(two.district)
    said = read(page.send.written)
    assert said.index("កញ្ចប់លេខ ៦") < said.index("កញ្ចប់លេខ ៥") and "កញ្ចប់លេខ ២ " not in said
    page.send.written.more.click()
    assert "កញ្ចប់លេខ ១ ជូន" in read(page.send.written)
    (first, *_others) = exchange.written(two.district)
    size = (tmp_path / "1.cpsync").stat().st_size
    assert (first.number, first.to, first.bytes) == (1, two.province.office, size)


def test_another_value_can_be_written(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    differ(two, tmp_path)
    panel = shown(two.province).settle
    panel.write_own()
    assert panel.editor is not None
    panel.editor.set_value("អត្ថបទរួម")
    panel.settle()
    assert records.get(two.province, two.activity)["text"] == "អត្ថបទរួម"
    assert not exchange.conflicts(two.province)


def test_later_goes_on_to_the_next(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    differ(two, tmp_path, "text", "investment_line")
    panel = shown(two.province).settle
    assert panel.title.plain() == "ខុសគ្នា ២ · ១/២"
    first = panel.current()
    panel.later.click()
    assert panel.current() != first
    assert len(exchange.conflicts(two.province)) == 2, "later decides nothing"


def test_a_delete_against_an_edit_is_put_in_words(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    records.save(two.district, "activity", {"text": "បន្តសរសេរ"}, two.activity)
    exchange.export(two.district, tmp_path / "edit.cpsync")
    records.delete(two.province, two.activity)
    exchange.merge(two.province, [tmp_path / "edit.cpsync"])
    panel = shown(two.province).settle
    said = read(panel)
    assert "ម្នាក់លុប ម្នាក់ទៀតបន្តសរសេរ" in said and "លុបចោល" in said and "រក្សាទុក" in said


def differ(two: story.Exchange, folder: Path, *fields: str) -> None:
    """The district and the province write the same fields without seeing each other; the package has come."""
    for field in fields or ("text",):
        records.save(two.district, "activity", {field: "អត្ថបទស្រុក"}, two.activity)
        records.save(two.province, "activity", {field: "អត្ថបទខេត្ត"}, two.activity)
    exchange.export(two.district, folder / "differs.cpsync")
    exchange.merge(two.province, [folder / "differs.cpsync"])


def test_files_can_be_dropped(two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    records.save(two.district, "meeting", MEETING)
    exchange.export(two.district, tmp_path / "dropped.cpsync")
    page = shown(two.province)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.cpsync"))])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.receiving.drop.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, held))
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=10000)
    assert page.receiving.review is not None and len(page.receiving.review.wanted) == 1


def test_a_bad_package_is_refused_in_plain_words_and_the_others_go_on(
    two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    records.save(two.district, "meeting", MEETING)
    exchange.export(two.district, tmp_path / "good.cpsync")
    data = bytearray((tmp_path / "good.cpsync").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad.cpsync").write_bytes(data)
    page = shown(two.province)
    page.receiving.offer([tmp_path / "bad.cpsync", tmp_path / "good.cpsync"])
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=10000)
    review = page.receiving.review
    assert review is not None
    assert review.wanted == [tmp_path / "good.cpsync"]
    assert "ត្រូវបានបដិសេធ" in read(review)
    page.receiving.merge([tmp_path / "bad.cpsync", tmp_path / "good.cpsync"])
    qtbot.waitUntil(lambda: page.receiving.results.isVisible(), timeout=10000)
    said = read(page.receiving.results)
    assert "បានបដិសេធ" in said and "បានបញ្ចូល" in said
    assert records.count(two.province, "meeting") == 2


def test_a_merge_that_is_stopped_leaves_no_trace(
    two: story.Exchange, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    records.save(two.district, "meeting", MEETING)
    exchange.export(two.district, tmp_path / "late.cpsync")
    page = shown(two.province)
    page.receiving.merge([tmp_path / "late.cpsync"])
    assert page.receiving.drop.cancel.isVisible() and not page.receiving.drop.pick.isVisible()
    page.receiving.drop.cancel.click()
    qtbot.waitUntil(lambda: page.receiving.job is None, timeout=10000)
    assert records.count(two.province, "meeting") == 1
    assert not exchange.packages(two.province)
    assert page.receiving.drop.pick.isVisible(), "it can be tried again"


def test_cards_are_taken_once_the_fingerprint_was_compared(tmp_path: Path, shown: Shown, qtbot: QtBot) -> None:
    province = desks.create(tmp_path / "p.cpdesk", "08", "លេខា")
    district = desks.create(tmp_path / "d.cpdesk", "0802", "មន្ត្រី")
    there = shown(province)
    assert there.empty.isVisible(), "a board without offices teaches how to begin"
    here = shown(district)
    assert here.send.hint.isVisible(), "a district without a province is told what to do first"
    here.offices.save_card(tmp_path / "0802.cpcard")
    there.receiving.offer([tmp_path / "0802.cpcard"])
    dialog = there.offices.dialog
    assert dialog is not None and there.views.current() == "offices"
    assert here.offices.fingerprint.plain() in read(dialog), "the same numbers on both screens"
    dialog.findChild(QPushButton, "card_no").click()
    assert exchange.offices(province) == [], "not the same: not accepted"
    there.offices.take_card(tmp_path / "0802.cpcard")
    assert there.offices.dialog is not None
    there.offices.dialog.findChild(QPushButton, "card_yes").click()
    assert [row.role for row in exchange.offices(province)] == ["lower"]
    there.offices.save_card(tmp_path / "08.cpcard")
    here.offices.take_card(tmp_path / "08.cpcard")
    assert here.offices.dialog is not None
    here.offices.dialog.findChild(QPushButton, "card_yes").click()
    assert [row.role for row in exchange.offices(district)] == ["upper"]
    qtbot.waitUntil(lambda: not here.send.hint.isVisible(), timeout=2000)
    province.close()
    district.close()


def test_a_file_that_is_no_card_is_refused_in_words(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "wrong.cpcard").write_text("{}", "utf-8")
    page = shown(two.province)
    page.offices.take_card(tmp_path / "wrong.cpcard")
    dialog = page.window().findChild(Dialog, "error")
    assert dialog is not None and dialog.heading.plain().endswith("។")
    assert page.offices.dialog is None
    dialog.accept()


def row(**values: object) -> OfficeRow:
    facts: dict[str, object] = {
        "office": "0802", "name": "រដ្ឋបាលស្រុកកៀនស្វាយ", "fingerprint": "f", "role": "lower", "revoked": False,
        "last_package": 7, "last_received_at": datetime.now(UTC), "through": datetime.now(UTC), "missing": (),
        "lacking": False,
    }  # fmt: skip
    return OfficeRow(**(facts | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "state", "tone"),
    [
        ({}, "គ្រប់", "good"),
        ({"missing": (6,), "lacking": True}, "ខ្វះលេខ ៦", "warning"),
        ({"missing": (6,), "lacking": False}, "គ្រប់", "good"),  # what it held came with a later one
        ({"lacking": True}, "ខ្វះមួយផ្នែក", "warning"),
        ({"last_received_at": None, "last_package": None}, "មិនទាន់ទទួល", "bad"),
        ({"last_received_at": datetime.now(UTC) - timedelta(days=31 + 86, hours=1)}, "យឺត ៨៦ ថ្ងៃ", "bad"),
        ({"revoked": True}, "បានដកហូត", "neutral"),
    ],
)
def test_the_state_of_an_office_in_a_word(values: dict[str, object], state: str, tone: str) -> None:
    standing = board.line(row(**values), [], [])
    assert (standing.state, standing.tone) == (state, tone)
    assert standing.name == "ស្រុកកៀនស្វាយ"


def test_the_board_tells_late_missing_and_repeated_packages(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        records.save(two.district, "meeting", MEETING | {"number": str(number)})
        exchange.export(two.district, tmp_path / f"{number}.cpsync")
    exchange.merge(two.province, [tmp_path / "1.cpsync"])
    exchange.merge(two.province, [tmp_path / "3.cpsync", tmp_path / "3.cpsync"])
    page = shown(two.province)
    (line,) = page.board.lines
    assert line.numbers == ((1, "here"), (2, "covered"), (3, "here"))
    assert line.again == (3,) and line.state == "គ្មានអ្វីថ្មី"
    assert "ក្រុងតាខ្មៅ" in read(page.board), "who has no card yet is named"


def test_a_package_never_takes_the_name_of_another(tmp_path: Path) -> None:
    first = free_name(tmp_path, "0802", "08")
    first.touch()
    second = free_name(tmp_path, "0802", "08")
    assert first.suffix == second.suffix == ".cpsync" and first != second


def test_packages_are_found_on_a_stick_and_in_its_folders(tmp_path: Path) -> None:
    (tmp_path / "ត្រីមាស២").mkdir()
    wanted = [tmp_path / "a.cpsync", tmp_path / "ត្រីមាស២" / "b.cpsync"]
    for path in (*wanted, tmp_path / "photo.jpg"):
        path.touch()
    assert sorted(drives.packages_on(tmp_path)) == sorted(wanted)
    assert drives.packages_on(tmp_path / "gone") == []


def test_a_plugged_stick_is_offered(two: story.Exchange, shown: Shown, tmp_path: Path) -> None:
    records.save(two.district, "meeting", MEETING)
    stick = tmp_path / "stick"
    stick.mkdir()
    exchange.export(two.district, stick / "k.cpsync")
    page = shown(two.province)
    page.receiving.drop.show_drives([drives.Drive("KANDAL-01", stick, 4_000_000_000, False)])
    assert "KANDAL-01" in page.receiving.drop.found.plain() and "១" in page.receiving.drop.found.plain()
    assert page.receiving.drop.all.isVisible() and page.receiving.drop.look.isVisible()
    page.send.show_drives([drives.Drive("KANDAL-01", stick, 4_000_000_000, False)])
    assert page.send.folder == stick, "a stick that is plugged in is where the package goes"
    page.send.show_drives([])
    assert not page.receiving.drop.look.isVisible() or page.send.folder == stick


@pytest.mark.parametrize(
    ("device", "flag", "removable"), [("/dev/sdb1", "1\n", True), ("/dev/sda2", "0\n", False), ("/dev/none", "", False)]
)
def test_linux_says_which_disks_can_be_carried_away(tmp_path: Path, device: str, flag: str, removable: bool) -> None:
    disk = tmp_path / Path(device).name.rstrip("0123456789")
    if flag:
        disk.mkdir()
        (disk / "removable").write_text(flag)
    assert drives._says_removable(device, tmp_path) is removable


def test_a_difference_leads_to_where_it_stands(two: story.Exchange) -> None:
    spot = words.place_of(two.province, two.activity)
    assert spot is not None and spot[0] == "plan" and spot[2] == two.activity
    meeting = records.find(two.province, "meeting")[0]
    inputs = records.children(two.province, "input", meeting.id)
    assert words.place_of(two.province, inputs[0].id) == ("meeting", meeting.id, inputs[0].id)
