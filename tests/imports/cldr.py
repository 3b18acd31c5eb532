"""The names of months and days as Unicode CLDR has them: what `playbook/imports/cells/time_words.py` is written from.

Run as a file, it prints the tables.
"""

from __future__ import annotations

import unicodedata

from babel import Locale

#: The languages of the markets, and of the sellers in them.
LANGUAGES = ("en", "id", "ms", "es", "pt", "vi", "th", "de", "fr", "it", "zh", "zh_Hant", "ja", "ko", "fil", "nl", "pl",
             "tr", "sv")  # fmt: skip


def key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(".", "").strip()


def _named(attribute: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        table = getattr(Locale.parse(language), attribute)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in table[context][width].items():
                    if not any(sign.isdigit() for sign in name):
                        found.setdefault(key(name), set()).add(number)
    return found


def months() -> dict[str, int]:
    """Name without dots to month, of the names that mean one month in every language."""
    return {name: numbers.pop() for name, numbers in sorted(_named("months").items()) if len(numbers) == 1}


def days() -> set[str]:
    """Names of days of the week without dots."""
    return {word for name in _named("days") for word in name.replace("-", " ").split()}


if __name__ == "__main__":
    print({number: " ".join(name for name, at in months().items() if at == number) for number in range(1, 13)})
    print(" ".join(sorted(days())))
