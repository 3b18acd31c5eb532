"""HTML pages that look as dashboards of a LIVE do, with their truth.

No page of a platform is copied: names and numbers are made up, and there is no logo. Each has what misleads a reader:
the phone's clock, changes against the last LIVE, shares of channels, names and prices of products, chat.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from benchmarks.screenshots.values import MARKETS, MadeUpLive, Market, PrintedNumber, live, printed
from benchmarks.screenshots.words import AROUND, DURATION, LABELS, PRODUCTS, SHOPS, START

_DASHBOARD = (
    "gmv", "items_sold", "customers", "sku_orders", "viewers", "views", "impressions", "product_impressions",
    "product_clicks", "err", "ctr", "product_ctr", "ctor", "avg_viewing_seconds", "comments", "likes", "shares",
    "new_followers", "show_gpm", "watch_gpm", "gmv_per_hour", "comment_rate", "follow_rate", "peak_viewers",
)  # fmt: skip
_END = ("viewers", "views", "peak_viewers", "new_followers", "likes", "comments", "shares", "sku_orders", "items_sold")
_BAG = ("gmv", "product_impressions", "product_clicks", "product_ctr", "ctor", "sku_orders", "items_sold", "customers")

_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { font: 14px/1.35 FACE; color: INK; background: PAPER; width: WIDTHpx; padding: 0 0 18px }
header { display: flex; flex-wrap: wrap; column-gap: 18px; align-items: baseline; padding: 14px 22px }
header { border-bottom: 1px solid LINE }
h1 { font-size: 19px } h2 { font-size: 15px; margin: 16px 22px 8px }
.faint { color: FAINT; font-size: 12px }
.tabs { display: flex; gap: 20px; padding: 10px 22px; color: FAINT }
.tabs b { color: INK; border-bottom: 2px solid ACCENT }
.grid { display: grid; grid-template-columns: repeat(COLUMNS, minmax(0, 1fr)); gap: 10px; padding: 12px 22px }
.card { background: CARD; border-radius: 8px; padding: 12px 14px; min-width: 0 }
.label { color: FAINT; font-size: 13px; overflow: hidden; text-overflow: ellipsis; white-space: NOWRAP }
.value { font-size: 21px; font-weight: 600; white-space: nowrap }
.grid.first { grid-template-columns: minmax(0, 1fr) }
.first .value { font-size: 32px; color: ACCENT }
.up { color: #12a150; font-size: 12px } .down { color: #d9463b; font-size: 12px }
.row { display: flex; justify-content: space-between; padding: 11px 22px; border-bottom: 1px solid LINE }
.row .value { font-size: 17px }
.status { display: flex; justify-content: space-between; padding: 8px 22px; font-size: 13px; font-weight: 600 }
table { border-collapse: collapse; margin: 8px 22px; width: calc(100% - 44px); font-size: 13px }
th { text-align: left; color: FAINT; font-weight: 400 } td, th { padding: 7px 6px; border-bottom: 1px solid LINE }
.chat { padding: 4px 22px; color: FAINT; font-size: 13px }
.middle { text-align: center; padding: 22px }
"""
_NAMES = ("INK", "PAPER", "CARD", "LINE", "FAINT", "ACCENT")
THEMES = {
    "light": dict(zip(_NAMES, ("#161823", "#f5f5f6", "#fff", "#e3e3e4", "#6d6e78", "#007c74"), strict=True)),
    "dark": dict(zip(_NAMES, ("#f1f1f2", "#121316", "#1f2125", "#33353a", "#a2a4ab", "#43d5c8"), strict=True)),
}
WIDTHS = {"pc": 1180, "phone": 390}


@dataclass
class MadeUpPage:
    """A page to photograph. `values`, `duration` and `start` are what stands on it, by our names."""

    html: str
    language: str
    theme: str
    device: str
    layout: str
    currency: str
    values: dict[str, PrintedNumber] = field(default_factory=dict)
    duration: PrintedNumber | None = None
    start: str | None = None


@dataclass
class _Draft:
    """What the layouts write with: one LIVE, its market and language, and the truth as it grows."""

    dice: random.Random
    language: str
    device: str
    market: Market
    live: MadeUpLive
    short: bool
    changes: bool
    value_first: bool
    values: dict[str, PrintedNumber] = field(default_factory=dict)
    duration: PrintedNumber | None = None
    start: str | None = None

    def around(self, name: str) -> tuple[str, ...]:
        return AROUND[self.language][name]

    def pair(self, name: str) -> tuple[str, str]:
        """Label and number of one name as HTML; the number enters the truth."""
        number = printed(name, self.live.values[name], self.market, self.short)
        self.values[name] = number
        label = self.dice.choice(LABELS[self.language][name])
        return (
            f'<div class="label" data-name="{name}">{escape(label)}</div>',
            f'<div class="value">{escape(number.text)}</div>',
        )

    def card(self, name: str, kind: str = "") -> str:
        label, value = self.pair(name)
        change = ""
        if self.changes:
            sign, direction = self.dice.choice((("+", "up"), ("-", "down")))
            percent = self.market.rate(self.dice.uniform(0.01, 0.9)).text
            change = f'<div class="{direction}">{sign}{percent} <span>{escape(self.around("versus")[0])}</span></div>'
        inner = value + label if self.value_first else label + value
        return f'<div class="card {kind}">{inner}{change}</div>'

    def row(self, name: str) -> str:
        label, value = self.pair(name)
        return f'<div class="row">{label}{value}</div>'

    def price(self) -> str:
        return self.market.amount(self.dice.uniform(*self.market.order), short=False).text

    def lasted(self, clock: bool = False) -> str:
        self.duration = self.market.duration(self.live.minutes, clock)
        return self.duration.text

    def began(self) -> str:
        self.start = f"{self.live.start:%Y-%m-%d %H:%M}"
        return self.start


