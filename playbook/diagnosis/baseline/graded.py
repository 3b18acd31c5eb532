"""Evidence short of a verdict, in plain words."""

from __future__ import annotations

import numpy as np

from playbook.language import N_, _
from playbook.stats.arrays import Floats

from .usual import Usuals

_NUMBERS = {
    3: N_("three"), 4: N_("four"), 5: N_("five"), 6: N_("six"), 7: N_("seven"), 8: N_("eight"), 9: N_("nine"),
    10: N_("ten"),
}  # fmt: skip
_FEWEST, _MOST = 6, 10
_IN_A_ROW = 3
#: A dozen metrics are looked at: a remark is made only where the value speaks for a fall rather than for none (log
#: Bayes factor), so that a healthy LIVE carries one in well under half of cases.
_SPEAKS = 0.6


def graded(found: Usuals, row: int, series: Floats, low_is_good: bool) -> tuple[str, ...]:
    """`lowest of the last ten LIVEs`, `below the middle three times running`: what is seen, without a verdict.

    `series` holds a metric's values from old to new, the judged one last; unknown ones are passed over. The
    middle is each LIVE's own usual, from what preceded it. Empty where the value does not speak for a fall.
    """
    if not found.log_bayes_factor[row, 0] > _SPEAKS:
        return ()
    return tuple(filter(None, (_extreme(series, low_is_good), _running(found, row, low_is_good))))


def _extreme(series: Floats, low_is_good: bool) -> str | None:
    earlier = series[:-1]
    earlier = earlier[np.isfinite(earlier)][-(_MOST - 1) :]
    if len(earlier) + 1 < _FEWEST:
        return None
    many = _(_NUMBERS[len(earlier) + 1])
    if low_is_good:
        return _("highest of the last {many} LIVEs", many=many) if series[-1] > earlier.max() else None
    return _("lowest of the last {many} LIVEs", many=many) if series[-1] < earlier.min() else None


def _running(found: Usuals, row: int, low_is_good: bool) -> str | None:
    away = found.value[row] - found.usual[row]
    worse = (away > 0 if low_is_good else away < 0) & (found.verdict[row] != 2)
    run = int(np.argmin(np.append(worse, False)))
    if run < _IN_A_ROW:
        return None
    many = _(_NUMBERS[run])
    if low_is_good:
        return _("above the middle {many} times running", many=many)
    return _("below the middle {many} times running", many=many)
