"""The office's letterhead, the fixed words of its papers, and a template for each form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.printing.document import Document, Letterhead
from cpdesk.printing.phrases import OFFICIAL, Phrases, blanks, fits
from cpdesk.printing.report_phrases import ReportPhrases
from cpdesk.records.paperwork import EQUAL, INFERIOR, PAPER, PHRASE, SUPERIOR, own_id
from cpdesk.store import Desk, Record
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records
from cpdesk.tasks.paperwork import emblem
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep, layers, lines, stored
from cpdesk.tasks.paperwork.series import LETTERS, series
from cpdesk.tasks.paperwork.signing import UNSAID, Blocks, signed, told_blocks, told_copies, with_copies
from cpdesk.tasks.undo import Undo

Rank = Literal["superior", "equal", "inferior"]
RANKS = (SUPERIOR, EQUAL, INFERIOR)
REPORT = "report."  # begins the keys of words of reports
_REPORT_WORDS = ReportPhrases()


# --- letterhead -----------------------------------------------------------------------------------------------------
def letterhead(desk: Desk, number: str = "") -> Letterhead:
    """The office's own: emblem, issuer, number, and the seat that stands before the date."""
    office = desks.office(desk)
    issuer = lines(office.text("issuer") or office.text("name_km"))
    return Letterhead(issuer, number, office.text("seat"), emblem=emblem.picture(desk))


# --- fixed words ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PhraseRow:
    """A fixed phrase as the office may change it. `source` is the office whose words stand, blank for those shipped;
    `typed` what this office wrote, None where nothing; `problem` says why it is not used, where it is not; `usual`
    what stands without this office's words."""

    key: str
    now: str
    shipped: str
    typed: str | None
    source: str
    blanks: tuple[str, ...]
    problem: str
    usual: str


def phrases(desk: Desk) -> Phrases:
    """The words of letters and papers about meetings, in this office."""
    changed = {key: text for key, text in _standing(desk).items() if not key.startswith(REPORT)}
    return replace(OFFICIAL, **_typed_as(OFFICIAL, changed)) if changed else OFFICIAL


def report_words(desk: Desk) -> ReportPhrases:
    """The words of papers about plans and figures, in this office."""
    changed = {key.removeprefix(REPORT): text for key, text in _standing(desk).items() if key.startswith(REPORT)}
    return replace(_REPORT_WORDS, **_typed_as(_REPORT_WORDS, changed)) if changed else _REPORT_WORDS


def _typed_as(official: object, changed: Mapping[str, str]) -> dict[str, Any]:
    """The changed texts as the phrases are: one text, or a line each."""
    return {key: lines(text) if isinstance(getattr(official, key), tuple) else text for key, text in changed.items()}


def _standing(desk: Desk) -> dict[str, str]:
    """Key → text of each phrase that is changed here or above, without those that cannot be filled in."""
    return {key: text for key, (text, _office) in _changed(desk).items()}


def _changed(desk: Desk, *, own: bool = True) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for office in reversed(layers(desk) if own else layers(desk)[1:]):
        for key, text in _typed_in(desk, office):
            if isinstance(key, str) and isinstance(text, str) and key in SHIPPED and fits(text, SHIPPED[key]):
                found[key] = (text.strip() and text, office)
    return found


def _typed_in(desk: Desk, office: str) -> list[list[Value]]:
    """Key and words of each phrase that the office changed."""
    return [values for _id, *values in records.columns(desk, PHRASE.name, ("key", "text"), {"office": office})]


def _as_text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


SHIPPED: dict[str, str] = {
    **{field.name: _as_text(getattr(OFFICIAL, field.name)) for field in fields(Phrases)},
    **{REPORT + field.name: _as_text(getattr(_REPORT_WORDS, field.name)) for field in fields(ReportPhrases)},
}


def phrase_rows(desk: Desk) -> list[PhraseRow]:
    """Every fixed phrase, in the order in which papers use them."""
    standing, above = _changed(desk), _changed(desk, own=False)
    own = {str(key): str(text) for key, text in _typed_in(desk, desk.office) if text is not None}
    return [
        PhraseRow(
            key,
            standing[key][0] if key in standing else shipped,
            shipped,
            own[key].strip() and own[key] if key in own else None,
            standing[key][1] if key in standing else "",
            tuple(sorted(blanks(shipped))),
            misfit(key, own[key]) if key in own else "",
            above[key][0] if key in above else shipped,
        )
        for key, shipped in SHIPPED.items()
    ]


def misfit(key: str, text: str) -> str:
    """Why `text` cannot stand for the phrase of that key; blank where it can."""
    if key not in SHIPPED:
        raise BadInput(_("There is no fixed phrase called “{key}”.").format(key=key))
    if fits(text, SHIPPED[key]):
        return ""
    known = ", ".join(f"{{{name}}}" for name in sorted(blanks(SHIPPED[key])))
    if not known:
        return _("This phrase has no blanks to fill in, so it cannot have braces. The usual words are used meanwhile.")
    return _("Only these blanks can be filled in: {blanks}. The usual words are used meanwhile.").format(blanks=known)


