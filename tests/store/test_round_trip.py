"""What comes out of the store is what went in, to the last bit."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model.session import (
    AUDIENCES,
    CHANNELS,
    COUNTS,
    EVENT_TYPES,
    EXTRA_COUNTS,
    Event,
    Product,
    Session,
    Slice,
    Source,
)
from playbook.store import Shop, Store, encode

from .lives import full, live

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | NUMBER
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
COUNTED = st.dictionaries(st.sampled_from((*COUNTS, *EXTRA_COUNTS)), MAYBE, max_size=6)
MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
WORDS = st.none() | TEXT


@st.composite
def trends(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(0, 5))
    names = draw(st.sets(st.sampled_from(COUNTS), max_size=3))
    column = st.lists(NUMBER | st.just(float("nan")), min_size=rows, max_size=rows)
    frame = {name: pd.Series(draw(column), dtype="float64") for name in ("minute", *sorted(names))}
    whole = pd.Series(draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows)), dtype="int64")
    words = pd.Series(draw(st.lists(st.none() | st.text("ab", max_size=2), min_size=rows, max_size=rows)), dtype="str")
    return pd.DataFrame(frame | {"whole": whole, "words": words})


SESSIONS = st.builds(
    Session,
    id=TEXT.filter(bool),
    counts=COUNTED,
    title=WORDS,
    start=st.none() | MOMENT,
    duration_minutes=MAYBE,
    currency=WORDS,
    exported_at=st.none() | MOMENT,
    gmv_kind=WORDS,
    host=WORDS,
    creator=WORDS,
    reported=st.dictionaries(TEXT, NUMBER, max_size=3),
    approximate=st.frozensets(st.sampled_from(COUNTS), max_size=3),
    running=st.booleans(),
    trend=st.none() | trends(),
    trend_step=st.none() | st.sampled_from([1.0, 5.0, 15.0]),
    products=st.lists(st.builds(Product, WORDS, WORDS, COUNTED, MAYBE, MAYBE), max_size=2).map(tuple),
    events=st.lists(st.builds(Event, st.sampled_from(EVENT_TYPES), NUMBER, MAYBE, WORDS, WORDS, WORDS), max_size=2).map(
        tuple
    ),
    channels=st.lists(st.builds(Slice, st.sampled_from(CHANNELS), COUNTED, COUNTED), max_size=2).map(tuple),
    followers=st.lists(st.builds(Slice, st.sampled_from(AUDIENCES), COUNTED, COUNTED), max_size=2).map(tuple),
    source=st.none() | st.builds(Source, st.just("list.xlsx"), TEXT, st.integers(1, 9)),
    extra=st.dictionaries(TEXT, TEXT, max_size=3),
    notes=st.lists(TEXT, max_size=3).map(tuple),
)


def same(one: Session, other: Session) -> bool:
    """Equal in every field, the trend with its types included."""
    if (one.trend is None) != (other.trend is None):
        return False
    if one.trend is not None:
        pd.testing.assert_frame_equal(one.trend, other.trend, check_exact=True)
    return one == other


def stored(session: Session) -> Session:
    """As it comes back from the table."""
    parts = {kind: encode.pack(data) for kind, data in encode.parts(session).items()}
    return encode.with_parts(encode.session(encode.totals(session)), parts)


def test_the_property_test_fills_every_field() -> None:
    covered = set(SESSIONS.wrapped_strategy.kwargs) if hasattr(SESSIONS, "wrapped_strategy") else set(SESSIONS.kwargs)  # type: ignore[attr-defined]
    assert covered == {field.name for field in fields(Session)}


@settings(max_examples=200)
@given(SESSIONS)
def test_text_and_bytes_give_the_session_back(session: Session) -> None:
    assert same(stored(session), session)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SESSIONS)
def test_the_store_gives_the_session_back(store: Store, session: Session) -> None:
    owner = store.create_shop(f"shop {len(store.shops())}")
    plan = store.apply(store.plan_import(owner.id, [session]))
    if plan.unplaced:
        return
    assert same(store.session(owner.id, session.id), session)
    assert store.sessions(owner.id)[0].counts == session.counts


def test_lists_come_without_trends_and_histories_with_small_parts(store: Store, shop: Shop) -> None:
    session = full()
    store.apply(store.plan_import(shop.id, [session]))
    listed = store.sessions(shop.id)[0]
    assert listed == replace(live(), trend_step=1.0) and listed.trend is None
    remembered = store.history(shop.id)[0]
    assert remembered.events == session.events and remembered.products == session.products
    assert remembered.trend is None
    assert same(store.history(shop.id, trends=True)[0], session)


def test_the_latest_before_a_start_come_oldest_first(store: Store, shop: Shop) -> None:
    every = [live(index) for index in range(9)]
    store.apply(store.plan_import(shop.id, reversed(every)))
    assert store.sessions(shop.id) == every
    assert store.sessions(shop.id, limit=3) == every[6:]
    assert store.sessions(shop.id, before=every[5].start, limit=2) == every[3:5]
    assert store.sessions(shop.id, after=every[5].start, before=every[7].start) == every[5:7]
    assert store.history(shop.id, every[2].start) == every[:2]


@pytest.mark.parametrize("kind", ["Int64", "float32", "bool", "object"])
def test_trend_columns_keep_their_type(kind: str) -> None:
    trend = pd.DataFrame({"minute": [0.0, 1.0], "views": pd.Series([1, 0], dtype=kind)})
    back, step = encode.trend_of(encode.trend_bytes(trend, 5.0))
    pd.testing.assert_frame_equal(back, trend)
    assert step == 5.0
