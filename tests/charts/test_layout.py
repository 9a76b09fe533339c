"""What a drawing says: every number is there, nothing leaves its field or touches its neighbour, missing is not 0."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cpdesk import charts, i18n
from cpdesk.charts import Bar, Chart, Columns, Heat, HeatRow, Lines, Part, Rows, Series, Split, describe, layout, shown
from cpdesk.charts.plot import steps
from cpdesk.charts.shapes import TONES, TYPE, Box, Drawing, Label, Mark, Role, Stroke, cut, hatch, middle
from cpdesk.charts.text import wrapped
from cpdesk.khmer import breaks

LONG = "កាត់បន្ថយអំពើហិង្សាលើកុមារ នៅក្នុងគ្រួសារ សាលារៀន និងសហគមន៍ ឱ្យបានច្រើនបំផុតតាមរយៈការអប់រំផ្សព្វផ្សាយ"
VALUES = st.none() | st.integers(0, 10**9) | st.decimals(0, 10**6, places=1)
NAMES = st.sampled_from(["ត្រី១", "ឆ្នាំ២០២២", LONG, "Save the Children", "គគីរ", ""])


def measure(text: str, role: Role) -> float:
    """A type of letters of one width, as far as clusters go."""
    return len(breaks.clusters(text)) * TYPE[role][0] * 0.55


@pytest.fixture(autouse=True)
def khmer() -> Iterator[None]:
    with i18n.using("km"):
        yield


@st.composite
def series(draw: st.DrawFn, count: int) -> tuple[Series, ...]:
    made = []
    for _n in range(draw(st.integers(1, 5))):
        values = tuple(draw(st.lists(VALUES, min_size=count, max_size=count)))
        made.append(Series(draw(NAMES), values, note=draw(st.sampled_from(["", "២៨៤"]))))
    return tuple(made)


@st.composite
def any_chart(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(1, 14))
    groups = tuple(draw(st.lists(NAMES, min_size=count, max_size=count)))
    kind = draw(st.sampled_from(["rows", "columns", "lines", "split", "heat"]))
    if kind == "rows":
        values = draw(st.lists(VALUES, min_size=count, max_size=count))
        bars = tuple(
            Bar(name, value, note=draw(st.sampled_from(["", LONG])), lead=draw(st.sampled_from(["", "១"])))
            for name, value in zip(groups, values, strict=True)
        )
        return Rows(bars, draw(st.sampled_from([None, 100])), beside=draw(st.booleans()))
    if kind == "split":
        return Split(tuple(Part(name, draw(VALUES)) for name in groups[:6]), draw(NAMES))
    if kind == "heat":
        cells = [tuple(draw(VALUES) for _n in range(4)) for _name in groups]
        rows = tuple(HeatRow(name, row, strong=draw(st.booleans())) for name, row in zip(groups, cells, strict=True))
        return Heat(("ក", LONG, "គ", "ឃ"), rows, "ឃុំ", draw(st.booleans()), draw(NAMES))
    unit = draw(st.sampled_from(["", "%", "រៀល"]))
    return (Columns if kind == "columns" else Lines)(groups, draw(series(count)), unit)


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label) and shape.text]


def field(label: Label) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of the ink of a label, a little less than its line."""
    wide = measure(label.text, label.role)
    left = label.x - {"left": 0.0, "centre": wide / 2, "right": wide}[label.anchor]
    half = TYPE[label.role][0] * 0.55
    return left, left + wide, label.y - half, label.y + half


@settings(deadline=None, max_examples=150)
@given(any_chart(), st.sampled_from([260.0, 340.0, 520.0, 900.0]))
def test_every_number_is_written_and_stays_in_the_field(chart: Chart, width: float) -> None:
    drawing = layout(chart, width, measure)
    said = [label.text for label in labels(drawing)]
    for value in numbers(chart):
        assert shown(value, getattr(chart, "unit", "")) in said
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            assert -0.5 <= shape.y <= drawing.height
        elif isinstance(shape, Box):
            assert shape.width >= 0 and shape.height >= 0
            assert shape.x >= -0.1 and shape.x + shape.width <= width + 0.1
            assert shape.y >= -0.1 and shape.y + shape.height <= drawing.height + 0.1
            assert shape.tone in TONES and (not shape.edge or shape.edge in TONES)
        elif isinstance(shape, Stroke):
            assert all(-0.1 <= x <= width + 0.1 and -0.1 <= y <= drawing.height + 2.1 for x, y in shape.points)


def numbers(chart: Chart) -> list[Decimal | int]:
    if isinstance(chart, Rows):
        found = [item.value for item in chart.items]
    elif isinstance(chart, Split):
        found = [part.value for part in chart.parts]
    else:
        found = [value for row in (chart.rows if isinstance(chart, Heat) else chart.series) for value in row.values]
    return [value for value in found if value is not None]


