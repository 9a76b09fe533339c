"""The office's words, templates and emblem; what one paper says otherwise; what the province shares."""

from __future__ import annotations

import io
import string
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cpdesk.errors import BadInput, NotFound
from cpdesk.printing import pdf
from cpdesk.printing.document import Copies, Document, Letterhead, Person, Signature, Signed, Words
from cpdesk.printing.phrases import OFFICIAL, Phrases, misfits
from cpdesk.printing.report_phrases import ReportPhrases
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks_
from cpdesk.tasks import exchange, records
from cpdesk.tasks.paperwork import emblem, own, register, series, templates
from cpdesk.tasks.paperwork.own import NOTHING
from cpdesk.tasks.paperwork.signing import Block
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.sync.worlds import World, province_and_district

DAY = date(2022, 6, 23)
CHAIR, SCRIBE = Person("ហេង វណ្ណា", "ឯកឧត្តម"), Person("ស៊ុន ចន្ធូ", "លោកស្រី")
PAPER = Document(
    Letterhead(("រដ្ឋបាលស្រុក",), "ចាស់", "កណ្តាល"),
    "កំណត់ហេតុ",
    parts=(
        Words("អត្ថបទ"),
        Signed((Signature(("អ្នកធ្វើកំណត់ហេតុ",), SCRIBE), Signature(("បានឃើញ", "ប្រធាន"), CHAIR)), DAY),
        Words("ឧបសម្ព័ន្ធ"),
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def text_of(made: Document) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(pdf.render(made))
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


# --- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", [Phrases(), ReportPhrases()], ids=["phrases", "report phrases"])
def test_every_shipped_phrase_can_be_filled_in(words: Any) -> None:
    assert misfits(words) == []
    for field in fields(words):
        value = getattr(words, field.name)
        for text in (value,) if isinstance(value, str) else value:
            names = [name for _text, name, _spec, _turn in string.Formatter().parse(text) if name is not None]
            assert "{" not in text.format(**dict.fromkeys(names, "ក")), field.name
            assert text.strip() and all(name.isidentifier() for name in names), field.name


def test_words_that_nobody_changed_are_the_shipped_ones(desk: Desk) -> None:
    assert templates.phrases(desk) is OFFICIAL and templates.report_words(desk) == ReportPhrases()
    rows = templates.phrase_rows(desk)
    assert len(rows) == len(fields(Phrases)) + len(fields(ReportPhrases)) == len({row.key for row in rows})
    assert all(row.now == row.shipped and row.typed is None and not row.source and not row.problem for row in rows)


def test_a_word_is_changed_and_goes_back(desk: Desk) -> None:
    assert templates.put_phrase(desk, "minutes", "កំណត់ហេតុប្រជុំ") == ""
    assert templates.put_phrase(desk, "report.totals", "សរុបរួម") == ""
    assert templates.put_phrase(desk, "chair", "បានឃើញ\n\n  ប្រធានគណៈកម្មាធិការ ") == ""
    assert templates.put_phrase(desk, "annexed", "") == ""
    words = templates.phrases(desk)
    assert (words.minutes, words.chair, words.annexed) == ("កំណត់ហេតុប្រជុំ", ("បានឃើញ", "ប្រធានគណៈកម្មាធិការ"), "")
    assert words.totals == OFFICIAL.totals and templates.report_words(desk).totals == "សរុបរួម"
    assert replace(words, minutes=OFFICIAL.minutes, chair=OFFICIAL.chair, annexed=OFFICIAL.annexed) == OFFICIAL
    rows = {row.key: row for row in templates.phrase_rows(desk)}
    assert (rows["annexed"].typed, rows["annexed"].now, rows["annexed"].source) == ("", "", "0801")
    for key in ("minutes", "report.totals", "chair", "annexed"):
        templates.put_phrase(desk, key, None)
    assert templates.phrases(desk) is OFFICIAL and templates.report_words(desk) == ReportPhrases()


@pytest.mark.parametrize(
    "text", ["{tme}", "{", "}", "{time", "{time!r}", "{time:>9}", "{}", "{0}", "{time.real}", "{time[0]}"]
)
def test_words_that_cannot_be_filled_in_are_kept_out_of_use(desk: Desk, text: str) -> None:
    assert "{time}" in templates.put_phrase(desk, "ended", f"បិទ {text}")
    assert templates.phrases(desk) is OFFICIAL
    row = next(row for row in templates.phrase_rows(desk) if row.key == "ended")
    assert (row.typed, row.now, row.blanks) == (f"បិទ {text}", OFFICIAL.ended, ("time",)) and "{time}" in row.problem


def test_a_phrase_nobody_knows(desk: Desk) -> None:
    with pytest.raises(BadInput):
        templates.put_phrase(desk, "no_such", "ក")
    records.save(desk, "phrase", {"office": "0801", "key": "from_a_newer_program", "text": "ក"})
    assert templates.phrases(desk) is OFFICIAL, "it waits for the program that knows it"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(templates.SHIPPED)), st.text(st.sampled_from("កខ {}!:.[]0time\n"), max_size=12))
