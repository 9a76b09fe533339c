"""The ranking against ten lines of fractions, and that each score can be taken apart again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.analysis.ranking import Weight, because, rank
from cpdesk.i18n import using

MEASURES = ("a", "b", "c", "d")
cell = st.one_of(st.none(), st.integers(0, 400))
tables = st.lists(st.fixed_dictionaries(dict.fromkeys(MEASURES, cell)), min_size=1, max_size=12)
weighting = st.fixed_dictionaries({m: st.tuples(st.integers(0, 5), st.booleans()) for m in MEASURES})
Table = list[dict[str, int | None]]
Weighting = dict[str, tuple[int, bool]]


def told(table: Table) -> dict[str, dict[str, Decimal | None]]:
    return {f"p{n}": {m: None if v is None else Decimal(v) for m, v in row.items()} for n, row in enumerate(table)}


def weighed(weights: Weighting) -> dict[str, Weight]:
    return {m: Weight(Decimal(w), better) for m, (w, better) in weights.items()}


def oracle(table: Table, weights: Weighting) -> list[Fraction | None]:
    """Scores by the definition: each measure as its part of the highest, weighted, averaged over what is known."""
    top = {m: max((row[m] or 0 for row in table), default=0) for m in MEASURES}
    whole = sum(w for m, (w, _better) in weights.items() if any(row[m] is not None for row in table))
    found: list[Fraction | None] = []
    for row in table:
        known = {m: v for m in MEASURES if (v := row[m]) is not None and weights[m][0]}
        weight = sum(weights[m][0] for m in known)
        part = {m: Fraction(v, top[m]) if top[m] else Fraction(0) for m, v in known.items()}
        part |= {m: 1 - part[m] for m in known if weights[m][1] and top[m]}
        total = sum((100 * part[m] * weights[m][0] for m in known), Fraction(0))
        found.append(total / weight if known and 2 * weight >= whole else None)
    return found


@given(tables, weighting)
@settings(deadline=None)
def test_scores_are_as_the_definition_says(table: Table, weights: Weighting) -> None:
    found = {one.place: one for one in rank(told(table), weighed(weights))}
    for n, score in enumerate(oracle(table, weights)):
        one = found[f"p{n}"]
        assert (one.score is None) == (score is None) == (one.rank is None)
        if score is not None and one.score is not None:
            assert 0 <= one.score <= 100
            assert abs(Fraction(one.score) - score) <= Fraction(1, 20)
            assert one.rank == 1 + sum(other.score is not None and other.score > one.score for other in found.values())


@given(tables, weighting)
@settings(deadline=None)
def test_shares_make_up_the_whole_score(table: Table, weights: Weighting) -> None:
    for one in rank(told(table), weighed(weights)):
        counting = {m for m, (w, _better) in weights.items() if w and any(row[m] is not None for row in table)}
        if one.score is None:
            assert one.parts == ()
            continue
        assert {p.measure for p in one.parts} | set(one.missing) == counting
        assert not {p.measure for p in one.parts} & set(one.missing)
        shares = [p.share for p in one.parts]
        assert shares == sorted(shares, reverse=True)
        if one.score > Decimal("0.1"):
            assert abs(sum(shares) - 100) < Decimal("0.0001")


@given(tables, weighting, st.integers(2, 1000))
@settings(deadline=None)
def test_neither_unit_nor_size_of_weights_matters(table: Table, weights: Weighting, times: int) -> None:
    bigger = [{m: None if v is None else v * times for m, v in row.items()} for row in table]
    heavier = {m: (w * times, better) for m, (w, better) in weights.items()}
    plain = [(one.place, one.rank, one.score) for one in rank(told(table), weighed(weights))]
    assert plain == [(one.place, one.rank, one.score) for one in rank(told(bigger), weighed(heavier))]


@given(tables, weighting)
@settings(deadline=None)
def test_the_order_of_places_decides_nothing_but_ties(table: Table, weights: Weighting) -> None:
    values = told(table)
    turned = dict(reversed(values.items()))
    assert {one.place: one.rank for one in rank(values, weighed(weights))} == {
        one.place: one.rank for one in rank(turned, weighed(weights))
    }


def test_a_measure_that_is_good_counts_the_other_way_round() -> None:
    values = {"few": {"birth": Decimal(20)}, "many": {"birth": Decimal(80)}}
    found = rank(values, {"birth": Weight(Decimal(1), better=True)})
    assert [(one.place, one.score) for one in found] == [("few", Decimal("75.0")), ("many", Decimal("0.0"))]


def test_too_little_is_not_ranked_and_nothing_is_no_reason() -> None:
    weights = {"a": Weight(Decimal(1)), "b": Weight(Decimal(3))}
    nothing = Decimal(0)
    values = {
        "x": {"a": Decimal(9), "b": None},
        "y": {"a": None, "b": nothing},
        "z": {"a": Decimal(1), "b": nothing},
    }
    found = {one.place: one for one in rank(values, weights)}
    assert found["x"].rank is None and found["x"].missing == ("b",)
    assert found["z"].rank == 1 and found["y"].rank == 2
    assert rank(values, {})[0].rank is None


def test_what_nobody_has_counted_keeps_nobody_from_being_ranked() -> None:
    values = {"x": {"a": Decimal(9)}, "y": {"a": Decimal(3)}}
    found = rank(values, {"a": Weight(Decimal(1)), "b": Weight(Decimal(3)), "c": Weight(Decimal(3))})
    assert [(one.place, one.score) for one in found] == [("x", Decimal(100)), ("y", Decimal("33.3"))]
    assert not any(one.missing for one in found)


def test_why_is_said_in_a_sentence() -> None:
    weights = {"v": Weight(Decimal(2)), "m": Weight(Decimal(1)), "l": Weight(Decimal(1))}
    values = {
        "1": {"v": Decimal(36), "m": Decimal(60), "l": Decimal(20)},
        "2": {"v": Decimal(9), "m": Decimal(10), "l": Decimal(55)},
    }
    first, second = rank(values, weights)
    names = {"v": "violence", "m": "migration", "l": "labour"}
    with using("en"):
        assert because(first, names, "Kokir") == "Kokir stands at 1 because of violence 59% and migration 30%."
        assert because(second, names, "Dei Ed").startswith("Dei Ed stands at 2 because of labour")
    assert because(first, {"v": "ហិង្សា", "m": "ចំណាកស្រុក", "l": "ពលកម្ម"}, "គគីរ").count("៥៩") == 1
