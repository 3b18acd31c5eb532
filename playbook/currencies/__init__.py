"""What is known about currencies, for reading and for writing: the one table.

The codes, decimals and signs are those of Unicode CLDR (`table.py`). Here stands what it does not say: which currency
a shared sign means, what people write besides, and how amounts are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .table import IN_USE, OTHERS

#: Where TikTok Shop sells, in the order of the alphabet: what menus offer.
OFFERED = ("BRL", "EUR", "GBP", "IDR", "JPY", "MXN", "MYR", "PHP", "SGD", "THB", "USD", "VND")

#: Signs of several currencies: the one of the largest market. Other short words, like k and m, shorten numbers.
_SHARED = {
    "$": "USD", "£": "GBP", "¥": "JPY", "kr": "SEK", "rs": "PKR", "bs": "BOB", "c$": "CAD", "sr": "SAR", "r": "ZAR",
}  # fmt: skip

#: Written besides, folded as `folded` does. Where Japanese programs draw a yen sign, a backslash stands.
_ALSO = {
    "AED": "dhs درهم", "AUD": "au$", "BDT": "tk", "BHD": "bd", "BRL": "real reais 雷亚尔 雷亞爾", "CAD": "can$",
    "CHF": "fr sfr", "CLP": "clp$", "CNY": "元 rmb 人民币", "COP": "cop$ col$", "CZK": "kc", "DKK": "dkr",
    "EGP": "e£ £e", "EUR": "euro euros 欧元 歐元 ユーロ 유로", "GBP": "英镑 英鎊", "HKD": "港币 港元 港幣",
    "IDR": "rupiah 印尼盾 印尼卢比", "ILS": "nis", "INR": "₨", "JPY": "円 日元 日圓 yen \\",
    "KRW": "원 won 韩元 韓元", "KWD": "kd", "MAD": "dh", "MXN": "mex$ 墨西哥比索",
    "MYR": "ringgit 马币 令吉 林吉特 馬幣", "NOK": "nkr", "PHP": "菲律宾比索 菲律賓比索", "PLN": "zl", "QAR": "qr",
    "RON": "lei leu", "RUB": "руб р", "SAR": "﷼ ريال", "SEK": "skr", "SGD": "s$ sg$ 新币 新加坡元",
    "THB": "บาท บ baht 泰铢 泰銖", "TRY": "tl", "TWD": "ntd 台币 台幣 新台幣 新臺幣", "UAH": "грн",
    "USD": "us$ dollar dollars 美元 美金 달러 ドル", "VND": "đ vnđ đồng dong 越南盾",
}  # fmt: skip

#: Prices are whole, though a hundredth exists on paper.
_WHOLE_IN_PRACTICE = frozenset({"COP", "HUF", "IDR", "TWD"})

#: Both signs are common before the decimals: several countries, or two habits in one.
_TWO_HABITS = frozenset({"CHF", "EUR", "ZAR"})

#: The locale whose habits an amount is shown in. Where English is the language of trade, English.
LOCALES: Mapping[str, str] = {
    "AUD": "en_AU", "BRL": "pt_BR", "CAD": "en_CA", "EUR": "de_DE", "GBP": "en_GB", "IDR": "id_ID",
    "JPY": "ja_JP", "MXN": "es_MX", "MYR": "en_MY", "PHP": "en_PH", "PLN": "pl_PL",
    "SGD": "en_SG", "THB": "th_TH", "TRY": "tr_TR", "USD": "en_US", "VND": "vi_VN",
}  # fmt: skip


#: A sign beside no letter: `US$`, `S$` and `$5 MXN` say more.
_BARE_SIGN = re.compile(r"(?<![^\W\d_])[$£¥](?![^\W\d_])(?!.*[A-Za-z]{3})")

#: Codes that are words, too. Beside an amount they are money; behind a header they are not: `Views (All)`.
_WORDS = {"all": "ALL", "top": "TOP", "cup": "CUP"}


@dataclass(frozen=True)
class Currency:
    """`digits` are the decimals of a price in everyday use; `decimal` is the sign before them, None with two habits."""

    code: str
    digits: int
    decimal: str | None


def folded(sign: str) -> str:
    """A sign as it is looked up: without case, blanks and dots, so that `Rp.`, `kr` and `S/.` are found."""
    return "".join(sign.casefold().split()).replace(".", "")


def currency_of(sign: str) -> str | None:
    """The ISO 4217 code of a code, symbol or word as printed; None when it is not one."""
    word = folded(sign)
    return CURRENCIES.get(word) or _WORDS.get(word)


def home_sign(text: str, home: str | None) -> bool:
    """Whether an amount or header carries a bare sign that several currencies share, `home` among them.

    >>> home_sign("$1,520.40", "MXN"), home_sign("US$ 12", "MXN"), home_sign("$12", "IDR")
    (True, False, False)
    """
    signs = SIGNS_AT_HOME.get(home) if home else None
    found = _BARE_SIGN.search(text) if signs else None
    return found is not None and found[0] in (signs or ())


def _read() -> tuple[dict[str, Currency], dict[str, str]]:
    known: dict[str, Currency] = {}
    owners: dict[str, list[str]] = {}
    for line in IN_USE.split("\n"):
        if line:
            code, digits, decimal, *signs = line.split(" ")
            whole = 0 if code in _WHOLE_IN_PRACTICE else int(digits)
            known[code] = Currency(code, whole, None if code in _TWO_HABITS else decimal)
            for sign in (*signs, *_ALSO.get(code, "").split()):
                owners.setdefault(sign, []).append(code)
    named = {sign: codes[0] for sign, codes in owners.items() if len(set(codes)) == 1 and _clear(sign)}
    named |= _SHARED
    named |= {code.casefold(): code for code in (*OTHERS.split(), *known) if code not in _WORDS.values()}
    return known, named


def _clear(sign: str) -> bool:
    """Whether a sign is not a letter that also stands for a number or a unit."""
    return len(sign) > 1 or not (sign.isascii() and sign.isalpha())


#: Every currency in use by its code, and every sign to its code, but for codes that are words.
KNOWN, CURRENCIES = _read()

#: By code: the signs of it that other currencies have as well.
SIGNS_AT_HOME: Mapping[str, frozenset[str]] = {
    line.split(" ")[0]: frozenset(line.split(" ")[3:]) & {"$", "£", "¥"} for line in IN_USE.split("\n") if line
}

#: Currencies without decimals in everyday use: three digits behind a separator are thousands.
WHOLE = frozenset(code for code, each in KNOWN.items() if not each.digits)
