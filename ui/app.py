"""The application object: fonts, look, Qt's words in our language, and where uncaught errors go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from ui import messages, qt_texts, theme


def application(argv: Sequence[str] = (), *, scheme: str = "light", scale: float = 1.0) -> QApplication:
    """Make (or take) the one QApplication of this process and dress it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(argv) or ["cpdesk"])
    app.setApplicationName("cpdesk")
    app.setApplicationDisplayName("cpdesk")
    qt_texts.install(app)
    theme.install(app, scheme, scale)
    messages.install(lambda: QApplication.activeWindow())
    return app
