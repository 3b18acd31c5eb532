"""A sign of money that several currencies share, where the words beside it say which one is meant."""

from __future__ import annotations

import re

from playbook.currencies import home_sign
from playbook.knowledge.column_words import built_in
from playbook.knowledge.exports import MONEY_FIELDS
from playbook.language import _

from .columns import Rows

#: The profile of a sheet kept by hand.
OWN = "own_sheet"
_NO_YUAN = re.compile("JPY|円|日元|日圓", re.IGNORECASE)


def yuan(found: Rows) -> str | None:
    """The Chinese currency where a sheet kept by hand in Chinese has a bare `¥`, which else is Japanese."""
    if found.match.profile.id != OWN:
        return None
    words = [word.languages for header in found.headers if (word := built_in().read(header)) is not None]
    if sum("zh" in each for each in words) <= sum("ja" in each or "en" in each for each in words):
        return None
    money = [position for name, position in found.match.columns.items() if name in MONEY_FIELDS]
    signed = [at for at in money if any(home_sign(each, "CNY") for each in (found.header(at), *found.column(at)))]
    if not signed or any(_NO_YUAN.search(each) for at in signed for each in (found.header(at), *found.column(at))):
        return None
    found.remark(
        _(
            "'¥' is taken for CNY, since the words are Chinese. If it is another currency, write its "
            "code in the header, like GMV (JPY)"
        ),
        position=signed[0],
    )
    return "CNY"
