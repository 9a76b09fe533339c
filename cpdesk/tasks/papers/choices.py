"""What a paper about a plan has to be told beside which plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cpdesk.kinds import is_record_id


@dataclass(frozen=True)
class Choices:
    """`period` is a quarter ("2022Q2"), semester ("2022S1") or year ("2022"), blank for the last quarter of the plan
    that is over; of a profile a year.

    `against` and `newer` are the sides of a comparison (plans or versions): both blank for what one most likely wants
    to see, `newer` alone blank for the plan as it is now. `large` asks for A3. `today` is the day that is printed,
    today where None. `public` asks for the copy that may leave the office, with small counts hidden. A list holds the
    records that have the words of `search` and the values of `where` (field, value), the last first if `descending`.
    `phones` says what for phone numbers are printed whole; where nobody said it they are masked or left out.
    """

    period: str = ""
    against: str = ""
    newer: str = ""
    large: bool = False
    public: bool = False
    search: str = ""
    where: tuple[tuple[str, str], ...] = ()
    descending: bool = False
    today: date | None = None
    phones: str = ""

    def of(self, text: str) -> Choices:
        """With what stood behind the id, parted by slashes: A3, a quarter or year, what to compare with, "public"."""
        if "/" in text:
            first, _slash, rest = text.partition("/")
            return self.of(first).of(rest)
        if not text:
            return self
        if text.lower() == "public":
            return replace(self, public=True)
        if text.upper() == "A3":
            return replace(self, large=True)
        if is_record_id(text):
            return replace(self, against=text)
        return replace(self, period=text)

    @property
    def day(self) -> date:
        return self.today or date.today()


NONE = Choices()
