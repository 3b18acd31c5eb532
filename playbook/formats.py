"""Numbers and dates as a person reads them: percentages, money, counts, times, days. Words are in their language.

Money is written as its own market does. All other numbers of a page or a report are written as the market of its shop
does, which `written_for` and `write_for` say: `62.941` beside `Rp 3,5 jt`, `62,941` beside `$3.5K`. A date keeps its
English month and takes the market's order: `14 Nov 2026`, `Nov 14, 2026`; in another language it is written as that
language does. A day has 24 hours, as exports print it.

Babel (its tables come from Unicode CLDR) is imported inside functions only: numbers in English need no tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Literal, TypeGuard

from . import language
from .currencies import LOCALES, WHOLE
from .language import _, ngettext, pgettext

ShownAs = Literal["percent", "number", "seconds", "money", "decimal"]

#: The locale in which numbers without a currency are written now. Each thread begins in English.
_ENGLISH = "en_US"
_locale: ContextVar[str] = ContextVar("locale of numbers", default=_ENGLISH)

#: Locales whose own short form is none (`52500`) or hard to read for those who trade there: K, M and B are used.
_SHORT_WITH_LETTERS = frozenset({"de_DE", "es_MX", "ja_JP"})

#: Where dates in digits begin with the year.
_YEAR_FIRST = frozenset({"ja_JP", "zh_CN"})

#: Where the sign stands when it is not close before the number.
_SIGN_PLACE = {"BRL": "¤ #,##0", "EUR": "#,##0 ¤", "IDR": "¤ #,##0", "PLN": "#,##0 ¤", "VND": "#,##0 ¤"}

#: From here on the short form is worth its loss of digits.
_SHORTEN_FROM = 10_000


def unknown() -> str:
    """What stands where there is no number."""
    return _("unknown")


@contextmanager
def written_for(currency: str | None) -> Iterator[None]:
    """Inside the block numbers are written as the market of this currency writes them."""
    before = _locale.set(LOCALES.get(currency or "", _ENGLISH))
    try:
        yield
    finally:
        _locale.reset(before)


def write_for(currency: str | None) -> None:
    """As `written_for`, until it is called anew: for a page, which is one run from top to bottom."""
    _locale.set(LOCALES.get(currency or "", _ENGLISH))


def percent(value: float | None) -> str:
    """A fraction as a percentage: `6.1%`, `0.41%`, `226%`; one digit from 1 %, two below, none from 100 %."""
    if not _known(value):
        return unknown()
    hundredths = value * 100
    size = abs(hundredths)
    if size == 0:
        return _percentage("0")
    if size < 0.005:
        if value > 0:
            return _("under {percentage}", percentage=_percentage("0.01"))
        return _("over {percentage}", percentage=_percentage("-0.01"))
    return _percentage(f"{hundredths:,.{_percent_digits(size)}f}")


def percent_in(value: float, digits: int) -> str:
    """A fraction as a percentage with so many digits behind the point, for marks of an axis: `5%`, `2.5%`."""
    return _percentage(f"{value * 100:,.{digits}f}")


def change(value: float | None) -> str:
    """A relative change with its sign, in whole percent: `-31%`, `+8%`; one digit under 1 %: `+0.4%`."""
    if not _known(value):
        return unknown()
    hundredths = value * 100
    digits = 1 if 0 < abs(hundredths) < 0.95 else 0
    text = f"{hundredths:+,.{digits}f}"
    return _percentage("0" if text.strip("+-") in ("0", "0.0") else text)


def change_size(value: float) -> str:
    """How large a relative change is, without its direction: `31%`."""
    return change(abs(value)).removeprefix("+")


def count(value: float | None) -> str:
    """A count with thousands separators: `41,234`; a fraction keeps one digit."""
    if not _known(value):
        return unknown()
    return _local(f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:,.1f}")


def listed(names: Sequence[str], last: str = "and") -> str:
    """`CTR`, `CTR and CTOR`, `CTR, CTOR and Share rate`; `last`, and or or, stands before the last one."""
    if len(names) < 2:
        return "".join(names)
    if language.current() != language.SOURCE:
        from babel.lists import format_list

        return str(format_list(names, style="or" if last == "or" else "standard", locale=language.cldr()))
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def several(number: int, one: str, many: str | None = None) -> str:
    """A number with its word: `1 row`, `3 rows`, `0 LIVEs`; `many` where it is more than an s."""
    return f"{_local(f'{number:,}')} {one if number == 1 else many or one + 's'}"


def lives(number: int) -> str:
    """`1 LIVE`, `4 LIVEs`, in the language in force."""
    return ngettext("{count} LIVE", "{count} LIVEs", number, count=count(number))


def decimal(value: float | None) -> str:
    """A plain ratio: `3.9`, `0.41`."""
    if not _known(value):
        return unknown()
    return _local(f"{value:,.{0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2}f}")


def multiple(value: float) -> str:
    """How many times something, with as many digits as it has: `0.5`, `1`, `1.25`."""
    return _local(f"{value:g}")


def seconds(value: float | None) -> str:
    """A length of time in seconds: `27 s`, `1 min 12 s`, `2 h 5 min`."""
    if not _known(value):
        return unknown()
    text = _length(value)
    return f"-{text}" if round(value) < 0 else text


def _length(value: float) -> str:
    whole, size = abs(round(value)), abs(value)
    if whole < 60:
        tenths = 0 < size < 10 and not float(value).is_integer()
        return _seconds(_local(f"{size:.1f}") if tenths else str(whole))
    minutes, rest = divmod(whole, 60)
    if minutes < 60 and rest:
        return pgettext("length of time", "{min} min {s} s", min=minutes, s=rest)
    if minutes < 60:
        return pgettext("length of time", "{min} min", min=minutes)
    hours, minutes = divmod(minutes, 60)
    if minutes:
        return pgettext("length of time", "{h} h {min} min", h=hours, min=minutes)
    return pgettext("length of time", "{h} h", h=hours)


def _seconds(number: str) -> str:
    return pgettext("length of time", "{s} s", s=number)


def clock(minute: float | None) -> str:
    """Minutes from the start of the LIVE as hours and minutes: `0:41`, `1:05`; before the start `-0:02`."""
    if not _known(minute):
        return unknown()
    whole = math.floor(abs(minute))
    return f"{'-' if minute < 0 and whole else ''}{whole // 60}:{whole % 60:02d}"


def day(of: date) -> str:
    """A day without its year, in the market's order: `2 Nov`, `Nov 2`."""
    if language.current() != language.SOURCE:
        return _in_words(of, "MMMd")
    return f"{of:%b} {of.day}" if _month_first(_locale.get()) else f"{of.day} {of:%b}"


