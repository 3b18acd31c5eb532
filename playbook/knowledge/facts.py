"""A fact: what a page or a study states, where and when it held, how sure that is, and where to read it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import Field

from .reader import DATE, Strict, Words, matching

Sure = Literal["read", "second_hand", "abstract", "blog", "opinion"]

_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$")
#: A page of the platform's help as sources name it: `US 3553108060210987`.
_PAGE = re.compile(r"\b(US|VN|TH|ID) (\d{9,20})\b")
_ESSAY = "https://{host}/university/essay?knowledge_id={page}{more}"
_HOSTS = {
    "US": ("seller-us.tiktok.com", ""),
    "VN": ("seller-vn.tiktok.com", "&lang=en"),
    "TH": ("seller-th.tiktok.com", "&lang=en"),
    "ID": ("seller-id.tokopedia.com", "&lang=en"),
}


_STATED = matching(
    re.compile(rf"{DATE.pattern}|^not shown\Z"), "write a date like 2026-11-20, 2026-11 or 2026, or: not shown"
)
_SEEN = matching(DATE, "write when the copy was read, like 2026-11")
_AT = matching(_ADDRESS, "write an address that begins with https://")
Text = Annotated[str, Field(min_length=1)]


class Fact(Strict):
    """A limit, a duration or a rule of the platform, or a study: where and when it held, and how sure that is."""

    fact: Words
    market: Text = Field(description="The market it was stated for: US, VN, SEA ...; any for research.")
    date: Annotated[str, _STATED] = Field(description="When it was stated: 2026-11-20, or not shown.")
    copy_read: Annotated[str, _SEEN] | None = Field(None, description="When a copy of the page was last read: 2026-11.")
    sure: Sure = Field(description="read: the page itself; second_hand: somebody quotes it; abstract; blog; opinion.")
    source: Text
    address: Annotated[str, _AT] | None = Field(
        None, description="Where to read it, when the source is no numbered page of the platform. Never invented."
    )

    @property
    def linked(self) -> tuple[tuple[str, str | None], ...]:
        """The source in pieces, each with the address it leads to: numbered pages of the platform, or all of it."""
        pieces: list[tuple[str, str | None]] = []
        at = 0
        for page in _PAGE.finditer(self.source):
            host, more = _HOSTS[page[1]]
            pieces += [
                (self.source[at : page.start()], None),
                (page[0], _ESSAY.format(host=host, page=page[2], more=more)),
            ]
            at = page.end()
        pieces.append((self.source[at:], self.address if at == 0 else None))
        if at and self.address:
            pieces.append((" (open)", self.address))
        return tuple(each for each in pieces if each[0])

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Every place where it can be read, as (name, address); empty where no address is known."""
        return tuple((name, address) for name, address in self.linked if address)

    @property
    def since(self) -> dt.date | None:
        """The day it was stated, else that on which a copy was read; the first day of a month or a year alone."""
        written = self.copy_read if self.date == "not shown" else self.date
        return _first_day(written) if written else None


def _first_day(written: str) -> dt.date:
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)
