"""What stands in the template of a form, field by field: this office's own word, one shared from above, what ships with
the program, or what the form says by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cpdesk.kinds import Kind, Text, Value
from cpdesk.printing.document import Document, Signed
from cpdesk.records.paperwork import BLOCKS, EQUAL, PAPER, SERIES, own_id
from cpdesk.store import Desk, Record
from cpdesk.tasks.own_lines import lines_of, signers_of
from cpdesk.tasks.papers import FORMS
from cpdesk.tasks.paperwork import samples, templates
from cpdesk.tasks.paperwork import series as registers
from cpdesk.tasks.paperwork.keeping import here
from cpdesk.tasks.paperwork.series import LETTERS
from cpdesk.tasks.undo import Undo

_CLOSINGS = {"invitation": "invited_closing", "invitation_list": "invited_closing"}  # those that are not "closing"
_OF_LETTERS = ("rank", "opening", "closing")
_SIGNED = ("signature", "signer", "person")
_BLANK = (None, "")


@dataclass(frozen=True)
class Standing:
    """A field of a form's template. `now` is what stands; `usual` what stands where this office says nothing; `source`
    the office whose word `usual` is, blank for what ships. `own`: this office said `now`, blank on purpose or not."""

    name: str
    now: Value
    usual: Value
    source: str = ""
    own: bool = False


@dataclass(frozen=True)
class PaperStanding:
    """The fields that count in a form's template. `signers` are the names that stand under its signature blocks."""

    form: str
    fields: Mapping[str, Standing]
    signers: tuple[str, ...] = ()
    shown: samples.Sample = field(default_factory=lambda: samples.Sample("", ()))


def paper(desk: Desk, form: str) -> PaperStanding:
    """What stands in the template of that form, with the paper that shows it."""
    own = templates.own_paper(desk, form)
    with templates.own_aside():
        usual = samples.sample(desk, form)
    shown = samples.sample(desk, form) if own is not None else usual
    said, above = _by_itself(desk, form, usual.documents), templates.paper_sources(desk, form, own=False)
    told = {name: _standing(name, said[name], above, own) for name in _names(usual.documents)}
    return PaperStanding(form, told, signers_of(shown.documents), shown)


def put(where: Desk | Undo, standing: PaperStanding, values: Mapping[str, Value]) -> PaperStanding:
    """Keep what was typed; what equals the usual is no word of this office, and no words leave a line out."""
    told = _told(PAPER, standing.fields, values)
    templates.put_paper(where, standing.form, told)
    return replace(standing, fields=_after(standing.fields, values, told))


def give_back(where: Desk | Undo, standing: PaperStanding, name: str) -> None:
    """This office says nothing in that field any more."""
    templates.put_paper(where, standing.form, {name: None})


def _told(kind: Kind, fields: Mapping[str, Standing], values: Mapping[str, Value]) -> dict[str, object]:
    """What is to be kept of what was typed: None where it is but the usual."""
    told: dict[str, object] = {}
    for name, value in values.items():
        usual = fields[name].usual
        typed = value if value is not None or not isinstance(kind.field(name).type, Text) else ""
        told[name] = None if value == usual or (value in _BLANK and usual in _BLANK) else typed
    return told


def _after(
    fields: Mapping[str, Standing], values: Mapping[str, Value], told: Mapping[str, object]
) -> dict[str, Standing]:
    return {
        **fields,
        **{name: replace(fields[name], now=value, own=told[name] is not None) for name, value in values.items()},
    }


# --- registers ------------------------------------------------------------------------------------------------------
def series(desk: Desk, key: str) -> dict[str, Standing]:
    """What stands in a register's own fields."""
    usual = registers.series(desk, key, own=False)
    told, source = registers.told_above(desk, key), here(desk, own_id(SERIES, desk.office, key))
    above = {name: (value, told[name][1] if name in told else "") for name, value in _series_values(usual).items()}
    return {name: _standing(name, None, above, source) for name in above}


def put_series(
    where: Desk | Undo, key: str, fields: Mapping[str, Standing], values: Mapping[str, Value]
) -> dict[str, Standing]:
    """As `put`, for a register. A format that cannot be used is kept, and not used."""
    told = _told(SERIES, fields, values)
    registers.put_series(where, key, told)
    return _after(fields, values, told)


def _series_values(one: registers.Series) -> dict[str, Value]:
    return {
        "name": one.name, "suffix": one.suffix or None, "format": one.format, "width": one.width, "first": one.first,
        "first_year": one.first_year,
    }  # fmt: skip


# --- what a form says by itself -------------------------------------------------------------------------------------
def _names(made: tuple[Document, ...]) -> tuple[str, ...]:
    """The fields that have an effect on such a paper, in the order of the kind: one without a reader has no opening."""
    said = lines_of(made, "")
    letter = "subject" in said
    signed = any(isinstance(part, Signed) for one in made for part in one.parts)
    left_out = {"office", "form"}
    left_out |= set() if letter else set(_OF_LETTERS)
    left_out |= set() if signed else {f"{name}_{n}" for name in _SIGNED for n in BLOCKS}
    return tuple(one.name for one in PAPER.fields if one.name not in left_out)


def _by_itself(desk: Desk, form: str, made: tuple[Document, ...]) -> dict[str, Value]:
    """What the form says where no template does. Openings and closings are told with their blanks."""
    said: dict[str, Value] = dict.fromkeys((one.name for one in PAPER.fields), None)
    said |= {name: text or None for name, text in lines_of(made, "").items() if name in said}
    rank = templates.paper(desk, form).rank or EQUAL
    words = templates.phrases(desk)
    closing = _CLOSINGS.get(form, "closing")
    said["opening"] = templates.rank_words(words, rank).opening
    said["closing"] = str(getattr(words, f"{closing}_{rank}"))
    said |= {"rank": EQUAL, "numbered": FORMS[form].letter, "series": LETTERS}
    return said | dict.fromkeys((f"{name}_{n}" for name in ("signer", "person") for n in BLOCKS), None)


def _standing(name: str, itself: Value, above: Mapping[str, tuple[Value, str]], own: Record | None) -> Standing:
    usual, source = above.get(name, (itself, ""))
    usual = _read(usual)
    typed = own[name] if own is not None else None
    if typed is None:
        return Standing(name, usual, usual, source)
    return Standing(name, _read(typed), usual, source, own=True)


def _read(value: Value) -> Value:
    """Blank on purpose is shown as blank."""
    return (value.strip() or None) if isinstance(value, str) else value
