"""What a person chose of the look and the language: applied at once, and kept for the next start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from cpdesk import settings
from cpdesk.i18n import language, set_language
from ui import theme

SMALLEST, LARGEST, STEP = 80, 200, 10  # per cent


def scheme(wanted: str) -> str:
    """`light` or `dark`; for `system` what the system asks for."""
    if wanted in ("light", "dark"):
        return wanted
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def use_theme(wanted: str) -> None:
    """`system`, `light` or `dark` from now on."""
    settings.change(theme=wanted)
    now = theme.current()
    now.apply(scheme(wanted), now.scale)


def use_size(per_cent: int) -> None:
    """Text of that size from now on; outside of what fits it is clamped."""
    per_cent = min(LARGEST, max(SMALLEST, per_cent))
    settings.change(font_scale=per_cent)
    now = theme.current()
    now.apply(now.scheme, per_cent / 100)


def size() -> int:
    """The text size now, in per cent."""
    return round(theme.current().scale * 100)


def use_language(lang: str) -> bool:
    """Speak `lang` from now on; False where it is spoken already."""
    if lang == language():
        return False
    set_language(lang)
    settings.change(language=lang)
    return True
