"""Words inside pictures, the same in both ways of drawing them."""

from __future__ import annotations

from playbook.diagnosis.findings import Judgement
from playbook.knowledge.event_words import event_words
from playbook.language import _, pgettext
from playbook.model.session import Event
from playbook.pipeline import Review
from playbook.report.words import sentences

#: An event's label is cut off behind so many characters.
_LONGEST = 26


def reached(review: Review, judged: Judgement, did: str | None) -> str:
    """`4.2% entered, usual 6.1%`: which part of people took a step of the funnel."""
    rate = sentences.value(review, judged)
    if judged.usual is None:
        return _("{rate} {did}", rate=rate, did=did)
    usual = sentences.value(review, judged, judged.usual)
    return _("{rate} {did}, usual {usual}", rate=rate, did=did, usual=usual)


def event_label(event: Event) -> str:
    """`pin: Rain jacket`: what happened, and to what."""
    about = event.product or event.detail
    label = event_words(event.type) + (f": {about}" if about else "")
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"


def side(verdict: str) -> str:
    """`below`: a verdict in one word, as legends have it."""
    words = {
        "below": pgettext("against the usual", "below"), "usual": pgettext("against the usual", "usual"),
        "above": pgettext("against the usual", "above"), "unknown": pgettext("against the usual", "unknown"),
    }  # fmt: skip
    return words[verdict]
