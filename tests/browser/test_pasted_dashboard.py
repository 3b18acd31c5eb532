"""A dashboard drawn as a page, selected as a whole and copied as a browser copies it, in six languages."""

from __future__ import annotations

import html
import random

import pytest
from playwright.sync_api import Browser, Page

from playbook.imports import built_in_profiles, pasted_counts
from tests.imports.pages import CURRENCIES, LABELS, SIGNS, Dashboard, number, room, shown

PROFILES = built_in_profiles()
STYLE = "<style>.card div, .digit b { display: block } .card { display: inline-block } td { padding: 4px }</style>"


def counter(text: str) -> str:
    """Each digit in a column of its own, the one that is shown and the one it turns to."""
    return "".join(
        f'<span class="digit"><b>{sign}</b><b>{sign}</b></span>' if sign.isdigit() else html.escape(sign)
        for sign in text
    )


def drawn(language: str, seed: int, *, animated: bool, short: bool) -> tuple[str, Dashboard]:
    """The page as HTML: menus, cards of the overview, a table of channels and one of products, comments."""
    rng = random.Random(f"html{language}{seed}")
    live, labels = room(rng), LABELS[language]
    if language in ("id", "vi", "ja"):
        live["gmv"] = float(round(live["gmv"] * 150) * (100 if language != "ja" else 1))
    cards, lost = [], set()
    for name, label in labels.items():
        text, rounded = shown(name, live, language, short)
        lost |= {name} if rounded else set()
        value = counter(text) if animated and name in ("gmv", "views") and not rounded else html.escape(text)
        change = f"<div>{rng.choice('+-')}{rng.uniform(1, 40):.1f}%</div>" if name == "views" else ""
        cards.append(f'<div class="card"><div>{html.escape(label)}</div><div>{value}</div>{change}</div>')
    names = [labels["gmv"], labels["impressions"], labels["views"]]
    head = "".join(f"<th>{html.escape(each)}</th>" for each in ["Channel", *names])
    rows = ""
    for channel in ("For You feed", "Search", "Other"):
        shares = "".join(f"<td>{number(rng.uniform(1, 60), language, 2)}%</td>" for _ in names)
        rows += f"<tr><td>{channel}</td>{shares}</tr>"
    goods = "".join(
        f"<tr><td>{at}</td><td>Jeans</td><td>{SIGNS[language]}{number(rng.uniform(20, 900), language, 2)}</td>"
        f"<td>{rng.randint(1, 40)}</td></tr>"
        for at in range(1, 9)
    )
    body = (
        f"<nav><a>Home</a> <a>LIVE</a> <a>Orders 12</a></nav><h1>Evening sale {seed}</h1><p>01:01:37</p>"
        f"<section>{''.join(cards)}</section><table><tr>{head}</tr>{rows}</table>"
        f"<table><tr><th>#</th><th>Product</th><th>{html.escape(labels['gmv'])}</th>"
        f"<th>{html.escape(labels['items_sold'])}</th></tr>{goods}</table>"
        + "".join(f"<p>user{at}: {rng.choice(['nice', '42', 'price?'])}</p>" for at in range(30))
    )
    truth = {name: value for name, value in live.items() if name != "now"}
    return STYLE + body, Dashboard("", truth, frozenset(lost), CURRENCIES[language])


def copied(tab: Page, markup: str) -> str:
    tab.set_content(markup)
    tab.keyboard.press("Control+a")
    text: str = tab.evaluate("window.getSelection().toString()")
    return text


@pytest.mark.parametrize("language", LABELS)
def test_a_copied_page_is_read_with_no_wrong_value_unmarked(browser: Browser, language: str) -> None:
    tab = browser.new_page()
    try:
        for seed in range(4):
            for animated, short in ((False, False), (True, False), (False, True)):
                markup, truth = drawn(language, seed, animated=animated, short=short)
                text = copied(tab, markup)
                assert len(text.splitlines()) > 60
                read, _ = pasted_counts(text, PROFILES)
                for name, value in read.counts.items():
                    near = 0.06 if name in truth.shortened else 0
                    right = name in truth.counts and abs(value - truth.counts[name]) <= near * value
                    assert right or name in read.doubts, (name, value, truth.counts.get(name), text)
                assert sum(name in read.counts for name in truth.counts) >= len(truth.counts) - 1, text
                assert read.currency == truth.currency
    finally:
        tab.close()
