"""The Khmer lunar date of a solar day, as the date line of official letters carries it.

Two published bodies of rules, both integer arithmetic on the years of the minor era (Chulasakaraj, CS = CE
- 638):

* Chhankitek decides which lunar years get a second Asadh (leap month) or a 30th day in Jesth (leap day);
* Soriyatra finds when the sun enters Aries, that is Khmer New Year.

Whole lunar years laid end to end from an anchor (1 January 1900 was 1 koeut of Boss) then give every day
its place. The era of the Buddha goes up the day after Visak Bochea, animal and sak at New Year. Valid from
1900 to 2100.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from cpdesk import i18n
from cpdesk.khmer import dates, digits

FIRST_YEAR, LAST_YEAR = 1900, 2100
WAXING, WANING = "កើត", "រោច"
# The twelve months from Migasir, then the two that take the place of Asadh in a year with a leap month.
MONTHS = (
    *("មិគសិរ", "បុស្ស", "មាឃ", "ផល្គុន", "ចេត្រ", "ពិសាខ", "ជេស្ឋ", "អាសាឍ", "ស្រាពណ៍", "ភទ្របទ", "អស្សុជ", "កត្តិក"),
    *("បឋមាសាឍ", "ទុតិយាសាឍ"),
)
MIGASIR, BOSS, MEAK, CHETR, PISAKH, JESTH, ASADH, SRAP, PHOTROBOT, KADEUK = 0, 1, 2, 4, 5, 6, 7, 8, 9, 11
ASADH_1, ASADH_2 = 12, 13
ANIMALS = ("ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ")
MONTHS_EN = (
    *("Migasir", "Boss", "Meak", "Phalkun", "Chetr", "Pisakh", "Jesth", "Asadh", "Srap", "Photrobot", "Assoch"),
    *("Kadeuk", "first Asadh", "second Asadh"),
)
ANIMALS_EN = ("Rat", "Ox", "Tiger", "Rabbit", "Dragon", "Snake", "Horse", "Goat", "Monkey", "Rooster", "Dog", "Pig")
SAKS = (
    *("សំរឹទ្ធិស័ក", "ឯកស័ក", "ទោស័ក", "ត្រីស័ក", "ចត្វាស័ក"),
    *("បញ្ចស័ក", "ឆស័ក", "សប្តស័ក", "អដ្ឋស័ក", "នព្វស័ក"),
)

_MINOR_ERA = 638
_BUDDHIST_ERA = 544


@dataclass(frozen=True)
class LunarDay:
    """One day: `day` 1–15 of its half-month, `phase` កើត (waxing) or រោច (waning), names in Khmer, `be` the
    Buddhist year.
    """

    day: int
    phase: str
    month: str
    animal: str
    sak: str
    be: int


@dataclass(frozen=True)
class NewYear:
    """`first` day of the feast, when the sun `enters` Aries, how many `days` (3 or 4), and the day on which
    the era goes up.
    """

    first: date
    enters: datetime
    days: int
    leung_sak: date


def lunar(day: date, corrections: Mapping[date, LunarDay] | None = None) -> LunarDay:
    """The lunar day of `day`, or what an office's table of `corrections` says for it. ValueError outside
    1900–2100.
    """
    if corrections and day in corrections:
        return corrections[day]
    month, offset = _place(day)
    after_new_year = day >= new_year(day.year).first
    return LunarDay(
        day=offset % 15 + 1,
        phase=WAXING if offset < 15 else WANING,
        month=MONTHS[month],
        animal=ANIMALS[(day.year + (8 if after_new_year else 7)) % 12],
        sak=SAKS[(day.year - _MINOR_ERA - (0 if after_new_year else 1)) % 10],
        be=day.year + _BUDDHIST_ERA - (0 if day > visak_bochea(day.year) else 1),
    )


def line(day: date, corrections: Mapping[date, LunarDay] | None = None) -> str:
    """The lunar line of a letter: ថ្ងៃព្រហស្បតិ៍ ៩រោច ខែជេស្ឋ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦."""
    moon = lunar(day, corrections)
    return digits.to_khmer(
        f"ថ្ងៃ{dates.weekday(day, 'km')} {moon.day}{moon.phase} ខែ{moon.month} "
        f"ឆ្នាំ{moon.animal} {moon.sak} ព.ស. {moon.be}"
    )


def line_en(day: date) -> str:
    """The same for those who read English, months and half-months by their sound: Thursday, 9 roch of Jesth, …"""
    moon = lunar(day)
    month = MONTHS_EN[MONTHS.index(moon.month)]
    animal = ANIMALS_EN[ANIMALS.index(moon.animal)]
    return f"{dates.weekday(day, 'en')}, {short(day, 'en')} of {month}, year of the {animal}, B.E. {moon.be}"


def short(day: date, lang: str | None = None) -> str:
    """The day of the moon as a calendar's cell has room for it: ៩រោច, 9 roch."""
    offset = _place(day)[1]
    number, waxes = offset % 15 + 1, offset < 15
    if (lang or i18n.language()) == "km":
        return digits.to_khmer(str(number)) + (WAXING if waxes else WANING)
    return f"{number} {'koeut' if waxes else 'roch'}"


