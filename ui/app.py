"""Starting and ending: the application object, the desk that is opened, the window over it, and the next desk."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

import cpdesk
from cpdesk import logs, settings
from cpdesk.errors import Locked, UserError
from cpdesk.i18n import _, set_language
from cpdesk.paths import home
from ui import messages, qt_texts, rights, spoken, theme
from ui.handover import Handover

if TYPE_CHECKING:
    from cpdesk.settings import Settings
    from cpdesk.tasks import Desk
    from ui.dialogs.unlock import Unlock
    from ui.dialogs.waiting import Waiting
    from ui.locking import Lockup, Stood
    from ui.main_window import MainWindow
    from ui.memory import Memory

DESK, BACKUP = ".cpdesk", ".cpbackup"


def application(argv: Sequence[str] = (), *, scheme: str = "light", scale: float = 1.0) -> QApplication:
    """Make (or take) the one QApplication of this process and dress it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(argv) or ["cpdesk"])
    app.setApplicationName("cpdesk")
    app.setDesktopFileName("cpdesk")
    qt_texts.install(app)
    spoken.install()
    theme.install(app, scheme, scale)
    messages.install(lambda: QApplication.activeWindow())
    return app


def main(desk: Path | None = None, files: Sequence[Path] = (), *, speak: bool = False) -> int:
    """Open the window on `desk`, else on the desk last used, else on the first questions. The exit status.

    `files` are packages and cards to look into. Where a window is open already, it gets all of this and comes to the
    front. The language is the caller's; `speak` takes the one last chosen instead.
    """
    logs.watch_for_hard_crashes()
    gc.disable()  # what is made while starting stays: looking for garbage in it costs a tenth of the start
    kept = settings.load()
    if speak:
        set_language(kept.language)
    app = dressed(kept)
    handover = Handover(home() / "window")
    if not handover.is_first() and handover.hand([*([desk] if desk else []), *files]):
        logs.ended_well()
        return 0
    messages.listen()
    program = Program(app, tips=True)
    program.take_later(files)
    handover.came.connect(program.take)
    program.asking.connect(handover.listen)
    if not program.start(desk, kept):
        logs.ended_well()
        return 0
    handover.listen()
    status = app.exec()
    program.end()
    handover.close()
    logs.ended_well()
    return status


def dressed(kept: Settings) -> QApplication:
    """The application in the look that was chosen."""
    app = application(sys.argv[:1], scale=kept.font_scale / 100)
    if kept.theme != "light":
        from ui import look

        wanted = look.scheme(kept.theme)
        if wanted != "light":
            theme.current().apply(wanted, kept.font_scale / 100)
    return app


