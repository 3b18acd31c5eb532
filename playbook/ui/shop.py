"""The store and the shop whose LIVEs are shown. Without a usable store the app goes on with the held files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import streamlit as st

from ..diagnosis.findings import Benchmark
from ..store.errors import StoreError
from ..store.records import Shop, ShopBenchmark
from ..store.store import Store
from ..userdata import TypedBenchmark
from . import once, state
from .escape import escape

IN_SECRETS = "playbook_db"
FIRST_NAME = "My shop"


def address() -> str | None:
    """The store's URL from the environment or Streamlit's secrets; None is the file in the user's folder."""
    if os.environ.get("PLAYBOOK_DB"):
        return os.environ["PLAYBOOK_DB"]
    try:
        return str(st.secrets[IN_SECRETS]) if IN_SECRETS in st.secrets else None
    except FileNotFoundError:  # no secrets file, which is the ordinary case
        return None


@once.a_run
def store() -> Store | None:
    """The open store, or None when it cannot be used; `trouble` says why."""
    try:
        return _open(address(), os.environ.get("PLAYBOOK_HOME", ""))
    except StoreError as error:
        st.session_state[state.TROUBLE] = str(error)
        return None


@st.cache_resource(max_entries=4, show_spinner=False, on_release=lambda each: each.close())
def _open(url: str | None, home: str) -> Store:
    return Store.open(url)


def trouble() -> str | None:
    """Why the store cannot be used, for a person."""
    value: str | None = st.session_state.get(state.TROUBLE)
    return value


@once.a_run
def shops() -> list[Shop]:
    opened = store()
    return opened.shops() if opened else []


@once.a_run
def current() -> Shop | None:
    """The shop chosen in the sidebar, the one of last time, or the first; None when there is none yet."""
    every = {each.id: each for each in shops()}
    for wanted in (st.session_state.get(state.SHOP), state.settings().shop):
        if wanted in every:
            return every[wanted]
    return next(iter(every.values()), None)


def choose(shop_id: str) -> None:
    """Show this shop from now on, also next time."""
    st.session_state[state.SHOP] = shop_id
    st.session_state[state.CHOSEN] = None
    once.forget()
    state.change_settings(shop=shop_id)


@once.a_run
def benchmarks() -> list[Benchmark]:
    """Market figures of the shop, or of the settings while there is no shop."""
    opened, shop = store(), current()
    return figures(opened.benchmarks(shop.id) if opened and shop else state.settings().benchmarks)


def figures(typed: Iterable[ShopBenchmark | TypedBenchmark]) -> list[Benchmark]:
    """Market figures from wherever they are kept, as a review takes them."""
    return [Benchmark(each.metric, each.value, each.source, each.date) for each in typed]


def sidebar() -> None:
    """Which shop, and a way to add one. Nothing while there is no shop: a first upload makes it."""
    every = shops()
    message = trouble()
    with st.sidebar:
        if message:
            st.error(escape(message), title="LIVEs cannot be remembered", icon=":material/database_off:")
        if not every:
            return
        names = {each.id: each.name for each in every}
        now = current()
        st.session_state["shop_picker"] = now.id if now else every[0].id
        st.selectbox(
            "Shop", list(names), format_func=lambda each: names[each], key="shop_picker", on_change=_picked,
            help="Each shop has its own LIVEs and its own usual.",
        )  # fmt: skip


def _picked() -> None:
    choose(st.session_state["shop_picker"])


def attempt(action: Callable[[], object], done: str = "") -> bool:
    """Do something with the store; what cannot be done is shown in words. True when it was done."""
    try:
        action()
    except StoreError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return False
    if done:
        st.toast(done, icon=":material/check:")
    return True
