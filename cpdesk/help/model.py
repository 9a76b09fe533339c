"""The shape of a topic. All words are in the language that is spoken when the topic is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from cpdesk.khmer.spelling import fold


@dataclass(frozen=True)
class Picture:
    """A picture of the window: `name` of its file without language and ending, and what it shows in words."""

    name: str
    words: str


@dataclass(frozen=True)
class Topic:
    """A how-to. `steps` are done one after the other; `good` is what one should know besides; `rows` are a small table
    of what stands for what."""

    key: str
    title: str
    what: str
    steps: tuple[str, ...]
    good: str = ""
    pictures: tuple[Picture, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    def holds(self, wanted: str) -> bool:
        """Whether all words of `wanted` (parted by spaces) stand in it, inside longer words too."""
        text = fold(" ".join((self.title, self.what, *self.steps, self.good, *(" ".join(row) for row in self.rows))))
        return all(fold(word) in text for word in wanted.split())


@dataclass(frozen=True)
class Chapter:
    """Topics that belong together."""

    title: str
    topics: tuple[Topic, ...]
