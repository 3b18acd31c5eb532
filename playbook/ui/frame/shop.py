"""The store and the shop whose LIVEs are shown. Without a usable store the app goes on with the held files."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache

import streamlit as st

from playbook import formats, kept_layouts
from playbook.diagnosis.findings import Benchmark
from playbook.language import N_, _
from playbook.store.errors import StoreError
from playbook.store.records import Shop, ShopBenchmark
from playbook.store.store import Store
from playbook.userdata import TypedBenchmark

from . import addresses, browser, keys, notices, once, sample_shop, signin, state
from .escape import escape

IN_SECRETS = "playbook_db"
FIRST_NAME = N_("My shop")
_closed: ContextVar[bool] = ContextVar("no_store_here", default=False)
_called: ContextVar[str] = ContextVar("the_shop_without_a_store", default="")


def address() -> str | None:
    """The store's URL from the environment or Streamlit's secrets; None is the file in the user's folder."""
    if os.environ.get("PLAYBOOK_DB"):
        return os.environ["PLAYBOOK_DB"]
    try:
        return str(st.secrets[IN_SECRETS]) if IN_SECRETS in st.secrets else None
    except FileNotFoundError:  # no secrets file, which is the ordinary case
        return None


def store() -> Store | None:
    """The open store, or None while it cannot be used; `trouble` says why."""
    return _look()[0]


def bare() -> Store | None:
    """The store as it is opened, for who stands at the door; None while it cannot be used."""
    try:
        return _open(address(), os.environ.get("PLAYBOOK_HOME", ""))
    except StoreError as error:
        st.session_state[state.TROUBLE] = str(error)
        return None


@contextmanager
def closed(called: str = "") -> Iterator[None]:
    """While inside there is no store for anything that is drawn: for who sees one review and nothing else.

    `called` is the name of the shop that it is of.
    """
    token, named = _closed.set(True), _called.set(called)
    once.forget()
    try:
        yield
    finally:
        _closed.reset(token)
        _called.reset(named)
        once.forget()


@once.a_run
def _look() -> tuple[Store | None, list[Shop]]:
    """The store and its shops. Every run looks anew, so trouble ends by itself when its cause has ended."""
    if _closed.get():
        return None, []
    try:
        opened = sample_shop.store() or signin.acting(_open(address(), os.environ.get("PLAYBOOK_HOME", "")))
        found = opened.shops()
    except StoreError as error:
        st.session_state[state.TROUBLE] = str(error)
        return None, []
    st.session_state.pop(state.TROUBLE, None)
    return opened, found


@st.cache_resource(max_entries=4, show_spinner=False, on_release=lambda each: each.close())
def _open(url: str | None, home: str) -> Store:  # noqa: ARG001
    opened = Store.open(url)
    kept_layouts.taken_over(opened)
    return opened


def trouble() -> str | None:
    """Why the store cannot be used, for a person."""
    value: str | None = st.session_state.get(state.TROUBLE)
    return value


def first(opened: Store, currency: str | None = None) -> Shop:
    """The shop of somebody who has none yet; the one that another tab made meanwhile where there is one."""
    called = _(FIRST_NAME)
    return opened.find_shop(called) or opened.create_shop(called, currency=currency)


def shops() -> list[Shop]:
    """Of the store, by name; none while it cannot be used."""
    return _look()[1]


@once.a_run
def current() -> Shop | None:
    """The shop of this visit, the one of this browser's last visit, or the first; None when there is none.

    None too when the shop of this visit is gone: what was drawn for it must not fall to another one.
    """
    every = {each.id: each for each in shops()}
    mine = st.session_state.get(state.SHOP)
    if mine is not None:
        return every.get(mine)
    return every.get(browser.remembered(browser.SHOP) or "") or next(iter(every.values()), None)


def name() -> str:
    """What a file that leaves is to say of whose it is; empty while there is no shop."""
    owner = current()
    return _called.get() or (owner.name if owner else "")


def write_numbers() -> None:
    """From here on numbers are written as the market of the shop in the sidebar does; a fragment has to ask anew."""
    owner = current()
    formats.write_for(owner.currency if owner else None)


