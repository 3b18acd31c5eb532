"""Keys of widgets and of session state that belong to a shop, or to one LIVE of a shop.

Without the shop in its key a box keeps what was typed for one shop and shows it for the next. LIVEs of two shops may
have the same id, so a LIVE's key carries its shop too.
"""

from __future__ import annotations


def of_shop(name: str, shop_id: str | None) -> str:
    """The key of something that each shop has; the bare name as long as there is no shop."""
    return name if shop_id is None else f"{name}@{shop_id}"


def unsaved(key: str) -> str:
    """Where what stands in a widget is kept while its page is not shown: Streamlit forgets the widget then."""
    return f"{key} unsaved"


def of_live(name: str, shop_id: str | None, session_id: str) -> str:
    """The key of something that each LIVE of a shop has."""
    return f"{of_shop(name, shop_id)}/{session_id}"
