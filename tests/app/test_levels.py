"""A lasting fault is accepted as the new usual on the review page, and taken back."""

from __future__ import annotations

from playbook.store.store import Store
from tests.diagnosis.test_lasting import shop

from .conftest import fresh, keyed, texts


def test_a_level_is_accepted_by_a_click_and_taken_back() -> None:
    with Store.open() as store:
        owner = store.create_shop("A")
        store.apply(store.plan_import(owner.id, shop(18)))
    at = fresh().run()
    assert "Comment rate has been low since" in texts(at)
    at = keyed(at.button, "accept_comment_rate").click().run()
    assert not at.exception
    assert "Comment rate has been low since" not in texts(at)
    assert "your usual is of the LIVEs since Jun 9" in texts(at)
    at = keyed(at.button, "not_comment_rate").click().run()
    assert "Comment rate has been low since" in texts(at)
    with Store.open() as store:
        assert store.accepted_levels(store.shops()[0].id) == {}
