"""One window, one way back; language, theme and commands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import language, set_language
from tests.ui.gallery import FormSample, HomeSample
from tests.ui.test_editors import press
from ui import qt_texts, theme
from ui.main_window import MainWindow
from ui.navigation import History, Location
from ui.widgets.notices import Toast


def where(window: MainWindow) -> str:
    page = window.page()
    return page.name if page is not None else ""


def test_back_and_forward(window: MainWindow, qtbot: QtBot) -> None:
    window.context.go("meetings")
    window.context.go("plans")
    assert where(window) == "plans"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert where(window) == "meetings"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert where(window) == "home"
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert where(window) == "meetings"


def test_history_is_a_browsers(qapp: QApplication) -> None:
    history = History()
    assert history.go(-1) is None
    for page in "abc":
        history.visit(Location(page))
    assert (history.go(-1), history.go(-1), history.go(-1)) == (Location("b"), Location("a"), None)
    history.visit(Location("d"))
    assert not history.can_go(1)
    assert history.go(-1) == Location("a")
    history.go(1)
    assert history.drop_current() == Location("a")


def test_the_sidebar_leads_and_shows_where_one_is(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("plans", "meetings", "home"):
        button = window.findChild(QAbstractButton, f"nav_{name}")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert where(window) == name
        assert button.isChecked()


def test_leaving_a_page_saves_what_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.context.go("meetings")
    page = window.page()
    assert isinstance(page, FormSample)
    control = page.form.editors["girls"].control
    control.selectAll()  # type: ignore[attr-defined]
    press(control, "៩")
    window.context.go("home")
    assert page.kept == [{"girls": 9}]


def test_the_language_changes_at_once_and_the_place_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.context.go("meetings")
    qtbot.mouseClick(window.findChild(QAbstractButton, "language_en"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(QAbstractButton, "language_km") is not None)
    assert language() == "en"
    assert where(window) == "meetings"
    assert "Consultation" in window.windowTitle()
    assert window.findChild(QAbstractButton, "nav_home").accessibleName() == "Home"
    window.back()
    assert where(window) == "home"


def test_nothing_of_the_frame_stays_english_in_khmer(window: MainWindow) -> None:
    """Each label, button and tip of sidebar, top bar and foot is Khmer, the name of the other language aside."""
    allowed = {"English", "Ctrl K", "F1", "CPC Desk", ""}
    for frame in (window.sidebar, window.topbar, window.status):
        for child in frame.findChildren(QWidget):
            words = [child.toolTip()]
            if isinstance(child, QLabel | QAbstractButton):
                words.append(child.text())
            for word in words:
                assert word in allowed or not word.isascii() or word.isdigit(), word


def test_everything_one_can_press_has_a_name(window: MainWindow) -> None:
    for name in ("home", "meetings", "plans"):
        window.context.go(name)
    for button in window.findChildren(QAbstractButton):
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus and not button.objectName().startswith("qt_"):
            assert button.accessibleName(), button.objectName()
            assert button.objectName(), button.accessibleName()


def test_dark_and_larger_build_the_window_anew(window: MainWindow) -> None:
    window.context.go("meetings")
    theme.current().apply("dark", 1.3)
    assert where(window) == "meetings"
    assert window.palette().window().color().name() == theme.colours().ground


def test_commands_stand_in_the_menu_with_their_keys(window: MainWindow) -> None:
    menu = QMenu()
    window.actions_.fill(menu)
    inner = menu.findChildren(QMenu)
    assert {one.objectName() for one in inner} == {"menu_go", "menu_view"}
    actions = [*menu.actions(), *(action for one in inner for action in one.actions())]
    shown = {action.objectName(): action for action in actions if not action.isSeparator()}
    assert menu.sizeHint().height() < 500, "it fits a small screen"
    assert {"action_back", "action_new", "action_language"} <= set(shown)
    assert shown["action_new"].shortcut().toString() == "Ctrl+N"
    assert not shown["action_back"].isEnabled()


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys = [key.toString() for action in window.actions() for key in action.shortcuts() if not key.isEmpty()]
    assert len(keys) == len(set(keys))


def test_the_pages_own_commands_hold_while_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    assert isinstance(window.page(), HomeSample)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.findChildren(Toast)
    window.context.go("plans")
    assert window.actions_.get("new") is None


def test_a_change_refreshes_and_is_said(window: MainWindow, qtbot: QtBot) -> None:
    window.context.touched("meeting")
    assert "រក្សាទុក" in window.status.notes()["saved"]


def test_it_still_fits_a_small_screen(window: MainWindow) -> None:
    for lang in ("km", "en"):
        set_language(lang)
        window.rebuild()
        assert window.minimumSizeHint().width() <= 1024
        assert window.minimumSizeHint().height() <= 560


def test_qts_own_words_are_khmer(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "បោះបង់"
    assert QCoreApplication.translate("QWidgetTextControl", "&Undo") == "មិនធ្វើវិញ"
    assert QCoreApplication.translate("QWidgetTextControl", "Cu&t") == "កាត់"
    assert QCoreApplication.translate("Anything", "Not in the list") == "Not in the list"
    set_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_each_of_qts_words_has_its_khmer(qapp: QApplication) -> None:
    for word in qt_texts.WORDS:
        assert QCoreApplication.translate("Any", word) != word, word