def day_and_year(of: date) -> str:
    """`2 Nov 2026`, `Nov 2, 2026`."""
    if language.current() != language.SOURCE:
        return _in_words(of, "yMMMd")
    return f"{day(of)}{',' if _month_first(_locale.get()) else ''} {of:%Y}"


def month_and_year(of: date) -> str:
    """`November 2026`."""
    return _in_words(of, "yMMMM") if language.current() != language.SOURCE else f"{of:%B %Y}"


def weekday(of: date, year: bool = False) -> str:
    """A day with its weekday: `Mon 2 Nov`, `Mon, Nov 2`; with its year where asked for."""
    if language.current() != language.SOURCE:
        return _in_words(of, "yMMMEd" if year else "MMMEd")
    return f"{of:%a}{',' if _month_first(_locale.get()) else ''} {day_and_year(of) if year else day(of)}"


def typed_day() -> Literal["YYYY/MM/DD", "MM/DD/YYYY", "DD/MM/YYYY"]:
    """The form in which a box for a date takes it."""
    if _locale.get() in _YEAR_FIRST:
        return "YYYY/MM/DD"
    return "MM/DD/YYYY" if _month_first(_locale.get()) else "DD/MM/YYYY"


def day_of_a_column() -> str:
    """The form of `day_and_year` for a column of days that is sorted as dates."""
    return "MMM D, YYYY" if _month_first(_locale.get()) else "D MMM YYYY"


def day_of_an_axis() -> str:
    """The form of `day` for an axis of time."""
    return "%b %-d" if _month_first(_locale.get()) else "%-d %b"


def money(value: float | None, currency: str | None) -> str:
    """An amount as its market writes it: `R$ 2.345,60`, `Rp 18.600`, `$2,345.60`; without currency a plain number.

    `currency` is an ISO 4217 code; anything else is put in front as it is.
    """
    if not _known(value):
        return unknown()
    if not currency:
        return _local(f"{value:,.2f}")
    from babel.numbers import format_currency

    if not _is_code(currency):
        return f"{currency} {_local(f'{value:,.2f}')}"
    if currency in WHOLE:
        return _whole_money(value, currency)
    return _tidy(format_currency(value, currency, locale=LOCALES.get(currency, _ENGLISH)), currency)


def money_short(value: float | None, currency: str | None) -> str:
    """As `money` in few characters: `R$ 2.346`, `Rp 4,1 jt`, `$41.2K`. Under 10,000 only the decimals go."""
    if not _known(value):
        return unknown()
    if currency and not _is_code(currency):
        return f"{currency} {_local(f'{value:,.0f}')}"
    if abs(value) < 100:
        return money(value, currency)
    if not currency:
        return _local(f"{value:,.0f}" if abs(value) < _SHORTEN_FROM else _compact(value))
    if abs(value) < _SHORTEN_FROM:
        return _whole_money(value, currency)
    from babel.numbers import format_compact_currency

    locale = LOCALES.get(currency, _ENGLISH)
    if locale in _SHORT_WITH_LETTERS:
        whole, short = _whole_money(1, currency), _in(locale, _compact(abs(value)))
        return f"{'-' if value < 0 else ''}{whole.replace('1', short)}"
    return _tidy(format_compact_currency(value, currency, locale=locale, fraction_digits=1), currency)


