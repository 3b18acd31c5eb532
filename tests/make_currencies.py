"""The table of currencies as Unicode CLDR has them. Run as a file, it writes `playbook/currencies/table.py`.

What people write besides, and which currency a shared sign means, stands by hand in `playbook/currencies/__init__.py`.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from textwrap import wrap

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies, list_currencies

TABLE = Path(__file__).parents[1] / "playbook" / "currencies" / "table.py"

#: Whose habit counts where a currency has several countries or its code does not begin with one.
HOME = {"EUR": "DE", "XAF": "CM", "XOF": "CI", "XPF": "PF", "XCD": "LC", "XCG": "CW", "ANG": "CW", "BYN": "BY"}
#: Where the language of trade is another than the most spoken one.
TRADE = {"ZA": "en", "SG": "en", "PH": "en", "IN": "en", "CA": "en", "HK": "en", "MY": "en", "CH": "de", "NG": "en",
         "KE": "en", "PK": "en", "LK": "en", "GH": "en", "MA": "fr", "DZ": "fr", "TN": "fr"}  # fmt: skip


def in_use() -> dict[str, str]:
    """Currency to the country whose habit counts, of those that are money today."""
    countries: dict[str, list[str]] = {}
    for country in get_global("territory_currencies"):
        for code in get_territory_currencies(country):
            countries.setdefault(code, []).append(country)
    return {
        code: HOME.get(code, code[:2] if code[:2] in found else sorted(found)[0])
        for code, found in sorted(countries.items())
    }


def locales(country: str) -> list[Locale]:
    """The locales of a country, its language of trade first."""
    named = [TRADE[country]] if country in TRADE else []
    languages = [*named, *get_official_languages(country, regional=True, de_facto=True)]
    found = []
    for language in dict.fromkeys(languages):
        try:
            found.append(Locale.parse(f"{language}_{country}"))
        except (UnknownLocaleError, ValueError):
            continue
    return found


def decimal(country: str) -> str:
    """The sign before the decimals in the first of a country's languages."""
    first = next(iter(locales(country)), None)
    return "." if first is None else first.number_symbols["latn"]["decimal"]


def digits(code: str) -> int:
    """Decimals of a price."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(code, fractions["DEFAULT"])[0])


def folded(sign: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKC", sign) if unicodedata.category(each) != "Cf")
    return "".join(plain.casefold().split()).replace(".", "")


def signs(code: str, country: str) -> list[str]:
    """How a currency is written in its own country and in English, folded; its code is not among them."""
    every = [each.currency_symbols.get(code, code) for each in (Locale.parse("en"), *locales(country))]
    return sorted({folded(each) for each in every} - {code.casefold(), ""})


def table() -> list[str]:
    """A line a currency: code, decimals, decimal sign, signs."""
    lines = []
    for code, country in in_use().items():
        lines.append(" ".join((code, str(digits(code)), decimal(country), *signs(code, country))))
    return lines


def others() -> list[str]:
    """Codes of currencies that are money no longer, and of funds."""
    return sorted(set(list_currencies()) - set(in_use()))


def text() -> str:
    """The module."""
    lines, codes = "\n".join(table()), "\n".join(wrap(" ".join(others()), 100))
    return f'''"""Currencies as Unicode CLDR has them. Written by tests/make_currencies.py, which a test holds it to."""

#: A line a currency in use: code, decimals of a price, the sign before them, how it is written at home and in English.
IN_USE = """
{lines}
"""

#: Codes of what is money no longer, and of funds and metals.
OTHERS = """
{codes}
"""
'''


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