def put_phrase(where: Desk | Undo, key: str, text: str | None) -> str:
    """Keep the office's own words for a phrase; None goes back to the usual ones, an empty text leaves it out.

    Words that cannot be filled in are kept as they were typed but not used; the answer says why. Else it is blank.
    """
    problem = misfit(key, text or "")
    office = desk_of(where).office
    keep(where, PHRASE, own_id(PHRASE, office, key), {"office": office, "key": key}, stored(PHRASE, {"text": text}))
    return problem


# --- the form's template --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PaperTemplate:
    """What the office says of one form. Blank, or None: as the form itself has it.

    `opening` and `closing` take the place of those of the `rank`.
    """

    form: str
    title: str = ""
    rank: str = ""
    opening: str = ""
    closing: str = ""
    signatures: Blocks = UNSAID
    copies: tuple[str, ...] | None = None
    numbered: bool = False
    series: str = LETTERS
    suffix: str = ""


_SHIPPED_PAPERS: dict[str, dict[str, Value]] = {
    "invitation": {"rank": EQUAL},
    "invitation_list": {"rank": EQUAL},
    "meeting_report": {"rank": SUPERIOR},
    "progress_report": {"rank": SUPERIOR, "copies": "ឯកសារ-កាលប្បវត្តិ"},
}
_OWN_ONLY = frozenset({"person_1", "person_2", "person_3"})  # who signs here does not sign below
_aside: ContextVar[bool] = ContextVar("templates without this office's own", default=False)


def paper(desk: Desk, form: str) -> PaperTemplate:
    """The template of a form: field by field the office's own, else what is shared, else what ships."""
    from cpdesk.tasks.papers.registry import FORMS  # whose makers look here

    told = paper_fields(desk, form)
    numbered, key = told.get("numbered"), str(told.get("series") or LETTERS).strip()
    title, rank, opening, closing = (
        str(told.get(name) or "").strip() for name in ("title", "rank", "opening", "closing")
    )
    return PaperTemplate(
        form,
        title,
        rank,
        opening,
        closing,
        told_blocks(desk, told),
        told_copies(told.get("copies")),
        numbered if isinstance(numbered, bool) else form in FORMS and FORMS[form].letter,
        key or LETTERS,
        series(desk, key or LETTERS).suffix,
    )


def paper_fields(desk: Desk, form: str, *, own: bool = True) -> dict[str, Value]:
    """The fields of a form's template as they stand; without the office's `own` words, what it would start from."""
    return {name: value for name, (value, _office) in paper_sources(desk, form, own=own).items()}


def paper_sources(desk: Desk, form: str, *, own: bool = True) -> dict[str, tuple[Value, str]]:
    """As `paper_fields`, each with the office whose word it is; blank for what ships with the program."""
    told: dict[str, tuple[Value, str]] = {name: (value, "") for name, value in _SHIPPED_PAPERS.get(form, {}).items()}
    above = layers(desk) if own and not _aside.get() else layers(desk)[1:]
    for office in reversed(above):
        found = here(desk, own_id(PAPER, office, form))
        if found is not None:
            told |= {
                name: (value, office)
                for name, value in found.values.items()
                if value is not None and (office == desk.office or name not in _OWN_ONLY)
            }
    return told


@contextmanager
def own_aside() -> Iterator[None]:
    """Papers made inside are as they would be had this office no templates of its own; its words stay."""
    token = _aside.set(True)
    try:
        yield
    finally:
        _aside.reset(token)


def own_paper(desk: Desk, form: str) -> Record | None:
    """What this office itself says of a form."""
    return here(desk, own_id(PAPER, desk.office, form))


def put_paper(where: Desk | Undo, form: str, values: Mapping[str, object]) -> None:
    """Keep fields of the office's template of a form; None goes back to the usual, an empty text leaves it out."""
    office = desk_of(where).office
    keep(where, PAPER, own_id(PAPER, office, form), {"office": office, "form": form}, stored(PAPER, values))


# --- words for a rank -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RankWords:
    """How one writes to a superior, an equal or an inferior: before the name, and to begin and end the letter."""

    to: str
    opening: str
    closing: str


def rank_words(words: Phrases, rank: str) -> RankWords:
    """The words for that rank, `{address}` and `{above}` still in them; for an unknown one those to an equal."""
    which = rank if rank in RANKS else EQUAL
    to, opening, closing = (str(getattr(words, f"{name}_{which}")) for name in ("to", "opening", "closing"))
    return RankWords(to, opening, closing)


# --- on a paper -----------------------------------------------------------------------------------------------------
def dress(documents: tuple[Document, ...], template: PaperTemplate) -> tuple[Document, ...]:
    """Papers with the title, signature blocks and copies that the office's template says."""
    first = documents[0].title if documents else ""
    return tuple(_dressed(one, template, one.title == first) for one in documents)


def _dressed(made: Document, template: PaperTemplate, first: bool) -> Document:
    made = with_copies(signed(made, template.signatures), template.copies)
    return replace(made, title=template.title) if template.title and first else made