def value(number: float | None, shown_as: ShownAs, currency: str | None = None) -> str:
    """A metric's value in the way that metrics.yaml names."""
    if shown_as == "money":
        return money(number, currency)
    plain: dict[str, Callable[[float | None], str]] = {
        "percent": percent, "number": _whole_count, "seconds": seconds, "decimal": decimal,
    }  # fmt: skip
    return plain[shown_as](number)


def value_short(number: float | None, shown_as: ShownAs, currency: str | None = None) -> str:
    """As `value`, money in its short form: for large figures in little space."""
    return money_short(number, currency) if shown_as == "money" else value(number, shown_as, currency)


def value_range(low: float | None, high: float | None, shown_as: ShownAs, currency: str | None = None) -> str:
    """A range with its unit once where it stands behind the number: `7.4–9.6%`, `27–41 s`."""
    if not _known(low) or not _known(high):
        return unknown()
    if shown_as == "percent" and low > 0:
        digits = (
            _percent_digits(high * 100) if round(low * 100, _percent_digits(high * 100)) else _percent_digits(low * 100)
        )
        return _percentage(f"{low * 100:,.{digits}f}–{high * 100:,.{digits}f}")
    if shown_as == "seconds" and 10 <= low <= high < 59.5:
        return _seconds(f"{low:.0f}–{high:.0f}")
    return f"{value_short(low, shown_as, currency)}–{value_short(high, shown_as, currency)}"


def count_short(value: float | None) -> str:
    """A count in few characters, for an axis: `52.5K`, `52,5 rb`. Under 10,000 as it is."""
    if not _known(value):
        return unknown()
    if abs(value) < _SHORTEN_FROM:
        return _local(f"{value:,.15g}")
    if _locale.get() in _SHORT_WITH_LETTERS:
        return _local(_compact(value))
    from babel.numbers import format_compact_decimal

    return _plain_spaces(format_compact_decimal(value, locale=_locale.get(), fraction_digits=1))


def _in_words(of: date, skeleton: str) -> str:
    """A day with the name of its month, as the language in force writes it."""
    from babel.dates import format_skeleton

    return _plain_spaces(format_skeleton(skeleton, of, locale=language.cldr()))


def _whole_count(number: float | None) -> str:
    """A count, or what is usual of one: nobody has 34.4 orders."""
    return count(round(number) if _known(number) and abs(number) >= 10 else number)


def _whole_money(number: float, currency: str) -> str:
    from babel.numbers import format_currency

    pattern = _SIGN_PLACE.get(currency, "¤#,##0")
    locale = LOCALES.get(currency, _ENGLISH)
    text = format_currency(round(number), currency, format=pattern, locale=locale, currency_digits=False)
    return _tidy(text, currency)


def _percent_digits(size: float) -> int:
    """Digits for a size in percent, decided after rounding so that 99.96 and 100 read alike."""
    if round(size, 1) >= 100:
        return 0
    return 1 if round(size, 2) >= 1 else 2


def _local(text: str) -> str:
    """A number written in English, as the market of this page writes it."""
    return _in(_locale.get(), text)


def _in(locale: str, text: str) -> str:
    if locale == _ENGLISH:
        return text
    decimal_sign, group, _percent = _signs(locale)
    return text.translate({ord("."): decimal_sign, ord(","): group})


def _percentage(text: str) -> str:
    """A number written in English with the sign for per cent where this market puts it."""
    return _signs(_locale.get())[2].replace("#", _local(text)) if _locale.get() != _ENGLISH else f"{text}%"


@lru_cache
def _month_first(locale: str) -> bool:
    if locale == _ENGLISH:
        return True
    from babel import Locale

    pattern = str(Locale.parse(locale).datetime_skeletons["MMMd"])
    return pattern.index("M") < pattern.index("d")


@lru_cache
def _signs(locale: str) -> tuple[str, str, str]:
    """The decimal sign, the sign between thousands, and how a percentage is put together, the number being `#`."""
    from babel import Locale

    found = Locale.parse(locale)
    symbols = found.number_symbols["latn"]
    percentage = str(found.percent_formats[None].pattern).replace("#,##0", "#")
    return _plain_spaces(symbols["decimal"]), _plain_spaces(symbols["group"]), _plain_spaces(percentage)


def _plain_spaces(text: str) -> str:
    """Ordinary spaces, so that text can be searched and copied."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _compact(number: float) -> str:
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(number) >= size:
            return f"{number / size:,.1f}".removesuffix(".0") + letter
    return f"{number:,.0f}"


def _is_code(currency: str) -> bool:
    return len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()


def _tidy(text: str, currency: str) -> str:
    """Ordinary spaces (so that text can be searched and copied), and a space after signs made of letters."""
    text = _plain_spaces(text).replace("￥", "¥")
    if currency == "JPY":
        text = text.replace("JPY", "¥")
    if currency == "MXN":
        text = text.replace("MX$", "$")
    if currency == "IDR" and "Rp " not in text:
        text = text.replace("Rp", "Rp ")
    return text


def _known(number: float | None) -> TypeGuard[float]:
    return number is not None and math.isfinite(number)
