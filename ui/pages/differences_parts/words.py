"""The words of a difference, free of Qt: which field of what, between whom, and what a value is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer.breaks import pieces
from cpdesk.khmer.order import sort_key
from cpdesk.kinds import Packed, Text, Value
from cpdesk.tasks import exchange, plans, records
from cpdesk.tasks.wording import EQUAL, GONE, NEW, Compared, Span
from ui.lists.plan_rows import number
from ui.pages.exchange_words import moment, office_name

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.exchange import Conflict, Side

DELETED = "_deleted"
SHORT = 40  # letters up to which two values are compared at a glance
MOST_FIELDS = 3


def key(waiting: Conflict) -> str:
    """Its name among all that wait."""
    return f"{waiting.id}/{waiting.field}"


def record_words(desk: Desk, waiting: Conflict) -> str:
    """ "Activity 1.1.2 · Train the commune committees"."""
    label = kinds.KINDS[waiting.kind].label if waiting.kind in kinds.KINDS else waiting.kind
    try:
        if waiting.kind in ("objective", "output", "activity"):
            plan = plans.plan_of(desk, waiting.id)
            if plan is not None:
                label = f"{label} {number(plans.codes(desk, plan.id).get(waiting.id, ''))}".strip()
        title = records.title(desk, waiting.id)
    except NotFound:
        title = waiting.id
    return f"{label} · {title}" if title else label


def delete_against_edit() -> str:
    """What stands for the name of a field, where one deleted a record and another went on writing in it."""
    return _("deleted by one, written on by another")


def field_words(waiting: Conflict) -> str:
    """The field's label; of a delete against an edit, a word for that."""
    if waiting.field == DELETED:
        return delete_against_edit()
    known = kinds.KINDS.get(waiting.kind)
    return known.field(waiting.field).label if known and known.has(waiting.field) else waiting.field


def whole_words(desk: Desk, waiting: Conflict) -> str:
    return f"{record_words(desk, waiting)} · {field_words(waiting)}"


def offices(waiting: Conflict) -> list[str]:
    """The codes of the offices, each once, in the order of the values."""
    return list(dict.fromkeys(side.office for side in waiting.values))


def between(waiting: Conflict) -> str:
    """ "Kien Svay · Kandal"."""
    return " · ".join(office_name(code) for code in offices(waiting))


def partner(desk: Desk, waiting: Conflict) -> str:
    """The others of it, as a heading: everybody but this office, or this office where it differs with itself."""
    others = [code for code in offices(waiting) if code != desk.office] or [desk.office]
    return " · ".join(sorted((office_name(code) for code in others), key=sort_key))


def value_words(desk: Desk, waiting: Conflict, value: Value) -> str:
    """A value as people read it."""
    if waiting.field == DELETED:
        return _("Delete it") if value else _("Keep it")
    known = kinds.KINDS.get(waiting.kind)
    shown = records.show_value(desk, known, waiting.field, value) if known else "" if value is None else str(value)
    return shown or _("(blank)")


def who_words(side: Side) -> str:
    return " · ".join(part for part in (side.by, moment(side.at)) if part)


def delete_words(desk: Desk, waiting: Conflict) -> str:
    """What happened, in plain words, where one deleted what another wrote in."""
    deleted = [side for side in waiting.values if side.value is True]
    written = [side for side in waiting.values if side.value is not True]
    said = []
    for side in deleted:
        said.append(_("{office} put it into the bin.").format(office=office_name(side.office)))
    for side in written:
        words = _("{office} had not seen that and went on writing: {what}.")
        said.append(words.format(office=office_name(side.office), what=_written(desk, waiting, side)))
    said.append(_("Until this is settled it stays in sight, with all that was written."))
    return " ".join(said)


def _written(desk: Desk, waiting: Conflict, side: Side) -> str:
    """What that side wrote in it, its first fields."""
    known = kinds.KINDS.get(waiting.kind)
    found = [
        f"{known.field(one.field).label} “{records.show_value(desk, known, one.field, one.value)}”"
        for one in records.history(desk, waiting.id)
        if known and known.has(one.field) and one.at == side.at and one.office == side.office
    ]
    return ", ".join(found[:MOST_FIELDS]) + ("…" if len(found) > MOST_FIELDS else "") or "…"


def shorten(text: str, most: int) -> str:
    """The first words, as many letters as that at most; whole words, so that no Khmer letter is torn."""
    if len(text) <= most:
        return text
    said = ""
    for piece in pieces(text[: most + 1]):
        if said and len(said) + len(piece) > most:
            break
        said += piece
    return f"{said.rstrip()}…"


# --- word by word ---------------------------------------------------------------------------------------------------
def can_compare(waiting: Conflict) -> bool:
    """Whether it is worth comparing them word by word: longer texts that have something in common."""
    known = kinds.KINDS.get(waiting.kind)
    if known is None or not known.has(waiting.field) or not waiting.before:
        return False
    type_ = known.field(waiting.field).type
    if known.field(waiting.field).personal:
        return False
    texts = [str(side.value or "") for side in waiting.values]
    if not isinstance(type_, Text) or isinstance(type_, Packed) or max(map(len, texts)) <= SHORT:
        return False
    told = exchange.wordings(waiting)
    return any(span.state == EQUAL and span.text.strip() for one in told for span in one.after)


def flow(compared: Compared) -> list[Span]:
    """One text of both: what stands in both, what is gone, what is new, in reading order."""
    found: list[Span] = []
    left, right = [list(side) for side in (compared.before, compared.after)]
    while left or right:
        if left and left[0].state == GONE:
            found.append(left.pop(0))
        elif right and right[0].state == NEW:
            found.append(right.pop(0))
        else:
            count = min(len(side[0].text) for side in (left, right) if side)
            found.append(Span((left or right)[0].text[:count], EQUAL))
            for side in (left, right):
                _shorten(side, count)
    return _joined(found)


def _shorten(side: list[Span], count: int) -> None:
    if side:
        rest = side[0].text[count:]
        side[:1] = [Span(rest, side[0].state)] if rest else []


def _joined(spans: Sequence[Span]) -> list[Span]:
    whole: list[Span] = []
    for span in spans:
        if whole and whole[-1].state == span.state:
            whole[-1] = Span(whole[-1].text + span.text, span.state)
        else:
            whole.append(span)
    return whole


def spoken(spans: Sequence[Span]) -> str:
    """The marks in words, for who listens."""
    said = {GONE: _("(gone: {text})"), NEW: _("(new: {text})")}
    return "".join(said[span.state].format(text=span.text) if span.state in said else span.text for span in spans)
