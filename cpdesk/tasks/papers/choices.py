"""What a paper about a plan has to be told beside which plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choices:
    """`period` is a quarter ("2022Q2"), blank for the last one of the plan that is over; `against` the older side of
    a comparison (a plan or a version), blank for what one most likely wants to see; `large` asks for A3. `today` is
    the day that is printed, today where None.
    """

    period: str = ""
    against: str = ""
    large: bool = False
    today: date | None = None

    @property
    def day(self) -> date:
        return self.today or date.today()


NONE = Choices()
