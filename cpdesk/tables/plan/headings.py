"""What the heading of a column means, in the words that officials use, Khmer and English, in any spelling.

A heading is a path from the group to the column ("ថវិកា ឆ្នាំ២០២៣" over "ថវិការដ្ឋ"). The keys are those of the plan's
matrix; `quarters.2023.1` is the mark of one quarter, `budget.2023.unsaid` an amount whose source nobody said, and
`budget.2023` one that may be the sum of others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cpdesk import records
from cpdesk.khmer.digits import to_ascii
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Choice

SOURCES = ("state", "sub_national", "ngo", "un", "donor")
UNSAID = "unsaid"
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "record id", "លេខសម្គាល់", "លេខសម្គាល់កំណត់ត្រា"),
    "code": ("កូដ", "លេខកូដ", "ល.រ", "លរ", "លេខរៀង", "លេខ", "code", "no", "nr", "n°", "#"),
    "text": (
        "សកម្មភាព", "សកម្មភាពសំខាន់ៗ", "សកម្មភាពលម្អិត", "សកម្មភាពអនុវត្ត", "សកម្មភាពការងារ", "ខ្លឹមសារសកម្មភាព", "ខ្លឹមសារ",
        "បរិយាយសកម្មភាព", "ការងារ", "ការងារត្រូវអនុវត្ត", "activity", "activities", "main activities", "key activities",
        "description of activity", "text",
    ),
    "objective": ("គោលបំណង", "វត្ថុបំណង", "គោលបំណងយុទ្ធសាស្ត្រ", "គោលបំណងជាក់លាក់", "យុទ្ធសាស្ត្រ", "objective", "goal",
                  "strategic objective", "specific objective"),
    "output": ("លទ្ធផល", "លទ្ធផលរំពឹងទុក", "ទិន្នផល", "លទ្ធផលចុងក្រោយ", "output", "expected output", "expected result",
               "result", "outcome"),
    "indicator.text": ("សូចនាករ", "សូចនាករវាស់វែង", "សូចនាករលទ្ធផល", "សូចនាករសមិទ្ធកម្ម", "indicator", "indicators"),
    "indicator.unit": ("ឯកតា", "ខ្នាត", "ឯកតារង្វាស់", "unit"),
    "indicator.baseline": ("មូលដ្ឋាន", "ទិន្នន័យមូលដ្ឋាន", "តម្លៃមូលដ្ឋាន", "ទិន្នន័យគោល", "baseline", "base line"),
    "indicator.baseline_year": ("ឆ្នាំមូលដ្ឋាន", "ឆ្នាំទិន្នន័យមូលដ្ឋាន", "baseline year"),
    "indicator.source": ("ប្រភពផ្ទៀងផ្ទាត់", "មធ្យោបាយផ្ទៀងផ្ទាត់", "ប្រភពទិន្នន័យ", "source of verification",
                         "means of verification", "verification", "source of data", "source of the indicator"),
    "target": ("ចំណុចដៅ", "គោលដៅ", "តម្លៃគោលដៅ", "ចំណុចដៅប្រចាំឆ្នាំ", "target", "targets", "annual target"),
    "responsible": (
        "អ្នកទទួលខុសត្រូវ", "ស្ថាប័នទទួលខុសត្រូវ", "អង្គភាពទទួលខុសត្រូវ", "ទទួលខុសត្រូវ", "ស្ថាប័នអនុវត្ត", "អ្នកអនុវត្ត", "អង្គភាពអនុវត្ត",
        "ការទទួលខុសត្រូវ", "responsible", "responsible body", "responsibility", "lead", "lead agency",
        "implementing agency",
    ),
    "partners": (
        "ដៃគូ", "ដៃគូអនុវត្ត", "ដៃគូពាក់ព័ន្ធ", "ស្ថាប័នពាក់ព័ន្ធ", "អង្គភាពពាក់ព័ន្ធ", "អង្គភាពសហការ", "ស្ថាប័នសហការ", "សហការ", "ដៃគូគាំទ្រ",
        "partner", "partners", "supporting agency",
    ),
    "places": (
        "ទីកន្លែង", "ទីកន្លែងអនុវត្ត", "ទីតាំង", "ទីតាំងអនុវត្ត", "ទីតាំងគោលដៅ", "តំបន់គោលដៅ", "ឃុំសង្កាត់", "ឃុំគោលដៅ", "place", "places",
        "location", "target area",
    ),
    "group": ("ក្រុមកុមារគោលដៅ", "ក្រុមគោលដៅ", "អ្នកទទួលផល", "អ្នកទទួលផលប្រយោជន៍", "កុមារគោលដៅ", "group", "target group",
              "beneficiaries", "children it serves"),
    "quarters": (
        "ត្រីមាស", "ត្រីមាសអនុវត្ត", "កាលវិភាគ", "កាលវិភាគអនុវត្ត", "រយៈពេល", "រយៈពេលអនុវត្ត", "ពេលវេលា", "ពេលវេលាអនុវត្ត", "quarter",
        "quarters", "timeframe", "time frame", "schedule", "timeline",
    ),
    "priority": ("អាទិភាព", "ឆ្លើយតបអាទិភាព", "priority"),
    "carried_from": ("បន្តពីសកម្មភាព", "carried from"),
    "investment": ("ការវិនិយោគ", "វិនិយោគ", "ស្ថានភាពគាំទ្រ", "ស្ថានភាពវិនិយោគ", "ការសន្យាគាំទ្រ", "investment", "investment status",
                   "funding status"),
    "investment_programme": ("កម្មវិធីវិនិយោគ", "កម្មវិធីវិនិយោគខេត្ត", "investment programme", "investment program"),
    "investment_line": ("ជំពូកវិនិយោគ", "ខ្ទង់វិនិយោគ", "ល.រគម្រោងវិនិយោគ", "គម្រោងវិនិយោគ", "investment line", "investment project"),
    "budget": ("ថវិកា", "ថវិកាប៉ាន់ស្មាន", "ថវិកាប៉ាន់ប្រមាណ", "ថ្លៃដើម", "ថ្លៃប៉ាន់ស្មាន", "ទឹកប្រាក់", "ចំណាយប៉ាន់ស្មាន", "ចំណាយ", "budget",
               "cost", "amount", "estimated budget", "estimated cost"),
    "budget.source": ("ប្រភពថវិកា", "ប្រភពមូលនិធិ", "ប្រភព", "source of funds", "funding source", "source of budget",
                      "source"),
    "total": ("សរុប", "ថវិកាសរុប", "សរុបថវិកា", "total", "total budget"),
}  # fmt: skip
SOURCE_WORDS: dict[str, tuple[str, ...]] = {
    "state": ("ថវិការដ្ឋ", "ថវិកាជាតិ", "រដ្ឋ", "រដ្ឋាភិបាល", "state", "government", "national", "state budget"),
    "sub_national": (
        "ថវិកាថ្នាក់ក្រោមជាតិ", "ថ្នាក់ក្រោមជាតិ", "ថវិកាខេត្ត", "ថវិកាស្រុក", "ថវិកាក្រុង", "ថវិកាឃុំ", "ថវិកាឃុំសង្កាត់",
        "ថវិការដ្ឋបាលថ្នាក់ក្រោមជាតិ",
        "sub-national", "subnational", "sna", "district budget", "commune budget", "provincial budget",
    ),
    "ngo": ("អង្គការមិនមែនរដ្ឋាភិបាល", "អង្គការក្រៅរដ្ឋាភិបាល", "អង្គការ", "ngo", "ngos"),
    "un": ("អង្គការសហប្រជាជាតិ", "សហប្រជាជាតិ", "យូនីសេហ្វ", "un", "unicef"),
    "donor": ("ម្ចាស់ជំនួយ", "ដៃគូអភិវឌ្ឍន៍", "ដៃគូ", "donor", "donors", "development partner", "development partners"),
}  # fmt: skip
PASSED = frozenset({"total"})
_SCALES = {"ពាន់លាន": 10**9, "លាន": 10**6, "សែន": 10**5, "ម៉ឺន": 10**4, "ពាន់": 10**3, "million": 10**6, "thousand": 10**3}
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_NTH_YEAR = re.compile(r"ឆ្នាំ ?ទី ?(\d)(?!\d)|\byear (\d)(?!\d)")
_NTH = r"(?:ទី)?\s*([1-4]|iv|iii|ii|i)"
_QUARTER = re.compile(rf"(?:ត្រី(?:មាស)?|quarter|\bq|\bt)\s*{_NTH}(?!\d)|^{_NTH}$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LONGEST = 120  # letters; what is longer is no heading


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column's key, and for amounts what its heading adds: thousands of what, in which currency."""

    key: str
    scale: int = 1
    currency: str | None = None


