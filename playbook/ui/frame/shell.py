"""What every page shares: the list of pages, the guard against Streamlit's own page discovery, the text width."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playbook.language import N_, _
from playbook.places import PAGES

from . import addresses, copy_link, shop, state
from .escape import escape

STATIC = Path(__file__).resolve().parent / "static"
#: Wide enough for three cards, narrow enough to read a line.
BODY_WIDTH = 1080
#: Set once a visit has begun.
LANDED = "landed"


@dataclass(frozen=True)
class NavEntry:
    """A page in the sidebar: its file in pages/, its title, icon and what it is for."""

    file: str
    title: str
    icon: str
    help: str


#: The page at the root of the address.
LANDING = "review.py"
#: Where somebody with more than one shop begins; who has one shop is not shown it.
DESK = "shops.py"
ENTRIES = (
    NavEntry(
        DESK,
        N_("All shops"),
        ":material/storefront:",
        N_("Which of your shops need you, the week of each, what is to be done, tidying up."),
    ),
    NavEntry(
        "review.py",
        N_("Review a LIVE"),
        ":material/troubleshoot:",
        N_("Upload an export and see what was weak and what to do about it."),
    ),
    NavEntry(
        "next_live.py",
        N_("Next LIVE"),
        ":material/flag:",
        N_("Did the last change work, and which one change comes next; run sheet and routines."),
    ),
    NavEntry(
        "history.py",
        N_("History"),
        ":material/show_chart:",
        N_("Every LIVE of the shop, trends with their usual band, the weekly look, hosts and hours."),
    ),
    NavEntry(
        "live.py",
        N_("During a LIVE"),
        ":material/sensors:",
        N_("What is weak now and what to pull, from totals you note or a file that grows; an event pad."),
    ),
    NavEntry(
        "strategies.py",
        N_("Strategies"),
        ":material/menu_book:",
        N_("Everything the playbook advises, with steps and words to say; the tools and the routines."),
    ),
    NavEntry(
        "learn.py",
        N_("Learn"),
        ":material/school:",
        N_("Lessons, drills and what is due today; for trainers, who passed what."),
    ),
    NavEntry(
        "practice.py",
        N_("Practice a LIVE"),
        ":material/sports_esports:",
        N_("Play a made-up LIVE minute by minute, then read its review."),
    ),
    NavEntry(
        "data.py",
        N_("Data"),
        ":material/database:",
        N_("What was read from your files, templates to download, your own playbook, settings."),
    ),
)


#: The pages of this run by their files: a link to one need not look for its file on the disk. Empty in a fragment.
_pages: ContextVar[Mapping[str, st.Page]] = ContextVar("pages_of_run", default=MappingProxyType({}))


def pages() -> list[st.Page]:
    """The pages in the order of the sidebar."""
    made = {
        each.file: st.Page(
            PAGES / each.file, title=_(each.title), icon=each.icon, help=_(each.help), default=each.file == LANDING
        )
        for each in ENTRIES
    }
    _pages.set(made)
    return list(made.values())


def sidebar() -> None:
    """The pages, each link with the shop in its address; the shop; and this address to copy."""
    several = len(shop.shops()) > 1
    with st.sidebar:
        for each in ENTRIES:
            if each.file == DESK and not several:
                continue
            link(each.file, _(each.title), icon=each.icon, help=_(each.help))
    shop.sidebar()
    with st.sidebar:
        copy_link.button()


def land(at_root: bool) -> None:
    """Somebody with several shops who comes without an address of something begins with all of them."""
    first = LANDED not in st.session_state
    st.session_state[LANDED] = True
    if first and at_root and not st.query_params and not state.files() and len(shop.shops()) > 1:
        leave_for(DESK)


def link(page: str, label: str, *, icon: str | None = None, help: str | None = None, **more: str) -> None:
    """A link to a page of pages/, such as `review.py`, that stays with the shop of this visit. `label` is escaped."""
    st.page_link(
        _pages.get().get(page, f"pages/{page}"), label=escape(label), icon=icon, help=help,
        query_params=addresses.of_shop(st.session_state.get(state.SHOP), **more),
    )  # fmt: skip


def leave_for(page: str, **more: str) -> NoReturn:
    """Open another page of pages/, such as `review.py`, without the other query parameters of this one.

    Streamlit refuses to clear a parameter that tabs are bound to, but takes a set in its place.
    """
    st.switch_page(f"pages/{page}", query_params=addresses.of_shop(st.session_state.get(state.SHOP), **more))


def dark() -> bool:
    """Whether the visitor sees the dark theme."""
    return st.context.theme.type == "dark"


def ink() -> str:
    """The text colour of the visitor's theme, for words inside charts."""
    return "#e6e9f0" if dark() else "#0b1120"


#: Words of verdicts in tables, light and dark: at least 4.5:1 on the page, and never alone, since they are words.
_VERDICTS = {"below": ("#c2410c", "#fb923c"), "above": ("#4d7c0f", "#a3e635")}


def verdict_colour(verdict: str) -> str:
    """The style of a verdict's word in a table; nothing for one that calls for no look."""
    if verdict not in _VERDICTS:
        return ""
    return f"color: {_VERDICTS[verdict][dark()]}; font-weight: 600"


def logo() -> None:
    """The name above the list of pages."""
    image = (STATIC / "logo.svg").read_text(encoding="utf-8").replace("INK", ink())
    st.logo(image, size="large", icon_image=(STATIC / "icon.svg").read_text(encoding="utf-8"))


def body() -> DeltaGenerator:
    """The container every page writes into."""
    return st.container(width=BODY_WIDTH, key="body")
