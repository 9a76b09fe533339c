"""Every word that a user meets is there in Khmer, with the same blanks, and nothing lies about unused."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from cpdesk.kinds import Choice, Field, Kind, Type
from cpdesk.records import KINDS
from tests.house.source import ROOT, report, sources, tree
from ui.qt_texts import WORDS

# `N_` marks a text that is declared in one place and translated where it is shown.
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Names that are written the same in Khmer text.
NAMES = {"cpdesk", "English", "PDF", "Excel", "Word", "CSV", "USB"}
KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff]")
LATIN = re.compile("[A-Za-z]")


@cache
def used() -> dict[str, tuple[str, str]]:
    """Each message of the source: id → (plural id or "", the first place where it stands).

    Qt's own words are declared as a list, since Qt says them and not we.
    """
    found = dict.fromkeys(WORDS, ("", "ui/qt_texts.py"))
    for path in sources("cpdesk", "ui"):
        with path.open("rb") as file:
            for line, text, _comments, _context in extract("python", file, KEYWORDS):
                one, many = text if isinstance(text, tuple) else (text, "")
                place = f"{path.relative_to(ROOT)}:{line}"
                if one not in found or (many and not found[one][0]):
                    found[one] = (many, place)
        for text, line in _inside_texts(tree(path)):  # which the reader above takes for plain text
            found.setdefault(text, ("", f"{path.relative_to(ROOT)}:{line}"))
    return found


def _inside_texts(whole: ast.AST) -> Iterator[tuple[str, int]]:
    """The messages of `f"{_('…')} …"`, each with its line."""
    for text in (node for node in ast.walk(whole) if isinstance(node, ast.JoinedStr)):
        for call in (node for node in ast.walk(text) if isinstance(node, ast.Call)):
            first = call.args[0] if call.args else None
            if isinstance(call.func, ast.Name) and call.func.id == "_" and isinstance(first, ast.Constant):
                yield str(first.value), call.lineno


@cache
def catalogues() -> dict[str, list[Message]]:
    """The messages of each file; a file that says one id twice is refused while reading."""
    found = {}
    for path in sorted((ROOT / "translations" / "km").glob("*.po")):
        with path.open("rb") as file:
            found[path.name] = [message for message in read_po(file, locale="km", abort_invalid=True) if message.id]
    return found


def entries() -> Iterator[tuple[str, str, str, Message]]:
    """(file, id, Khmer, message) of every translation."""
    for name, messages in catalogues().items():
        for message in messages:
            first = message.id[0] if isinstance(message.id, tuple | list) else message.id
            told = message.string or ""
            yield name, str(first), told if isinstance(told, str) else told[0], message


def blanks(text: str) -> set[str]:
    """The names to be filled in: {count}, {name}…"""
    return {name for _before, name, _format, _turn in string.Formatter().parse(text) if name is not None}


def wordless(text: str) -> bool:
    """Nothing to translate: signs and blanks alone, or a name."""
    bare = "".join(before for before, *_rest in string.Formatter().parse(text))
    return text in NAMES or not LATIN.search(bare)


def test_every_message_has_its_khmer() -> None:
    there = {one for _name, one, khmer, _message in entries() if khmer}
    report([f"{place}: no Khmer for “{one}”" for one, (_many, place) in used().items() if one not in there])


def test_no_translation_is_doubtful_or_foreign() -> None:
    said = []
    for name, one, khmer, message in entries():
        if message.fuzzy:
            said.append(f"{name}: “{one}” is marked fuzzy; somebody has to decide")
        if khmer and not KHMER.search(khmer) and not wordless(one):
            said.append(f"{name}: “{one}” → “{khmer}” is not Khmer")
        if khmer != khmer.strip() and one == one.strip():
            said.append(f"{name}: “{khmer}” begins or ends with a space that “{one}” does not have")
    report(said)


def test_the_same_blanks_are_filled_in() -> None:
    said = []
    for name, one, khmer, message in entries():
        many = message.id[1] if isinstance(message.id, tuple | list) else one
        if khmer and blanks(khmer) != blanks(many):
            said.append(f"{name}: “{many}” has {blanks(many) or 'none'}, “{khmer}” has {blanks(khmer) or 'none'}")
    report(said)


def test_plurals_agree_with_the_source() -> None:
    said = []
    for name, one, _khmer, message in entries():
        many = str(message.id[1]) if isinstance(message.id, tuple | list) else ""
        if one in used() and used()[one][0] != many:
            said.append(f"{name}: the plural of “{one}” is “{used()[one][0]}” in {used()[one][1]}, “{many}” here")
    report(said)


def test_no_translation_lies_about_unused() -> None:
    report([f"{name}: nothing says “{one}” any more" for name, one, _khmer, _message in entries() if one not in used()])


def test_one_message_has_one_translation() -> None:
    told = defaultdict(set)
    for name, one, khmer, _message in entries():
        told[one].add((khmer, name))
    report(
        [
            f"“{one}” is said in two ways: {sorted(ways)}"
            for one, ways in told.items()
            if len({khmer for khmer, _name in ways}) > 1
        ]
    )


def labels(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """(where, Khmer, English) of all that a declaration shows."""
    yield kind.name, kind.km, kind.en
    for field in kind.fields:
        where = f"{kind.name}.{field.name}"
        yield where, field.km, field.en
        if field.help_km or field.help_en:
            yield f"help of {where}", field.help_km, field.help_en
        yield from options(where, field.type)


def options(where: str, sort: Type) -> Iterator[tuple[str, str, str]]:
    if isinstance(sort, Choice):
        for option in sort.options:
            yield f"{where} = {option.key}", option.km, option.en


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_declared_speaks_both_languages(kind: Kind) -> None:
    said = []
    for where, km, en in labels(kind):
        if not KHMER.search(km) and km not in NAMES:
            said.append(f"{where}: “{km}” is not Khmer")
        if not LATIN.search(en):
            said.append(f"{where}: “{en}” is not English")
    report(said)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_two_fields_of_a_kind_look_alike(kind: Kind) -> None:
    seen: dict[str, Field] = {}
    said = []
    for field in kind.fields:
        for label in (field.km, field.en):
            if label in seen and seen[label] is not field:
                said.append(f"{kind.name}: {seen[label].name} and {field.name} are both called “{label}”")
            seen[label] = field
    report(said)


def test_the_catalogues_are_plain_gettext() -> None:
    """What a translator's editor needs to open them: the language and the character set in the head."""
    for path in sorted(Path(ROOT / "translations" / "km").glob("*.po")):
        head = path.read_text("utf-8")[:1500]
        assert "charset=UTF-8" in head, f"{path.name}: the head has to say charset=UTF-8"
        assert "Language: km" in head, f"{path.name}: the head has to say Language: km"
