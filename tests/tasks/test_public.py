"""The public profile, the whole way: from figures on a desk to paper, to what is remembered, to other computers."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from cpdesk import charts, gazetteer
from cpdesk.analysis.figures import TOTAL
from cpdesk.khmer import digits
from cpdesk.printing.document import Listing, Picture, Words, plain
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks_
from cpdesk.tasks import figures, forms, records
from cpdesk.tasks.figures import public
from cpdesk.tasks.figures.grid import Own
from cpdesk.tasks.figures.public.copy import BEFORE, ENTERED, FOR, LOST, OUT, REST, SMALL
from tests.analysis.attacker import Attack, Seen, computed
from tests.printing.reading import squeezed, whole
from tests.tasks import public_desk
from tests.tasks.public_desk import (
    COMMUNES,
    DISTRICT,
    FEMALE,
    INSIDE,
    MALE,
    MARK,
    PUBLIC,
    WITH,
    YEAR,
    give_out,
    heats,
    make_base,
    measure,
    paper,
    seen,
    whys,
    write,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks_.create(tmp_path / "0802.cpdesk", DISTRICT, "សុខ សុភា") as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> Desk:
    return public_desk.tell(desk)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_on_two_papers_gives_a_hidden_count_away(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    base = make_base(desk)
    often = (1.2, 4.0, 12.0, 40.0)
    measures = [measure(desk, f"សូចនាករ{n}", order=n, weight="1", base=base) for n in range(len(often))]

    def count(of: str, place: str, year: int, often: float) -> None:
        girls, boys = (int(chance.expovariate(1 / often) + 0.5) for _sex in "fm")
        disabled = chance.randint(0, (girls + boys) // 4 + 1) if girls + boys else 0
        for cell, n in ((TOTAL, girls + boys), (FEMALE, girls), (MALE, boys), (WITH, min(disabled, girls + boys))):
            write(desk, of, str(n), year=year, cell=cell, places=(place,))

    for of, how_often in zip(measures, often, strict=True):
        for year in (YEAR - 1, YEAR):
            for place in chance.sample(COMMUNES, chance.choice((7, 8))):
                count(of, place, year, how_often)
    copies: dict[str, list[Seen]] = {of: [] for of in measures}
    for _time in range(2):
        copy = give_out(desk)
        made = paper(desk)
        for of in measures:
            copies[of].append(seen(desk, copy, made, of))
        for of, how_often in zip(measures, often, strict=True):
            count(of, chance.choice(COMMUNES), YEAR, how_often)
    for informed in (False, True):
        attacks = [Attack(f"m{n}", copies[of], ages_add_up=True, informed=informed) for n, of in enumerate(measures)]
        found = computed(attacks)
        assert sum(map(len, found.values())) > 20
        assert [(name, one) for name, cells in found.items() for one in cells if one.recovered] == []


# --- in every sort of file ------------------------------------------------------------------------------------------
def all_text(data: bytes) -> str:
    """Whatever can be read in an office file: every part of it, in both sorts of digits as it is written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return squeezed("".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()))


def spellings(number: Decimal) -> tuple[str, ...]:
    n = int(number)
    return str(n), f"{n:,}".replace(",", "."), digits.number(n), digits.count(n)


def test_no_file_holds_a_hidden_number(told: Desk) -> None:
    copy = public.copy(told, DISTRICT, YEAR)
    large = [one.number for one in copy.all_hidden() if one.number is not None and one.number >= 1000]
    assert large, "another place had to be hidden too"
    words = whole(forms.render(told, "vulnerability_profile", PUBLIC))
    files = {to: all_text(forms.render(told, "vulnerability_profile", PUBLIC, to=to)) for to in ("docx", "xlsx")}
    inside = whole(forms.render(told, "vulnerability_profile", INSIDE))
    said = "".join(
        charts.describe(one) for part in paper(told).parts if isinstance(part, Picture) for _t, one in part.charts
    )
    for number in large:
        assert digits.number(int(number)) in inside, "the number is one that would be found"
        for spelling in spellings(number):
            assert spelling not in words and spelling not in squeezed(said)
            assert all(spelling not in text for text in files.values())


def test_it_says_that_it_is_public_and_the_other_that_it_is_not(told: Desk) -> None:
    for id_, mark in ((PUBLIC, MARK), (INSIDE, "សម្រាប់ប្រើប្រាស់ផ្ទៃក្នុង")):
        made = paper(told, id_)
        assert any(mark in line for line in made.subtitles)
        pdf = forms.render(told, "vulnerability_profile", id_)
        assert whole(pdf).count(squeezed(mark)) >= forms.pages(pdf), "on its face and at the foot of every page"
        for to in ("docx", "xlsx"):
            assert squeezed(mark) in all_text(forms.render(told, "vulnerability_profile", id_, to=to))
    assert not any(MARK in line for line in paper(told, INSIDE).subtitles)
    assert "ច្បាប់ផ្សព្វផ្សាយលេខ ១" in " ".join(paper(told).subtitles)