def page(dice: random.Random, language: str, theme: str, device: str, layout: str, face: str) -> MadeUpPage:
    """One page of a made-up LIVE; `layout` is a key of LAYOUTS, `face` a font or several, as CSS names them."""
    market = MARKETS[language]
    draft = _Draft(
        dice=dice,
        language=language,
        device=device,
        market=market,
        live=live(dice, market),
        short=dice.random() < (0.7 if device == "phone" else 0.4),
        changes=dice.random() < 0.5,
        value_first=device == "phone" and dice.random() < 0.5,
    )
    body = LAYOUTS[layout](draft)
    if device == "phone":
        clock, battery = f"{dice.randint(1, 12)}:{dice.randint(10, 59)}", f"5G {dice.randint(11, 99)}%"
        body = f'<div class="status"><span>{clock}</span><span>{battery}</span></div>{body}'
    return MadeUpPage(
        html=f"<!doctype html><meta charset=utf-8><style>{_style(theme, device, face)}</style><body>{body}",
        language=language,
        theme=theme,
        device=device,
        layout=layout,
        currency=market.currency,
        values=draft.values,
        duration=draft.duration,
        start=draft.start,
    )


def _style(theme: str, device: str, face: str) -> str:
    columns, wrap = ("4", "nowrap") if device == "pc" else ("2", "normal")
    style = _STYLE
    given = {"FACE": face, "WIDTH": str(WIDTHS[device]), "COLUMNS": columns, "NOWRAP": wrap}
    for name, value in (THEMES[theme] | given).items():
        style = style.replace(name, value)
    return style


def _dashboard(draft: _Draft) -> str:
    dice = draft.dice
    rest = dice.sample(_DASHBOARD[1:], dice.randint(11, 15) if draft.device == "pc" else dice.randint(7, 11))
    cards = "".join(draft.card(name) for name in sorted(rest, key=_DASHBOARD.index))
    length = f"<span>{escape(DURATION[draft.language])}: {draft.lasted(clock=draft.device == 'phone')}</span>"
    begun = (
        f'<span class="faint">{escape(START[draft.language])}: {draft.began()}</span>' if dice.random() < 0.7 else ""
    )
    first = f'<div class="grid first">{draft.card("gmv", "first")}</div>'
    return (
        f"<header><h1>{escape(draft.around('title')[0])}</h1><span>{escape(dice.choice(SHOPS))}</span>{length}{begun}"
        f"</header>{_tabs(draft)}{first}<div class=grid>{cards}</div>{_below(draft)}"
    )


def _below(draft: _Draft) -> str:
    """Under the cards: shares of the channels on a PC, chat on a phone."""
    if draft.device == "phone":
        said = draft.dice.sample(draft.around("chat"), 2)
        return "".join(f'<p class="chat">{escape(line)}</p>' for line in said)
    shares = [draft.dice.uniform(0.02, 0.3) for _ in draft.around("sources")]
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(draft.market.rate(share).text)}</td></tr>"
        for name, share in zip(draft.around("sources"), shares, strict=True)
    )
    return f"<h2>{escape(draft.around('tabs')[2])}</h2><table>{rows}</table>"


def _tabs(draft: _Draft) -> str:
    first, *rest = map(escape, draft.around("tabs"))
    return f'<div class="tabs"><b>{first}</b>{"".join(f"<span>{name}</span>" for name in rest)}</div>'


def _end(draft: _Draft) -> str:
    names: Sequence[str] = draft.dice.sample(_END, draft.dice.randint(6, len(_END)))
    length = (
        f'<div class="row"><div class="label">{escape(DURATION[draft.language])}</div>'
        f'<div class="value">{draft.lasted()}</div></div>'
    )
    rows = "".join(draft.row(name) for name in sorted(names, key=_END.index))
    if draft.dice.random() < 0.5:  # a grid of cards on a phone or PC, or rows with the number at their end
        rows = "".join(draft.card(name) for name in sorted(names, key=_END.index))
        rows = f'<div class="grid">{rows}</div>'
    begun = f'<p class="faint">{draft.began()}</p>' if draft.dice.random() < 0.5 else ""
    shop = escape(draft.dice.choice(SHOPS))
    return (
        f'<div class="middle"><h1>{escape(draft.around("ended")[0])}</h1><p>{shop}</p>{begun}'
        f'</div>{length}<div class="grid first">{draft.card("gmv", "first")}</div>{rows}'
    )


def _bag(draft: _Draft) -> str:
    names = draft.dice.sample(_BAG[1:], draft.dice.randint(5, 7))
    cards = "".join(draft.card(name) for name in ("gmv", *sorted(names, key=_BAG.index)))
    title, *columns = map(escape, draft.around("bag"))
    head = "".join(f"<th>{name}</th>" for name in columns)
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(draft.price())}</td><td>{draft.dice.randint(0, 400)}</td></tr>"
        for name in draft.dice.sample(PRODUCTS, 4)
    )
    ended = draft.live.start + timedelta(minutes=draft.live.minutes)
    when = f'<span class="faint">{ended:%H:%M}</span>'
    return f"<header><h1>{title}</h1>{when}</header><div class=grid>{cards}</div><table><tr>{head}</tr>{rows}</table>"


LAYOUTS: dict[str, Callable[[_Draft], str]] = {"dashboard": _dashboard, "end": _end, "bag": _bag}
