"""Pictures of the real window on the demo story: `python -m tests.pictures [FOLDER] [--size 1366x768] [--dark]`.

For the README, and for whoever looks over the window: every page, in Khmer and English. Made anew in half a minute, so
that no picture is older than what it shows.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer

from cpdesk import i18n
from cpdesk.tasks import Desk, no_progress, records
from cpdesk.tasks.desk import open_desk
from cpdesk.tasks.undo import Undo
from ui.app import application, office_lines
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.pages.plan_views import VIEWS

# page: (kind of its record, words in it, states to show one after the other, each as a picture of its own)
RECORDS: dict[str, tuple[str, str, dict[str, dict[str, object]]]] = {
    "meeting": ("meeting", "ពិនិត្យវឌ្ឍនភាព", {}),
    "live": ("meeting", "ពិនិត្យវឌ្ឍនភាព", {}),
    "plan": ("plan", "២០២៣-២០២៥", {spec.name: {"view": spec.name} for spec in VIEWS}),
    "thread": ("plan", "២០២៣-២០២៥", {}),
    "progress": ("plan", "២០២១-២០២២", {"": {"year": 2022, "quarter": 2}}),
    "review": ("plan", "២០២១-២០២២", {"": {"year": 2022, "quarter": 2}}),
    "exchange": ("", "", {name: {"view": name or "receive"} for name in ("", "differences", "send", "offices")}),
    "papers": ("", "", {key: {"section": key} for key in ("letterhead", "forms", "phrases", "registers")}),
}
SETTLE_MS = {"meeting": 2500, "papers": 1500}


def wait(milliseconds: int) -> None:
    """Let the window and its worker go on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def take(desk: Desk, folder: Path, lang: str, size: tuple[int, int]) -> None:
    """A picture of every page in one language."""
    i18n.set_language(lang)
    context = Context(desk, Jobs(desk.other), Undo(desk))
    window = MainWindow(context, PAGES, office=lambda: office_lines(desk))
    context.setParent(window)
    window.resize(*size)
    window.start(None)
    window.show()
    wait(300)
    for spec in PAGES:
        kind, words, states = RECORDS.get(spec.name, ("", "", {}))
        record = records.find(desk, kind, search=words)[-1].id if kind else None
        for name, state in (states or {"": {}}).items():
            context.go(spec.name, record, **state)
            wait(SETTLE_MS.get(spec.name, 700))
            window.grab().save(str(folder / f"{'-'.join(filter(None, (spec.name, name, lang)))}.png"))
    context.jobs.close()
    window.close()
    window.deleteLater()
    wait(50)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures")
    parser.add_argument("folder", nargs="?", default="pictures", type=Path)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--dark", action="store_true")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    chosen.folder.mkdir(parents=True, exist_ok=True)
    application(scheme="dark" if chosen.dark else "light")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CPDESK_HOME"] = str(Path(scratch) / "home")
        from cpdesk.tasks import demo

        story = demo.build(Path(scratch) / "demo", no_progress)
        with open_desk(story.desks[0]) as desk:
            for lang in i18n.LANGUAGES:
                take(desk, chosen.folder, lang, (width, height))


if __name__ == "__main__":
    main()
