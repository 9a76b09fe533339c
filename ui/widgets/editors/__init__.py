"""One editor per type of field, and `editor_for`, which picks it.

All share `Editor` (`base.py`): `value()`, `set_value(v)`, signals `edited` and `finished`, `show_problem(text)`.
"""

from __future__ import annotations

from collections.abc import Callable

from cpdesk.kinds import Amount, Choice, Count, Date, Field, Flag, Quarters, Ref, Refs, Text, Time, Year
from ui.widgets.editors.base import Editor
from ui.widgets.editors.choice import ChoiceEditor, FlagEditor, QuartersEditor
from ui.widgets.editors.line import AmountEditor, DateEditor, NumberEditor, TimeEditor, YearEditor
from ui.widgets.editors.long_text import LongTextEditor, TextEditor
from ui.widgets.editors.place import place_source
from ui.widgets.editors.reference import Hit, RefEditor, RefsEditor, Source

__all__ = [
    "AmountEditor",
    "ChoiceEditor",
    "DateEditor",
    "Editor",
    "FlagEditor",
    "Hit",
    "LongTextEditor",
    "NumberEditor",
    "QuartersEditor",
    "RefEditor",
    "RefsEditor",
    "Source",
    "TextEditor",
    "TimeEditor",
    "YearEditor",
    "editor_for",
    "place_source",
]

# Year before Count, which it is a sort of.
_LINES = (
    (Year, YearEditor),
    (Count, NumberEditor),
    (Amount, AmountEditor),
    (Date, DateEditor),
    (Time, TimeEditor),
)

Sources = Callable[[Ref], Source]


def editor_for(field: Field, sources: Sources) -> Editor:
    """The editor of a field; `sources` tells where a reference of that type is searched. Places need none."""
    kind, name, label = field.type, field.name, field.label
    if isinstance(kind, Ref):
        source = place_source() if kind.kinds == ("place",) else sources(kind)
        if isinstance(kind, Refs):
            return RefsEditor(name, label, source=source, type_=kind)
        return RefEditor(name, label, source=source, type_=kind)
    if isinstance(kind, Text):
        return LongTextEditor(name, label, type_=kind) if kind.long else TextEditor(name, label, type_=kind)
    if isinstance(kind, Choice):
        return ChoiceEditor(name, label, type_=kind)
    if isinstance(kind, Flag):
        return FlagEditor(name, label)
    if isinstance(kind, Quarters):
        return QuartersEditor(name, label)
    for type_, editor in _LINES:
        if isinstance(kind, type_):
            return editor(name, label, type_=kind)
    raise TypeError(f"no editor for {type(kind).__name__}")
