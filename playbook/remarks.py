"""What a review noticed about its own numbers, as sentences; and the questions that a log leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook import formats
from playbook.diagnosis.findings import ORDERS_WORDS, Ads, Note
from playbook.language import N_, NN_, _, ngettext

_SENTENCES = {
    "running": N_("This LIVE was still running when the file was exported; its numbers are not final."),
    "stub": N_("This LIVE lasted under {minutes} minutes. It is shown, but it is never part of your usual."),
    "provisional": N_("GMV of a LIVE younger than {days} days still grows; this export is provisional."),
    "export_undated": N_(
        "The file does not say when it was exported. If the LIVE is younger than {days} days, its GMV may still grow."
    ),
    "attributed_gmv": N_("GMV is attributed GMV: it counts orders placed after the LIVE as well."),
    "not_sku_orders": N_("CTOR and GMV per order count {orders}: this export prints no SKU orders."),
    "no_gmv_per_order": N_(
        "The orders of this export are attributed orders and its GMV is direct: there is no GMV per order."
    ),
    "attributed_orders": N_(
        "The orders of this export are attributed orders, so GMV per order divides attributed GMV by them."
    ),
    "no_trend": N_(
        "There is no trend of this LIVE, so dips inside it cannot be found: add its Trend Stat file, or rows per "
        "minute."
    ),
    "no_start": N_("This LIVE has no start time, so every other LIVE given counts as an earlier one."),
    "mixed_kinds": N_("Exact and derived numbers, or GMV of unknown kind, are compared in: {metrics}."),
    "split_no_gmv": N_("GMV is not split over the funnel: this export has no GMV."),
    "split_too_large": N_("GMV is not split over the funnel: it is too large to be one."),
    "split_few_lives": N_(
        "GMV is not split over the funnel: it needs {needed} earlier LIVEs with a known GMV and a known length, views "
        "or impressions, {known} so far."
    ),
    "split_nothing_sold": N_("GMV is not split over the funnel: the earlier LIVEs sold next to nothing."),
    "split_no_counts": N_("GMV is not split over the funnel: the counts between impressions and orders are not known."),
    "split_at_zero": N_("Nothing came through at one step ({step}), so all that was still to come is counted there."),
    "unreadable": N_(
        "{metrics} cannot be read inside this LIVE: even a fall by half over 45 minutes would not stand out from "
        "chance."
    ),
    "unreadable_under": N_(
        "{metrics} cannot be read here in stretches under {minutes} minutes: a fall by half would not stand out from "
        "chance."
    ),
    "not_searched": N_("Not searched for dips, as the trend has too few numbers for it: {metrics}."),
    "no_lives": N_("No LIVE of at least 30 minutes is stored yet: import an export first."),
}

#: Sentences with a number of LIVEs, for one and for several.
_COUNTED = {
    "undated": NN_(
        "{lives} LIVE without a start time left out: they cannot be placed before this one.",
        "{lives} LIVEs without a start time left out: they cannot be placed before this one.",
    ),
    "short_lives": NN_(
        "{lives} LIVE under {minutes} minutes or still running left out of the usual.",
        "{lives} LIVEs under {minutes} minutes or still running left out of the usual.",
    ),
    "other_currency": NN_(
        "{lives} LIVE in another currency left out of the usual.",
        "{lives} LIVEs in another currency left out of the usual.",
    ),
    "other_accounts": NN_(
        "{lives} LIVE of other accounts left out of the usual.",
        "{lives} LIVEs of other accounts left out of the usual.",
    ),
    "other_gmv": NN_(
        "{lives} earlier LIVE shows {other} GMV, this one {kind} GMV: their GMV is not compared.",
        "{lives} earlier LIVEs show {other} GMV, this one {kind} GMV: their GMV is not compared.",
    ),
    "other_orders": NN_(
        "{lives} earlier LIVE counts {others}, this one {kind}: they are left out of the usual of CTOR and GMV per "
        "order.",
        "{lives} earlier LIVEs count {others}, this one {kind}: they are left out of the usual of CTOR and GMV per "
        "order.",
    ),
}

#: The same by whether this LIVE ran with ads.
_BY_ADS = {
    ("ads_left_out", True): NN_(
        "This LIVE ran with ads: {lives} earlier LIVE without ads left out of the usual.",
        "This LIVE ran with ads: {lives} earlier LIVEs without ads left out of the usual.",
    ),
    ("ads_left_out", False): NN_(
        "This LIVE ran without ads: {lives} earlier LIVE with ads left out of the usual.",
        "This LIVE ran without ads: {lives} earlier LIVEs with ads left out of the usual.",
    ),
    ("ads_mixed", True): NN_(
        "This LIVE ran with ads, and {lives} earlier LIVE without ads stand in its usual. No metric is called low or "
        "high until {needed} LIVEs with ads can be compared.",
        "This LIVE ran with ads, and {lives} earlier LIVEs without ads stand in its usual. No metric is called low or "
        "high until {needed} LIVEs with ads can be compared.",
    ),
    ("ads_mixed", False): NN_(
        "This LIVE ran without ads, and {lives} earlier LIVE with ads stand in its usual. No metric is called low or "
        "high until {needed} LIVEs without ads can be compared.",
        "This LIVE ran without ads, and {lives} earlier LIVEs with ads stand in its usual. No metric is called low or "
        "high until {needed} LIVEs without ads can be compared.",
    ),
}

_QUESTIONS = {
    "pinned": N_("{product} was pinned when it began: how did it do in other LIVEs?"),
    "which_pinned": N_("Which product was pinned during this time?"),
    "promotion": N_("Was a promotion or an ad running, or had one just ended?"),
    "violation": N_("Was there a violation during this time?"),
    "buyable": N_("Could the product be bought: price, variants, voucher, stock?"),
    "closing": N_("Was the LIVE being closed by then?"),
}

#: What it can mean when impressions and ERR part. Possible readings, not causes.
READINGS: Mapping[str | None, str] = {
    "shown_more_entered_less": N_(
        "The LIVE was shown more and a smaller share came in. New impressions often reach people who do not know the "
        "shop; if views still rose, that can be healthy. If views did not rise, look at what people see before they "
        "enter: billboard, pin, picture."
    ),
    "shown_less_entered_more": N_(
        "The LIVE was shown less and a larger share came in. Often those left are people who know the shop. The "
        "entrance holds; look at what brings new people: fresh pins, an opener, a giveaway."
    ),
}

#: What cannot be said without a count that a product list lacks.
_WITHOUT = {
    "product_impressions": N_(
        "The product list has no product impressions: product CTR and what was shown too little are unknown."
    ),
    "product_clicks": N_("The product list has no product clicks: neither product CTR nor CTOR is known."),
    "sku_orders": N_("The product list has no SKU orders: CTOR is unknown."),
}
#: Kinds of GMV and of orders as notes name them.
_KINDS = (N_("direct"), N_("attributed"), N_("SKU orders"), N_("main orders"), N_("paid orders"))


#: Every kind of note that has a sentence.
NOTED = frozenset(
    {*_SENTENCES, *_COUNTED, *(kind for kind, ads in _BY_ADS if ads), "ads_cost", "no_product_count", "no_usual"}
)


def reading(divergence: str) -> str:
    """What it can mean that impressions and ERR part."""
    return _(READINGS[divergence])


def sentence(note: Note, currency: str | None = None) -> str:
    """A note as the sentence that people read; `currency` is that of the money in it."""
    said = _words(note)
    if note.kind == "ads_cost":
        return _ads_cost(said["of"], currency)
    if note.kind == "no_product_count":
        return _(_WITHOUT[said["count"]])
    if note.kind == "no_usual":
        return _no_usual(said["needed"], said["known"])
    if note.kind in _COUNTED:
        return ngettext(*_COUNTED[note.kind], said["lives"], **said)
    if "ads" in said and "lives" in said:
        return ngettext(*_BY_ADS[note.kind, bool(said["ads"])], said["lives"], **said)
    return _(_SENTENCES[note.kind], **said)


def _words(note: Note) -> dict[str, Any]:
    """The values of a note as they stand in its sentence."""
    said = dict(note.values)
    if "metrics" in said:
        names = said["metrics"]
        said["metrics"] = ", ".join(names) if note.kind == "mixed_kinds" else formats.listed(names)
    if "minutes" in said:
        said["minutes"] = f"{said['minutes']:.0f}"
    if "others" in said:
        said["others"] = _or([_(each) for each in said["others"]])
    for name in ("other", "kind"):
        if name in said:
            said[name] = _(said[name])
    if note.kind == "split_at_zero":
        said["step"] = said["factor"].replace("_", " ")
    if note.kind == "not_sku_orders":
        said["orders"] = _(ORDERS_WORDS[said["orders"]])
    return said


def _or(names: list[str]) -> str:
    """`a or b or c`."""
    return names[0] if len(names) == 1 else _("{one} or {other}", one=_or(names[:-1]), other=names[-1])


def _no_usual(needed: int, known: int) -> str:
    if known == 0:
        return _(
            "A usual needs {needed} earlier LIVEs. There is none yet: export the last 28 days to get a history.",
            needed=needed,
        )
    return ngettext(
        "A usual needs {needed} earlier LIVEs. There is {known}: export the last 28 days to get a history.",
        "A usual needs {needed} earlier LIVEs. There are {known}: export the last 28 days to get a history.",
        known, needed=needed, known=known,
    )  # fmt: skip


def question(asked: Note) -> str:
    """A question about a dip that the log leaves open."""
    return _(_QUESTIONS[asked.kind], **asked.values)


def _ads_cost(ads: Ads, currency: str | None) -> str:
    """What ads cost for each order, what is left after them, and what their own GMV means."""
    parts = []
    if ads.cost is not None:
        cost = formats.money(ads.cost, currency)
        if ads.cost_per_order is None:
            parts.append(_("ads cost {cost}", cost=cost))
        else:
            each = formats.money(ads.cost_per_order, currency)
            parts.append(_("ads cost {cost}, which is {each} for each order of this LIVE", cost=cost, each=each))
        if ads.gmv_less_cost is not None:
            parts.append(_("GMV less ads is {amount}", amount=formats.money(ads.gmv_less_cost, currency)))
    if ads.gmv is not None:
        claimed = formats.money(ads.gmv, currency)
        if ads.claims_all:
            parts.append(
                _(
                    "ads claim {amount} of GMV, nearly all of it: LIVE GMV Max counts paid and organic orders alike",
                    amount=claimed,
                )
            )
        else:
            parts.append(_("ads claim {amount} of GMV", amount=claimed))
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
