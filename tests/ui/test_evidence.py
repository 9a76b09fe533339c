"""Files of a record in the window: in by button, drop and paste; out by opening and saving; notes, the bin, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from cpdesk.i18n import using
from cpdesk.tasks import attachments, records
from tests.ui import hands
from tests.ui.story import Story
from ui.main_window import MainWindow
from ui.pages.meeting import MeetingPage
from ui.widgets.evidence import EvidenceBox
from ui.widgets.evidence_row import EvidenceRow, icon_of, kind_words

PDF = b"%PDF-1.7 a signed sheet"


@pytest.fixture
def meeting(told: Story) -> str:
    return records.save(told.desk, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23"}).id


@pytest.fixture
def page(shown: MainWindow, meeting: str, qtbot: QtBot) -> MeetingPage:
    shown.context.go("meeting", meeting)
    hands.settle(qtbot, shown)
    found = shown.findChild(MeetingPage)
    assert found is not None
    return found


@pytest.fixture
def box(page: MeetingPage) -> EvidenceBox:
    return page.files


def file(folder: Path, name: str = "បញ្ជី.pdf", data: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def drop(box: EvidenceBox, data: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    box.dropEvent(event)
    return event


def of_files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_dropped_files_are_attached_in_one_step(
    shown: MainWindow, box: EvidenceBox, meeting: str, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [file(tmp_path), file(tmp_path, "two.txt", b"two")]
    drop(box, of_files(*paths))
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 2)
    assert [row.name.plain() for row in box.rows()] == ["បញ្ជី.pdf", "two.txt"]
    assert [row.facts.plain() for row in box.rows()] == ["PDF · ២៣ បៃ", "អត្ថបទ · ៣ បៃ"]
    assert not any(row.waits.isVisible() for row in box.rows())
    box.begin()
    hands.press("Ctrl+Z")
    hands.settle(qtbot, shown, lambda: not box.rows())
    assert attachments.of(shown.context.desk, meeting) == []
    hands.press("Ctrl+Shift+Z")
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 2)
    assert [one.here for one in attachments.of(shown.context.desk, meeting)] == [True, True]


def test_a_pasted_picture(shown: MainWindow, box: EvidenceBox, meeting: str, qtbot: QtBot) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    QGuiApplication.clipboard().setImage(image)
    box.add.setFocus()
    hands.press("Ctrl+V")
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 1)
    (one,) = attachments.of(shown.context.desk, meeting)
    assert one.media_type == "image/png" and one.name.startswith("រូបភាព ") and one.name.endswith(".png")
    assert "រូបភាព" in box.rows()[0].facts.plain()


def test_pasted_words_are_no_file(shown: MainWindow, box: EvidenceBox, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("words")
    box.add.setFocus()
    hands.press("Ctrl+V")
    hands.settle(qtbot, shown)
    assert box.rows() == []


def test_what_is_refused_is_said_and_the_others_come(
    shown: MainWindow, box: EvidenceBox, tmp_path: Path, qtbot: QtBot
) -> None:
    box.attach_files([file(tmp_path, "empty.pdf", b""), file(tmp_path)])
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 1)
    dialog = shown.findChild(QObject, "error")
    assert dialog is not None and dialog.isVisible()
    dialog.accept()
    assert [row.name.plain() for row in box.rows()] == ["បញ្ជី.pdf"]


def test_a_new_meeting_comes_into_being_with_its_first_file(shown: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    shown.context.go("meeting")
    hands.settle(qtbot, shown)
    page = shown.findChild(MeetingPage)
    assert page is not None and page.record is None
    page.files.attach_files([file(tmp_path)])
    hands.settle(qtbot, shown, lambda: len(page.files.rows()) == 1)
    assert page.record is not None and len(attachments.of(shown.context.desk, page.record)) == 1


class Opened(QObject):
    """Stands for the system that shows a file."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


