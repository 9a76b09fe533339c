"""The look in one declaration: colours, sizes, spacing. Nothing else in the window names a colour or a
pixel size of type.

Colours are `#rrggbb`. Every pair in `READABLE` is read as text on a ground and holds WCAG AA (4.5 : 1) in both schemes;
a test computes it. What is not text and yet says something stands in `VISIBLE`. Sizes are device-independent pixels at
text scale 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """One scheme. `*_soft` is the ground on which the tone of the same name is written."""

    ink: str
    muted: str
    line: str
    edge: str  # outline of things one can type or press into
    ground: str
    card: str
    sunken: str  # table heads, inner tiles
    hover: str
    accent: str
    accent_soft: str
    accent_strong: str  # pressed or hovered accent
    on_accent: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str
    faint: str  # disabled words and icons: not meant to be read as content
    chart_good: str
    chart_fair: str
    chart_warning: str
    chart_bad: str
    chart_none: str


LIGHT = Colours(
    ink="#1c2430",
    muted="#5f6b80",
    line="#e3e7ee",
    edge="#8490a2",
    ground="#f6f7f9",
    card="#ffffff",
    sunken="#f9fafb",
    hover="#f1f4f8",
    accent="#175a8c",
    accent_soft="#e8f1f8",
    accent_strong="#114871",
    on_accent="#ffffff",
    good="#1a7045",
    good_soft="#e7f5ee",
    warning="#b54708",
    warning_soft="#fef4e6",
    bad="#b42318",
    bad_soft="#fdecea",
    neutral_soft="#eef1f6",
    faint="#a3adbd",
    chart_good="#2e8f5e",
    chart_fair="#5795c4",
    chart_warning="#c98118",
    chart_bad="#d0574c",
    chart_none="#e0e4ec",
)

DARK = Colours(
    ink="#e6eaf1",
    muted="#9eaabd",
    line="#2c3542",
    edge="#6f7f95",
    ground="#12171e",
    card="#1a212b",
    sunken="#202935",
    hover="#252f3c",
    accent="#79b8e8",
    accent_soft="#1b3549",
    accent_strong="#9fcdf0",
    on_accent="#0d1b27",
    good="#6fce9c",
    good_soft="#173527",
    warning="#f2b05e",
    warning_soft="#3b2a14",
    bad="#f59a90",
    bad_soft="#41201d",
    neutral_soft="#2a3441",
    faint="#5d6878",
    chart_good="#4aa877",
    chart_fair="#5f9cc9",
    chart_warning="#d9973a",
    chart_bad="#d3675d",
    chart_none="#364150",
)

SCHEMES = {"light": LIGHT, "dark": DARK}

# (text, ground) by token name: what AA must hold for.
READABLE = (
    ("ink", "ground"),
    ("ink", "card"),
    ("ink", "sunken"),
    ("ink", "hover"),
    ("ink", "accent_soft"),
    ("muted", "ground"),
    ("muted", "card"),
    ("muted", "sunken"),
    ("muted", "hover"),
    ("muted", "neutral_soft"),
    ("muted", "accent_soft"),
    ("accent", "card"),
    ("accent", "ground"),
    ("accent", "accent_soft"),
    ("accent", "hover"),
    ("accent_strong", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("good", "good_soft"),
    ("good", "card"),
    ("warning", "warning_soft"),
    ("warning", "card"),
    ("bad", "bad_soft"),
    ("bad", "card"),
    ("bad", "ground"),
    ("good", "ground"),
    ("warning", "ground"),
)

# (mark, ground) by token name: outlines, rings, icons and the colours of charts, which need 3 : 1 (WCAG 1.4.11).
VISIBLE = (
    *(("edge", ground) for ground in ("ground", "card", "sunken")),
    *(("accent", ground) for ground in ("ground", "card", "sunken", "hover", "accent_soft", "neutral_soft")),
    *(("ink", ground) for ground in ("ground", "card")),
    ("bad", "card"),
    *((chart, "card") for chart in ("chart_good", "chart_fair", "chart_warning", "chart_bad")),
)
# What carries no meaning of its own: lines that part, the empty part of a bar, what cannot be pressed now.
QUIET = ("line", "chart_none", "faint")

TONES = ("neutral", "accent", "good", "warning", "bad")

# spacing
XS, S, M, L, XL = 4, 8, 12, 16, 24

RADIUS_CARD = 12
RADIUS_CONTROL = 8
RADIUS_CHIP = 6
RADIUS_KEY = 5
RADIUS_COUNT = 10

ICON = 18
TOPBAR_HEIGHT = 55
STATUS_HEIGHT = 32
SIDEBAR_WIDTH = 230
SIDEBAR_NARROW = 214  # below 1200 px of window

# type scale in pixels
TEXT = 15
SMALL = 13
TITLE = 16
LARGE = 19  # what is typed and read while people speak
HEADING = 22
CLOCK = 32
BRAND = 18
LINE = 1.8  # height of a line of Battambang, in sizes of its type

FAMILY = "Battambang"
BRAND_FAMILY = "Moul"
SYMBOLS_FAMILY = "DejaVu Sans"  # arrows, ticks, list marks; no Khmer
