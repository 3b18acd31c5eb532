"""What is saved of a shop is read and judged once, and anew when something of it changed, whoever changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.session import Slice
from playbook.store import Shop, Store
from playbook.store.records import ShopBenchmark
from playbook.ui.frame import saved as module

from .conftest import fresh, texts


@pytest.fixture
def reviews(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The LIVEs that were reviewed, in order."""
    made: list[str] = []
    plain = module.review  # type: ignore[attr-defined]

    def noted(session, *rest, **more):
        made.append(session.id)
        return plain(session, *rest, **more)

    monkeypatch.setattr(module, "review", noted)
    return made


def changed(change: Callable[[Store, Shop], object]) -> None:
    """By another program, such as the command line."""
    with Store.open() as store:
        change(store, store.shops()[0])


def another_live(store: Store, shop: Shop) -> None:
    last = store.sessions(shop.id)[-1]
    assert last.start
    later = replace(last, id="later", title="The LIVE after it", start=last.start + timedelta(days=1), exported_at=None)
    store.apply(store.plan_import(shop.id, [later]), other_creators=True)


def test_a_rerun_and_another_visitor_review_nothing_again(remembered: AppTest, reviews: list[str]) -> None:
    first = texts(remembered.run())
    count = len(reviews)
    assert texts(remembered.run()) == first == texts(fresh().run())
    assert len(reviews) == count <= 1


def test_a_live_imported_elsewhere_is_there_at_the_next_click(remembered: AppTest) -> None:
    remembered.run()
    changed(another_live)
    assert "The LIVE after it" in str(remembered.run().selectbox(key="live_picker").options[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda store, shop: store.set_benchmarks(shop.id, [ShopBenchmark("err", 0.9, "a talk", "2026-01-01")]),
        lambda store, shop: store.set_parts(
            shop.id, store.sessions(shop.id)[-1].id, channels=[Slice("inbox", {}, {"views": 0.5})]
        ),
    ],
    ids=["benchmark", "channels"],
)
def test_what_the_review_is_made_of_makes_another(
    remembered: AppTest, reviews: list[str], change: Callable[[Store, Shop], object]
) -> None:
    remembered.run()
    before = len(reviews)
    changed(change)
    remembered.run()
    assert len(reviews) == before + 1


def test_a_note_makes_no_other(remembered: AppTest, reviews: list[str]) -> None:
    remembered.run()
    before = len(reviews)
    changed(lambda store, shop: store.set_note(shop.id, store.sessions(shop.id)[-1].id, "Tried a billboard"))
    assert "Tried a billboard" in [each.value for each in fresh().run().text_area]
    assert len(reviews) == before
