"""Which market a fact or a word holds in: codes, names that people type, the regions that pages speak of."""

from __future__ import annotations

import re

#: Market code: names that people type for it, the language hosts speak there, and its currency where only it has one.
_MARKETS: dict[str, tuple[tuple[str, ...], str, str | None]] = {
    "US": (("usa", "united states", "america", "estados unidos"), "en", None),
    "UK": (("gb", "great britain", "united kingdom", "england", "britain"), "en", "GBP"),
    "IE": (("ireland",), "en", None),
    "DE": (("germany", "deutschland"), "de", None),
    "FR": (("france",), "fr", None),
    "ES": (("spain", "españa", "espana"), "es", None),
    "IT": (("italy", "italia"), "it", None),
    "ID": (("indonesia",), "id", "IDR"),
    "TH": (("thailand", "ไทย", "ประเทศไทย"), "th", "THB"),
    "VN": (("vietnam", "viet nam", "việt nam"), "vi", "VND"),
    "MY": (("malaysia",), "ms", "MYR"),
    "PH": (("philippines", "pilipinas"), "fil", "PHP"),
    "SG": (("singapore",), "en", "SGD"),
    "BR": (("brazil", "brasil"), "pt-BR", "BRL"),
    "MX": (("mexico", "méxico"), "es", "MXN"),
    "JP": (("japan", "日本"), "ja", "JPY"),
    "CN": (("china", "中国"), "zh", "CNY"),
}
CODES = frozenset(_MARKETS)
#: What a page may say it holds for.
REGIONS: dict[str, frozenset[str]] = {
    "SEA": frozenset({"ID", "TH", "VN", "MY", "PH", "SG"}),
    "EU": frozenset({"IE", "DE", "FR", "ES", "IT"}),
    "LATAM": frozenset({"BR", "MX"}),
}
#: Holds wherever one sells: research and the app's own reading.
ANY = "any"
_NAMES = {name: code for code, (names, _, _) in _MARKETS.items() for name in (code.casefold(), *names)}
_OF_CURRENCY = {currency: code for code, (_, _, currency) in _MARKETS.items() if currency}


def market_of(typed: str | None, currency: str | None = None) -> str | None:
    """The code of a market as a person typed it, else of the only market with that currency; None where neither says.

    >>> market_of("Viet Nam"), market_of("", "IDR"), market_of("my shop", "USD")
    ('VN', 'ID', None)
    """
    words = re.sub(r"[^\w]+", " ", (typed or "").casefold()).strip()
    return _NAMES.get(words) or _OF_CURRENCY.get((currency or "").upper())


def holds_in(stated: str, market: str | None) -> bool:
    """Whether what was stated for `TH, VN` or `SEA` holds for a shop of `market`; everything does where none is known.

    >>> holds_in("SEA", "TH"), holds_in("US", "TH"), holds_in("any", "TH"), holds_in("US", None)
    (True, False, True, True)
    """
    named = {each.strip() for each in stated.split(",")}
    return market is None or ANY in named or market in named or any(market in REGIONS.get(each, ()) for each in named)


def language_of(market: str | None) -> str | None:
    """The language in which hosts of a market speak, as strategies name languages; None where it is not known."""
    return _MARKETS[market][1] if market in _MARKETS else None


def unknown_markets(stated: str) -> list[str]:
    """The parts of a fact's `market` that are neither a code, a region, nor `any`."""
    named = [each.strip() for each in stated.split(",")]
    return [each for each in named if each not in CODES and each not in REGIONS and each != ANY]
