"""The gentle word to whoever writes what looks like a named child: the desk counts children, it names none."""

from __future__ import annotations

from cpdesk.analysis.privacy import NAME, looks_like_a_child
from cpdesk.i18n import _
from cpdesk.kinds import Field, Kind, Text, Value

# Kinds whose texts are names, numbers and addresses of adults and offices.
_OF_ADULTS = frozenset({"person", "body", "membership", "office", "attendance", "place"})
_SHORT = frozenset({"subject", "title", "reason", "group", "note"})


def hint(kind: Kind, field: Field, value: Value) -> str:
    """What to say of a value that was typed into that field; empty where there is nothing to say."""
    if kind.name in _OF_ADULTS or not isinstance(value, str) or not isinstance(field.type, Text):
        return ""
    if not field.type.long and field.name not in _SHORT:
        return ""
    found = looks_like_a_child(value)
    if not found:
        return ""
    if found == NAME:
        return _(
            "“{field}” looks as if it named a child. Please write how many children, of which age, and not who: "
            "what stands here is printed and sent."
        ).format(field=field.label)
    return _(
        "“{field}” holds a long number, such as a phone or a certificate. If it is a child's, please take it out: what "
        "stands here is printed and sent."
    ).format(field=field.label)
