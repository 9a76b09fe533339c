"""Who appears in the vectors: a province, its districts, one that was withdrawn, one that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.packages.forge import Office, Package, Stream

PROVINCE, DISTRICT, COMMUNE = Office("08", "ខេត្ត"), Office("0801", "ស្រុក ក"), Office("080101", "ឃុំ")
NEIGHBOUR, GONE, STRANGER = Office("0802", "ស្រុក ខ"), Office("0803", "ស្រុកដែលដក"), Office("0801", "អ្នកចម្លែក")
SECOND = Office("0801", "ស្រុក ក", "0000000b")  # the district's other computer
SUBJECT, OTHER = "កិច្ចប្រជុំពិគ្រោះយោបល់", "កិច្ចប្រជុំសាមញ្ញ"


@dataclass(frozen=True)
class Vector:
    """`outcome` "taken", or the name of a refusal in section 5; `desk` reads it after the files `after`."""

    name: str
    about: str
    data: bytes
    outcome: str = "taken"
    desk: str = "province"
    after: tuple[str, ...] = ()


def mine(scope: str = "0801", number: int = 0) -> Stream:
    return Stream(DISTRICT, scope, number)


def up(*streams: Stream, **more: object) -> Package:
    return Package.of(DISTRICT, PROVINCE, *streams, **more)


def plain() -> Stream:
    """Two meetings, one of them edited."""
    stream = mine()
    first = stream.write(1, {"subject": SUBJECT, "date": "2022-06-23", "sort": "consultation"})
    stream.write(2, {"subject": OTHER, "venue": None})
    stream.write(1, {"venue": "សាលាស្រុក", "date": "2022-06-24"}, first)
    return stream