@settings(deadline=None, max_examples=100)
@given(any_chart())
def test_no_two_numbers_touch(chart: Chart) -> None:
    assume(not isinstance(chart, Lines) or len(chart.series) > 1)  # a line may run through its own numbers
    drawing = layout(chart, 560, measure)
    words = {shown(value, getattr(chart, "unit", "")) for value in numbers(chart)}
    fields = [field(label) for label in labels(drawing) if label.text in words and label.tone == "ink"]
    for one, other in combinations(fields, 2):
        apart = one[1] <= other[0] + 0.5 or other[1] <= one[0] + 0.5 or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one, other)


def test_missing_is_not_zero() -> None:
    drawn = layout(Rows((Bar("ក", None), Bar("ខ", 0), Bar("គ", 50)), maximum=100, unit="%"), 300, measure)
    outlined = [shape for shape in drawn.shapes if isinstance(shape, Box) and shape.dashed]
    assert [box.item for box in outlined] == [0]
    said = [label.text for label in labels(drawn)]
    assert "គ្មានទិន្នន័យ" in said and "០%" in said and "៥០%" in said
    columns = layout(Columns(("ក",), (Series("១", (None,)), Series("២", (0,)))), 300, measure)
    assert {"—", "០"} <= {label.text for label in labels(columns)}
    lines = layout(Lines(("ក", "ខ", "គ", "ឃ"), (Series("១", (1, None, 3, 4)),)), 300, measure)
    strokes = [shape for shape in lines.shapes if isinstance(shape, Stroke) and shape.weight == 2]
    assert [len(stroke.points) for stroke in strokes] == [2, 2]  # third to fourth, nothing over the gap; the legend's
    assert sum(isinstance(shape, Mark) for shape in lines.shapes) == 4  # three points and the sign of the legend


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = layout(Rows((Bar("ក", 25), Bar("ខ", 100)), maximum=100), 400, measure)
    full = [shape for shape in drawn.shapes if isinstance(shape, Box) and shape.tone == "accent"]
    assert [box.width for box in full] == [100, 400]


def test_what_is_beyond_the_maximum_is_drawn_to_scale_and_the_maximum_marked() -> None:
    drawn = layout(Rows((Bar("ក", 200), Bar("ខ", 100)), maximum=100), 400, measure)
    full = [shape for shape in drawn.shapes if isinstance(shape, Box) and shape.tone == "accent"]
    assert [box.width for box in full] == [400, 200]
    assert [shape.points[0][0] for shape in drawn.shapes if isinstance(shape, Stroke)] == [200, 200]


def test_columns_stand_on_zero_and_negative_ones_hang_from_it() -> None:
    drawn = layout(Columns(("ក", "ខ"), (Series("១", (30, -10)),)), 400, measure, height=200)
    up, down = (shape for shape in drawn.shapes if isinstance(shape, Box) and shape.item >= 0)
    assert up.y + up.height == pytest.approx(down.y)
    assert up.height == pytest.approx(3 * down.height)
    assert drawn.height == pytest.approx(200)


def test_series_are_told_apart_without_colour() -> None:
    chart = Columns(("ក", "ខ"), tuple(Series(str(n), (n + 1, n + 2)) for n in range(5)))
    bars = [shape for shape in layout(chart, 600, measure).shapes if isinstance(shape, Box) and shape.item == 0]
    assert len({(box.pattern, box.tone if box.pattern == "solid" else "") for box in bars}) == 5
    lines = layout(Lines(("ក", "ខ"), chart.series[:4]), 600, measure)
    assert len({mark.form for mark in lines.shapes if isinstance(mark, Mark)}) == 4
    toned = Rows(tuple(Bar(tone, 50, tone=tone) for tone in ("good", "fair", "warning", "bad")), maximum=100)
    boxes = [shape for shape in layout(toned, 300, measure, hatched=True).shapes if isinstance(shape, Box)]
    full = [box for box in boxes if box.tone != "track"]
    assert len({box.pattern for box in full}) == 4


def test_heat_is_by_column_and_totals_have_none() -> None:
    rows = (HeatRow("ក", (10, 400)), HeatRow("ខ", (5, None), ("", "*")), HeatRow("សរុប", (15, 400), strong=True))
    drawn = layout(Heat(("១", "២"), rows), 400, measure)
    mixes = [shape.mix for shape in drawn.shapes if isinstance(shape, Box) and shape.tone == "accent"]
    assert mixes == pytest.approx([0.5, 0.5, 0.275])
    assert [box.pattern for box in drawn.shapes if isinstance(box, Box) and box.tone == "track"] == ["rising"]
    assert "*" in [label.text for label in labels(drawn)]


