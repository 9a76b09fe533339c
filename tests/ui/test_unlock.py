"""The door of a locked desk: passwords, codes, forgotten ones, and nothing told before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import i18n, settings
from cpdesk.i18n import language
from cpdesk.tasks import keys, records
from cpdesk.tasks import officers as people
from cpdesk.tasks.desk import create, open_desk
from tests.ui import test_accessibility, test_nothing_clipped
from tests.ui.hands import come_to_front, press, read, write
from ui import theme
from ui.app import Program
from ui.dialogs.first_run import FirstRun
from ui.dialogs.password_choice import PasswordChoice
from ui.dialogs.recovery import AskPage, CodePage, NewPasswordPage, NotedPage, WhoPage
from ui.dialogs.recovery_ways import ForgottenPage, OtherPage
from ui.dialogs.unlock import Unlock

ENTER = Qt.Key.Key_Return
WORDS = "ដំរី ស្វាយ ទន្លេ ព្រះច័ន្ទ"


pytestmark = pytest.mark.usefixtures("stretched_little")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, stretched_little: None) -> Path:
    """A desk with a password, closed; its code; and the home in which it was made."""
    folder = tmp_path_factory.mktemp("door")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(folder / "home"))
        with create(folder / "0802.cpdesk", "0802", "សុខ សុភា", WORDS) as desk:
            records.save(desk, "meeting", {"subject": "ប្រជុំ"})
            (folder / "code.txt").write_text(desk.recovery_code)
    return folder


@pytest.fixture
def locked(made_once: Path, own_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once / "home", own_home, dirs_exist_ok=True)
    for file in (*made_once.glob("0802.*"), made_once / "code.txt"):
        shutil.copy(file, tmp_path)
    return tmp_path / "0802.cpdesk"


@pytest.fixture
def door(qtbot: QtBot, locked: Path) -> Iterator[Unlock]:
    made = Unlock(locked)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    QApplication.processEvents()
    yield made
    if made.desk is not None:
        made.desk.db.conn.close()
    made.done(0)


def rest(qtbot: QtBot, door: Unlock) -> None:
    """Until the thread has answered."""
    qtbot.waitUntil(lambda: not door._busy)
    QApplication.processEvents()
    QApplication.processEvents()


def code_of(locked: Path) -> str:
    return (locked.parent / "code.txt").read_text()


def click(parent: QWidget, name: str) -> None:
    button = parent.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()
    QApplication.processEvents()
    QApplication.processEvents()


def type_new(door: Unlock | QWidget, choice: PasswordChoice, password: str) -> None:
    choice.choose("own")
    for field in (choice.first, choice.second):
        field.setFocus()
        write(password)


# --- opening ---------------------------------------------------------------------------------------------------------
def test_the_password_opens_and_the_door_tells_nothing_before(door: Unlock, qtbot: QtBot) -> None:
    told = read(door).replace("\u200b", "") + door.windowTitle()
    assert "0802.cpdesk" in told
    assert "កៀនស្វាយ" not in told and "សុខ សុភា" not in told
    write(WORDS)
    press(ENTER)
    assert door.bar.isVisible(), "it is at work, and says so"
    rest(qtbot, door)
    assert door.desk is not None and not door.isVisible()
    assert (door.desk.officer, records.count(door.desk, "meeting")) == ("សុខ សុភា", 1)


def test_a_wrong_one_is_said_plainly_and_the_right_one_still_opens(door: Unlock, qtbot: QtBot) -> None:
    write("ខុសហើយ ខុសហើយ")
    press(ENTER)
    rest(qtbot, door)
    assert door.desk is None and "0802" in door.said.plain()
    page = door.page()
    assert isinstance(page, AskPage) and page.field.line.hasFocus()
    write(WORDS.replace(" ", "\u200b"))
    assert not door.said.plain(), "who types again is not scolded any more"
    press(ENTER)
    rest(qtbot, door)
    assert door.desk is not None


def test_after_some_the_next_try_waits_and_that_is_counted_down(door: Unlock, qtbot: QtBot) -> None:
    for _turn in range(3):
        write("nonsense words")
        press(ENTER)
        rest(qtbot, door)
    assert keys.wait(door.path) > 0
    assert not door.main.isEnabled() and "វិនាទី" in door.main.text()
    press("Ctrl+A")
    write(WORDS)
    press(ENTER)
    assert door.desk is None and not door._busy, "no try is taken meanwhile"
    qtbot.waitUntil(door.main.isEnabled, timeout=6000)
    press(ENTER)
    rest(qtbot, door)
    assert door.desk is not None


def test_dots_can_be_shown_and_the_letters_are_told(door: Unlock) -> None:
    page = door.page()
    assert isinstance(page, AskPage)
    field = page.field
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    write("កខគ")
    assert "ខ្មែរ" in field.hint.plain()
    field.line.clear()
    write("abc")
    assert "ឡាតាំង" in field.hint.plain()
    field.line.clear()
    press(Qt.Key.Key_A)
    write("ABC")
    assert "Caps Lock" in field.hint.plain()
    click(field, "unlock_secret_eye")
    assert field.is_shown() and field.line.text().endswith("ABC")
    assert field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    click(field, "unlock_secret_eye")
    assert field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), "Khmer vowels come through it"


def test_two_with_the_same_words_say_who_they_are(qtbot: QtBot, locked: Path) -> None:
    with keys.unlock(locked, WORDS) as desk:
        people.add(desk, "ចាន់ ធីតា", ["officer"], WORDS)
    door = Unlock(locked)
    qtbot.addWidget(door)
    door.show()
    come_to_front(qtbot, door)
    write(WORDS)
    press(ENTER)
    rest(qtbot, door)
    page = door.page()
    assert isinstance(page, WhoPage) and "ចាន់ ធីតា" in [one.text() for one in page.findChildren(QAbstractButton)]
    press(Qt.Key.Key_Down)
    press(ENTER)
    rest(qtbot, door)
    assert door.desk is not None
    with door.desk as desk:
        assert desk.officer == page._names[1][1]


# --- forgotten -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["field", "page"])
def test_the_code_gives_a_new_password_and_another_code(door: Unlock, qtbot: QtBot, locked: Path, way: str) -> None:
    if way == "page":
        click(door, "unlock_forgotten")
        assert isinstance(door.page(), ForgottenPage)
        assert door.findChild(QAbstractButton, "unlock_request") is None, "no office above was asked to help"
        click(door, "unlock_code")
    write(code_of(locked).lower().replace("-", " "))
    press(ENTER)
    rest(qtbot, door)
    page = door.page()
    assert isinstance(page, NewPasswordPage) and "សុខ សុភា" in read(page)
    if way == "field":
        return
    type_new(door, page.choice, "short")
    press(ENTER)
    assert door.said.plain() and door.page() is page, "too weak"
    page.choice.first.clear()
    page.choice.second.clear()
    type_new(door, page.choice, "a new one of mine")
    press(ENTER)
    rest(qtbot, door)
    noted = door.page()
    assert isinstance(noted, NotedPage) and noted._code != code_of(locked)
    press(Qt.Key.Key_Escape)
    assert door.isVisible() and door.said.plain(), "nobody goes on without the code"
    door.next()
    assert door.desk is None
    click(noted, "recovery_noted")
    door.next()
    assert door.desk is not None
    door.desk.close()
    with open_desk(locked, password="a new one of mine"):
        pass
    with pytest.raises(keys.WrongPassword):
        keys.unlock(locked, WORDS)


def test_a_mistyped_code_is_told_from_a_wrong_password(door: Unlock, qtbot: QtBot, locked: Path) -> None:
    code = code_of(locked)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    write(wrong)
    press(ENTER)
    rest(qtbot, door)
    assert "លេខកូដ" in door.said.plain() and keys.wait(locked) == 0


def test_the_paper_with_the_code_is_made_in_memory(door: Unlock, locked: Path, tmp_path: Path) -> None:
    from ui.dialogs.recovery_code import RecoveryCode

    with keys.unlock(locked, WORDS) as desk:
        closed = desk
    shown = RecoveryCode("ABCDE-FGHJK-MNPQR-STVWX-YZ123", locked, lambda: closed.office)
    before = set(tmp_path.rglob("*"))
    assert shown._paper().startswith(b"%PDF")
    assert set(tmp_path.rglob("*")) == before
    shown.save(tmp_path / "code.pdf")
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    shown.deleteLater()


# --- elsewhere -------------------------------------------------------------------------------------------------------
def test_the_language_changes_at_the_door(door: Unlock, qtbot: QtBot) -> None:
    click(door, "unlock_forgotten")
    press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert isinstance(door.page(), AskPage) and door.isVisible(), "Esc goes a step back"
    click(door, "unlock_language_en")
    qtbot.waitUntil(lambda: door.heading.plain() == "This desk is locked")
    assert language() == "en" and settings.load().language == "en"


def when_modal(kind: type[QWidget], act: Callable[[QWidget], object]) -> QTimer:
    timer = QTimer(QApplication.instance())
    timer.setInterval(20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_the_program_asks_and_what_was_double_clicked_waits(
    program: Program, qtbot: QtBot, locked: Path, tmp_path: Path
) -> None:
    asked: list[str] = []
    program.asking.connect(lambda: asked.append("asked"))

    def come(dialog: QWidget) -> None:
        assert isinstance(dialog, Unlock)
        program.take([tmp_path / "a.cpsync"])
        assert program.window is None and program._files
        come_to_front(qtbot, dialog)
        write(WORDS)
        press(ENTER)

    when_modal(Unlock, come)
    program.take_later([])
    assert program.open(locked) and asked
    assert program.desk is not None and program.desk.who is not None and program.window is not None


def test_another_desk_is_reached_from_the_door(program: Program, qtbot: QtBot, locked: Path, tmp_path: Path) -> None:
    create(tmp_path / "0803.cpdesk", "0803", "មន្ត្រី").close()
    settings.used(tmp_path / "0803.cpdesk")

    def elsewhere(dialog: QWidget) -> None:
        assert isinstance(dialog, Unlock)
        come_to_front(qtbot, dialog)
        click(dialog, "unlock_other")
        assert isinstance(dialog.page(), OtherPage)
        click(dialog, "unlock_0803")

    when_modal(Unlock, elsewhere)
    assert program.open(locked)
    assert program.desk is not None and program.desk.office == "0803"


def test_who_goes_away_from_the_door_leaves_the_program(program: Program, qtbot: QtBot, locked: Path) -> None:
    def away(dialog: QWidget) -> None:
        come_to_front(qtbot, dialog)
        press(Qt.Key.Key_Escape)

    when_modal(Unlock, away)
    assert not program.open(locked) and program.window is None


# --- the first run ---------------------------------------------------------------------------------------------------
def test_a_desk_is_made_with_a_password_and_its_code_is_noted(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = FirstRun()
    qtbot.addWidget(wizard)
    wizard.show()
    come_to_front(qtbot, wizard)
    wizard.code, wizard.at, wizard.path = "0802", 2, tmp_path / "new" / "0802.cpdesk"
    wizard._show()
    QApplication.processEvents()
    step = wizard.step()
    write("សុខ សុភា")
    press(ENTER)
    assert wizard.at == 2 and wizard.said.plain(), "the four words are typed once"
    choice = step.findChild(PasswordChoice)
    assert choice is not None
    words = choice.offered.plain().split()
    assert len(words) == 4
    click(step, "first_password_others")
    assert choice.offered.plain().split() != words
    password = choice.password()
    choice.begin()
    write(password)
    wizard.next()
    assert wizard.at == 3
    wizard.next()
    qtbot.waitUntil(lambda: wizard.at == 4)
    assert wizard.made is None or wizard.isVisible()
    wizard.next()
    assert wizard.isVisible() and wizard.said.plain()
    press(Qt.Key.Key_Escape)
    assert wizard.isVisible()
    click(wizard, "recovery_noted")
    wizard.next()
    assert not wizard.isVisible() and wizard.opens is not None and wizard.made is not None
    assert keys.state(wizard.made).kind == "locked" and keys.state(wizard.made).code
    with open_desk(wizard.made, password=password) as desk:
        assert desk.officer == "សុខ សុភា"


# --- for everybody ---------------------------------------------------------------------------------------------------
def in_the_way(root: QWidget) -> list[str]:
    """What a screen reader is not told, and which words have no room."""
    found = test_accessibility.faults(root)
    for one in root.findChildren(QWidget):
        if one.isVisible() and not one.visibleRegion().isEmpty():
            why = test_nothing_clipped.too_small(one)
            found += [f"{why} {test_nothing_clipped.where(one)}"] if why else []
    return found


@pytest.mark.parametrize(("lang", "scale"), [("km", 1.0), ("en", 1.5)])
def test_each_page_of_the_door_is_read_aloud_and_has_room(qtbot: QtBot, locked: Path, lang: str, scale: float) -> None:
    i18n.set_language(lang)
    theme.current().apply("light", scale)
    door = Unlock(locked, "…")
    qtbot.addWidget(door)
    door.resize(620, 552)  # of a screen of 1024 × 600
    door.show()
    two = [("a", "សុខ សុភា"), ("b", "ចាន់ ធីតា")]
    with keys.unlock(locked, WORDS) as closed:
        pass
    own = NewPasswordPage(door, "", two)
    own.choice.choose("own")
    wizard = FirstRun()
    qtbot.addWidget(wizard)
    wizard.code, wizard.at = "0802", 2
    wizard._show()
    wizard.show()
    found = []
    for page in (
        AskPage(door), WhoPage(door, "", two), ForgottenPage(door), CodePage(door), NewPasswordPage(door, "", two),
        own, NotedPage(door, closed, "ABCDE-FGHJK-MNPQR-STVWX-YZ123"), OtherPage(door),
    ):  # fmt: skip
        door.show_page(page)
        door.say(door.why * 60)
        QApplication.processEvents()
        found += [f"{type(page).__name__}: {fault}" for fault in in_the_way(door)]
    for way in ("words", "own", "none"):
        choice = wizard.findChild(PasswordChoice)
        assert choice is not None
        choice.choose(way)
        QApplication.processEvents()
        found += [f"first run, {way}: {fault}" for fault in in_the_way(wizard)]
    door.done(0)
    wizard.done(0)
    assert not found, "\n".join(found)
