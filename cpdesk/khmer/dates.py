"""Dates and hours as officials write, say and type them.

Data holds ISO dates; people see Khmer digits and month names, and type whatever their hands know: either
digits, any of / - . between the parts, a day without a year, a year of two digits, month names, "ថ្ងៃនេះ".
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from cpdesk import i18n
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold

MONTHS = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a year outside is a slip of the hand (or one of the Buddhist era)
_LONGEST = 200  # characters; what is longer was pasted by mistake

# Spellings that people use beside the ones above.
_OTHER_MONTHS = {"កុម្ភះ": 2, "កុម្ភ": 2, "មិនា": 3, "ឩសភា": 5, "មិថុន": 6, "កញា": 9, "វិច្ចិកា": 11, "ធ្នូរ": 12}
_RELATIVE = {
    **dict.fromkeys(("ម្សិលម្ង៉ៃ", "ម្សិលម៉្ងៃ"), -2),
    **dict.fromkeys(("ម្សិលមិញ", "ថ្ងៃម្សិលមិញ", "ម្សិល", "yesterday"), -1),
    **dict.fromkeys(("ថ្ងៃនេះ", "today"), 0),
    **dict.fromkeys(("ស្អែក", "ថ្ងៃស្អែក", "tomorrow"), 1),
    **dict.fromkeys(("ខានស្អែក", "ថ្ងៃខានស្អែក"), 2),
}


def official(day: date) -> str:
    """The solar date of a letter: ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២."""
    return digits.to_khmer(f"ថ្ងៃទី{day.day} ខែ{month(day, 'km')} ឆ្នាំ{day.year}")


def short(day: date, lang: str | None = None) -> str:
    """For tables: ២៣/០៦/២០២២, 23/06/2022."""
    return _shown(f"{day:%d/%m}/{day.year:04d}", lang)


def long(day: date, lang: str | None = None) -> str:
    """The date in a sentence: the official form in Khmer, 23 June 2022 in English."""
    return official(day) if _is_khmer(lang) else f"{day.day} {month(day, 'en')} {day.year}"


def day_month(day: date, lang: str | None = None) -> str:
    """Where the year goes without saying: ២៣ មិថុនា, 23 June."""
    return _shown(f"{day.day} {month(day, lang)}", lang)


def month_year(day: date, lang: str | None = None) -> str:
    """The head of a calendar page: មិថុនា ២០២២, June 2022."""
    return _shown(f"{month(day, lang)} {day.year}", lang)


def month(day: date, lang: str | None = None) -> str:
    return (MONTHS if _is_khmer(lang) else MONTHS_EN)[day.month - 1]


def weekday(day: date, lang: str | None = None) -> str:
    """ព្រហស្បតិ៍, Thursday; without ថ្ងៃ before it."""
    return (WEEKDAYS if _is_khmer(lang) else WEEKDAYS_EN)[day.weekday()]


def clock(at: time, lang: str | None = None) -> str:
    """The hour on 24: ៨:៣០, 14:05."""
    return _shown(f"{at.hour}:{at.minute:02d}", lang)


# -------- reading dates

_MONTH_OF = {fold(name): number for names in (MONTHS, MONTHS_EN) for number, name in enumerate(names, 1)}
_MONTH_OF |= {name[:3]: number for name, number in list(_MONTH_OF.items()) if name.isascii()}
_MONTH_OF |= {fold(name): number for name, number in _OTHER_MONTHS.items()}
_DAYS_OFF = {fold(word): days for word, days in _RELATIVE.items()}
_WEEKDAY = "|".join(re.escape(fold(name)) for name in (*WEEKDAYS, *WEEKDAYS_EN, "ព្រហស្បត្តិ៍"))
_NAMES = "|".join(re.escape(name) for name in sorted(_MONTH_OF, key=len, reverse=True))

_DAY_FIRST = re.compile(r"(?P<d>\d{1,2}) ?(?P<sep>[-/. ]) ?(?P<m>\d{1,2})(?: ?(?P=sep) ?(?P<y>\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})")
_IN_WORDS = re.compile(
    rf"(?:(?:ថ្ងៃ ?)?(?:{_WEEKDAY}),? ?)?(?:ថ្ងៃ)? ?(?:ទី)? ?(?P<d>\d{{1,2}}),?[ -]?"
    rf"(?:(?:ខែ)? ?(?P<name>{_NAMES})|ខែ ?(?:ទី)? ?(?P<m>\d{{1,2}})),?[ -]?(?:(?:ឆ្នាំ)? ?(?P<y>\d{{4}}))?"
)


def parse(text: str, today: date) -> date:
    """The date that a person typed; ValueError when it is none.

    Read are ២៣/៦/២២, 23-06-2022, 23.6.2022, ២០២២-០៦-២៣, ២៣ មិថុនា, 23 June 2022, the official form, and
    ថ្ងៃនេះ / today, ស្អែក, ម្សិលមិញ. The day stands before the month unless a year of four digits leads. A
    missing year is that of `today`; a year of two digits lies less than eighty years before `today` or at
    most twenty after.
    """
    folded = _folded(text)
    if folded in _DAYS_OFF:
        return today + timedelta(days=_DAYS_OFF[folded])
    for form in (_DAY_FIRST, _YEAR_FIRST, _IN_WORDS):
        found = form.fullmatch(folded)
        if found:
            parts = found.groupdict()
            name = parts.get("name")
            return _date(parts["y"], _MONTH_OF[name] if name else int(parts["m"]), int(parts["d"]), today)
    raise ValueError(f"not a date: {text!r}")


def _date(year: str | None, month: int, day: int, today: date) -> date:
    number = today.year if year is None else int(year)
    if year is not None and len(year) == 2:
        number += (today.year + 20 - number) // 100 * 100
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(f"no year between {FIRST_YEAR} and {LAST_YEAR}: {number}")
    return date(number, month, day)


# -------- reading hours

_PART_OF_DAY = {
    **dict.fromkeys(("ព្រឹក", "am", "a.m."), "am"),
    **dict.fromkeys(("ថ្ងៃត្រង់", "រសៀល", "ល្ងាច", "pm", "p.m."), "pm"),
    **dict.fromkeys(("យប់",), "night"),
}
_PARTS = {fold(word): part for word, part in _PART_OF_DAY.items()}
_PART = "|".join(re.escape(word) for word in sorted(_PARTS, key=len, reverse=True))
_TIME = re.compile(
    r"(?:ម៉ោង ?)?(?P<h>\d{1,2})(?: ?(?:[:.h]|និង) ?(?P<m>\d{1,2}) ?(?:នាទី)?|(?P<mm>\d\d)| ?h| ?ម៉ោង)?"
    rf" ?(?:(?:វេលា)? ?(?P<part>{_PART}))?"
)


def parse_time(text: str) -> time:
    """The hour that a person typed: 8:30, ៨.៣០, 0830, 8h30, 8, ម៉ោង ៨:៣០ ព្រឹក, 2:30 pm, ៨ និង ៣០នាទី;
    ValueError otherwise.
    """
    found = _TIME.fullmatch(_folded(text))
    if not found:
        raise ValueError(f"not an hour: {text!r}")
    hour, minute = int(found["h"]), int(found["m"] or found["mm"] or 0)
    part = _PARTS.get(found["part"] or "")
    if part and not 1 <= hour <= 23:
        raise ValueError(f"not an hour: {text!r}")
    if part == "am" and hour > 12:
        raise ValueError(f"afternoon and morning at once: {text!r}")
    return time(_on_24(hour, part), minute)


def _on_24(hour: int, part: str | None) -> int:
    if part == "am":
        return hour % 12
    if part == "pm" and hour < 12:
        return hour + 12
    if part == "night" and hour <= 12:  # eight at night is 20, one at night is 1, twelve at night is 0
        return hour + 12 if 6 <= hour < 12 else hour % 12
    return hour


def _folded(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"too long for a date or an hour: {len(text)} characters")
    return fold(text)


def _is_khmer(lang: str | None) -> bool:
    return (lang or i18n.language()) == "km"


def _shown(text: str, lang: str | None) -> str:
    return digits.to_khmer(text) if _is_khmer(lang) else text