def test_whatever_is_typed_papers_can_be_made(desk: Desk, key: str, text: str) -> None:
    problem = templates.put_phrase(desk, key, text)
    words: Any = templates.report_words(desk) if key.startswith("report.") else templates.phrases(desk)
    assert misfits(words) == []
    value = getattr(words, key.removeprefix("report."))
    shown = value if isinstance(value, str) else "\n".join(value)
    if problem:
        assert shown == templates.SHIPPED[key]
    elif isinstance(value, str):
        assert shown == (text if text.strip() else "")
    shown.format(**dict.fromkeys(next(r for r in templates.phrase_rows(desk) if r.key == key).blanks, "ក"))
    templates.put_phrase(desk, key, None)


def test_reading_the_words_is_cheap(desk: Desk) -> None:
    for key in list(templates.SHIPPED)[10:40]:
        templates.put_phrase(desk, key, "ប្តូរ")
    took = []
    for _n in range(50):
        before = time.perf_counter()
        templates.phrases(desk)
        took.append(time.perf_counter() - before)
    assert min(took) < 0.002


def test_a_change_of_words_can_be_undone_and_made_again(desk: Desk) -> None:
    undo = Undo(desk)
    templates.put_phrase(undo, "minutes", "ក")
    undo.undo()
    assert templates.phrases(desk) is OFFICIAL
    undo.redo()
    assert templates.phrases(desk).minutes == "ក"
    undo.undo()
    templates.put_phrase(undo, "minutes", "ខ")
    assert templates.phrases(desk).minutes == "ខ"
    undo.undo()
    assert templates.phrases(desk) is OFFICIAL
    templates.put_paper(undo, "minutes", {"title": "ក", "opening": "ក"})
    undo.undo()
    templates.put_paper(undo, "minutes", {"title": "ខ"})
    assert templates.paper(desk, "minutes") == templates.PaperTemplate("minutes", title="ខ")


def test_how_one_writes_to_each_rank(desk: Desk) -> None:
    told = {rank: templates.rank_words(OFFICIAL, rank) for rank in templates.RANKS}
    assert [one.to for one in told.values()] == ["សូមគោរពជូន", "សូមជម្រាបជូន", "ជូន"]
    assert len({one.opening for one in told.values()}) == len({one.closing for one in told.values()}) == 3
    assert templates.rank_words(OFFICIAL, "?") == told["equal"]
    templates.put_phrase(desk, "closing_inferior", "សូមអនុវត្ត។")
    assert templates.rank_words(templates.phrases(desk), "inferior").closing == "សូមអនុវត្ត។"


# --- letterhead -----------------------------------------------------------------------------------------------------
def test_the_letterhead_with_emblem(desk: Desk, tmp_path: Path) -> None:
    head = templates.letterhead(desk, "៤៥")
    assert (head.number, head.place, head.emblem) == ("៤៥", "កណ្ដាលស្ទឹង", b"") and len(head.issuer_lines) == 2
    for kind in ("PNG", "JPEG"):
        (tmp_path / f"x.{kind}").write_bytes(picture(kind))
        emblem.put(desk, tmp_path / f"x.{kind}")
        assert templates.letterhead(desk).emblem == picture(kind)
    assert text_of(replace(PAPER, head=templates.letterhead(desk, "៤៥")))
    emblem.clear(desk)
    assert templates.letterhead(desk).emblem == b""
    emblem.put(desk, tmp_path / "x.PNG")
    assert templates.letterhead(desk).emblem == picture()


