"""Values of a pasted page: one for each count, and what of them does not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.values import What, numbers
from playbook.knowledge.column_words import MONEY_RATES, RATES, said
from playbook.knowledge.exports import MONEY_FIELDS
from playbook.language import _

#: Dashboards compute their rates at another moment than their counts, so they agree only about.
_CLOSE = 0.12
#: Rate: the two counts it is made of. A bare CTR may be either of its two.
_MADE_OF = {
    "err": ("views", "impressions"), "ctr": ("product_clicks", "views"),
    "product_ctr": ("product_clicks", "product_impressions"), "ctor": ("sku_orders", "product_clicks"),
    "comment_rate": ("comments", "views"), "follow_rate": ("new_followers", "views"),
    "share_rate": ("shares", "views"), "like_rate": ("likes", "views"),
}  # fmt: skip
_WITHIN = (
    ("views", "impressions"), ("viewers", "views"), ("product_clicks", "product_impressions"),
    ("sku_orders", "product_clicks"), ("orders_main", "product_clicks"), ("new_followers", "views"),
)  # fmt: skip
_GMV = ("gmv", "gmv_direct", "gmv_attributed")


@dataclass(frozen=True)
class Values:
    counts: dict[str, float]
    rates: dict[str, float]
    problems: dict[str, str]
    doubts: dict[str, str]
    rounded: tuple[str, ...]
    currency: str | None


def values(texts: Mapping[str, Sequence[str]], currency: str | None, *, whole: bool) -> Values:
    """Read the texts of each count. Of two numbers of a page the first is taken and marked; of a few pairs none."""
    read = Values({}, {}, {}, {}, (), None)
    signs = [sign for found in texts.values() for text in found if (sign := numbers([text], "money").currency)]
    code = next(iter(dict.fromkeys(signs)), None)
    decimal = _decimal(texts, code or currency)
    rounded = []
    for name, found in texts.items():
        each = [one_value(name, text, code or currency, decimal) for text in found]
        exact = [value for value, _unused, short in each if value is not None and not short]
        short = [value for value, _unused, is_short in each if value is not None and is_short]
        problem = next((problem for _value, problem, _short in each if problem), None)
        if name in RATES:
            read.rates.update({name: each[0][0]} if each and each[0][0] is not None else {})
            continue
        known = exact or short
        if not known:
            if problem:
                read.problems[name] = problem
            continue
        others = [value for value in (*exact, *short) if abs(value - known[0]) > 0.06 * max(value, known[0])]
        if others and not whole:
            read.problems[name] = _(
                "stands there twice, as {one} and as {other}; leave one of them", one=found[0], other=found[1]
            )
            continue
        if others:
            read.doubts[name] = _("stands on the page as {numbers}; the first is read", numbers=", ".join(found[:3]))
        elif len(set(exact)) > 1:
            read.doubts[name] = _("stands on the page as {numbers}", numbers=", ".join(found[:3]))
        read.counts[name] = known[0]
        if not exact:
            rounded.append(name)
    return Values(read.counts, read.rates, read.problems, read.doubts, tuple(rounded), code)


def _decimal(texts: Mapping[str, Sequence[str]], currency: str | None) -> str | None:
    """The decimal sign that amounts and rates of the page agree on: a page writes all of its numbers alike."""
    every = [text for found in texts.values() for text in found]
    shown = {read.decimal for text in every if (read := numbers([text], "money", currency=currency)).decimal}
    return shown.pop() if len(shown) == 1 else None


def one_value(name: str, text: str, currency: str | None, decimal: str | None) -> tuple[float | None, str | None, bool]:
    """(value, problem, shortened) of one text."""
    if name == "avg_viewing_seconds":
        value = durations([text], "seconds", short=True).values[0]
        return value, None if value is not None else _("'{text}' is not a length of time", text=text), False
    money = name in MONEY_FIELDS or name in MONEY_RATES
    what: What = "money" if money else "rate" if name in RATES else "count"
    read = numbers([text], what, decimal=decimal, currency=currency)
    value = read.values[0]
    if read.unsure:
        return None, _("'{text}' could be thousands or decimals; write it without thousands signs", text=text), False
    if value is None or (read.percent and name not in RATES):
        return None, _("'{text}' is not a number; write it like 1200", text=text), False
    if name in RATES and name not in MONEY_RATES and name != "impressions_per_hour":
        value = value / 100 if read.percent else value
    elif value < 0:
        return None, _("'{text}' is below zero, which cannot be", text=text), False
    elif name not in RATES and what == "count" and not value.is_integer():
        return None, _("'{text}' is not a whole number", text=text), False
    return value, None, bool(read.lossy)


def one_gmv(counts: Mapping[str, float]) -> dict[str, float]:
    """A page prints one GMV mostly: where it has no plain one, the direct, else the attributed."""
    name = next((each for each in _GMV if each in counts), None)
    rest = {each: value for each, value in counts.items() if each not in _GMV}
    return rest if name is None else {**rest, "gmv": counts[name]}


def contradictions(counts: Mapping[str, float], rates: Mapping[str, float], close: float = _CLOSE) -> dict[str, str]:
    """For each count that does not go with another one, or with a printed rate: why. `close` is a relative distance."""
    found: dict[str, str] = {}
    for inner, outer in _WITHIN:
        if inner in counts and outer in counts and counts[inner] > counts[outer]:
            why = _(
                "more {part_name} ({part}) than {whole_name} ({whole}) cannot be",
                part_name=said(inner),
                part=format(counts[inner], ",.0f"),
                whole_name=said(outer),
                whole=format(counts[outer], ",.0f"),
            )
            found.setdefault(inner, why)
            found.setdefault(outer, why)
    for rate, (above, below) in _MADE_OF.items():
        printed, one, other = rates.get(rate), counts.get(above), counts.get(below)
        if printed is None or one is None or not other or _agrees(rate, printed, one, other, counts, close):
            continue
        why = _(
            "{above} by {below} is {made}, the page prints {printed}",
            above=said(above),
            below=said(below),
            made=format(one / other, ".2%"),
            printed=format(printed, ".2%"),
        )
        found.setdefault(above, why)
        found.setdefault(below, why)
    return found


def money_contradictions(
    counts: Mapping[str, float], rates: Mapping[str, float], minutes: float | None, close: float = _CLOSE
) -> dict[str, tuple[str, ...]]:
    """For each printed rate per thousand, order or hour that its counts contradict: the names it is made of."""
    hours = None if not minutes else minutes / 60
    made_of = {
        "show_gpm": ("gmv", "impressions", 1000.0), "watch_gpm": ("gmv", "views", 1000.0),
        "gmv_per_order": ("gmv", "sku_orders", 1.0), "gmv_per_hour": ("gmv", "", 1.0),
        "impressions_per_hour": ("impressions", "", 1.0),
    }  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    for rate, (above, below, times) in made_of.items():
        printed, one = rates.get(rate), counts.get(above)
        other = counts.get(below) if below else hours
        if printed is None or one is None or not other:
            continue
        worked_out = one / other * times
        if abs(printed - worked_out) > close * max(printed, worked_out) + 0.01:
            found[rate] = (above, below or "duration_minutes")
    return found


def _agrees(rate: str, printed: float, above: float, below: float, counts: Mapping[str, float], close: float) -> bool:
    """Whether a printed rate is about the ratio, by one order more or less where there are few."""
    if rate == "ctr" and counts.get("product_impressions"):  # a bare CTR may be the other one
        other = counts["product_clicks"] / counts["product_impressions"]
        if abs(printed - other) <= close * max(printed, other) + 0.0001:
            return True
    return abs(printed - above / below) <= close * max(printed, above / below) + 1.5 / below + 0.0001
