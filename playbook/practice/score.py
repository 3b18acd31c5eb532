"""What a run is worth beside doing nothing and the best way known, all on the same luck."""

from __future__ import annotations

#: From this score on a run passes: half of what was to be won.
PASS = 0.5
#: Where nothing was wrong, what may be lost against the best way and still be half of the score, as a part of it.
_LOST = 0.05


def score(net: float, nothing: float, best: float, faults: int) -> float:
    """0 to 1. With a fault the part won of what the best way known won over doing nothing.

    Without one there is next to nothing to win, so what counts is how little was lost: 1 for as much as the best way,
    a half for 5% less, 0 for 10% less.
    """
    if faults == 0:
        return _held(1 - 0.5 * (1 - net / best) / _LOST) if best > 0 else float(net >= best)
    return _held((net - nothing) / (best - nothing)) if best > nothing else float(net >= best)


def _held(value: float) -> float:
    return min(1.0, max(0.0, value))
