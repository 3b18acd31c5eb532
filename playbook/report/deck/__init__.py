"""Slides for a client: one LIVE or one month, with charts that stay editable."""

from .live import as_deck
from .look import DeckLook
from .month import month_deck

__all__ = ["DeckLook", "as_deck", "month_deck"]
