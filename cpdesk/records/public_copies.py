"""What the public was told: one record for each public copy of the figures that was given out.

A later copy has to be safe beside all earlier ones, so each keeps which numbers it told and which it hid. A public copy
cannot be called back: what is kept of it counts even while its record lies in the bin.
"""

from __future__ import annotations

from cpdesk.kinds import Count, Date, Field, Flag, Kind, Packed, Ref, Year

PUBLIC_COPY = Kind(
    "public_copy",
    "ច្បាប់ផ្សព្វផ្សាយជាសាធារណៈ",
    "Public copy",
    (
        Field("number", Count(1), "លេខ", "Number", required=True),
        Field("place", Ref(("place",)), "ទីកន្លែង", "Place", required=True),
        Field("communes", Flag(), "តាមឃុំ សង្កាត់ទាំងអស់", "By all communes"),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field("given_out", Date(), "ផ្សព្វផ្សាយនៅថ្ងៃ", "Given out on"),
        Field("hidden", Count(), "ចំនួនទិន្នន័យបានលាក់", "Figures hidden"),
        Field("content", Packed(), "ខ្លឹមសារ", "Content"),
        # The exact numbers behind it go no further than the figures themselves do: to the offices above. What a
        # province has of one district is not for the others, so its copies keep them on its own desk.
        Field("exact", Packed(), "ចំនួនពិត", "Exact numbers"),
        Field("exact_here", Packed(), "ចំនួនពិតក្នុងកុំព្យូទ័រនេះ", "Exact numbers on this desk", private=True),
    ),
    title=("number", "year"),
    order=("given_out", "number"),
)

KINDS = (PUBLIC_COPY,)