@pytest.mark.parametrize(
    "data", [b"", b"no picture", picture()[:60], picture("GIF"), picture("BMP"), b"\xff\xd8\xff" * 9]
)
def test_what_is_no_emblem_is_refused(desk: Desk, data: bytes) -> None:
    emblem.put_bytes(desk, "good.png", picture())
    with pytest.raises(BadInput):
        emblem.put_bytes(desk, "bad.png", data)
    with pytest.raises(BadInput):
        emblem.put_bytes(desk, "large.png", picture() + bytes(emblem.MOST))
    assert templates.letterhead(desk).emblem == picture()


def test_choosing_an_emblem_can_be_undone(desk: Desk) -> None:
    undo = Undo(desk)
    emblem.put_bytes(undo, "a.png", picture())
    emblem.put_bytes(undo, "b.jpg", picture("JPEG"))
    undo.undo()
    assert emblem.picture(desk) == picture()
    emblem.clear(undo)
    assert emblem.picture(desk) == b""
    undo.undo()
    assert emblem.picture(desk) == picture()


# --- the form's template --------------------------------------------------------------------------------------------
def test_a_template_over_the_form(desk: Desk) -> None:
    assert templates.dress((PAPER,), templates.paper(desk, "minutes")) == (PAPER,)
    templates.put_paper(desk, "minutes", {
        "title": "កំណត់ហេតុសង្ខេប", "copies": "ឯកសារ\n\nកាលប្បវត្តិ", "signature_2": "ជ.ប្រធាន\nអនុប្រធាន", "signer_2": "nobody",
        "signature_3": "អ្នកសម្របសម្រួល", "signer_3": "secretary",
    })  # fmt: skip
    (made,) = templates.dress((PAPER,), templates.paper(desk, "minutes"))
    words, end, copies, annex = made.parts
    assert isinstance(end, Signed) and isinstance(copies, Copies) and (words, annex) == (PAPER.parts[0], PAPER.parts[2])
    assert made.title == "កំណត់ហេតុសង្ខេប" and copies.lines == ("ឯកសារ", "កាលប្បវត្តិ")
    assert end.blocks == (
        Signature(("អ្នកធ្វើកំណត់ហេតុ",), SCRIBE),
        Signature(("ជ.ប្រធាន", "អនុប្រធាន"), None),
        Signature(("អ្នកសម្របសម្រួល",), SCRIBE),
    )
    assert templates.dress((made,), templates.paper(desk, "minutes")) == (made,), "twice is once"
    for word in ("ជ.ប្រធាន", "កាលប្បវត្តិ", "អ្នកសម្របសម្រួល"):
        assert word in text_of(made)
    templates.put_paper(desk, "minutes", {"title": None, "copies": None, "signature_2": None, "signer_2": None,
                                          "signature_3": None, "signer_3": None})  # fmt: skip
    assert templates.paper(desk, "minutes") == templates.PaperTemplate("minutes")


def test_a_block_is_taken_out_and_a_person_named(desk: Desk) -> None:
    who = records.save(desk, "person", {"name_km": "សុខ សុភា", "title": "លោក"}).id
    templates.put_paper(desk, "minutes", {"signature_1": "", "person_2": who})
    (made,) = templates.dress((PAPER,), templates.paper(desk, "minutes"))
    end = made.parts[1]
    assert isinstance(end, Signed)
    assert end.blocks == (Signature(("បានឃើញ", "ប្រធាន"), Person("សុខ សុភា", "លោក")),)


def test_which_forms_are_numbered(desk: Desk) -> None:
    assert templates.paper(desk, "progress_report").numbered and not templates.paper(desk, "minutes").numbered
    templates.put_paper(desk, "minutes", {"numbered": True})
    templates.put_paper(desk, "progress_report", {"numbered": False})
    assert templates.paper(desk, "minutes").numbered and not templates.paper(desk, "progress_report").numbered


def test_what_no_template_has_is_refused(desk: Desk) -> None:
    for values in ({"no_such": "x"}, {"rank": "above"}, {"signer_1": "everybody"}, {"person_1": "0" * 32}):
        with pytest.raises((BadInput, NotFound)):
            templates.put_paper(desk, "minutes", values)
    assert templates.own_paper(desk, "minutes") is None


