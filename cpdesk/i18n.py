"""The program's words in two languages.

Message ids are English sentences; Khmer stands in `translations/km/*.po`, one file per part of the program, read as one
catalogue. A build compiles them to `translations/km.mo`; in a source tree the `.po` files are read as they are.
The language is one for the whole process, since a window and its worker threads speak the same; only inside `using` a
thread speaks its own (paper is Khmer while the window goes on in English).
"""

from __future__ import annotations

import gettext
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from cpdesk.paths import TRANSLATIONS

LANGUAGES = ("km", "en")
_current = "km"
_own = threading.local()


def set_language(lang: str) -> None:
    """Switch the whole process to `km` or `en`; anything else is refused with ValueError."""
    global _current
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _current = lang


def language() -> str:
    own: str | None = getattr(_own, "language", None)
    return own or _current


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Speak `lang` inside the block, in this thread alone."""
    if lang not in LANGUAGES:
        raise ValueError(lang)
    before = getattr(_own, "language", None)
    _own.language = lang
    try:
        yield
    finally:
        _own.language = before


def pick(km: str, en: str) -> str:
    """The one of two declared texts that the current language asks for; the other where it is empty."""
    return (km or en) if language() == "km" else (en or km)


def N_(text: str) -> str:  # gettext's name for it
    """`text` itself: declared here, translated where it is shown."""
    return text


def _(text: str) -> str:
    return text if language() == "en" else _khmer().gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many` by the rules of the current language; Khmer has one form for all numbers."""
    if language() == "en":
        return one if n == 1 else many
    return _khmer().ngettext(one, many, n)


@lru_cache(maxsize=1)
def _khmer() -> gettext.NullTranslations:
    compiled, sources = TRANSLATIONS / "km.mo", TRANSLATIONS / "km"
    if compiled.exists() and all(po.stat().st_mtime <= compiled.stat().st_mtime for po in sources.glob("*.po")):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(sources)))


def compile_catalogue(folder: Path) -> bytes:
    """All `.po` files of `folder` as one `.mo`."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale="km")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="km"):
                if message.id:
                    whole[message.id] = message
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()
