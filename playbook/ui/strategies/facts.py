"""Facts on screen: those that hold in the shop's market first, each with its market, date and where to read it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook.knowledge.facts import Fact
from playbook.knowledge.markets import holds_in, market_of
from playbook.ui.frame import shop
from playbook.ui.frame.escape import escape

SURE = {
    "read": "read on the platform's own page",
    "second_hand": "second-hand",
    "abstract": "from a study's abstract",
    "blog": "from a blog",
    "opinion": "an opinion",
}
#: Where a study or a coach comes from does not limit it to that market's shops.
_ANYWHERE = frozenset({"abstract", "blog", "opinion"})


def market() -> str | None:
    """The market of the shop in the sidebar, by what was typed for it or its currency; None where neither says."""
    owner = shop.current()
    return market_of(owner.market, owner.currency) if owner else None


def facts(found: Sequence[Fact]) -> None:
    """A list of facts; what was stated for other markets stands folded under it."""
    here = market()
    mine = [each for each in found if each.sure in _ANYWHERE or holds_in(each.market, here)]
    others = [each for each in found if each not in mine]
    if mine:
        st.markdown("\n".join(line(each) for each in mine))
    if others:
        with st.expander(f"Stated for other markets than {here} ({len(others)})", icon=":material/public:"):
            st.markdown("\n".join(line(each) for each in others))


def line(fact: Fact) -> str:
    """One fact as Markdown: its words, and under them market, dates, how sure, and its source with its links."""
    return f"- {escape(fact.fact)}  \n  :gray[{escape(origin(fact))} · ]{_source(fact)}"


def origin(fact: Fact) -> str:
    """Market, dates and how sure: `US, 2026-05-13, copy read 2026-11 · read on the platform's own page`."""
    dated = "date not shown" if fact.date == "not shown" else fact.date
    seen = f", copy read {fact.copy_read}" if fact.copy_read else ""
    return f"{fact.market}, {dated}{seen} · {SURE[fact.sure]}"


def _source(fact: Fact) -> str:
    """The source, and a link for every address that is known."""
    links = [
        f"[{escape('open' if name == fact.source else name)}]({address.replace('(', '%28').replace(')', '%29')})"
        for name, address in fact.addresses
    ]
    return " ".join([f":gray[{escape(fact.source)}]", *links])
