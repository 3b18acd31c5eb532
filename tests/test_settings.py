"""Settings on disk: several visits change them at once, and a mistake in the file costs one setting."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from playbook import userdata
from playbook.userdata import ChangedElsewhereError, UserSettings, change_settings, load_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    return tmp_path


def test_two_visits_that_change_different_settings_keep_both() -> None:
    seen_by_both = UserSettings()
    change_settings(seen_by_both, {"timezone": "Asia/Jakarta"})
    change_settings(seen_by_both, {"playbook_folder": "/srv/ours"})
    kept, problems = load_settings()
    assert (kept.timezone, kept.playbook_folder, problems) == ("Asia/Jakarta", "/srv/ours", [])


def test_a_change_over_one_that_was_not_seen_is_refused() -> None:
    seen = UserSettings()
    change_settings(seen, {"headline": ["err"]})
    with pytest.raises(ChangedElsewhereError) as refused:
        change_settings(seen, {"headline": ["ctr"]})
    assert refused.value.now.headline == ["err"]
    assert load_settings()[0].headline == ["err"]


def test_ten_people_with_ten_edits_each_are_saved_or_told() -> None:
    saved, told = [], []

    def edit(person: int) -> None:
        for number in range(10):
            seen = load_settings()[0]
            try:
                change_settings(seen, {"trusted_shops": [*seen.trusted_shops, f"{person}-{number}"]})
                saved.append(f"{person}-{number}")
            except ChangedElsewhereError:
                told.append(f"{person}-{number}")

    people = [threading.Thread(target=edit, args=(person,)) for person in range(10)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert len(saved) + len(told) == 100
    assert sorted(load_settings()[0].trusted_shops) == sorted(saved)


@pytest.mark.parametrize(("line", "lost"), [
    ("timezone: [1, 2]", "timezone"),
    ("headline: 7", "headline"),
    ("benchmarks: [{metric: err, value: -1, source: x, date: y}]", "benchmarks"),
    ("benchmarks: [{metric: err, value: " + "9" * 5000 + ", source: x, date: y}]", "benchmarks"),
    ("colour: red", "colour"),
])  # fmt: skip
def test_a_mistake_costs_one_setting_and_is_told(home: Path, line: str, lost: str) -> None:
    (home / "settings.yaml").write_text(f"watched: [err]\n{line}\n", encoding="utf-8")
    found, problems = load_settings()
    assert found.watched == ["err"]
    assert len(problems) == 1
    assert lost in str(problems[0])
    assert problems[0].line == 2


def test_a_file_with_mistakes_is_kept_beside_the_next_one(home: Path) -> None:
    (home / "settings.yaml").write_text("watched: [err]\nheadline: 7\n", encoding="utf-8")
    change_settings(load_settings()[0], {"timezone": "Asia/Jakarta"})
    assert "headline: 7" in (home / "settings.yaml.before").read_text(encoding="utf-8")
    assert load_settings() == (UserSettings(watched=["err"], timezone="Asia/Jakarta"), [])


def test_settings_of_earlier_versions_are_no_mistake(home: Path) -> None:
    (home / "settings.yaml").write_text("shop: abc\ntrainee: null\nwatched: [err]\n", encoding="utf-8")
    assert load_settings() == (UserSettings(watched=["err"]), [])


@pytest.mark.parametrize("text", ["", "- 1\n", "a: [", "\ufeffwatched: [err]\n", "{}"])
def test_whatever_stands_in_the_file_the_app_starts(home: Path, text: str) -> None:
    (home / "settings.yaml").write_text(text, encoding="utf-8")
    found, _ = load_settings()
    assert found.headline == list(userdata.HEADLINE)


def test_the_shops_own_folder_stands_before_the_one_for_all(home: Path, tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    change_settings(UserSettings(), {"playbook_folder": str(tmp_path / "ours")})
    assert userdata.own_playbook(None) == tmp_path / "ours"
    assert userdata.own_playbook(str(tmp_path / "theirs")) == tmp_path / "theirs"
    assert userdata.own_playbook(str(tmp_path / "gone")) is None
