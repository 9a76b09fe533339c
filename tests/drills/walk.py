"""Walking through a topic of the manual: steps with what was done in each and how long the machine took for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cpdesk.help import Topic, topics
from cpdesk.i18n import using
from tests.ui.hands import counting


class OffTheManual(AssertionError):
    """What was done is not what the manual says."""


@dataclass
class Step:
    """`said`: the manual's words; `did`: the commands and keys; `keys`, `seconds`: of the machine."""

    number: int
    said: str
    did: list[str]
    keys: int = 0
    seconds: float = 0.0


@dataclass
class Walk:
    """Through one topic, in English."""

    topic: Topic
    steps: list[Step] = field(default_factory=list)
    partly: bool = False

    @contextmanager
    def step(self, number: int, *did: str) -> Iterator[Step]:
        """The manual's step of that number; steps are taken in their order."""
        if not 1 <= number <= len(self.topic.steps):
            raise OffTheManual(f"“{self.topic.title}” has no step {number}")
        if self.steps and number < self.steps[-1].number:
            raise OffTheManual(f"“{self.topic.title}”: step {number} comes before step {self.steps[-1].number}")
        step = Step(number, self.topic.steps[number - 1], list(did))
        self.steps.append(step)
        began = time.perf_counter()
        with counting() as tally:
            yield step
        step.seconds, step.keys = time.perf_counter() - began, tally.keys

    def finish(self) -> None:
        """All of the topic was done, unless only a part of it was wanted."""
        if self.partly:
            return
        left = set(range(1, len(self.topic.steps) + 1)) - {step.number for step in self.steps}
        if left:
            raise OffTheManual(f"“{self.topic.title}”: nobody took step {', '.join(map(str, sorted(left)))}")

    @property
    def commands(self) -> int:
        return sum(line.startswith("$") for step in self.steps for line in step.did)


def walk(key: str, *, partly: bool = False) -> Walk:
    with using("en"):
        return Walk(next(one for one in topics() if one.key == key), partly=partly)


@dataclass(frozen=True)
class Computer:
    """A computer with a home of its own, on which somebody types commands. `run` is what runs one."""

    name: str
    folder: Path
    run: Callable[..., tuple[int, str]]

    @classmethod
    def make(cls, name: str, folder: Path, run: Callable[..., tuple[int, str]]) -> Computer:
        place = folder / name
        (place / "home").mkdir(parents=True, exist_ok=True)
        return cls(name, place, run)

    def path(self, name: str) -> Path:
        return self.folder / name

    @contextmanager
    def on(self, password: str = "", new: str = "", code: str = "") -> Iterator[None]:
        """What is done inside is done on this computer; its officer types these when asked."""
        said = {"CPDESK_PASSWORD": password, "CPDESK_NEW_PASSWORD": new, "CPDESK_CODE": code}
        wanted = {"CPDESK_HOME": str(self.folder / "home"), **{name: word for name, word in said.items() if word}}
        kept = {name: os.environ.pop(name, None) for name in ("CPDESK_HOME", *said)}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, before in kept.items():
                os.environ.pop(name, None)
                if before is not None:
                    os.environ[name] = before

    def type(
        self, step: Step | None, *words: object, status: int = 0, password: str = "", new: str = "", code: str = ""
    ) -> str:
        """Type a command and give what it prints; it is noted in the step."""
        with self.on(password, new, code):
            ended, said = self.run(*map(str, words))
        if step is not None:
            step.did.append("$ " + " ".join(["cpdesk", *(self._short(word) for word in words)]))
        if ended != status:
            raise OffTheManual(f"on {self.name}: cpdesk {' '.join(map(str, words))} ended with {ended}: {said}")
        return said

    def _short(self, word: object) -> str:
        return word.name if isinstance(word, Path) else str(word)


def fingerprint(said: Sequence[str] | str) -> str:
    """The number of a card in what a command printed."""
    import re

    found = re.search(r"(\d{5}( \d{5}){7})", said if isinstance(said, str) else "\n".join(said))
    assert found is not None, said
    return found[1]
