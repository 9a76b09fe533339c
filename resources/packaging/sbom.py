"""The list of what a bundle holds, as CycloneDX 1.6 in JSON: every part, every file with its hash, always the same."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

from cpdesk.files import sha256_of
from resources.packaging.inside import Part, inside_of, licences_of

SPEC = "1.6"
NAME = "cpdesk.cdx.json"
VERSION, SUMS = "VERSION", "SHA256SUMS"
ABOUT = {NAME, VERSION, SUMS}  # files that tell of the others
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/cpdesk")  # serial numbers follow from the content


def make(folder: Path, parts: Sequence[Part], at: str = "") -> dict[str, object]:
    """The list of `folder`. Every file of it belongs to one of the parts; ValueError names those that do not.

    `at`: the time of the sources in ISO 8601, since the time of building would differ each time.
    """
    there = set(inside_of(folder)) - ABOUT
    told = {name for part in parts for name in part.files}
    strays = sorted(name for name in there - told if not name.startswith("licences/"))
    if strays or told - there:
        raise ValueError(f"nobody's: {strays}; not there: {sorted(told - there)}")
    own = next(part for part in parts if part.kind == "application")
    metadata: dict[str, object] = {"component": _component(folder, own)}
    if at:
        metadata["timestamp"] = at
    found: dict[str, object] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": metadata,
        "components": [_component(folder, part) for part in parts if part is not own],
    }
    content = json.dumps(found, sort_keys=True)
    return {**found, "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, content)}"}


def _component(folder: Path, part: Part) -> dict[str, object]:
    reference = part.purl or f"part:{part.folder}"
    found: dict[str, object] = {
        "type": part.kind,
        "bom-ref": reference,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": licences_of(part.licence),
        "components": [*_once(part.within), *(_file(folder, name) for name in part.files)],
        "properties": [{"name": "cpdesk:modules in the archive", "value": str(len(part.modules))}]
        if part.modules
        else [],
    }
    return {key: value for key, value in found.items() if value}


def _once(components: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """By name and version; wheels of several libraries name some of them twice."""
    found = {(one["name"], one.get("version", "")): one for one in components}
    return [found[key] for key in sorted(found, key=str)]


def _file(folder: Path, name: str) -> dict[str, object]:
    digest = sha256_of(folder / name).hex()
    return {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def write(folder: Path, bom: dict[str, object]) -> Path:
    path = folder / NAME
    path.write_text(json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return path


def check(path: Path) -> None:
    """Against the schema of CycloneDX itself. ValueError with what it says; nothing where its library is not there."""
    try:
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
    except ImportError:
        return
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text("utf-8"))
    if wrong is not None:
        raise ValueError(str(wrong)[:2000])
