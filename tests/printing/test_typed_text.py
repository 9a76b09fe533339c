"""What anybody types is data on every form: nothing is read as markup, nothing is lost, nothing holds up a page."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
import pytest

from cpdesk import i18n
from cpdesk.khmer import digits
from cpdesk.kinds import Packed, Text
from cpdesk.printing import pdf
from cpdesk.printing.document import Document, Letterhead, Words
from cpdesk.printing.typeset.styles import MARGIN_BOTTOM
from cpdesk.records import kind as kind_of
from cpdesk.store import Desk
from cpdesk.tasks import forms, records
from cpdesk.tasks.papers import FORMS, Choices
from tests import desks
from tests.printing.worlds import TODAY, TYPED, UNTYPED, crowded, say_everywhere
from tests.tasks.plan_world import World

PARTS = (  # smileys stand away from what is written to the left: pdfium turns them round with it, others do not
    "😀👩\u200d👧🇰🇭", "<b>x</b> & </para> <img src='a'> &amp;", "=1+1 +855 -5 @SUM(A1) '\"", "{subject} {0} {} %s \\n",
    "\x01\x02\x1b[31m\x7f", "ក្រុម\u200bការងារ ៗ", "\u202eabc\u202c \u200f\u2067ب\u2069", "z\u0301\u0323 ﷽ \ufffe",
)  # fmt: skip
LETTERS = 100_000
ENDLESS = "ឭ"  # a letter that no fixed words have
SECONDS = 3.0
MEETING = ("invitation", "invitation_list", "agenda", "minutes", "attendance", "attendance_blank", "meeting_report")
PLAN = ("plan_matrix", "thread", "budget", "alignment", "swot", "progress_report", "compare")
NOWHERE = {("body", "name_en"), ("office", "name_en"), ("office", "name_km")}  # names in lists and on a profile
MOST_FORMS = 2  # that are tried with words without end
CHOICES = Choices(today=TODAY)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(tmp_path_factory.mktemp("home")))
        i18n.set_language("km")
        desk = desks.make(tmp_path_factory.mktemp("desk"), "0802")
        made = crowded(desk, people=2, activities=2, follow_ups=2)
        say_everywhere(desk, typed)
        yield made
        desk.close()


def typed(kind: str, field: str) -> str:
    """Everything that is not plain text, and a mark that tells which field it stands in."""
    return " ".join([f"[{kind}.{field}]", *PARTS])


def subjects(world: World) -> dict[str, str]:
    """What each form is about."""
    meeting, plan = world.ids["meeting"], world.ids["plan"]
    about = {"meeting": meeting, "plan": plan, "record": meeting, "kind": "activity", "person": world.ids["the chair"]}
    return {
        "invitation": f"{meeting}/{world.ids['guest 1']}",
        **{name: about[form.about] for name, form in FORMS.items() if form.about in about and name != "invitation"},
        "progress_report": f"{plan}/2023Q1",
        "compare": f"{plan}/{world.ids['old']}",
    }


def bare(text: str) -> str:
    """Without what has no shape (spaces, controls, marks of direction); codes and phones have Khmer digits."""
    shown = (one for one in text if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf", "Cn"))
    return digits.to_khmer("".join(shown))


def fields(kind: str) -> list[str]:
    told = (f for f in kind_of(kind).fields if isinstance(f.type, Text) and not isinstance(f.type, Packed))
    return [f.name for f in told if f.name not in UNTYPED]


MARKS = {f"[{kind}.{name}]": (kind, name) for kind in TYPED for name in fields(kind)}


@dataclass(frozen=True)
class Read:
    """What a viewer copies: all letters, and `body`, which leaves out the feet of pages, where titles are cut short;
    `seconds` that the pages took."""

    letters: Counter[str]
    body: str
    seconds: float

    def begun(self, marks: Iterable[str]) -> Counter[str]:
        """How often the words behind each mark begin."""
        return Counter({mark: n for mark in marks if (n := self.body.count(mark))})


def read(desk: Desk, form: str, about: str) -> Read:
    begun = time.process_time()
    made = forms.preview(desk, form, about, CHOICES)
    took = time.process_time() - begun
    letters: Counter[str] = Counter()
    body = []
    with pypdfium2.PdfDocument(made) as document:
        foot = MARGIN_BOTTOM - 8 if len(document) > 1 else 0
        for page in document:
            text = page.get_textpage()
            letters.update(bare(text.get_text_bounded()))
            body.append(bare(text.get_text_bounded(bottom=foot)))
            text.close()
            page.close()
    return Read(letters, "".join(body), took)


@pytest.fixture(scope="module")
def limit() -> float:
    """The seconds that a form may take: three, where a paragraph of as many letters takes a quarter of one; more on a
    computer that is busy with other things."""
    begun = time.process_time()
    pdf.render(Document(Letterhead(), "", parts=(Words(ENDLESS * LETTERS),)))
    return max(SECONDS, 12 * (time.process_time() - begun))


@pytest.fixture(scope="module")
def told(world: World, limit: float) -> dict[str, set[tuple[str, str]]]:
    """Form → the fields that it prints; each form has printed everything to the letter."""
    whole = Counter(bare(" ".join(PARTS)))
    found: dict[str, set[tuple[str, str]]] = {}
    for form, about in subjects(world).items():
        printed = read(world.desk, form, about)
        begun = printed.begun(MARKS)
        times = begun.total()
        lost = [one for one, n in whole.items() if printed.letters[one] < times * n]
        assert not lost, f"{form} has lost letters"
        assert printed.seconds < limit, form
        found[form] = {MARKS[mark] for mark in begun}
    return found


def test_every_form_prints_what_is_typed_to_the_letter(told: dict[str, set[tuple[str, str]]]) -> None:
    for form in MEETING:
        assert ("meeting", "subject") in told[form], form
    for form in PLAN:
        assert ("plan", "title") in told[form], form
    assert set(MARKS.values()) - set().union(*told.values()) == NOWHERE


@pytest.mark.parametrize("kind", TYPED)
def test_words_without_end_hold_up_no_form(
    world: World, told: dict[str, set[tuple[str, str]]], limit: float, kind: str
) -> None:
    """100,000 letters with no space in what names a record, and fewer in its other fields."""
    chosen = {"person": "the chair", "plan": "plan"}
    id_ = world.ids[chosen[kind]] if kind in chosen else records.find(world.desk, kind)[0].id
    before = {name: records.get(world.desk, id_)[name] for name in fields(kind)}
    names = kind_of(kind).title[0] if kind_of(kind).title[0] in before else fields(kind)[0]
    long = {name: LETTERS if name == names else LETTERS // 10 for name in before}
    records.save(world.desk, kind, {name: f"«{kind}.{name}»{ENDLESS * n}" for name, n in long.items()}, id_)
    tells = {form: sum(of == kind for of, _name in printed) for form, printed in told.items()}
    count = 0
    try:
        for form in [one for one in sorted(tells, key=lambda one: -tells[one]) if tells[one]][:MOST_FORMS]:
            found = read(world.desk, form, subjects(world)[form])
            begun = found.begun(f"«{kind}.{name}»" for name in long)
            wanted = sum(n * long[mark[1:-1].partition(".")[2]] for mark, n in begun.items())
            cut = found.body.count("…") * LETTERS  # charts name the objectives in short, tables in full
            assert wanted - cut <= found.body.count(ENDLESS) <= wanted, form
            assert found.seconds < limit, form
            count += begun.total()
        assert count
    finally:
        records.save(world.desk, kind, before, id_)
