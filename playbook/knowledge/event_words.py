"""What the types of events in a log are called."""

from __future__ import annotations

from playbook.language import pgettext


def event_words(kind: str) -> str:
    """A type of event as people read it: `flash sale`."""
    words = {
        "pin": pgettext("event in a log", "pin"), "unpin": pgettext("event in a log", "unpin"),
        "flash_sale": pgettext("event in a log", "flash sale"), "giveaway": pgettext("event in a log", "giveaway"),
        "billboard": pgettext("event in a log", "billboard"), "coupon": pgettext("event in a log", "coupon"),
        "ad": pgettext("event in a log", "ad"), "violation": pgettext("event in a log", "violation"),
        "host_change": pgettext("event in a log", "host change"), "script": pgettext("event in a log", "script"),
        "other": pgettext("event in a log", "other"),
    }  # fmt: skip
    return words.get(kind, kind.replace("_", " "))
