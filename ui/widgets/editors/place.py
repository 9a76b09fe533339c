"""Places of the built-in gazetteer as a source for reference editors; what is stored is the official code."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.errors import NotFound
from ui.widgets.editors.reference import Hit, Source


def place_source(levels: Sequence[str] | None = None, limit: int = 20) -> Source:
    """Search the gazetteer in Khmer or Latin.

    `levels` narrows it (see `cpdesk.gazetteer`), None asks for all.
    """

    def search(text: str) -> list[Hit]:
        from cpdesk import gazetteer

        if not text:
            return []
        found = gazetteer.search(text, levels=list(levels) if levels else None, limit=limit)
        return [Hit(place.code, place.title(), _within(place.code)) for place in found]

    return Source(search, title)


def title(code: str) -> str:
    """What a place is called; its code where the gazetteer knows no such place."""
    from cpdesk import gazetteer

    try:
        return gazetteer.get(code).title()
    except NotFound:
        return code


def _within(code: str) -> str:
    from cpdesk import gazetteer

    return " · ".join(place.title() for place in reversed(gazetteer.path(code)[:-1]))