def month(day: date) -> str:
    """The lunar month of a solar day, by its name in Khmer."""
    return MONTHS[_place(day)[0]]


def holy(day: date) -> int:
    """Whether `day` is one of the four of a month that are kept holy (ថ្ងៃសីល): 0 where it is not, else which quarter of
    the moon: 1 for ៨កើត, 2 for the full moon, 3 for ៨រោច, 4 for the last day of the month.
    """
    offset = _place(day)[1]
    if offset in (7, 14, 22):
        return (7, 14, 22).index(offset) + 1
    return 4 if offset >= 28 and _begins_next(day) else 0


def _begins_next(day: date) -> bool:
    starts, _months = _month_starts()
    return starts[bisect_right(starts, day.toordinal())] == day.toordinal() + 1


def solar(year: int, month: int, offset: int) -> date:
    """The first day of a solar year that is `offset` days into that lunar month."""
    return _find(month, offset, date(year, 1, 1))


@cache
def visak_bochea(year: int) -> date:
    """The full moon of Pisakh in a solar year; the day after begins the next year of the Buddha."""
    return _find(PISAKH, 14, date(year, 4, 1))


@cache
def new_year(year: int) -> NewYear:
    """Khmer New Year of a solar year. The hour is that of the plain rules; almanacs differ by minutes at
    times.
    """
    cs = year - _MINOR_ERA
    longitudes = [_sun(cs, elapsed) for elapsed in _days_around_new_year(cs)]
    entry = next(minutes for minutes in longitudes if minutes < _DEGREE)
    # The sun moves one minute of arc in 24 minutes of time; what it has gone past zero at the day's end
    # tells the hour.
    passed = _DAY - entry * 24
    days = 4 if longitudes[0] < _DEGREE else 3
    leung_sak = _leung_sak(cs, year)
    first = leung_sak - timedelta(days=days - 1)
    return NewYear(first, datetime.combine(first, time()) + timedelta(minutes=passed), days, leung_sak)


# -------- Chhankitek: where leap months and leap
# days fall


def _solar(cs: int) -> int:
    """Time from the era's start to the new year of `cs`, in 800ths of a day (a solar year has 292207)."""
    return 292207 * cs + 373


def _harkun(cs: int) -> int:
    """Whole days from the era's start to the new year of `cs`."""
    return _solar(cs) // 800 + 1


def _kromathopol(cs: int) -> int:
    """What the solar year still lacks of a whole day, in 800ths; 207 and below makes it a year of 366 days."""
    return 800 - _solar(cs) % 800


def _avoman(cs: int) -> int:
    """How far the lunar day runs ahead of the solar day at the new year, in 692nds."""
    return (11 * _harkun(cs) + 650) % 692


