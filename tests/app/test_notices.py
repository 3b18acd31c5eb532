"""What is to be said after an action is said, also where the next click came before its words were written."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from playbook.store.errors import StaleError
from playbook.ui.frame import notices


class Cut(dict[str, Any]):
    """A session whose callback ends at its next look, as Streamlit does it when the next click is already there."""

    pending = False

    def to_dict(self) -> dict[str, Any]:
        return dict(self)

    def __setitem__(self, key: str, value: object) -> None:
        self._yields()
        super().__setitem__(key, value)

    def __getitem__(self, key: str) -> Any:
        self._yields()
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._yields()
        return super().get(key, default)

    def _yields(self) -> None:
        if self.pending:
            raise RerunException(RerunData())


def test_a_refusal_with_what_was_typed_is_told_when_the_next_click_is_already_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = Cut()
    monkeypatch.setattr("streamlit.session_state", session)
    notices.board()  # every run begins with it
    session.pending = True

    def stale() -> None:
        raise StaleError("Not saved: somebody changed this note meanwhile.")

    assert not notices.attempt(stale, typed="what I typed")
    assert notices.attempt(lambda: None, "Saved")
    session.pending = False
    (told,) = notices.board().notices
    assert (told.title, told.text) == ("Not saved", "Somebody changed this note meanwhile.")
    assert (told.typed, told.bad) == ("what I typed", True)
    assert [text for text, _ in notices.board().toasts] == ["Saved"]
