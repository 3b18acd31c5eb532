"""Facts on screen: those that hold in the shop's market first, each with its market, date and where to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import streamlit as st

from playbook.knowledge.facts import Fact
from playbook.knowledge.markets import holds_in, market_of
from playbook.language import N_, _
from playbook.ui.frame import shop
from playbook.ui.frame.escape import escape

SURE = {
    "read": N_("read on the platform's own page"),
    "second_hand": N_("second-hand"),
    "abstract": N_("from a study's abstract"),
    "blog": N_("from a blog"),
    "opinion": N_("an opinion"),
}
#: Signs that an address needs and Markdown reads as nothing.
_IN_ADDRESSES = ":/?&=%#,.-_~+"
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
        st.markdown(lines(mine))
    if others:
        many = len(others)
        label = escape(_("Stated for other markets than {market} ({count})", market=here, count=many))
        with st.expander(label, icon=":material/public:"):
            st.markdown(lines(others))


def lines(found: Iterable[Fact]) -> str:
    """Facts as a Markdown list: every text escaped, every address quoted."""
    return "\n".join(line(each) for each in found)


def line(fact: Fact) -> str:
    """One fact as Markdown: its words, and under them market, dates, how sure, and its source with its links."""
    source = "".join(_piece(name, address) for name, address in fact.linked)
    return f"- {escape(fact.fact)}  \n  :gray[{escape(origin(fact))} · {source}]"


def _piece(name: str, address: str | None) -> str:
    return f"[{escape(name)}]({quote(address, safe=_IN_ADDRESSES)})" if address else escape(name)


def origin(fact: Fact) -> str:
    """Market, dates and how sure: `US, 2026-05-13, copy read 2026-11 · read on the platform's own page`."""
    dated = _("date not shown") if fact.date == "not shown" else fact.date
    where = f"{fact.market}, {dated}"
    if fact.copy_read:
        where = _("{market}, {date}, copy read {day}", market=fact.market, date=dated, day=fact.copy_read)
    return f"{where} · {_(SURE[fact.sure])}"