def squeezed(text: str) -> str:
    """Letters, marks and digits alone, folded."""
    return re.sub("[^\\w\u17b6-\u17d3\u17dd]+", "", fold(text))


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    """Squeezed word → category, sources as "source:state"."""
    found: dict[str, str] = {}
    for category, words in WORDS.items():
        found |= dict.fromkeys(map(squeezed, words), category)
    for source, words in SOURCE_WORDS.items():
        for word in words:
            found.setdefault(squeezed(word), f"source:{source}")
    activity, line = records.kind("activity"), records.kind("budget_line")
    for name in ("responsible", "partners", "places", "group", "priority", "investment", "investment_programme"):
        for label in (activity.field(name).km, activity.field(name).en):
            found.setdefault(squeezed(label), name)
    type_ = line.field("source").type
    assert isinstance(type_, Choice)
    for option in type_.options:
        for label in (option.km, option.en):
            found.setdefault(squeezed(label), f"source:{option.key}")
    found.pop("", None)
    return found


@lru_cache(maxsize=4096)
def category(text: str) -> str | None:
    """What one cell of a head says: a key of `WORDS`, "source:…", or None. A longer heading is known by the longest
    word it begins with, then by the longest inside it.
    """
    if len(text) > _LONGEST:
        return None
    bare = re.sub(r"\([^)]*\)", " ", fold(text))
    bare = _YEAR.sub(" ", bare)
    word = squeezed(re.sub(r"ឆ្នាំ\s*(?:ទី\s*\d)?\s*$", " ", bare)) or squeezed(bare)
    index = _index()
    if word in index:
        return index[word]
    whole = squeezed(fold(text))
    if whole in index:
        return index[whole]
    inside = [known for known in index if len(known) >= 4 and known in word]
    if not inside:
        return None
    return index[max(inside, key=lambda known: (word.startswith(known), len(known)))]


