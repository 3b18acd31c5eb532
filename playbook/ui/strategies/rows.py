"""Strategies as compact rows that open in place: first step, words, what this shop tried, and where to put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.language import _, pgettext
from playbook.ui.frame.escape import escape

from . import card, change, picture, shelf
from .facts import market
from .shelf import ShopShelf

#: Lines for the host that a row shows; the rest stand on the strategy's own page.
SAID_HERE = 2


def draw(found: Sequence[Strategy], knowledge: Knowledge, mine: ShopShelf, why: Mapping[str, str]) -> None:
    """One row a strategy. `why` has, by id, what the review of the last LIVE says for it, or the symptom found."""
    with st.container(gap="xxsmall"):
        for each in found:
            place = mine.places.get(each.id)
            icon = shelf.ICONS[place] if place else None
            with st.container(key=f"strategy_{each.id}"):
                row = st.expander(label(each, mine), key=f"row_{each.id}", icon=icon, on_change="rerun")
                if row.open:
                    with row:
                        opened(each, knowledge, mine, why.get(each.id))


def label(strategy: Strategy, mine: ShopShelf) -> str:
    """Title, then in grey the signs of its tools and the minutes, and how it went here."""
    signs = " ".join(picture.ICONS.get(each, picture.OTHER_ICON) for each in strategy.tools)
    number = f"{strategy.minutes:g}" if strategy.minutes else ""
    minutes = pgettext("length of time", "{min} min", min=number) if strategy.minutes else ""
    place, tried = mine.places.get(strategy.id), mine.tried.get(strategy.id)
    here = [_(shelf.WORDS[place]).lower()] if place else []
    if tried and tried.tries:
        here.append(_("worked here") if tried.worked else _("tried here"))
    if strategy.status == "draft":
        here.append(_("draft"))
    marks = f" :blue[{escape(' · '.join(here))}]" if here else ""
    return f"**{escape(strategy.title)}** :gray[{signs} {minutes}]{marks}"


def opened(strategy: Strategy, knowledge: Knowledge, mine: ShopShelf, why: str | None) -> None:
    """What an open row holds: enough to begin with."""
    if why:
        st.markdown(f":material/trending_down: {escape(why)}")
    st.markdown(escape(strategy.summary))
    st.caption(escape(card.facts_line(strategy, knowledge)))
    first = escape(strategy.first_step)
    st.markdown(_("**First step:** {step}", step=first))
    _words(strategy)
    card.tries(strategy, knowledge)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        change.offer(strategy)
        shelf.choice(strategy, mine)
        card.open_link(strategy, _("All steps, words and facts"))


def _words(strategy: Strategy) -> None:
    """The first lines in the language of the shop's market, with a copy button."""
    if not strategy.say:
        return
    card.unspoken(strategy, market())
    language = card.spoken_here(strategy, market())[0][0]
    if strategy.truth_required:
        st.caption(_("Say these words only when they are true: the whole page says what must be."))
    for line in strategy.say[language][:SAID_HERE]:
        st.code(line, language=None, wrap_lines=True)
