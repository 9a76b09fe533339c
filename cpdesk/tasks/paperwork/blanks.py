"""The blanks of fixed phrases by names that a secretary can read: {គោរមងារ} for {address} while the window is Khmer.

What is stored has the Latin names, which the program fills in; a person sees and types those of their language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cpdesk.i18n import language

_BLANK = re.compile(r"\{([^{}]*)\}")
KHMER = {
    "about": "អំពី",
    "above": "ខាងលើ",
    "added": "បន្ថែម",
    "address": "គោរមងារ",
    "all": "ទាំងអស់",
    "bodies": "ស្ថាប័ន",
    "came": "បានមកដល់",
    "chair": "អធិបតី",
    "changed": "កែប្រែ",
    "children": "កុមារ",
    "code": "លេខកូដ",
    "codes": "កូដ",
    "count": "ចំនួន",
    "date": "កាលបរិច្ឆេទ",
    "day": "ថ្ងៃ",
    "days": "ចំនួនថ្ងៃ",
    "dots": "ចំណុច",
    "due": "កាលកំណត់",
    "everybody": "អ្នកទាំងអស់",
    "female": "ស្រី",
    "first": "ដំបូង",
    "fresh": "ថ្មី",
    "group": "ក្រុម",
    "hash": "កូដសម្គាល់",
    "hidden": "លាក់",
    "hour": "វេលា",
    "label": "ឈ្មោះចំណុច",
    "last": "ចុងក្រោយ",
    "left": "ខាងឆ្វេង",
    "meeting": "កិច្ចប្រជុំ",
    "members": "សមាជិក",
    "name": "ឈ្មោះ",
    "names": "ឈ្មោះទាំងអស់",
    "number": "លេខ",
    "office": "រដ្ឋបាល",
    "organiser": "អ្នករៀបចំ",
    "others": "ផ្សេងទៀត",
    "page": "ទំព័រ",
    "pages": "ចំនួនទំព័រ",
    "percent": "ភាគរយ",
    "period": "រយៈពេល",
    "place": "ទីកន្លែង",
    "plan": "ផែនការ",
    "planned": "គ្រោង",
    "position": "តួនាទី",
    "present": "វត្តមាន",
    "presenter": "អ្នកធ្វើបទបង្ហាញ",
    "purpose": "គោលបំណង",
    "rate": "អត្រាប្តូរប្រាក់",
    "ready": "គ្រប់គ្រាន់",
    "receiver": "អ្នកទទួល",
    "records": "កំណត់ត្រា",
    "removed": "ដកចេញ",
    "rest": "នៅសល់",
    "result": "លទ្ធផល",
    "right": "ខាងស្តាំ",
    "same": "ដដែល",
    "secretary": "លេខាធិការ",
    "shown": "បង្ហាញ",
    "sort": "ប្រភេទ",
    "spent": "ចំណាយ",
    "standing": "ស្ថានភាពរួម",
    "state": "ស្ថានភាព",
    "states": "ស្ថានភាពទាំងអស់",
    "status": "វឌ្ឍនភាព",
    "subject": "កម្មវត្ថុ",
    "suffix": "អក្សរកាត់",
    "text": "ខ្លឹមសារ",
    "time": "ម៉ោង",
    "times": "ចំនួនដង",
    "title": "ចំណងជើង",
    "to": "ពាក្យជូន",
    "told": "មានទិន្នន័យ",
    "total": "សរុប",
    "value": "តម្លៃ",
    "venue": "ទីប្រជុំ",
    "version": "ជំនាន់",
    "wanted": "ត្រូវការ",
    "weekday": "ថ្ងៃនៃសប្តាហ៍",
    "what": "អ្វី",
    "when": "ពេលណា",
    "where": "នៅទីណា",
    "who": "នរណា",
    "why": "មូលហេតុ",
    "women": "ស្ត្រី",
    "year": "ឆ្នាំ",
    "year2": "ឆ្នាំពីរខ្ទង់",
    "years": "ឆ្នាំទាំងអស់",
}
_LATIN = {khmer: name for name, khmer in KHMER.items()}


def shown(text: str) -> str:
    """`text` with its blanks as they are called in the language of the window."""
    return _renamed(text, KHMER) if language() == "km" else text


def stored(text: str) -> str:
    """What was typed with the names that the program fills in; names that nobody knows stay."""
    return _renamed(text, _LATIN)


def named(names: Iterable[str]) -> list[str]:
    """Blanks as one types them, braces and all."""
    return [shown(f"{{{name}}}") for name in names]


def _renamed(text: str, names: dict[str, str]) -> str:
    return _BLANK.sub(lambda found: f"{{{names.get(found[1].strip(), found[1])}}}", text)
