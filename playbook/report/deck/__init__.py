"""Slides for a client: one LIVE or one month, with charts that stay editable."""

from .live import as_deck
from .look import Look
from .month import month_deck

__all__ = ["Look", "as_deck", "month_deck"]