def _bodithey(cs: int) -> int:
    """The age of the moon at the new year, in lunar days 0–29."""
    return (_harkun(cs) + (11 * _harkun(cs) + 650) // 692) % 30


def _has_leap_month(cs: int) -> bool:
    """A moon that is old (or very young) at the new year leaves room for a thirteenth month."""
    age, next_age = _bodithey(cs), _bodithey(cs + 1)
    if (age, next_age) == (25, 5):  # two years in a row would qualify: the second one has it
        return False
    if (age, next_age) == (24, 6):  # neither would: the first one has it
        return True
    return age >= 25 or age <= 5


def _earns_leap_day(cs: int) -> bool:
    if _kromathopol(cs) <= 207:
        return _avoman(cs) <= 126
    if _avoman(cs) == 137 and _avoman(cs + 1) == 0:  # two in a row would earn one: the second has it
        return False
    return _avoman(cs) <= 137


def _has_leap_day(cs: int) -> bool:
    """A leap day never falls in a year with a leap month; it waits for the next year."""
    if _has_leap_month(cs):
        return False
    return _earns_leap_day(cs) or (_has_leap_month(cs - 1) and _earns_leap_day(cs - 1))


# -------- months laid end to end


def _months_from_boss(cs: int) -> list[tuple[int, int]]:
    """(month, length in days) from Boss to Migasir of the lunar year around the new year of `cs`."""
    asadh = [ASADH_1, ASADH_2] if _has_leap_month(cs) else [ASADH]
    order = [*range(BOSS, ASADH), *asadh, *range(SRAP, KADEUK + 1), MIGASIR]
    return [(month, _length(month, cs)) for month in order]


def _length(month: int, cs: int) -> int:
    full = month in (ASADH_1, ASADH_2) or month % 2 == 1 or (month == JESTH and _has_leap_day(cs))
    return 30 if full else 29


@lru_cache(maxsize=1)
def _month_starts() -> tuple[list[int], list[int]]:
    """Ordinals of the first days of all months since 1 January 1900 (1 koeut of Boss), and which months
    they are.
    """
    starts: list[int] = []
    months: list[int] = []
    start = date(FIRST_YEAR, 1, 1).toordinal()
    for year in range(FIRST_YEAR, LAST_YEAR + 2):
        for month, length in _months_from_boss(year - _MINOR_ERA):
            starts.append(start)
            months.append(month)
            start += length
    return starts, months


def _place(day: date) -> tuple[int, int]:
    """(month, days since its first) of a solar day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the lunar calendar is known from {FIRST_YEAR} to {LAST_YEAR}, not for {day}")
    starts, months = _month_starts()
    index = bisect_right(starts, day.toordinal()) - 1
    return months[index], day.toordinal() - starts[index]


def _find(month: int, offset: int, start: date) -> date:
    """The first day from `start` on that is `offset` days into lunar `month`."""
    day = start
    while _place(day) != (month, offset):
        day += timedelta(days=1)
    return day


# -------- Soriyatra: when the sun enters Aries

_DAY = 1440  # minutes of time
_DEGREE = 60  # minutes of arc, as everything below
_SIGN = 30 * _DEGREE
_CIRCLE = 12 * _SIGN
_APOGEE = 2 * _SIGN + 20 * _DEGREE
_HALF_SIGN = 15 * _DEGREE
# The equation of the sun at each half sign from its apogee, and its growth over the next half sign.
_EQUATION = (0, 35, 67, 94, 116, 129, 134)
_GROWTH = (35, 32, 27, 22, 13, 5)


def _days_around_new_year(cs: int) -> range:
    """Days elapsed in the year before `cs` (366 days long if its remainder says so) among which the sun
    enters Aries.
    """
    first = 363 if _kromathopol(cs - 1) <= 207 else 362
    return range(first, first + 4)


def _sun(cs: int, elapsed: int) -> int:
    """True longitude of the sun, `elapsed` days into the year before `cs`."""
    mean = _mean_sun(cs, elapsed)
    anomaly = (mean - _APOGEE) % _CIRCLE
    correction = _equation(_arc_to_axis(anomaly))
    return (mean - correction if anomaly < _CIRCLE // 2 else mean + correction) % _CIRCLE


def _mean_sun(cs: int, elapsed: int) -> int:
    """The sun moves a twelfth of the year's 292207 parts through each sign: 24350 a sign, 811 a degree, 14
    a minute.
    """
    signs, rest = divmod(800 * elapsed + _kromathopol(cs - 1), 24350)
    degrees, rest = divmod(rest, 811)
    return _SIGN * signs + _DEGREE * degrees + rest // 14 - 3


def _arc_to_axis(anomaly: int) -> int:
    """The shorter way along the circle from the apogee or perigee, 0 to 3 signs."""
    half = anomaly % (_CIRCLE // 2)
    return min(half, _CIRCLE // 2 - half)


def _equation(arc: int) -> int:
    step, rest = divmod(arc, _HALF_SIGN)
    return _EQUATION[step] if step == 6 else _EQUATION[step] + rest * _GROWTH[step] // _HALF_SIGN


def _leung_sak(cs: int, year: int) -> date:
    """The day on which the era goes up: the moon's age at the new year, counted in Chetr or, while young,
    in Pisakh.
    """
    age = _bodithey(cs)
    if _has_leap_month(cs - 1) and _earns_leap_day(cs - 1):
        age = (age + 1) % 30
    month, offset = (CHETR, age - 1) if age >= 6 else (PISAKH, age)
    return _find(month, offset, date(year, 4, 10))