@given(st.floats(-1e6, 0), st.floats(0.01, 1e9))
def test_the_marks_of_an_axis_are_round_and_hold_every_value(low: float, high: float) -> None:
    marks = steps(low, high)
    assert float(marks[0]) <= low and float(marks[-1]) >= high
    assert 2 <= len(marks) <= 7
    step = marks[1] - marks[0]
    assert str(step.normalize().as_tuple().digits) in ("(1,)", "(2,)", "(2, 5)", "(5,)")


@settings(deadline=None)
@given(st.integers(20, 400))
def test_labels_break_between_words_and_lose_nothing_before_the_dots(room: int) -> None:
    lines = wrapped(LONG, "label", room, measure, 3)
    assert len(lines) <= 3
    joined = "".join(line.replace(" ", "") for line in lines)
    assert joined == LONG.replace(" ", "") or (
        joined.endswith("…") and LONG.replace(" ", "").startswith(joined.removesuffix("…"))
    )
    assert all(measure(line, "label") <= max(room, 13) for line in lines)


@given(st.floats(1, 60), st.floats(1, 60), st.sampled_from(["rising", "falling", "level", "dots"]))
def test_hatches_stay_in_their_box(wide: float, tall: float, pattern: str) -> None:
    box = Box(3, 5, wide, tall, "accent", pattern)  # type: ignore[arg-type]
    for line in hatch(box):
        for x, y in line:
            assert 2.5 <= x <= 3.5 + wide and 4.99 <= y <= 5.01 + tall


def test_long_charts_are_cut_between_their_rows() -> None:
    chart = Heat(("ក",), tuple(HeatRow(str(n), (n,)) for n in range(20)), corner="ឃុំ")
    whole = layout(chart, 300, measure)
    upper, lower = cut(whole, whole.cuts[9])
    texts = [[label.text for label in labels(part)] for part in (upper, lower)]
    assert texts[0].count("ឃុំ") == texts[1].count("ឃុំ") == 1  # the head is on both
    assert sorted(set(texts[0]) & set(texts[1])) == sorted({"ឃុំ", "ក"} | (set(texts[0]) & set(texts[1])))
    assert upper.height + lower.height == pytest.approx(whole.height + whole.head)
    assert all(-0.2 <= middle(shape) <= lower.height + 0.2 for shape in lower.shapes)


def test_the_words_of_a_chart_have_every_number() -> None:
    assert describe(Rows((Bar("ក", Decimal("38.70")), Bar("ខ", None)), unit="%")) == "ក: ៣៨,៧%\nខ: គ្មានទិន្នន័យ"
    columns = Columns(("ត្រី១",), (Series("ផែនការ", (58,)), Series("ចំណាយ", (None,))), "លានរៀល")
    assert describe(columns) == "លានរៀល\nត្រី១: ផែនការ ៥៨, ចំណាយ គ្មានទិន្នន័យ"
    assert describe(Split((Part("កុមារី", 1248),), "ពិការភាព ៧៤")) == "កុមារី: ១.២៤៨\nពិការភាព ៧៤"
    heat = Heat(("ក", "ខ"), (HeatRow("គគីរ", (1, None), ("", "*")),))
    assert describe(heat) == "គគីរ: ក ១, ខ *"


def test_amounts_are_told_in_units_that_can_be_read() -> None:
    assert charts.in_large_units([Decimal(58_260_000), None]) == ([Decimal("58.3"), None], "លានរៀល")
    assert charts.in_large_units([Decimal(58_250_000)])[0] == [Decimal("58.3")], "a half goes up, as everywhere"
    assert charts.in_large_units([Decimal(58_260)]) == ([Decimal("58.3")], "ពាន់រៀល")
    assert charts.in_large_units([Decimal(800), Decimal(0)]) == ([Decimal(800), Decimal(0)], "រៀល")
    assert charts.in_large_units([None]) == ([None], "រៀល")


def test_a_code_is_square_and_says_its_text() -> None:
    code = charts.Code("CPDESK 0801 12345 67890", "ស្កេនដោយទូរស័ព្ទ")
    drawing = layout(code, 400, measure)
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    wide = max(box.x + box.width for box in boxes) - min(box.x for box in boxes)
    high = max(box.y + box.height for box in boxes) - min(box.y for box in boxes)
    assert wide == pytest.approx(high, rel=0.01)
    assert min(box.x for box in boxes) + wide / 2 == pytest.approx(200), "in the middle"
    assert code.text in describe(code) and code.note in describe(code)