# --- one paper's own lines ------------------------------------------------------------------------------------------
def test_a_line_changed_by_hand_is_remembered_for_its_paper(desk: Desk) -> None:
    assert own.get(desk, "minutes", "x") is NOTHING and own.apply((PAPER,), NOTHING) == (PAPER,)
    for field, value in (
        ("number", "០៧"), ("lunar", "ថ្ងៃព្រហស្បតិ៍"), ("place_date", "តាខ្មៅ ថ្ងៃទី១"),
        ("copies", "ខុទ្ទកាល័យ"), ("title", "ចំណងជើង"),
        ("signature_2", "ជ.ប្រធាន"), ("to", "ឯកឧត្តម"), ("rank", "superior"),
    ):  # fmt: skip
        own.put(desk, "minutes", "x", field, value)
    told = own.get(desk, "minutes", "x")
    assert (told.number, told.to, told.rank, told.via) == ("០៧", "ឯកឧត្តម", "superior", None)
    assert told.signatures == (None, Block(("ជ.ប្រធាន",)), None)
    (made,) = own.apply((PAPER,), told)
    end = made.parts[1]
    assert isinstance(end, Signed)
    assert (made.head.number, made.title, end.lunar, end.place_date) == ("០៧", "ចំណងជើង", "ថ្ងៃព្រហស្បតិ៍", "តាខ្មៅ ថ្ងៃទី១")
    assert end.blocks[1] == Signature(("ជ.ប្រធាន",), CHAIR) and made.parts[2] == Copies("ចម្លងជូន៖", ("ខុទ្ទកាល័យ",))
    assert own.get(desk, "minutes", "y") is NOTHING and own.get(desk, "agenda", "x") is NOTHING
    own.clear(desk, "minutes", "x")
    assert own.get(desk, "minutes", "x") == NOTHING


def test_a_line_taken_out_is_not_a_line_never_said(desk: Desk) -> None:
    templates.put_paper(desk, "minutes", {"copies": "ឯកសារ"})
    own.put(desk, "minutes", "x", "copies", "")
    own.put(desk, "minutes", "x", "number", " ")
    (dressed,) = templates.dress((PAPER,), templates.paper(desk, "minutes"))
    (made,) = own.apply((dressed,), own.get(desk, "minutes", "x"))
    assert made.parts == PAPER.parts and made.head.number == ""
    own.put(desk, "minutes", "x", "copies", None)
    (made,) = own.apply((dressed,), own.get(desk, "minutes", "x"))
    assert Copies("ចម្លងជូន៖", ("ឯកសារ",)) in made.parts


def test_taking_back_what_was_never_said_writes_nothing(desk: Desk) -> None:
    own.put(desk, "minutes", "x", "number", None)
    own.clear(desk, "minutes", "x")
    templates.put_phrase(desk, "minutes", None)
    assert records.count(desk, "document") == records.count(desk, "phrase") == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["number", "title", "to", "subject", "lunar", "place_date", "copies", "signature_1"]),
        st.none() | st.text(st.sampled_from("កខ {}<&>\n\t\u200b"), max_size=9),
    )
)
def test_whatever_is_typed_on_a_paper_is_kept(desk: Desk, values: dict[str, str | None]) -> None:
    own.put_many(desk, "minutes", "any", values)
    told = own.get(desk, "minutes", "any")
    for name in ("number", "title", "to", "subject", "lunar", "place_date"):
        if name in values:
            typed = values[name]
            assert getattr(told, name) == (None if typed is None else typed.strip())
    assert pdf.render(*own.apply((PAPER,), told)).startswith(b"%PDF")
    own.clear(desk, "minutes", "any")


# --- offices and computers ------------------------------------------------------------------------------------------
def share(desk: Desk, yes: bool = True) -> None:
    records.save(desk, "office", {"shares_papers": yes}, office_record_id(desk.office))


