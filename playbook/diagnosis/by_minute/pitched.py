"""Products that differ: a stretch may be low because of what was pitched in it.

Where the log has pins, each product's own level enters the ordinary course of a series. Where it has none, two readings
of the whole series are compared: a calm one with the falls and rises that were found, and one whose level changes from
stretch to stretch, as pitches do. Where the second explains the series better, or still shows once the falls are taken
out, a fall is perhaps no more than a product.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from playbook.model.session import Event
from playbook.stats.ar_noise import Wobble, mean_square

from .against import Against
from .events import pinned_at
from .minutes import MinuteCounts
from .shifts import Shift, without

Floats = NDArray[np.float64]

#: sd of the products' levels around that of the room, as a part of it.
_PRODUCT_SD = 0.35
_TAME_SD, _TAME_MEMORY = 0.11, 0.80
#: The same where products are not known, tried in turn, and how many minutes a stretch reaches.
_SPREADS, _STRETCH = (0.1, 0.2, 0.3, 0.45), 10.0


def levels(series: MinuteCounts, events: Sequence[Event]) -> Floats:
    """The levels of the pinned products as `root` (bins, products) of their covariance; no column without pins."""
    if not series.of_products or not any(each.type == "pin" for each in events):
        return np.zeros((series.bins, 0))
    pinned = [pinned_at(series.minute(at) + series.step / 2, events) for at in range(series.bins)]
    names = sorted({each for each in pinned if each is not None})
    return _PRODUCT_SD * np.array([[each == name for name in names] for each in pinned], dtype=float)


def by_product(flat: Against, rest: Against, falls: Sequence[Shift], gained: float, wobble: Wobble) -> bool:
    """Whether falls of a series whose products are not known are perhaps no more than products.

    `flat` is the series against one level, `rest` against the level and course beside the falls; `gained` is what falls
    and rises explain (log odds). A wobble estimated where stretches differ has taken them in: of what is left it may be
    no larger or longer than an ordinary room's.
    """
    if by_stretch(flat.deviation, flat.noise, wobble, flat.slow, flat.step) > gained:
        return True
    tame = Wobble(min(wobble.sd, _TAME_SD), min(wobble.memory, _TAME_MEMORY), wobble.extra)
    return by_stretch(without(rest.deviation, falls), rest.noise, tame, rest.slow, rest.step) > 0


def by_stretch(deviation: Floats, noise: Floats, wobble: Wobble, course: Floats, step: float) -> float:
    """Log Bayes factor of a level that changes from stretch to stretch against one that does not.

    `deviation` (bins,) is relative to a level, `noise` its counting variance, `course` the slow course's root.
    """
    lag = step * np.abs(np.subtract.outer(np.arange(len(deviation)), np.arange(len(deviation))))
    wobble_variance = wobble.sd**2 * mean_square(wobble.memory, step)
    calm = 1.0 + course @ course.T + wobble_variance * wobble.memory**lag + np.diag(noise + wobble.extra / step)
    none = _log_density(deviation, calm)
    some = np.array([_log_density(deviation, calm + sd**2 * np.exp(-lag / _STRETCH)) for sd in _SPREADS]) - none
    return float(some.max() + np.log(np.exp(some - some.max()).mean()))


def _log_density(values: Floats, covariance: Floats) -> float:
    """That of a normal with mean 0, but for a constant."""
    root = cho_factor(covariance, lower=True, check_finite=False)
    return float(-0.5 * values @ cho_solve(root, values, check_finite=False) - np.log(np.diag(root[0])).sum())
