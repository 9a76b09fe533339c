"""Dates and hours as officials write, say and type them.

Data holds ISO dates; people see Khmer digits and month names, and type whatever their hands know: either
digits, any of / - . between the parts, a day without a year, a year of two digits, month names, "ថ្ងៃនេះ", "ចន្ទក្រោយ",
"៧ថ្ងៃទៀត".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time, timedelta

from cpdesk import i18n
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold

MONTHS = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_ALSO = ("ច័ន្ទ", "អង្គា", "ពុទ្ធ", "ព្រហស្បត្តិ៍", "សុក្រ៍", "សៅ", "អាទិត្យ៍")  # spelt otherwise, in the same order
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


def day_name(day: date, lang: str | None = None) -> str:
    """ថ្ងៃព្រហស្បតិ៍, Thursday: by itself in a sentence."""
    return f"ថ្ងៃ{weekday(day, 'km')}" if _is_khmer(lang) else weekday(day, "en")


def clock(at: time, lang: str | None = None) -> str:
    """The hour on 24: ៨:៣០, 14:05."""
    return _shown(f"{at.hour}:{at.minute:02d}", lang)


def hour_words(at: time, lang: str | None = None) -> str:
    """An hour as one says it: ម៉ោង ២:៣០ រសៀល, 2:30 pm."""
    twelve = at.replace(hour=at.hour % 12 or 12)
    if not _is_khmer(lang):
        return f"{clock(twelve, 'en')} {'am' if at.hour < 12 else 'pm'}"
    part = next(word for first, word in _PARTS_KM if at.hour >= first)
    return f"ម៉ោង {clock(twelve, 'km')} {part}"


_PARTS_KM = ((18, "យប់"), (17, "ល្ងាច"), (13, "រសៀល"), (12, "ថ្ងៃត្រង់"), (4, "ព្រឹក"), (0, "យប់"))  # from that hour on


# -------- reading dates


class Refused(ValueError):
    """What was typed is a date's form, but no such day is meant: the sentence, translated, says what was understood."""


_MONTH_OF = {fold(name): number for names in (MONTHS, MONTHS_EN) for number, name in enumerate(names, 1)}
_MONTH_OF |= {name[:3]: number for name, number in list(_MONTH_OF.items()) if name.isascii()}
_MONTH_OF |= {"sept": 9} | {fold(name): number for name, number in _OTHER_MONTHS.items()}
_DAYS_OFF = {fold(word): days for word, days in _RELATIVE.items()}
_WEEKDAY_OF = {fold(name): n for names in (WEEKDAYS, WEEKDAYS_EN, _WEEKDAYS_ALSO) for n, name in enumerate(names)}
_WEEKDAY_OF |= {name[:3]: number for name, number in list(_WEEKDAY_OF.items()) if name.isascii()}
_SPANS = {"ថ្ងៃ": 1, "day": 1, "days": 1, "អាទិត្យ": 7, "សប្តាហ៍": 7, "week": 7, "weeks": 7}
_SPAN_OF = {fold(word): days for word, days in _SPANS.items()} | {fold("ខែ"): 0, "month": 0, "months": 0}  # 0: a month


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WEEKDAY, _NAMES, _SPAN = _any(_WEEKDAY_OF), _any(_MONTH_OF), _any(_SPAN_OF)
_YEAR = r"(?P<y>\d{4}|\d{2})"
_DAY_FIRST = re.compile(rf"(?P<d>\d{{1,2}}) ?(?P<sep>[-/. ]) ?(?P<m>\d{{1,2}})(?: ?(?P=sep) ?{_YEAR})?")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})")
_IN_WORDS = re.compile(
    rf"(?:(?:ថ្ងៃ ?)?(?:{_WEEKDAY}),? ?)?(?:ថ្ងៃ)? ?(?:ទី)? ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ -]?"
    rf"(?:(?:ខែ)? ?(?P<name>{_NAMES})\.?|ខែ ?(?:ទី)? ?(?P<m>\d{{1,2}})),?[ -]?(?:(?:ឆ្នាំ)? ?{_YEAR})?"
)
_MONTH_FIRST = re.compile(
    rf"(?:(?:{_WEEKDAY}),? )?(?P<name>{_NAMES})\.? ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?"
)
_BY_WEEKDAY = re.compile(
    rf"(?:ថ្ងៃ ?)?(?:(?P<before>next|last|this|on) )?(?P<day>{_WEEKDAY})"
    rf" ?(?P<after>នេះ|ក្រោយ|មុន|(?:អាទិត្យ|សប្តាហ៍) ?(?:នេះ|ក្រោយ|មុន))?"
)
_FROM_NOW = re.compile(
    rf"(?P<sign>[+-]) ?(?P<n>\d{{1,4}})(?: ?(?:{_SPAN}))?"
    rf"|(?:in )?(?P<many>\d{{1,4}}) ?(?P<span>{_SPAN})(?: ?(?P<way>ទៀត|ក្រោយ|មុន|ago))?"
)