def year_of(text: str, years: Sequence[int]) -> int | None:
    """The one year that a heading names; "ឆ្នាំទី២" is the plan's second."""
    plain = to_ascii(text)
    named = {int(one) for one in _YEAR.findall(plain)}
    if len(named) == 1:
        return named.pop()
    nth = _NTH_YEAR.search(fold(text))
    if not named and nth and 0 < int(nth[1] or nth[2]) <= len(years):
        return years[int(nth[1] or nth[2]) - 1]
    return None


def quarter_of(text: str) -> int | None:
    """1–4 for ត្រីមាសទី១, Q1, I; None otherwise."""
    found = _QUARTER.search(_YEAR.sub(" ", fold(text)).strip())
    mark = (found[1] or found[2]) if found else ""
    return _ROMAN.get(mark) or (int(mark) if mark.isdigit() else None)


def says_something(text: str, years: Sequence[int]) -> bool:
    """Whether a cell may stand in a head: a known word, a year, a quarter."""
    return category(text) is not None or year_of(text, years) is not None or quarter_of(text) is not None


def meaning(path: Sequence[str], years: Sequence[int]) -> Meaning | None:
    """What a column under these headings (group first) holds. None where nobody can tell."""
    sorts = [one for one in map(category, path) if one]
    year = next((y for text in reversed(path) if (y := year_of(text, years)) is not None), None)
    if year is None and len(years) == 1:
        year = years[0]
    quarter = quarter_of(path[-1]) if path else None
    money = "budget" in sorts or (any(sort.startswith("source:") for sort in sorts) and year is not None)
    if quarter and "target" not in sorts and not money:
        return Meaning(f"quarters.{year}.{quarter}") if year else None
    last = sorts[-1] if sorts else None
    if last is None:
        return None
    if last == "budget.source" and len(path) > 1:
        if sorts[0].startswith("indicator."):
            return Meaning("indicator.source")
        if sorts[0] == "budget" and year:
            return Meaning(f"budget.{year}.{UNSAID}", *money_of(path))
    if money and (last in ("budget", "total") or last.startswith("source:")):
        return _money(path, sorts, year)
    if last == "target":
        return Meaning(f"target.{year}") if year else None
    if last == "quarters":
        return Meaning(f"quarters.{year}") if year else Meaning("quarters")
    if last.startswith("source:"):  # "ដៃគូ" over no year is who works along, not who pays
        return Meaning("partners") if last == "source:donor" and "ដៃគូ" in path[-1] else None
    return None if last in PASSED else Meaning(last)


def money_of(path: Sequence[str]) -> tuple[int, str | None]:
    """What a heading adds to its amounts: "(លានរៀល)" is a million, in riel."""
    whole = fold(" ".join(path))
    scale = next((n for word, n in _SCALES.items() if fold(word) in whole), 1)
    dollars = re.search(r"\$|usd|ដុល្លារ", whole)
    return scale, "USD" if dollars else "KHR" if re.search("៛|khr|រៀល|riel", whole) else None


def _money(path: Sequence[str], sorts: Sequence[str], year: int | None) -> Meaning | None:
    scale, currency = money_of(path)
    source = next((sort.partition(":")[2] for sort in reversed(sorts) if sort.startswith("source:")), None)
    if year is None:
        return Meaning("budget.total", scale, currency)
    return Meaning(f"budget.{year}.{source}" if source else f"budget.{year}", scale, currency)