def test_by_keys_open_note_delete_and_back(
    shown: MainWindow, box: EvidenceBox, meeting: str, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = shown.context.desk
    for n in range(2):
        attachments.attach(desk, meeting, file(tmp_path, f"{n}.pdf", PDF + b"%d" % n))
    shown.context.touched("attachment")
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 2)
    system = Opened()
    QDesktopServices.setUrlHandler("file", system, "show")
    try:
        box.begin()
        hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
        hands.settle(qtbot, shown, lambda: bool(system.paths))
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert system.paths[0].read_bytes() == PDF + b"1" and system.paths[0].name == "1.pdf"
    hands.press(Qt.Key.Key_Tab)
    hands.write("ហត្ថលេខា")
    hands.press(Qt.Key.Key_Return)
    assert [one.record["note"] for one in attachments.of(desk, meeting)] == [None, "ហត្ថលេខា"]
    box.rows()[1].setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert [row.name.plain() for row in box.rows()] == ["0.pdf"] and box.rows()[0].hasFocus()
    hands.press("Ctrl+Z")
    hands.settle(qtbot, shown, lambda: len(box.rows()) == 2)
    assert box.rows()[1].note.text() == "ហត្ថលេខា"


def test_a_note_is_kept_when_the_page_is_left(
    shown: MainWindow, box: EvidenceBox, meeting: str, tmp_path: Path, qtbot: QtBot
) -> None:
    attachments.attach(shown.context.desk, meeting, file(tmp_path))
    box.refresh()
    box.rows()[0].note.setFocus()
    hands.write("ពីឃុំ")
    shown.context.touched("attachment")
    assert box.rows()[0].note.text() == "ពីឃុំ", "what is being typed stays"
    shown.context.go("home")
    hands.settle(qtbot, shown)
    assert attachments.of(shown.context.desk, meeting)[0].record["note"] == "ពីឃុំ"


@pytest.mark.parametrize("lang", ["km", "en"])
def test_what_has_not_come_yet(told: Story, qtbot: QtBot, lang: str) -> None:
    desk = told.desk
    with using(lang):
        whole = records.save(desk, "meeting", {"subject": "x"}).id
        values = {"of": whole, "order": 1, "file_name": "<b>x</b> & y.docx", "sha256": "0" * 64, "bytes": 2_400_000}
        records.save(desk, "attachment", values)
        made = hands.window(qtbot, desk)
        box = EvidenceBox(made.context, parent=made)
        box.show_record(whole)
        (row,) = box.rows()
        assert not row.waits.isHidden() and row.name.plain() == "<b>x</b> & y.docx"
        buttons = {name: row.findChild(QObject, name).isEnabled() for name in ("file_open", "file_save", "file_delete")}
        assert buttons == {"file_open": False, "file_save": False, "file_delete": True}
        assert row.waits.text() in row.accessibleName()
        hands.settle(qtbot, made)


def test_a_copy_is_saved(shown: MainWindow, box: EvidenceBox, meeting: str, tmp_path: Path, qtbot: QtBot) -> None:
    record = attachments.attach(shown.context.desk, meeting, file(tmp_path))
    box.save_to(record.id, tmp_path / "copy.pdf")
    hands.settle(qtbot, shown, (tmp_path / "copy.pdf").exists)
    assert (tmp_path / "copy.pdf").read_bytes() == PDF


def test_a_page_that_went_while_a_file_came_in(shown: MainWindow, meeting: str, tmp_path: Path, qtbot: QtBot) -> None:
    box = EvidenceBox(shown.context)
    box.show_record(meeting)
    box.attach_files([file(tmp_path)])
    box.deleteLater()
    del box
    hands.settle(qtbot, shown, lambda: len(attachments.of(shown.context.desk, meeting)) == 1)


def test_every_control_has_a_name_and_a_word(box: EvidenceBox, meeting: str, tmp_path: Path) -> None:
    attachments.attach(box.context.desk, meeting, file(tmp_path))
    box.refresh()
    row = box.findChild(EvidenceRow)
    assert row is not None
    for name in ("file_note", "file_open", "file_save", "file_delete"):
        found = row.findChild(QObject, name)
        assert found is not None and found.accessibleName(), name


@pytest.mark.parametrize(
    ("media_type", "word", "icon"),
    [
        ("image/jpeg", "រូបភាព", "image"), ("application/pdf", "PDF", "file-text"), ("audio/ogg", "សំឡេង", "paperclip"),
        ("video/mp4", "វីដេអូ", "paperclip"), ("application/octet-stream", "", "paperclip"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", "file-spreadsheet"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", "file-text"),
    ],
)  # fmt: skip
def test_sorts_of_files(media_type: str, word: str, icon: str) -> None:
    assert (kind_words(media_type), icon_of(media_type)) == (word, icon)