def parse(text: str, today: date) -> date:
    """The date that a person typed; ValueError when it is none, `Refused` when the day or year does not exist.

    Read are ២៣/៦/២២, 23-06-2022, 23.6.2022, ២០២២-០៦-២៣, ២៣ មិថុនា, 23 June 2022, June 23, 2022, the official form;
    ថ្ងៃនេះ / today, ស្អែក, ម្សិលមិញ; ថ្ងៃចន្ទ / Monday (the next one, today included), ចន្ទក្រោយ / next Monday (that of next
    week, which begins on Monday), ចន្ទមុន / last Monday; +7, ៧ថ្ងៃទៀត, in 2 weeks, ១ខែទៀត, 3 days ago. The day
    stands before the month unless a year of four digits or the name of a month leads. A missing year is that of
    `today`; a year of two digits lies less than eighty years before `today` or at most twenty after.
    """
    folded = _folded(text)
    if folded in _DAYS_OFF:
        return _within(today, _DAYS_OFF[folded])
    for form in (_DAY_FIRST, _YEAR_FIRST, _IN_WORDS, _MONTH_FIRST):
        found = form.fullmatch(folded)
        if found:
            parts = found.groupdict()
            name = parts.get("name")
            return _date(parts["y"], _MONTH_OF[name] if name else int(parts["m"]), int(parts["d"]), today)
    found = _BY_WEEKDAY.fullmatch(folded)
    if found:
        return _by_weekday(_WEEKDAY_OF[found["day"]], f"{found['before'] or ''}{found['after'] or ''}", today)
    found = _FROM_NOW.fullmatch(folded)
    if found and (found["sign"] or found["way"] or folded.startswith("in ")):
        return _from_now(found, today)
    raise ValueError(f"not a date: {text!r}")


def _date(year: str | None, month: int, day: int, today: date) -> date:
    number = today.year if year is None else int(year)
    if year is not None and len(year) == 2:
        number += (today.year + 20 - number) // 100 * 100
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refused(_no_such_year(number))
    try:
        return date(number, month, day)
    except ValueError:
        raise Refused(_no_such_day(number, month, day)) from None


def _no_such_year(year: int) -> str:
    shown = digits.count(year)
    if FIRST_YEAR + 544 <= year <= LAST_YEAR + 543:
        own = _("{year} is a year of the Buddha; type the year {before} or {after}.")
        return own.format(year=shown, before=digits.count(year - 544), after=digits.count(year - 543))
    return _("The year {year} is too far away.").format(year=shown)


def _no_such_day(year: int, number: int, day: int) -> str:
    if not 1 <= number <= 12:
        return _("There is no month {month}: the day stands first, then the month.").format(month=digits.count(number))
    last = monthrange(year, number)[1]
    return _("There is no day {day}: {month} has {last} days.").format(
        day=digits.count(day), month=month_year(date(year, number, 1)), last=digits.count(last)
    )


def _by_weekday(number: int, which: str, today: date) -> date:
    """A day of the coming seven, or of this week, the one before or the one after."""
    if which in ("", "on"):
        return _within(today, (number - today.weekday()) % 7)
    weeks = 1 if "ក្រោយ" in which or "next" in which else -1 if "មុន" in which or "last" in which else 0
    return _within(today, number - today.weekday() + 7 * weeks)


def _from_now(found: re.Match[str], today: date) -> date:
    number = int(found["n"] or found["many"])
    back = found["sign"] == "-" or found["way"] in ("មុន", "ago")
    step = -number if back else number
    unit = _SPAN_OF[found["span"]] if found["span"] else 1
    if unit:
        return _within(today, step * unit)
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_no_such_year(year))
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _within(today: date, days: int) -> date:
    day = today + timedelta(days=days)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(_no_such_year(day.year))
    return day


# -------- reading hours

_PART_OF_DAY = {
    **dict.fromkeys(("ព្រឹក", "am", "a.m."), "am"),
    **dict.fromkeys(("ថ្ងៃត្រង់", "រសៀល", "ល្ងាច", "pm", "p.m."), "pm"),
    **dict.fromkeys(("យប់",), "night"),
}
_PARTS = {fold(word): part for word, part in _PART_OF_DAY.items()}
_PART = _any(_PARTS)
_TIME = re.compile(
    r"(?:ម៉ោង ?)?(?P<h>\d{1,2})(?: ?(?:[:.h]|និង) ?(?P<m>\d{1,2}) ?(?:នាទី)?|(?P<mm>\d\d)| ?h| ?ម៉ោង)?"
    rf"(?P<half> ?កន្លះ)? ?(?:(?:វេលា)? ?(?P<part>{_PART}))?"
)


def parse_time(text: str) -> time:
    """The hour that a person typed: 8:30, ៨.៣០, 0830, 8h30, 8, ម៉ោង ៨:៣០ ព្រឹក, 2:30 pm, ៨ និង ៣០នាទី, ៨កន្លះ;
    ValueError otherwise.
    """
    found = _TIME.fullmatch(_folded(text))
    if not found or (found["half"] and (found["m"] or found["mm"])):
        raise ValueError(f"not an hour: {text!r}")
    hour, minute = int(found["h"]), 30 if found["half"] else int(found["m"] or found["mm"] or 0)
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
