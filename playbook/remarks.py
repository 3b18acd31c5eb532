"""What a review noticed about its own numbers, as sentences; and the questions that a log leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.findings import ORDERS_WORDS, Ads, Note

_SENTENCES = {
    "running": "This LIVE was still running when the file was exported; its numbers are not final.",
    "stub": "This LIVE lasted under {minutes:.0f} minutes. It is shown, but it is never part of your usual.",
    "provisional": "GMV of a LIVE younger than {days} days still grows; this export is provisional.",
    "export_undated": "The file does not say when it was exported. If the LIVE is younger than {days} days, its GMV "
    "may still grow.",
    "attributed_gmv": "GMV is attributed GMV: it counts orders placed after the LIVE as well.",
    "not_sku_orders": "CTOR and GMV per order count {orders}: this export prints no SKU orders.",
    "no_gmv_per_order": "The orders of this export are attributed orders and its GMV is direct: there is no GMV per "
    "order.",
    "attributed_orders": "The orders of this export are attributed orders, so GMV per order divides attributed GMV by "
    "them.",
    "ads_cost": "{ads_cost}",
    "no_trend": "There is no trend of this LIVE, so dips inside it cannot be found: add its Trend Stat file, or rows "
    "per minute.",
    "no_start": "This LIVE has no start time, so every other LIVE given counts as an earlier one.",
    "undated": "{lives} without a start time left out: they cannot be placed before this one.",
    "short_lives": "{lives} under {minutes:.0f} minutes or still running left out of the usual.",
    "other_currency": "{lives} in another currency left out of the usual.",
    "other_accounts": "{lives} of other accounts left out of the usual.",
    "ads_left_out": "This LIVE ran {here}: {lives} {there} left out of the usual.",
    "ads_mixed": "This LIVE ran {here}, and {lives} {there} stand in its usual. No metric is called low or high until "
    "{needed} LIVEs {here} can be compared.",
    "no_usual": "A usual needs {needed} earlier LIVEs. {have}: export the last 28 days to get a history.",
    "other_gmv": "{lives} {other} GMV, this one {kind} GMV: their GMV is not compared.",
    "other_orders": "{lives} {others}, this one {kind}: they are left out of the usual of CTOR and GMV per order.",
    "mixed_kinds": "Exact and derived numbers, or GMV of unknown kind, are compared in: {metrics}.",
    "split_no_gmv": "GMV is not split over the funnel: this export has no GMV.",
    "split_too_large": "GMV is not split over the funnel: it is too large to be one.",
    "split_few_lives": "GMV is not split over the funnel: it needs {needed} earlier LIVEs with a known GMV and a known "
    "length, views or impressions, {known} so far.",
    "split_nothing_sold": "GMV is not split over the funnel: the earlier LIVEs sold next to nothing.",
    "split_no_counts": "GMV is not split over the funnel: the counts between impressions and orders are not known.",
    "split_at_zero": "Nothing came through at one step ({step}), so all that was still to come is counted there.",
    "no_product_count": "The product list has no {named}: {lost}.",
    "unreadable": "{metrics} cannot be read inside this LIVE: even a fall by half over 45 minutes would not stand out "
    "from chance.",
    "unreadable_under": "{metrics} cannot be read here in stretches under {minutes:.0f} minutes: a fall by half would "
    "not stand out from chance.",
    "not_searched": "Not searched for dips, as the trend has too few numbers for it: {metrics}.",
    "no_lives": "No LIVE of at least 30 minutes is stored yet: import an export first.",
}

_QUESTIONS = {
    "pinned": "{product} was pinned when it began: how did it do in other LIVEs?",
    "which_pinned": "Which product was pinned during this time?",
    "promotion": "Was a promotion or an ad running, or had one just ended?",
    "violation": "Was there a violation during this time?",
    "buyable": "Could the product be bought: price, variants, voucher, stock?",
    "closing": "Was the LIVE being closed by then?",
}

#: What it can mean when impressions and ERR part. Possible readings, not causes.
READINGS: Mapping[str | None, str] = {
    "shown_more_entered_less": "The LIVE was shown more and a smaller share came in. New impressions often reach "
    "people who do not know the shop; if views still rose, that can be healthy. If views did not rise, look at what "
    "people see before they enter: billboard, pin, picture.",
    "shown_less_entered_more": "The LIVE was shown less and a larger share came in. Often those left are people who "
    "know the shop. The entrance holds; look at what brings new people: fresh pins, an opener, a giveaway.",
}

#: A count that a product list lacks: its name, and what cannot be said without it.
_WITHOUT = {
    "product_impressions": ("product impressions", "product CTR and what was shown too little are unknown"),
    "product_clicks": ("product clicks", "neither product CTR nor CTOR is known"),
    "sku_orders": ("SKU orders", "CTOR is unknown"),
}

#: How the number of LIVEs is said: a noun, or with the verb that the sentence needs.
_COUNTED = {
    "ads_left_out": ("earlier LIVE", "earlier LIVEs"),
    "ads_mixed": ("earlier LIVE", "earlier LIVEs"),
    "other_gmv": ("earlier LIVE shows", "earlier LIVEs show"),
    "other_orders": ("earlier LIVE counts", "earlier LIVEs count"),
}


def sentence(note: Note, currency: str | None = None) -> str:
    """A note as the sentence that people read; `currency` is that of the money in it."""
    said = dict(note.values)
    if "lives" in said:
        one, several = _COUNTED.get(note.kind, ("LIVE", "LIVEs"))
        said["lives"] = f"{said['lives']} {one if said['lives'] == 1 else several}"
    if "metrics" in said:
        names = said["metrics"]
        said["metrics"] = ", ".join(names) if note.kind == "mixed_kinds" else formats.listed(names)
    if "ads" in said:
        said["here"], said["there"] = ("with ads", "without ads") if said["ads"] else ("without ads", "with ads")
    if "others" in said:
        said["others"] = " or ".join(said["others"])
    if note.kind == "split_at_zero":
        said["step"] = said["factor"].replace("_", " ")
    if note.kind == "no_product_count":
        said["named"], said["lost"] = _WITHOUT[said["count"]]
    if note.kind == "not_sku_orders":
        said["orders"] = ORDERS_WORDS[said["orders"]]
    if note.kind == "ads_cost":
        said["ads_cost"] = _ads_cost(said["of"], currency)
    if note.kind == "no_usual":
        said["have"] = {0: "There is none yet", 1: "There is 1"}.get(said["known"], f"There are {said['known']}")
    return _SENTENCES[note.kind].format(**said)


def question(asked: Note) -> str:
    """A question about a dip that the log leaves open."""
    return _QUESTIONS[asked.kind].format(**asked.values)


def _ads_cost(ads: Ads, currency: str | None) -> str:
    """What ads cost for each order, what is left after them, and what their own GMV means."""
    parts = []
    if ads.cost is not None:
        parts.append(f"Ads cost {formats.money(ads.cost, currency)}")
        if ads.cost_per_order is not None:
            parts[0] += f", which is {formats.money(ads.cost_per_order, currency)} for each order of this LIVE"
        if ads.gmv_less_cost is not None:
            parts.append(f"GMV less ads is {formats.money(ads.gmv_less_cost, currency)}")
    if ads.gmv is not None:
        parts.append(f"ads claim {formats.money(ads.gmv, currency)} of GMV")
    if ads.claims_all:
        parts[-1] += ", nearly all of it: LIVE GMV Max counts paid and organic orders alike"
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
