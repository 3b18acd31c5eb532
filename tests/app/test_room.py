"""What one visit may hold is bounded, said when it is not enough, and given back."""

from __future__ import annotations

import gc
import weakref

import pytest

from playbook.imports import apart
from playbook.imports.apart import limits
from playbook.ui.frame import pace, state
from tests.app.conftest import fresh, keyed, texts
from tests.imports.test_apart import tight

FILES = [(f"{at}.csv", f"start,views\n2026-03-0{at} 19:00,{at}00\n".encode()) for at in range(1, 5)]


def test_files_beyond_the_room_of_a_visit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MOST_BYTES", 2 * len(FILES[0][1]))
    at = fresh().run()
    for name, content in FILES:
        at.file_uploader(key="upload").upload(name, content)
    at.file_uploader(key="upload").run()
    assert not at.exception
    assert "3.csv, 4.csv: not taken." in texts(at).replace("\\", "")
    assert "Files: 1.csv, 2.csv" in [each.label.replace("\\", "") for each in at.expander]
    keyed(at.button, "start_over").click().run()
    assert not at.exception


def test_what_was_read_is_given_back_when_the_files_are_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[weakref.ref[object]] = []
    read = apart.read_files

    def noted(*args: object, **more: object) -> object:
        found = read(*args, **more)  # type: ignore[arg-type]
        kept.append(weakref.ref(found))
        return found

    monkeypatch.setattr("playbook.imports.apart.read_files", noted)
    at = fresh().run().button(key="sample_fewer_came_in").click().run()
    assert [each() for each in kept if each() is not None]
    keyed(at.button, "start_over").click().run()
    at.run()
    gc.collect()
    assert not [each() for each in kept if each() is not None]


@pytest.mark.long  # in CI the same limit is tried in tests/imports/test_apart.py
@pytest.mark.skipif(not limits.DEPENDABLE, reason="limits of memory are only held on Linux")
def test_a_file_that_ends_its_reader_is_one_sentence_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    few = tight()
    monkeypatch.setattr("playbook.imports.apart.reading.Limits", lambda: few)
    big = b"start,views\n" + b"2026-03-01 19:00,5,,,,,,,,,,,,,,,,\n" * 99_000
    at = fresh().run()
    at.file_uploader(key="upload").upload(*FILES[0]).upload("big.csv", big).run(timeout=90)
    assert not at.exception
    said = texts(at).replace("\\", "")
    beyond = ("could not be read within limits of", "has more LIVEs or rows than can be kept at once")
    assert any(f"big.csv: {words}" in said for words in beyond), "which of the limits comes first is the machine's"
    assert "Your first LIVE here" in texts(at), "the other file is reviewed"


def test_a_visit_that_has_files_read_without_end_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(pace, "_clock", lambda: now[0])
    monkeypatch.setattr(pace, "READINGS", 3)
    read: list[int] = []
    real = apart.read_files
    monkeypatch.setattr("playbook.imports.apart.read_files", lambda *a, **k: (read.append(1), real(*a, **k))[1])
    at = fresh().run()
    for name, content in FILES:
        at.file_uploader(key="upload").upload(name, content).run()
    assert not at.exception and len(read) == 3
    assert "Files were read 3 times within a minute in this visit, so these wait." in texts(at)
    other = fresh().run().button(key="sample_first_live").click().run()
    assert len(read) == 4 and "so these wait" not in texts(other), "another visit is not held up"
    now[0] += 61
    at = at.run()
    assert not at.exception and len(read) == 5 and "so these wait" not in texts(at)