@cache
def zones() -> tuple[str, ...]:
    """Every time zone there is, by name; the system is asked once, which takes longer than a page."""
    return tuple(sorted(zoneinfo.available_timezones()))


def today() -> date:
    """The day on the shop's clock; on this computer's while no time zone is known."""
    return local(datetime.now(UTC)).date()


def local(moment: datetime) -> datetime:
    """By the shop's clock, else by this computer's."""
    owner = current()
    return owner.wall_clock(moment) if owner else moment.astimezone()


def pin() -> None:
    """From its first run on a visit stays with its shop, whatever others choose, add or delete.

    An address that names a shop leads there. One that is not there is not taken for another.
    """
    asked = addresses.take(addresses.SHOP)
    if asked and asked[-1] != st.session_state.get(state.SHOP):
        st.session_state[state.SHOP] = asked[-1]
        st.session_state[state.SHOP_NAME] = None
        once.forget()
    now = current()
    if now is None:
        return
    if st.session_state.get(state.SHOP) is None:
        state.take_along(now.id)
    st.session_state[state.SHOP_NAME] = now.name


def in_address() -> None:
    """The address names the shop of this visit, also one that is not there."""
    mine: str | None = st.session_state.get(state.SHOP)
    addresses.say(addresses.SHOP, (mine,) if mine else ())


def choose(shop_id: str) -> None:
    """Show this shop from now on, also next time."""
    addresses.forget()
    st.session_state[state.SHOP] = shop_id
    state.choose_live(None)
    once.forget()
    browser.remember(browser.SHOP, shop_id)


def leave() -> None:
    """This visit has no shop any more, because it deleted it: the next run takes the first."""
    st.session_state[state.SHOP] = None
    once.forget()


def gone() -> bool:
    """Whether the shop of this visit is not there: deleted by somebody else, or named by an address only."""
    return st.session_state.get(state.SHOP) is not None and store() is not None and current() is None


def say_gone() -> None:
    """In place of the page: what happened to the shop, a way to bring it back, and the other shops."""
    opened, mine = store(), st.session_state[state.SHOP]
    assert opened
    name: str | None = st.session_state.get(state.SHOP_NAME)
    deleted = any(each.shop_id == mine and each.session_id is None for each in opened.trash())
    if name is not None:
        st.title(escape(_("{shop} was deleted", shop=name)), anchor=False)
        st.markdown(
            _("Somebody deleted this shop while it was open here. Nothing of yours was written into another shop.")
        )
    else:
        st.title(_("The shop of this address is not there"), anchor=False)
        st.markdown(
            _("It was deleted and is in the trash.") if deleted
            else _(
                "The address may be of a sample shop that was closed, of another store, cut off, or of a shop that "
                "was erased. Nothing else is shown in its place."
            )
        )  # fmt: skip
    name = name or _("The shop")
    with st.container(horizontal=True, key="shop_gone"):
        if deleted:
            st.button(
                _("Bring it back"), type="primary", icon=":material/restore_from_trash:", key="bring_shop_back",
                on_click=notices.act, args=(lambda: opened.restore_shop(mine), _("{shop} is back", shop=name)),
            )  # fmt: skip
        for each in shops()[:6]:
            st.button(
                escape(_("Go to {shop}", shop=each.name)),
                key=keys.of_shop("go_to", each.id),
                on_click=choose,
                args=(each.id,),
            )
        if not shops():
            st.button(_("Start anew"), key="start_anew", on_click=leave)


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
            st.error(escape(message), title=_("LIVEs cannot be remembered"), icon=":material/database_off:")
        if not every:
            return
        names = {each.id: each.name for each in every}
        now = current()
        if now is None:
            return
        st.session_state["shop_picker"] = now.id
        st.selectbox(
            _("Shop"), list(names), format_func=lambda each: names[each], key="shop_picker", on_change=_picked,
            help=_("Each shop has its own LIVEs and its own usual."),
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
        notices.done(done)
    return True