def test_hidden_none_missing_and_not_collected_are_four_things(told: Desk) -> None:
    copy = public.copy(told, DISTRICT, YEAR)
    (of,) = (one.id for one in copy.grid.measures if one.short == "ហិង្សា")
    hidden = whys(copy, of)
    other = next(place for place, why in hidden.items() if why == FOR and place in COMMUNES)
    states = {"080201": "*", other: "*", "080204": "០", "080206": "–", "080207": "*", "080208": ""}
    titles = {row.place: row.title for row in copy.grid.rows}
    (column,) = [n for n, one in enumerate(heats(paper(told))[0].columns) if one == "ហិង្សា"]

    sheet = {
        row[0]: row[column + 1]
        for page in load_workbook(io.BytesIO(forms.render(told, "vulnerability_profile", PUBLIC, to="xlsx"))).worksheets
        for row in page.iter_rows(values_only=True)
        if row[0] in titles.values() and len(row) > column + 1
    }
    assert {place: sheet[titles[place]] for place in states} == {
        place: {"០": 0, "": None}.get(text, text) for place, text in states.items()
    }
    word = docx.Document(io.BytesIO(forms.render(told, "vulnerability_profile", PUBLIC, to="docx")))
    lines = {
        row.cells[0].text.strip(): row.cells[column + 1].text.strip()
        for table in word.tables
        for row in table.rows
        if len(row.cells) > column + 1
    }
    assert {place: lines[titles[place]] for place in states} == states
    (row,) = [row for row in heats(paper(told))[0].rows if row.label == titles[other]]
    assert row.values[column] is None and row.text(column) == charts.HIDDEN, "hatched, and no ground as of a number"


def test_ranking_and_shares_follow_from_what_is_told_alone(told: Desk) -> None:
    """Whatever the hidden numbers were, the same is drawn."""
    copy = public.copy(told, DISTRICT, YEAR)
    otherwise = {
        about: {key: replace(one, number=None if one.number is None else one.number + 77) for key, one in cells.items()}
        for about, cells in copy.hidden.items()
    }
    own: Own = {key: dict.fromkeys(cells, "77") for key, cells in copy.grid.own.items()}
    other = replace(copy, hidden=otherwise, grid=replace(copy.grid, own=own, _numbers={}, _summed={}), exact={})
    assert public.ranked(other).places == public.ranked(copy).places
    table = next(part for part in paper(told).parts if isinstance(part, Listing))
    for line in table.lines:
        texts = [cell.text for cell in line.cells]
        assert (texts[5] == charts.HIDDEN) == (charts.HIDDEN in texts[3:5])


def test_where_nothing_can_be_told_safely_nothing_is(desk: Desk) -> None:
    of = measure(desk, "ហិង្សា", order=1, weight="1")
    write(desk, of, "1", "1", "1", "1", "0")
    copy = public.copy(desk, DISTRICT, YEAR)
    assert copy.told[of, YEAR] == {} and LOST in whys(copy, of).values()
    assert set(public_desk.read(paper(desk), copy.grid)[of].values()) == {None}, "in neither table, sums and all"
    assert not public.ranked(copy).any


def test_a_line_over_the_years_has_a_gap_where_a_point_is_hidden(told: Desk) -> None:
    copy = public.copy(told, DISTRICT, YEAR)
    (of,) = copy.trends
    assert set(copy.trends[of]) == {2020, 2021, 2022}
    lines = [
        one
        for part in paper(told).parts
        if isinstance(part, Picture)
        for _t, one in part.charts
        if isinstance(one, charts.Lines)
    ]
    points = {year: copy.known(name, of, year=year) for year, name in copy.trends[of].items()}
    if sum(point is not None for point in points.values()) > 1:
        assert lines[0].series[0].values == tuple(points[year] for year in sorted(points))
    else:
        assert lines == []


def test_a_source_that_names_a_person_is_left_out(desk: Desk) -> None:
    of = measure(desk, "ហិង្សា", order=1)
    entry = figures.Entry(of, COMMUNES[0], YEAR, *TOTAL, "20")
    figures.write(desk, [entry], source="លោក សុខ សុភា ០១២ ៣៤៥ ៦៧៨")
    assert "សុភា" in whole(forms.render(desk, "vulnerability_profile", INSIDE))
    found = whole(forms.render(desk, "vulnerability_profile", PUBLIC))
    assert "សុភា" not in found and "៣៤៥" not in found