def test_what_the_province_shares_stands_beneath_the_districts_own(world: World) -> None:
    province, district = world["p"], world["a"]
    who = records.save(province, "person", {"name_km": "សុខ សុភា"}).id
    templates.put_phrase(province, "minutes", "របស់ខេត្ត")
    templates.put_phrase(province, "agenda_of", "{meeting} ខេត្ត")
    templates.put_paper(
        province, "minutes", {"title": "ខេត្ត", "copies": "ខេត្ត", "signature_1": "ខេត្ត", "person_1": who}
    )
    series.put_series(province, series.LETTERS, {"suffix": "គ.ក.ស.ក", "first": 100})
    emblem.put_bytes(province, "p.png", picture())
    world.carry("p", "a")
    assert templates.phrases(district) is OFFICIAL, "it is here, but nobody shared it"
    assert templates.paper(district, "minutes") == templates.PaperTemplate("minutes")
    share(province)
    world.carry("p", "a")
    assert templates.phrases(district).minutes == "របស់ខេត្ត"
    template = templates.paper(district, "minutes")
    assert (template.title, template.copies, template.suffix) == ("ខេត្ត", ("ខេត្ត",), "គ.ក.ស.ក")
    assert template.signatures[0] == Block(("ខេត្ត",)), "who signs at the province does not sign here"
    assert register.next_number(district, "invitation", DAY) == "០០១/២២ គ.ក.ស.ក", "its numbers are its own"
    assert templates.letterhead(district).emblem == b"", "and so is its emblem"
    row = next(row for row in templates.phrase_rows(district) if row.key == "minutes")
    assert (row.now, row.typed, row.source) == ("របស់ខេត្ត", None, "08")

    templates.put_phrase(district, "minutes", "របស់ស្រុក")
    templates.put_phrase(district, "agenda_of", "{wrong}")
    templates.put_paper(district, "minutes", {"title": "ស្រុក", "copies": ""})
    template = templates.paper(district, "minutes")
    assert templates.phrases(district).minutes == "របស់ស្រុក" and template.title == "ស្រុក" and template.copies == ()
    assert templates.phrases(district).agenda_of == "{meeting} ខេត្ត", "what cannot be filled in leaves what is beneath"
    assert templates.paper_fields(district, "minutes", own=False)["title"] == "ខេត្ត"
    world.carry("a", "p")
    assert templates.phrases(province).minutes == "របស់ខេត្ត", "a district's words stay its own"
    templates.put_phrase(district, "minutes", None)
    assert templates.phrases(district).minutes == "របស់ខេត្ត"
    share(province, False)
    world.carry("p", "a")
    assert templates.phrases(district) is OFFICIAL


def test_two_computers_of_an_office_write_in_one_record(world: World) -> None:
    world.desk("b", "0801")
    world.enrol("p", "b")
    a, b = world["a"], world["b"]
    own.put(a, "minutes", "x", "number", "៧")
    own.put(b, "minutes", "x", "copies", "ឯកសារ")
    templates.put_paper(a, "minutes", {"title": "ចំណងជើង"})
    templates.put_paper(b, "minutes", {"closing": "ចប់"})
    templates.put_phrase(a, "minutes", "ដូចគ្នា")
    templates.put_phrase(b, "minutes", "ដូចគ្នា")
    emblem.put_bytes(a, "a.png", picture())
    for sender, to in (("a", "p"), ("b", "p"), ("p", "a"), ("p", "b")):
        world.carry(sender, to)
    for desk in (a, b):
        told, template = own.get(desk, "minutes", "x"), templates.paper(desk, "minutes")
        assert (told.number, told.copies) == ("៧", ("ឯកសារ",))
        assert (template.title, template.closing) == ("ចំណងជើង", "ចប់")
        assert templates.phrases(desk).minutes == "ដូចគ្នា" and emblem.picture(desk) == picture()
        assert exchange.conflicts(desk) == []
        assert [records.count(desk, kind) for kind in ("document", "paper", "phrase")] == [1, 1, 1]
    templates.put_phrase(a, "minutes", "ក")
    templates.put_phrase(b, "minutes", "ខ")
    for sender, to in (("a", "p"), ("b", "p"), ("p", "a"), ("p", "b")):
        world.carry(sender, to)
    assert templates.phrases(a) == templates.phrases(b), "a difference shows the same on both"
    assert [one.field for one in exchange.conflicts(a)] == ["text"]


def test_overrides_survive_a_backup(desk: Desk, tmp_path: Path) -> None:
    own.put(desk, "minutes", "x", "number", "៧")
    register.reserve(desk, "invitation", "x", day=DAY, subject="ក")
    emblem.put_bytes(desk, "a.png", picture())
    desks_.backup(desk, tmp_path / "copy.cpdesk")
    desks_.restore(tmp_path / "copy.cpdesk", tmp_path / "back.cpdesk")
    with desks_.open_desk(tmp_path / "back.cpdesk") as again:
        assert own.get(again, "minutes", "x").number == "៧" and emblem.picture(again) == picture()
        assert register.number_of(again, "invitation", "x") == "០០១/២២"
