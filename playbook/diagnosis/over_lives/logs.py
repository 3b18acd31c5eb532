"""The known logs of one metric, the judged LIVE last."""

from __future__ import annotations

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.stats.arrays import Floats
from playbook.stats.prediction import noise_of


def logs(found: Usuals, row: int) -> tuple[Floats, Floats, Floats]:
    """Log rates from old to new, this LIVE last, their counting variances, and the traffic of each."""
    rows, known = found.rows, found.rows.known[row]
    one = slice(row, row + 1)
    rate = np.exp(np.clip(rows.y_now[one], -600, 600))
    expected = rows.exposure[one] * np.minimum(rows.events[one], 1e15)
    noise = noise_of(rate, expected, rows.cost[one], rows.proportion[one])
    return (
        np.append(rows.y[row, known], rows.y_now[row]),
        np.append(rows.noise[row, known], noise),
        np.append(rows.x[row, known], rows.x_now[row]),
    )
