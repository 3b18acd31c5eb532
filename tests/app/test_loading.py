"""What is kept of held files and of a shop is named by all it was made of: no setting is shown what another made."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from playbook.diagnosis.findings import Benchmark
from playbook.model.session import Session
from playbook.ui.files import loading
from playbook.ui.frame import saved

FILES = (SimpleNamespace(digest="one"),)


def reading_named(monkeypatch: pytest.MonkeyPatch, **other: Any) -> str:
    made_of = {"files": FILES, "layouts": "a", "knowledge": "k", "owner": None, "answers": {}, "zone": None}
    made_of = {**made_of, "sheets": {}, **other}
    monkeypatch.setattr(loading.state, "files", lambda: made_of["files"])
    monkeypatch.setattr(loading.layouts, "current", lambda: SimpleNamespace(digest=made_of["layouts"]))
    monkeypatch.setattr(loading, "knowledge", lambda: SimpleNamespace(digest=made_of["knowledge"]))
    monkeypatch.setattr(loading.state, "owner", lambda: made_of["owner"])
    monkeypatch.setattr(loading.state, "answers", lambda: made_of["answers"])
    monkeypatch.setattr(loading, "_timezone", lambda: made_of["zone"])
    monkeypatch.setattr(loading.layouts, "sheets", lambda: made_of["sheets"])
    return loading.token()


@pytest.mark.parametrize(
    "other",
    [
        {"files": (SimpleNamespace(digest="two"),)},
        {"layouts": "b"},
        {"knowledge": "l"},
        {"owner": "live 7"},
        {"answers": {"day_first": True}},
        {"zone": "Asia/Bangkok"},
        {"sheets": {"layout": {"0": "views"}}},
    ],
)
def test_a_reading_is_named_by_all_it_was_made_of(other: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = reading_named(monkeypatch)
    assert reading_named(monkeypatch) == plain != reading_named(monkeypatch, **other)


def saved_named(monkeypatch: pytest.MonkeyPatch, **other: Any) -> str:
    made_of = {
        "stamp": "s",
        "engine": FILES,
        "plans": (),
        "levels": {},
        "key": "k",
        "typed": (),
        "left_out": (),
        **other,
    }
    store = SimpleNamespace(
        stamp=lambda _shop: made_of["stamp"], engine=made_of["engine"], plans=lambda _shop: made_of["plans"],
        accepted_levels=lambda _shop: made_of["levels"],
    )  # fmt: skip
    monkeypatch.setattr(saved, "_saved", lambda name, *_rest: name)
    named = saved.saved(store, "shop", SimpleNamespace(key=made_of["key"]), made_of["typed"], made_of["left_out"])  # type: ignore[arg-type]
    return str(named)


@pytest.mark.parametrize(
    "other",
    [
        {"stamp": "t"},
        {"engine": ()},
        {"plans": ("a plan, and so what a try of it says",)},
        {"levels": {"err": datetime(2026, 8, 1)}},
        {"key": "l"},
        {"typed": (Benchmark("err", 0.1, "a report", "2026-08-01"),)},
        {"left_out": ("err",)},
    ],
)
def test_what_is_kept_of_a_shop_is_named_by_all_it_was_made_of(
    other: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = saved_named(monkeypatch)
    assert saved_named(monkeypatch) == plain != saved_named(monkeypatch, **other)


def review_named(monkeypatch: pytest.MonkeyPatch, **other: Any) -> str:
    made_of = {"token": "t", "key": "k", "session": Session("7", {}, start=datetime(2026, 8, 1, 19)), "typed": [],
               "left_out": (), **other}  # fmt: skip
    names: list[str] = []
    monkeypatch.setattr(loading, "_review", lambda name, *_rest: names.append(name))
    monkeypatch.setattr(loading, "token", lambda: made_of["token"])
    monkeypatch.setattr(loading, "knowledge", lambda: SimpleNamespace(key=made_of["key"]))
    monkeypatch.setattr(loading.shop, "benchmarks", lambda: made_of["typed"])
    monkeypatch.setattr(loading, "left_out", lambda: made_of["left_out"])
    loading._review_of_files(made_of["session"], loading.Lives((), None))
    return names[0]


@pytest.mark.parametrize(
    "other",
    [
        {"token": "u"},
        {"key": "l"},
        {"session": Session("8", {}, start=datetime(2026, 8, 1, 19))},
        {"session": Session("7", {}, start=datetime(2026, 8, 1, 20))},
        {"typed": [Benchmark("err", 0.1, "a report", "2026-08-01")]},
        {"left_out": ("err",)},
    ],
)
def test_a_review_of_files_is_named_by_all_it_was_made_of(
    other: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = review_named(monkeypatch)
    assert review_named(monkeypatch) == plain != review_named(monkeypatch, **other)
