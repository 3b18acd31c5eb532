"""What the columns of a table are called: code knows them by their English names, marked with `N_`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playbook.language import gettext


def titles(names: Iterable[object]) -> dict[str, Any]:
    """The `column_config` that calls these columns by their names in the language in force.

    >>> titles(["Host", "LIVEs"])
    {'Host': 'Host', 'LIVEs': 'LIVEs'}
    """
    return {str(name): gettext(str(name)) for name in names}
