"""A meeting followed while people speak, with the keyboard alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.tasks import live, meetings, records
from tests.ui import consultation
from tests.ui.consultation import Consultation
from tests.ui.hands import press, read, settle, window, write
from ui import theme
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.live import LivePage
from ui.pages.meeting import MeetingPage

ENTER, ESC, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down
SUBJECT = "កិច្ចប្រជុំសាមញ្ញលើកទី១១"
FIRST = "អង្គប្រជុំត្រូវពិនិត្យរបាយការណ៍ត្រីមាសជាមុនសិន។"
SECOND = "គួរប្រមូលទិន្នន័យកុមារមានពិការភាពតាមឃុំ។"
THIRD = "ថវិកាសម្រាប់ការចុះតាមដានមិនទាន់គ្រប់គ្រាន់។"
DECIDED = "ប្រមូលទិន្នន័យតាមឃុំ និងផ្ញើមកលេខាធិការ"
Opened = tuple[Consultation, MainWindow, LivePage]


def planned(made: Consultation, **more: Value) -> str:
    """A meeting of today that nobody began, with three points and the committee as its organiser."""
    today = datetime.now().date().isoformat()
    facts = {"subject": SUBJECT, "date": today, "state": "planned", "organiser": made.committee, **more}
    meeting = records.save(made.desk, "meeting", facts).id
    for number, (title, *_rest) in enumerate(consultation.AGENDA[:3], 1):
        records.save(made.desk, "agenda_item", {"meeting": meeting, "order": number * 1024, "title": title})
    return meeting


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Opened:
    made = consultation.people(consultation.empty_desk(tmp_path))
    made.meeting = planned(made)
    shown = window(qtbot, made.desk)
    return made, shown, go(shown, made.meeting)


def go(shown: MainWindow, meeting: str) -> LivePage:
    shown.go(Location("live", meeting))
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, LivePage)
    return page


def speaks(letters: str) -> None:
    """Who speaks from now on."""
    press("F6")
    write(letters)
    assert QApplication.activePopupWidget() is not None, f"nobody is offered for {letters}"
    press(ENTER)


def says(text: str) -> None:
    write(text)
    press(ENTER)


def comes(letters: str) -> None:
    press("F7")
    write(letters)
    press(ENTER)


def said(desk: Desk, meeting: str) -> list[tuple[str, str, str]]:
    """(point, who, what) of every remark."""
    found = records.children(desk, "input", meeting)
    return [(records.show(desk, r, "agenda_item"), records.show(desk, r, "person"), r.text("text")) for r in found]


def focused(page: LivePage, name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.objectName() == name and page.isAncestorOf(focus)


def test_a_whole_meeting_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.people(consultation.empty_desk(tmp_path))
    meeting = planned(made, start="08:00", end="11:00")
    shown = window(qtbot, made.desk)
    shown.go(Location("meeting", meeting))
    press("Ctrl+Shift+M")
    page = shown.page()
    assert isinstance(page, LivePage) and page.record == meeting
    before = datetime.now()
    press("F5")
    for letters in ("កុសនី", "វណ្ណា", "ពិសិដ្ឋ", "ចន្ធី"):
        comes(letters)
    assert page.standing.counts.text() == "សរុប ៤នាក់ ស្រី ២នាក់ (៥០%)"
    assert page.standing.quorum.text() == "កូរ៉ុមគ្រប់ ៤/៧"
    speaks("កុសនី")
    says(FIRST)
    press("F8")
    speaks("ពិសិដ្ឋ")
    says(SECOND)
    write(DECIDED)
    press("Ctrl+Return")
    write("វណ្ណា")
    press(ENTER)
    write("១៥/១២/២០៣០")
    press(ENTER)
    press("F8")
    write(THIRD)  # the last speaker goes on, and the line ends with the meeting
    press("F5")
    _check(made, meeting, before)
    assert page.standing.print_button.isVisible() and page.present.since.plain() == ""
    press("Ctrl+P")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
    _check_paper(dialog.pdf)
    dialog.close()
    settle(qtbot, shown)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    page.entry.focus()
    press(ESC)
    assert isinstance(shown.page(), MeetingPage), "Esc leads back to where one came from"


def _check(made: Consultation, meeting: str, before: datetime) -> None:
    desk = made.desk
    held = records.get(desk, meeting)
    assert held["state"] == "held" and held["date"] == before.date().isoformat()
    after = f"{datetime.now():%H:%M}"
    assert f"{before:%H:%M}" <= held.text("start") <= held.text("end") <= after
    titles = [title for title, *_rest in consultation.AGENDA]
    chair, speaker = "លោកជំទាវ ហ៊ុន កុសនី", "លោក គឹម ពិសិដ្ឋ"
    assert said(desk, meeting) == [
        (titles[0], chair, FIRST), (titles[1], speaker, SECOND), (titles[2], speaker, THIRD),
    ]  # fmt: skip
    (decision,) = records.children(desk, "follow_up", meeting)
    assert (decision["text"], decision["due"], decision["sort"]) == (DECIDED, "2030-12-15", "decision")
    assert records.show(desk, decision, "responsible") == "លោក សុខ វណ្ណា"
    people = records.children(desk, "attendance", meeting)
    assert [p["person"] for p in people] == [made.people[n] for n in (0, 1, 3, 6)]
    assert {p["status"] for p in people} == {"present"}


def _check_paper(pdf: bytes) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as paper:
        text = "".join(page.get_textpage().get_text_range() for page in paper)
    bare = "".join(text.replace("\u200b", "").split())
    wanted = (FIRST, SECOND, THIRD, DECIDED, "លោក សុខ វណ្ណា", "សរុប ៤នាក់ ស្រី ២នាក់")
    assert not [words for words in wanted if "".join(words.split()) not in bare]


def test_the_list_comes_before_the_committee_and_the_committee_before_all(opened: Opened) -> None:
    made, _shown, page = opened
    stranger = records.save(made.desk, "person", {"name_km": "សុខ ចាន់ថា"}).id
    records.save(made.desk, "attendance", {"meeting": made.meeting, "order": 1, "name": "សុខ រដ្ឋា", "status": "present"})
    press("F6")
    write("សុខ")
    hits = page.entry.line.hits()
    guest = records.children(made.desk, "attendance", made.meeting)[0]
    assert hits[0] == guest.id and hits[-1] == stranger
    assert set(hits[1:-1]) == {made.people[1], made.people[6]}, "both of the committee, by name or by title"
    press(ENTER)
    assert focused(page, "said_input")
    says("យើងខ្ញុំយល់ស្រប។")
    person = records.get(made.desk, guest.id)["person"]
    assert isinstance(person, str) and said(made.desk, made.meeting)[0][1] == "សុខ រដ្ឋា"
    assert records.count(made.desk, "attendance") == 1, "the guest is the same one"


def test_an_unknown_name_is_one_key_away(opened: Opened) -> None:
    made, _shown, _page = opened
    before = records.count(made.desk, "person")
    press("F6")
    write("លោកស្រី ម៉ៅ សុវណ្ណ")
    press(ENTER)  # nobody is called so: "add as new" stands first
    press("F6")
    write("សុខ")
    press("Ctrl+Return")  # others are called so, and this one is new all the same
    says("ជម្រាបសួរ។")
    assert records.count(made.desk, "person") == before + 2
    mine = records.find(made.desk, "person", search="ម៉ៅ សុវណ្ណ")[0]
    assert (mine["title"], mine["sex"]) == ("លោកស្រី", "female")
    assert said(made.desk, made.meeting)[0][1] == "សុខ"
    assert [row["status"] for row in records.children(made.desk, "attendance", made.meeting)] == ["present"], (
        "who spoke is on the list, who was only named is not"
    )


def test_nothing_is_put_into_a_wrong_mouth(opened: Opened) -> None:
    made, _shown, page = opened
    speaks("កុសនី")
    press("F6")
    write("ពិ")
    page.entry.focus()  # by the mouse, with nobody chosen
    says(FIRST)
    assert said(made.desk, made.meeting) == [] and focused(page, "who_input")
    press(ESC, ESC)  # the list, then the line: who spoke before stands there again
    assert focused(page, "said_input") and page.entry.line.text() == "លោកជំទាវ ហ៊ុន កុសនី"
    press(ENTER)
    assert [(who, what) for _point, who, what in said(made.desk, made.meeting)] == [("លោកជំទាវ ហ៊ុន កុសនី", FIRST)]


def test_a_line_of_before_is_mended_moved_deleted_and_brought_back(opened: Opened) -> None:
    made, _shown, page = opened
    speaks("កុសនី")
    for text in (FIRST, SECOND):
        says(text)
    press(UP, UP, ENTER)
    assert page.entry.text() == FIRST and page.entry.going_on.isVisible()
    write(" សំខាន់។")
    press(ENTER)
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [f"{FIRST} សំខាន់។", SECOND]
    assert page.entry.text() == "" and not page.entry.going_on.isVisible()
    press("Ctrl+Z")
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST, SECOND]
    press(DOWN, "Alt+Up")  # undo leads to the line that it changed; the next is moved before it
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [SECOND, FIRST]
    press(Qt.Key.Key_Delete)
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST]
    assert [record["text"] for record in records.bin(made.desk)] == [SECOND]
    press("Ctrl+Z")
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [SECOND, FIRST]
    says("អរគុណ")  # the focus is on a row: letters find their way into the line
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [SECOND, FIRST, "អរគុណ"]


def test_a_line_of_before_that_is_emptied_goes_to_the_bin(opened: Opened) -> None:
    made, shown, page = opened
    speaks("កុសនី")
    for text in (FIRST, SECOND):
        says(text)
    press(UP, ENTER)
    press("Ctrl+A", Qt.Key.Key_Delete, ENTER)
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST]
    press("Ctrl+Z")
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST, SECOND]
    press(ENTER)
    write("!")
    press("F8")  # the next point begins, and the line that is mended is not done yet
    assert page.entry.text() == f"{SECOND}!" and page.note.item == page.agenda.items[0].id
    press(ESC)
    assert shown.page() is page, "Esc leaves the line first"
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST, f"{SECOND}!"]
    write("abc")
    press("Ctrl+A", Qt.Key.Key_Delete, ENTER, "Ctrl+Z")
    assert page.entry.text() == "abc", "what was never kept is the box's to bring back"


def test_undo_in_a_line_is_the_lines_own_and_in_an_empty_one_the_pages(opened: Opened) -> None:
    made, _shown, page = opened
    speaks("កុសនី")
    says(FIRST)
    write("abc")
    press("Ctrl+Z")
    assert page.entry.text() == "" and len(said(made.desk, made.meeting)) == 1
    says(SECOND)
    press("Ctrl+Z")
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == [FIRST]


def test_a_marked_sentence_becomes_a_decision_and_the_remark_stays(opened: Opened) -> None:
    made, _shown, page = opened
    speaks("កុសនី")
    write(f"{FIRST} {DECIDED}")
    press("Shift+Left", times=10)
    marked = page.entry.box.marked()
    press("Ctrl+Return")
    write("២០/១២/")  # no name: Esc leaves the list, asks once, and goes
    press(ESC, ESC)
    assert "ជ្រើស" in page.decision.form.editors["responsible"].problem()
    press(ESC)
    (decision,) = records.children(made.desk, "follow_up", made.meeting)
    assert marked and decision["text"] == marked != f"{FIRST} {DECIDED}"
    assert page.entry.text() == f"{FIRST} {DECIDED}" and focused(page, "said_input")
    press(Qt.Key.Key_End, ENTER)
    press(UP, "Ctrl+Return")  # a remark that was said before
    assert [d["text"] for d in records.children(made.desk, "follow_up", made.meeting)][1] == f"{FIRST} {DECIDED}"
    press(ENTER, ENTER)
    assert page.decision.isHidden() and len(page.decided.rows.ids()) == 2
    page.decided.rows.focus_row(0)
    press(ENTER)
    write("កុសនី")
    press(ENTER, ENTER)
    assert records.show(made.desk, records.get(made.desk, decision.id), "responsible") == "លោកជំទាវ ហ៊ុន កុសនី"
    page.decided.rows.focus_row(0)
    press(Qt.Key.Key_Delete)
    assert [d.id for d in records.children(made.desk, "follow_up", made.meeting)] != [decision.id]
    assert len(page.decided.rows.ids()) == 1


def test_tab_goes_as_the_eye_does(opened: Opened) -> None:
    _made, _shown, page = opened
    speaks("កុសនី")
    says(FIRST)
    page.standing.begin_button.setFocus()
    names = []
    for _turn in range(6):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.objectName().partition("_")[0] if "row_" in focus.objectName() else focus.objectName())
    assert names == ["arrival_input", "row", "point_on", "row", "who_input", "said_input"]


def test_who_comes_late_is_noted_with_the_hour(opened: Opened) -> None:
    made, _shown, page = opened
    start = datetime.now() - timedelta(minutes=40)
    if start.date() != datetime.now().date():
        pytest.skip("too soon after midnight to have begun forty minutes ago")
    records.save(made.desk, "meeting", live.beginning(start), made.meeting)
    page.refresh()
    assert page.standing.elapsed.plain() == "ប្រជុំបាន ៤០ នាទី"
    comes("ពិសិដ្ឋ")
    press("F7")
    write("ពិសិដ្ឋ")
    press(ENTER)  # once more: the hour of the first time stays
    press("F7")
    write("ឈ្មោះថ្មី")
    press(ENTER)
    rows = records.children(made.desk, "attendance", made.meeting)
    assert [(row["person"], row["name"], row["status"]) for row in rows] == [
        (made.people[3], None, "late"), (None, "ឈ្មោះថ្មី", "late"),
    ]  # fmt: skip
    assert all(row["arrived"] for row in rows)
    assert page.standing.counts.text() == "សរុប ២នាក់ ស្រី ០នាក់" and "ខ្វះ ៣ នាក់" in page.standing.quorum.text()


def test_points_are_walked_added_and_chosen(opened: Opened) -> None:
    made, _shown, page = opened
    titles = [title for title, *_rest in consultation.AGENDA]
    assert "F8" in page.present.title.plain()
    press("F8", "F8")
    assert page.present.title.plain() == titles[1] and page.present.number.plain() == "ចំណុចទី២ ក្នុងចំណោម ៣"
    assert page.present.since.plain() == "រយៈពេល ០ នាទី"
    press("Shift+F8")
    assert page.present.title.plain() == titles[0]
    press("Ctrl+N")
    write(titles[3])
    press(ENTER, ESC)
    assert [item["title"] for item in records.children(made.desk, "agenda_item", made.meeting)] == titles
    page.agenda.rows.setFocus()
    press(DOWN, DOWN, DOWN, ENTER)
    assert page.present.title.plain() == titles[3] and focused(page, "said_input")


def test_what_is_half_typed_is_a_remark_when_one_leaves_and_goes_on_when_one_is_back(opened: Opened) -> None:
    made, shown, page = opened
    press("F8")
    speaks("កុសនី")
    write("អង្គប្រជុំត្រូវ")
    press(ESC)
    assert said(made.desk, made.meeting)[0][2] == "អង្គប្រជុំត្រូវ", "the minutes have it"
    page = go(shown, made.meeting)
    assert page.entry.text() == "អង្គប្រជុំត្រូវ" and page.entry.line.text() == "លោកជំទាវ ហ៊ុន កុសនី"
    says("ពិនិត្យ")
    assert [what for _p, _w, what in said(made.desk, made.meeting)] == ["អង្គប្រជុំត្រូវពិនិត្យ"]
    press(ESC)
    page = go(shown, made.meeting)
    assert page.entry.text() == "" and page.note.item == page.agenda.items[0].id


def test_another_speaker_of_a_line_of_before_is_kept_without_enter(opened: Opened) -> None:
    made, shown, page = opened
    speaks("កុសនី")
    says(FIRST)
    press(UP, ENTER)
    speaks("ពិសិដ្ឋ")
    shown.go(Location("home"))
    assert [(who, what) for _p, who, what in said(made.desk, made.meeting)] == [("លោក គឹម ពិសិដ្ឋ", FIRST)]
    page = go(shown, made.meeting)
    assert page.entry.line.text() == "លោក គឹម ពិសិដ្ឋ" and page.entry.text() == FIRST


def test_the_language_changes_in_the_middle_of_a_word(opened: Opened) -> None:
    _made, shown, _page = opened
    speaks("កុសនី")
    write("អង្គប្រជុំត្រូវ")
    press("Ctrl+Shift+L")
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, LivePage) and page.entry.text() == "អង្គប្រជុំត្រូវ"
    assert page.standing.begin_button.text() == "Begin the meeting"
    press("Ctrl+Shift+L")


def test_only_the_meeting_is_in_sight(opened: Opened) -> None:
    _made, shown, _page = opened
    assert not shown.sidebar.isVisible()
    press("Ctrl+Shift+M")
    assert shown.sidebar.isVisible() and isinstance(shown.page(), MeetingPage)


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1024, 600), 1.0), ((1024, 600), 1.5), ((1024, 600), 2.0)]
)
def test_fits_small_screens_and_large_letters(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    theme.current().apply("light", scale)
    made = consultation.consultation(tmp_path, datetime.now().date())
    shown = window(qtbot, made.desk, size)
    page = go(shown, made.meeting)
    for _turn in range(3):
        QApplication.processEvents()
    for widget in (page.entry.box, page.entry.line, page.present, page.standing.clock, page.standing.counts):
        inside(widget, page)
    assert page.frame.area.height() >= 40, "what was said last is in sight"
    page.entry.focus()
    write(DECIDED)
    press("Ctrl+Return")
    QApplication.processEvents()
    for name in ("responsible", "due"):
        inside(page.decision.form.editors[name].control, page)
    press(ENTER, ENTER)
    inside(page.entry.box, page)


def inside(widget: QWidget, page: LivePage) -> None:
    assert widget.isVisible(), f"{widget.objectName()} is hidden"
    least = widget.fontMetrics().lineSpacing()
    assert widget.height() >= least, f"{widget.objectName()} is {widget.height()} high, a line of it {least}"
    corner = widget.mapTo(page, widget.rect().bottomRight())
    assert page.rect().contains(corner), f"{widget.objectName()} ends at {corner} of {page.size()}"


def test_every_control_has_a_name(opened: Opened) -> None:
    _made, _shown, page = opened
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert not nameless
    assert "ពេលកំពុងប្រជុំ" in read(_shown.topbar)


def test_a_meeting_that_went_says_so(opened: Opened) -> None:
    made, shown, page = opened
    records.delete(made.desk, made.meeting)
    page.refresh()
    assert shown.page() is not page
    counts = meetings.attendance_counts(made.desk, made.meeting)
    assert counts.total == 0


def test_home_leads_into_the_meeting_of_today_until_it_is_over(opened: Opened) -> None:
    made, shown, _page = opened

    def leads() -> list[QWidget]:
        shown.go(Location("home"))
        QApplication.processEvents()
        return [one for one in shown.findChildren(QWidget, f"live_{made.meeting}") if one.isVisible()]

    (button,) = leads()
    button.setFocus()
    press(ENTER)
    assert isinstance(shown.page(), LivePage)
    press("F5")
    assert leads(), "it runs"
    go(shown, made.meeting)
    press("F5")
    assert not leads(), "it is over"
