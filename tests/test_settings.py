"""Settings survive everything but their owner's wish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import settings
from cpdesk.settings import Settings


def test_first_day() -> None:
    assert settings.load() == Settings(language="km", desk="", recent=(), font_scale=100, theme="system")
    assert settings.load().last_desk is None


def test_kept_and_read_back(tmp_path: Path) -> None:
    settings.change(language="en", font_scale=125, theme="dark")
    assert settings.load() == Settings(language="en", font_scale=125, theme="dark")


def test_recent_desks_newest_first(tmp_path: Path) -> None:
    desks = [tmp_path / f"{n}.cpdesk" for n in range(10)]
    for desk in desks:
        desk.touch()
        settings.used(desk)
    settings.used(desks[5])
    kept = settings.load()
    assert kept.last_desk == desks[5].resolve()
    assert [Path(one).stem for one in kept.recent] == ["5", "9", "8", "7", "6", "4", "3", "2"]
    after = settings.forget(desks[5])
    assert after.last_desk is None and str(desks[5]) not in after.recent
    assert desks[5].exists()


def test_a_desk_that_is_gone_is_not_the_last(tmp_path: Path) -> None:
    settings.used(tmp_path / "gone.cpdesk")
    assert settings.load().last_desk is None


@pytest.mark.parametrize("damage", ["", "{", "[]", "\x00" * 100, "[" * 100_000, '"x"'])
def test_a_damaged_file_is_put_aside(damage: str) -> None:
    settings.change(theme="dark")
    settings.path().write_text(damage, "utf-8")
    assert settings.load() == Settings()
    assert settings.path().with_name("settings.damaged.json").read_text("utf-8") == damage
    settings.change(theme="light")
    assert settings.load().theme == "light"


def test_bytes_that_are_no_text_are_put_aside() -> None:
    settings.path().write_bytes(b"\xff\xfe\xff")
    assert settings.load() == Settings()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["language", "desk", "recent", "font_scale", "theme", "colour"]), json_values))
def test_senseless_values_fall_back_one_by_one(kept: dict[str, object]) -> None:
    settings.path().write_text(json.dumps(kept), "utf-8")
    assert settings.save(settings.load())
    again = json.loads(settings.path().read_text("utf-8"))
    assert again["language"] in ("km", "en") and again["theme"] in settings.THEMES
    assert again.get("colour") == kept.get("colour"), "what a newer version keeps stays"


def test_senseless_settings_are_a_fault() -> None:
    with pytest.raises(ValueError, match="theme"):
        settings.save(Settings(theme="pink"))


def test_a_place_that_takes_nothing_is_no_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings, "path", lambda: tmp_path / "file" / "settings.json")
    assert not settings.save(Settings(theme="dark"))
    assert settings.load() == Settings()
