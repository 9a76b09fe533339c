"""The sample desk says that it is one, and leads to the person's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cpdesk import settings
from cpdesk.i18n import _
from ui.main_window import MainWindow

SAMPLE, OWN = "sample_desk", "own_desk"  # in the settings: paths


def made(sample: Path, own: Path) -> None:
    """Remember which desk is the sample, and which is the person's own."""
    kept = settings.load()
    names = {SAMPLE: str(sample.resolve()), OWN: str(own.resolve())}
    settings.save(replace(kept, others={**kept.others, **names}))


def own_desk(path: Path) -> Path | None:
    """The person's own desk where `path` is the sample and theirs still lies there; else None."""
    others = settings.load().others
    own = others.get(OWN)
    if others.get(SAMPLE) != str(path.resolve()) or not isinstance(own, str):
        return None
    return Path(own) if Path(own).is_file() else None


def is_sample(path: Path) -> bool:
    return settings.load().others.get(SAMPLE) == str(path.resolve())


def mark(window: MainWindow, path: Path) -> None:
    """Say it in the head of the sections and at the foot, where `path` is the sample; both lead to one's own desk."""
    if not is_sample(path):
        return
    own = own_desk(path)

    def leave() -> None:
        window.context.want_desk(own if own is not None else "open")

    def show() -> None:
        words = _("To my own desk") if own is not None else _("Open another desk…")
        window.sidebar.set_mark(_("Sample"), words, leave)
        window.status.note("sample", words, leave)

    window.rebuilt.connect(show)
    show()
