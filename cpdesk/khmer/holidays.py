"""Cambodia's public holidays, by rule, for any year.

Each year's days off are set by a sub-decree of the government in the year before, and only that is binding: it may
move, add or strike days, and gives days that are counted later for feasts put off. What is computed here is what the
sub-decrees follow from year to year: fixed days of the solar calendar, Khmer New Year from the sun's entry into Aries,
and the feasts of the moon. It is therefore for hints and colours, never for a refusal.

Compared, day by day, with the published lists of 2019 (sub-decree of 4 October 2018, in the court holidays of
eccc.gov.kh), 2020 (sub-decree 112 of 2 August 2019: five holidays struck, the King's Birthday shortened to one day),
2021 (prakas of the Ministry of Labour, cne.wtf, 3 December 2020), 2022 (sub-decree 145 of 19 August 2021,
prasac.com.kh), 2023 (sub-decree 166 of 12 August 2022, ibccambodia.com), 2024 (prakas 014/24 of 16 January 2024) and
2025 (prakas 218/24 of 9 October 2024, mlvt.gov.kh), which has Peace Day for the first time. Years before 2018 are told
as if the list of 2019 had held, but for the Day of Remembrance, which is of 2018 (sub-decree of 20 February 2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from cpdesk.i18n import pick
from cpdesk.khmer import dates, lunar


@dataclass(frozen=True)
class Holiday:
    """A feast by its name in both languages."""

    km: str
    en: str

    @property
    def label(self) -> str:
        return pick(self.km, self.en)


_FIRST, _LAST = lunar.FIRST_YEAR, lunar.LAST_YEAR
_KING = Holiday("ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម ព្រះមហាក្សត្រ", "The King’s Birthday")

# (month, day): the feast, its first and its last year.
_FIXED: tuple[tuple[int, int, Holiday, int, int], ...] = (
    (1, 1, Holiday("ទិវាចូលឆ្នាំសកល", "International New Year’s Day"), _FIRST, _LAST),
    (1, 7, Holiday("ទិវាជ័យជម្នះលើរបបប្រល័យពូជសាសន៍", "Victory over Genocide Day"), _FIRST, _LAST),
    (3, 8, Holiday("ទិវាអន្តរជាតិនារី", "International Women’s Day"), _FIRST, _LAST),
    (5, 1, Holiday("ទិវាពលកម្មអន្តរជាតិ", "International Labour Day"), _FIRST, _LAST),
    (5, 13, _KING, _FIRST, 2019),
    (5, 14, _KING, _FIRST, _LAST),
    (5, 15, _KING, _FIRST, 2019),
    (5, 20, Holiday("ទិវាជាតិនៃការចងចាំ", "National Day of Remembrance"), 2018, 2019),
    (6, 1, Holiday("ទិវាកុមារអន្តរជាតិ និងទិវាកុមារកម្ពុជា", "International Children’s Day"), _FIRST, 2019),
    (6, 18, Holiday("ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម សម្តេចព្រះមហាក្សត្រី ព្រះវររាជមាតាជាតិ", "The Queen Mother’s Birthday"),
     _FIRST, _LAST),
    (9, 24, Holiday("ទិវាប្រកាសរដ្ឋធម្មនុញ្ញ", "Constitution Day"), _FIRST, _LAST),
    (10, 15, Holiday("ទិវាប្រារព្ធពិធីគោរពព្រះវិញ្ញាណក្ខន្ធ ព្រះវររាជបិតាជាតិ", "Commemoration of the late King Father"),
     _FIRST, _LAST),
    (10, 23, Holiday("ទិវារំលឹកកិច្ចព្រមព្រៀងសន្តិភាពទីក្រុងប៉ារីស", "Paris Peace Agreements Day"), _FIRST, 2019),
    (10, 29, Holiday("ព្រះរាជពិធីគ្រងព្រះបរមរាជសម្បត្តិ ព្រះមហាក្សត្រ", "The King’s Coronation Day"), _FIRST, _LAST),
    (11, 9, Holiday("ពិធីបុណ្យឯករាជ្យជាតិ", "Independence Day"), _FIRST, _LAST),
    (12, 10, Holiday("ទិវាសិទ្ធិមនុស្សអន្តរជាតិ", "International Human Rights Day"), _FIRST, 2019),
    (12, 29, Holiday("ទិវាសន្តិភាពនៅកម្ពុជា", "Peace Day in Cambodia"), 2025, _LAST),
)  # fmt: skip
_NEW_YEAR = Holiday("ពិធីបុណ្យចូលឆ្នាំថ្មី ប្រពៃណីជាតិ", "Khmer New Year")
_MEAK_BOCHEA = Holiday("ពិធីបុណ្យមាឃបូជា", "Meak Bochea")
_VISAK_BOCHEA = Holiday("ពិធីបុណ្យវិសាខបូជា", "Visak Bochea")
_PLOUGHING = Holiday("ព្រះរាជពិធីច្រត់ព្រះនង្គ័ល", "Royal Ploughing Ceremony")
_PCHUM_BEN = Holiday("ពិធីបុណ្យភ្ជុំបិណ្ឌ", "Pchum Ben")
_WATER = Holiday("ព្រះរាជពិធីបុណ្យអុំទូក បណ្តែតប្រទីប និងសំពះព្រះខែ អកអំបុក", "Water Festival")
_FULL_MOON, _LAST_WANING = 14, 29  # days since the month's first: ១៥កើត, ១៥រោច
_ONE = timedelta(days=1)


@lru_cache(maxsize=16)
def of_year(year: int) -> dict[date, tuple[Holiday, ...]]:
    """The holidays of a solar year by day, in order; none outside 1900–2100, where the calendar of the moon ends."""
    if not _FIRST <= year <= _LAST:
        return {}
    found: dict[date, tuple[Holiday, ...]] = {}
    for day, feast in sorted((*_of_the_sun(year), *_of_the_moon(year)), key=lambda one: one[0]):
        found[day] = (*found.get(day, ()), feast)
    return found


def on(day: date) -> tuple[Holiday, ...]:
    """The holidays that fall on a day; two may."""
    return of_year(day.year).get(day, ())


def named(day: date) -> str:
    """What is celebrated on that day; "" where nothing is."""
    return " · ".join(one.label for one in on(day))


def off(day: date) -> str:
    """Why offices are closed that day: the holiday, or Saturday and Sunday by name; "" on a working day."""
    return named(day) or (dates.day_name(day) if day.weekday() >= 5 else "")


def _of_the_sun(year: int) -> Iterator[tuple[date, Holiday]]:
    for month, day, feast, first, last in _FIXED:
        if first <= year <= last:
            yield date(year, month, day), feast
    new_year = lunar.new_year(year)
    for number in range(new_year.days):
        yield new_year.first + number * _ONE, _NEW_YEAR


def _of_the_moon(year: int) -> Iterator[tuple[date, Holiday]]:
    if year <= 2019:
        yield lunar.solar(year, lunar.MEAK, _FULL_MOON), _MEAK_BOCHEA
    visak = lunar.visak_bochea(year)
    yield visak, _VISAK_BOCHEA
    yield visak + 4 * _ONE, _PLOUGHING  # ៤រោច
    pchum_ben = lunar.solar(year, lunar.PHOTROBOT, _LAST_WANING)
    water = lunar.solar(year, lunar.KADEUK, _FULL_MOON)
    for days in (-_ONE, 0 * _ONE, _ONE):
        yield pchum_ben + days, _PCHUM_BEN
        yield water + days, _WATER