# --- per cents ------------------------------------------------------------------------------------------------------
def test_a_share_is_told_where_its_count_may_be(desk: Desk) -> None:
    """Of 3 children 33.3 per cent are one; of a hidden 57, 35.09 per cent say that they are 57."""
    base = measure(desk, "គ្រួសារ", order=1, unit="គ្រួសារ")
    write(desk, base, "57", "400", "3", "500", "60000", "70000", "8000", "90000")
    share = measure(desk, "ភាគរយ", order=2, unit="ភាគរយ", base=base)
    write(desk, share, "35.09", "12.5", "33.3", "0.5", "50", "", "99.99", "-")
    copy = public.copy(desk, DISTRICT, YEAR)
    assert whys(copy, base) == {"080201": FOR, "080203": SMALL}
    assert whys(copy, share) == {"080201": FOR, "080203": SMALL, "080204": SMALL, "080208": SMALL}
    assert copy.known("080202", share) == Decimal("12.5") and copy.known("080206", share) == 50


def test_a_share_that_writes_a_hidden_count_otherwise_is_hidden_with_it(desk: Desk) -> None:
    base = make_base(desk)
    count = measure(desk, "បោះបង់", order=1, base=base)
    write(desk, count, "3", "21", "400", "35", "77", "88", "99", "111")
    share = measure(desk, "បោះបង់ %", order=2, unit="%", base=base)
    write(desk, share, "", "0.61", "8.76")
    copy = public.copy(desk, DISTRICT, YEAR)
    assert set(whys(copy, count)) == {"080201", "080202"}
    assert whys(copy, share) == {"080202": FOR} and copy.known("080203", share) == Decimal("8.76")


def test_what_is_less_than_one_is_not_nobody(desk: Desk) -> None:
    of = measure(desk, "ហិង្សា", order=1)
    write(desk, of, "0.5", "20", "30", "40")
    assert whys(public.copy(desk, DISTRICT, YEAR), of)["080201"] == SMALL


def test_what_does_not_add_up_in_whole_numbers_is_not_told(desk: Desk) -> None:
    """The proof is about whole numbers: a sum that it does not know is none that it is about."""
    of = measure(desk, "ហិង្សា", order=1)
    write(desk, of, "12.5", "7.5", "30")
    copy = public.copy(desk, DISTRICT, YEAR)
    assert copy.hidden[of, YEAR][DISTRICT, TOTAL].why == LOST and copy.known("080201", of) == Decimal("12.5")


def test_villages_beside_a_commune_are_no_part_of_what_is_printed(desk: Desk) -> None:
    of = measure(desk, "ហិង្សា", order=1)
    write(desk, of, "20", "30", "40")
    village = gazetteer.children("080204")[0].code
    write(desk, of, "2", places=(village,))
    copy = public.copy(desk, DISTRICT, YEAR)
    assert copy.known(DISTRICT, of) == 90 and copy.all_hidden() == []
    write(desk, of, "7", "2", places=("080204", village))
    copy = public.copy(desk, DISTRICT, YEAR)
    assert copy.known("080204", of) == 7 and copy.all_hidden() == [], "of 7 in the commune a village may have any"


# --- the list of what is hidden -------------------------------------------------------------------------------------
def test_the_list_names_every_hidden_number_and_why(told: Desk) -> None:
    write(told, public.copy(told, DISTRICT, YEAR).grid.measures[0].id, "9", places=("080208",))
    copy = public.copy(told, DISTRICT, YEAR)
    made = paper(told, INSIDE, "hidden_list")
    (table,) = (part for part in made.parts if isinstance(part, Listing))
    assert len(table.lines) == len(copy.all_hidden()) == 3
    rows = [[plain(cell.text) for cell in line.cells] for line in table.lines]
    assert [row[3] for row in rows if row[0] == "ឃុំបន្ទាយដែក" and row[2] == "សរុប"] == ["៣"]
    reasons = " ".join(row[4] for row in rows)
    assert "ចំនួនពី ១ ដល់ ៤" in reasons and "អាចឱ្យគណនារក" in reasons and "អ្នកបញ្ចូលទិន្នន័យបានលាក់" in reasons
    texts = [plain(part.text) for part in made.parts if isinstance(part, Words)]
    assert "មិនត្រូវផ្សព្វផ្សាយ" in texts[0]
    assert "មិនទាន់បានផ្សព្វផ្សាយ" in made.subtitles[1]
    give_out(told)
    assert "បានផ្សព្វផ្សាយនៅ" in paper(told, INSIDE, "hidden_list").subtitles[1]
    assert len(records.find(told, "public_copy")) == 1, "the list itself gives nothing out"


def test_nothing_hidden_is_said_too(desk: Desk) -> None:
    of = measure(desk, "ហិង្សា", order=1)
    write(desk, of, "20", "30", "0")
    made = paper(desk, INSIDE, "hidden_list")
    assert not [part for part in made.parts if isinstance(part, Listing)]
    assert any("គ្មានទិន្នន័យណាត្រូវលាក់ទេ" in plain(part.text) for part in made.parts if isinstance(part, Words))


def test_every_reason_has_words() -> None:
    from cpdesk.tasks.papers.hidden_list import why_in_words

    for why in (SMALL, REST, FOR, BEFORE, OUT, LOST, ENTERED):
        assert why_in_words(public.Hidden("m", YEAR, DISTRICT, TOTAL, why))
