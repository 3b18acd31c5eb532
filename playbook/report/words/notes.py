"""What a review noticed about its own numbers, as sentences; and the questions that a log leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.findings import Note

_SENTENCES = {
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

#: How the number of LIVEs is said: a noun, or with the verb that the sentence needs.
_COUNTED = {
    "ads_left_out": ("earlier LIVE", "earlier LIVEs"),
    "ads_mixed": ("earlier LIVE", "earlier LIVEs"),
    "other_gmv": ("earlier LIVE shows", "earlier LIVEs show"),
    "other_orders": ("earlier LIVE counts", "earlier LIVEs count"),
}


def sentence(note: Note) -> str:
    """A note as the sentence that people read."""
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
    if note.kind == "no_usual":
        said["have"] = {0: "There is none yet", 1: "There is 1"}.get(said["known"], f"There are {said['known']}")
    return _SENTENCES[note.kind].format(**said)


def question(asked: Note) -> str:
    """A question about a dip that the log leaves open."""
    return _QUESTIONS[asked.kind].format(**asked.values)