class Program(QObject):
    """One desk at a time, each in a window of its own; another desk closes the window of the last."""

    asking = Signal()  # a password is asked for: what another start brings is taken, and waits

    def __init__(self, app: QApplication, *, tips: bool = False) -> None:
        """`tips`: whoever has not seen the five tips gets them once a desk stands."""
        super().__init__(app)
        self.tips = tips
        self.setObjectName("program")
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._files: list[Path] = []
        self._memory: Memory | None = None
        self.door: Unlock | None = None
        self._locks: Lockup | None = None

    def take(self, files: Sequence[Path]) -> None:
        """What another start, or a drop on the window, brought: a desk is opened, packages and cards are looked into.

        The window comes to the front in any case.
        """
        wanted = [file for file in files if file.suffix.lower() == DESK]
        self.take_later([file for file in files if file not in wanted])
        if self.door is not None:
            self.door.raise_()
            self.door.activateWindow()
            if wanted and wanted[-1].resolve() != self.door.path.resolve():
                self.door.take(str(wanted[-1]))
            return
        if wanted and (self.desk is None or wanted[-1].resolve() != self.desk.path.resolve()):
            self.open(wanted[-1])
        if self.window is not None:
            if self.window.isMinimized():
                self.window.showNormal()
            self.window.raise_()
            self.window.activateWindow()
            self._offer()

    def take_later(self, files: Sequence[Path]) -> None:
        """Packages, cards and backups to look into once a window stands."""
        self._files += files

    def _offer(self) -> None:
        if not self._files or self.window is None:
            return
        files, self._files = self._files, []
        backups = [file for file in files if file.suffix.lower() == BACKUP]
        packages = [file for file in files if file not in backups]
        if packages:
            from ui.pages.exchange import ExchangePage

            self.window.context.go("exchange")
            page = self.window.page()
            if isinstance(page, ExchangePage):
                page.offer(packages)
        if backups:
            self.bring_back(backups[-1])

    def start(self, path: Path | None, kept: Settings) -> bool:
        """Show the desk of that name, the last one, or the first questions; False where the person went away."""
        if path is None and kept.desk:
            path = Path(kept.desk)
        return self.first_run() if path is None else self.open(path)

    def first_run(self) -> bool:
        from ui.dialogs.first_run import FirstRun

        wizard = FirstRun()
        if not wizard.exec() or wizard.made is None:
            return False
        if wizard.opens is None:
            return self.open(wizard.made)
        self.show_desk(wizard.opens.other(), wizard.made)
        return True

    def open(self, path: Path) -> bool:
        """Show that desk; where it does not open, say why and offer what helps, until one opens or none is wanted."""
        from cpdesk.tasks import Cancelled

        found: Path | None = path
        while found is not None:
            try:
                desk = self._opened(found)
            except Cancelled:
                return False
            except Locked:
                from ui.dialogs.unlock import Unlock

                passed = self.ask(Unlock(found))
                if passed is None or isinstance(passed, Path):
                    found = passed
                    continue
                desk = passed
            except UserError as error:
                from ui.dialogs.opening import ask_instead

                found = ask_instead(found, error)
                continue
            self.show_desk(desk, found)
            return True
        return False

    def ask(self, door: Unlock) -> Desk | Path | None:
        """What came of asking for a password: the desk, another desk to open, or None where the person went away."""
        self.door = door
        self.asking.emit()
        try:
            return door.ask()
        finally:
            self.door = None
            door.deleteLater()

    def _opened(self, path: Path) -> Desk:
        """The desk, with a word where it takes long: one of another version of the program is made ready first."""
        from cpdesk.tasks.desk import open_desk

        waiting: list[Waiting] = []

        def progress(done: int, total: int) -> None:
            if not waiting:
                from ui.dialogs.waiting import Waiting

                words = _("This happens once with each new version. Nothing of what was written is touched.")
                waiting.append(Waiting(self.window, _("The desk is being made ready…"), words))
            waiting[0].progress(done, total)

        try:
            return open_desk(path, progress)
        finally:
            for one in waiting:
                one.close()

    def show_desk(self, desk: Desk, path: Path, stood: Stood | None = None) -> None:
        """A window over that desk in place of the one there is. `stood`: where its officer was when it was locked."""
        from cpdesk.tasks.undo import Undo
        from ui.context import Context
        from ui.jobs import Jobs
        from ui.main_window import MainWindow
        from ui.memory import Memory
        from ui.pages import PAGES

        before, before_desk = self.window, self.desk
        context = Context(desk, Jobs(desk.other), Undo(desk))
        rights.hold_to(context)
        window = MainWindow(context, PAGES, office=lambda: office_lines(desk))
        memory = self._memory = Memory(window, path)
        window.closing.connect(lambda: memory.keep())  # the lambda keeps it alive
        context.desk_wanted.connect(self._other)
        context.lock_wanted.connect(self.lock)
        context.setParent(window)
        context.jobs.hold()
        window.painted.connect(context.jobs.release)
        window.dropped.connect(self.take)
        memory.place()
        if stood is None:
            window.start(memory.last_page())
        else:  # who comes back stands where they stood, somebody else at home
            window.start(stood.at if stood.who == desk.who else None)
        window.show()
        self.window, self.desk = window, desk
        window.painted.connect(lambda: self._after(path))
        if before is not None:
            before.close()
            before.deleteLater()
        if before_desk is not None:
            self._let_go(before_desk)

    def _after(self, path: Path) -> None:
        """What can wait until the window stands."""
        gc.freeze()
        gc.enable()
        from cpdesk.tasks import attachments
        from ui import icons, sample
        from ui.keeper import Keeper

        attachments.forget_copies()  # of a program that died

        QApplication.setWindowIcon(icons.of_the_program())
        settings.used(path)
        if self._memory is not None:
            self._memory.note_office()
        logs.begin()
        if self.desk is not None:
            logs.note("desk opened", office=self.desk.office, site=self.desk.site, version=cpdesk.__version__)
        if self.window is not None:
            Keeper(self.window).look()
            self._offer()
            sample.mark(self.window, path)
            self.window.context.changed.connect(self._officers_changed)
            window = self.window
            window.rebuilt.connect(lambda: rights.tell(window))
            rights.tell(window)
            self._watch_over()
            if self.desk is not None and self.desk.who is not None:
                from ui import drafts

                drafts.come_back(self.window)
            if self.tips:
                from ui.widgets import tour

                tour.offer(self.window)
            died = logs.crash_before()
            if died is not None:
                messages.tell_of_crash(self.window, died)

    def lock(self) -> None:
        """Lock the desk that is open; one without a password is offered one."""
        if self.window is None or self.desk is None:
            return
        if self.desk.who is not None:
            self._lockup().lock()
            return
        from ui.dialogs.password import ask_first_password

        ask_first_password(self.window.context, self.window)

    def _lockup(self) -> Lockup:
        if self._locks is None:
            from ui.locking import Lockup

            self._locks = Lockup(self)
        return self._locks

    def _officers_changed(self, kinds: frozenset[str]) -> None:
        """A password was set, or somebody has other roles."""
        if "officer" not in kinds or self.window is None:
            return
        before = rights.is_limited()
        rights.hold_to(self.window.context)
        rights.tell(self.window)
        if before or rights.is_limited():
            QTimer.singleShot(0, self.window, self.window.rebuild)
        if self._memory is not None:
            self._memory.note_office()
        self._watch_over()

    def _watch_over(self) -> None:
        """Let a desk with a password be locked by itself."""
        if self.desk is not None and self.desk.who is not None:
            self._lockup().watch()

    def _other(self, wanted: str) -> None:
        """Another desk: the old one stays open until the new one stands."""
        from ui.dialogs import opening

        if wanted == "open":
            wanted = opening.another(self.window, self.desk.path if self.desk is not None else None)
            if wanted == "open":
                path = opening.answered(self.window, "open", Path())
                wanted = str(path) if path is not None else ""
        if wanted == "new":
            self.first_run()
        elif wanted == "restore":
            self.bring_back()
        elif wanted:
            self.open(Path(wanted))

    def bring_back(self, file: Path | None = None) -> None:
        """Let a backup (that file, or one that is chosen) take the place of the desk that is open, which is kept."""
        from ui.dialogs import opening

        if self.desk is None:
            return
        made = opening.prepared(self.window, self.desk.path, self.desk, file)
        if made is None:
            return
        path, window = self.desk.path, self.window
        QApplication.setQuitOnLastWindowClosed(False)  # the next one comes
        try:
            if window is not None:
                window.close()
                window.deleteLater()
            self.desk.close()
            self.window, self.desk = None, None
            back = opening.brought_back(None, path, made)
            logs.note("brought back", done=back is not None)
            if self.open(path) and back is not None and self.window is not None:
                self.window.context.say(_("The backup is brought back; the desk as it was stays beside it."))
        finally:
            QApplication.setQuitOnLastWindowClosed(True)
        if self.window is None:
            QApplication.quit()

    def end(self) -> None:
        """Close the desk; what was typed was kept when the window closed."""
        if self.desk is not None:
            self._let_go(self.desk)
            self.desk = None
            rights.hold(None)
            logs.note("closed")
        logs.end()

    def leave(self) -> None:
        """Close window and desk, and hold nothing of them: the desk is locked."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
        if self.desk is not None:
            self.desk.close()
        self.window = self.desk = self._memory = None
        rights.hold(None)

    @staticmethod
    def _let_go(desk: Desk) -> None:
        """Close a desk whose window is gone; with a backup before, where that is wanted."""
        from cpdesk.tasks import backups

        if settings.load().backup_when == "close" and backups.is_due(desk, closing=True):
            from ui.dialogs.closing import back_up

            back_up(desk)
        desk.close()


def office_lines(desk: Desk) -> list[str]:
    """The office's name and where it lies, for the head of the sidebar."""
    from cpdesk import gazetteer
    from cpdesk.i18n import pick
    from cpdesk.tasks.desk import office

    record = office(desk)
    lines = [pick(record.text("name_km"), record.text("name_en"))]
    with suppress(UserError):
        lines += [place.title() for place in reversed(gazetteer.path(desk.office)[:-1])]
    return [line for line in lines if line]
