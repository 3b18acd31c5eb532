"""One rate of several products (or LIVEs) against the others: few clicks are not flagged by chance alone.
chance.

Hits of a base are beta-binomial: the others differ by more than chance alone, and how much more is not known. That
spread is averaged over, weighed by how well it explains the others (empirical Bayes), and the product itself is left
out of what it is compared with. A rate is called low when, shrunk towards the others, it is almost surely more than a
fifth below theirs: a large product that truly sells worse is flagged, a small one that had a bad day is not. The
picture is the funnel plot (Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in
Medicine 24); the number of products examined is allowed for by Bonferroni.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betainc, betaincinv, betaln

from .arrays import Floats

#: A rate may be called low (or high) by chance in this share of LIVEs, all products of the LIVE together.
ALPHA = 0.02
#: The smallest difference worth reporting, as a part of the others' rate.
WORTH = 0.2
#: A product is compared with at least this many others.
OTHERS = 2
#: How far products of one LIVE may differ (standard deviation over mean), and how likely that is beforehand.
_SPREADS = np.array([0.01, 0.06, 0.12, 0.2, 0.3, 0.45, 0.65, 0.9, 1.3])
_LIKELY = np.exp(-0.5 * (_SPREADS / 0.3) ** 2) * np.gradient(_SPREADS)


@dataclass(frozen=True)
class ShrunkRate:
    """A rate among others: `others` is theirs, `shrunk` its own pulled towards it as far as it is uncertain.

    `under` and `over`: how unlikely it is that the true rate is not a fifth under, or a quarter over, the others'.
    """

    others: float
    shrunk: float
    under: float
    over: float

    def verdict(self, examined: int) -> Literal["below", "usual", "above"]:
        """Below or above the others beyond chance, when `examined` of them were."""
        limit = ALPHA / max(examined, 1)
        if self.under < limit:
            return "below"
        return "above" if self.over < limit else "usual"


#: From so many on each is one of a crowd.
_MANY = 300
Room = tuple[Floats, Floats, Floats]


def common_room(hits: Floats, base: Floats) -> Room | None:
    """What `place` may take for each of very many together: one more or less of them changes it by nothing, and to
    leave each out in turn would cost their number squared. None where they are few enough, or say nothing.
    """
    used = base > 0
    k, n = hits[used], base[used]
    return _population(k, n) if len(n) > _MANY and 0 < k.sum() < n.sum() else None


def place(
    hits: float, base: float, other_hits: Floats, other_base: Floats, room: Room | None = None
) -> ShrunkRate | None:
    """`hits` of `base` among others of which at least `OTHERS` have a base; None where they cannot be compared.

    Counts are whole numbers with 0 <= hits <= base and base > 0. `room` is that of `common_room`.
    """
    used = other_base > 0
    k, n = other_hits[used], other_base[used]
    total = float(k.sum())
    if len(n) < OTHERS or total <= 0 or total >= n.sum():
        return None
    mean, spread, weight = _population(k, n) if room is None else room
    # A spread of the rates and the uncertainty of their mean widen what is ordinary alike.
    wide = np.clip(spread, 1e-9, 0.95)
    a, b = mean * (1 / wide - 1), (1 - mean) * (1 / wide - 1)
    own = weight * np.exp(_own(hits, base, a, b))
    own = own / own.sum()
    low, high = np.minimum(mean * (1 - WORTH), 1.0), np.minimum(mean / (1 - WORTH), 1.0)
    not_under = 1 - float(own @ betainc(hits + a, base - hits + b, low))
    not_over = float(own @ betainc(hits + a, base - hits + b, high))
    shrunk = float(own @ ((hits + a) / (base + a + b)))
    return ShrunkRate(float(weight @ mean), shrunk, not_under, not_over)


def jeffreys(hits: float, base: float) -> tuple[float, float]:
    """The 95 % range of a rate from its own counts (Jeffreys interval; Brown, Cai and DasGupta 2001)."""
    low = 0.0 if hits <= 0 else float(betaincinv(hits + 0.5, base - hits + 0.5, 0.025))
    high = 1.0 if hits >= base else float(betaincinv(hits + 0.5, base - hits + 0.5, 0.975))
    return low, high


def _population(k: Floats, n: Floats) -> Room:
    """For each spread: the mean rate, the intra-class correlation to expect of one more, and its posterior weight."""
    pooled = k.sum() / n.sum()
    rho = np.minimum(_SPREADS**2 * pooled / (1 - pooled), 0.5)
    inside = n[None, :] / (1 + (n[None, :] - 1) * rho[:, None])
    mean = (inside * (k / n)[None, :]).sum(axis=1) / inside.sum(axis=1)
    mean = np.clip(mean, 1e-9, 1 - 1e-9)
    a, b = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
    fit = (betaln(k[None, :] + a[:, None], (n - k)[None, :] + b[:, None]) - betaln(a, b)[:, None]).sum(axis=1)
    fit -= 0.5 * np.log(inside.sum(axis=1))  # the mean was estimated: what it takes of the evidence
    weight = _LIKELY * np.exp(fit - fit.max())
    return mean, rho + 1 / inside.sum(axis=1), weight / weight.sum()


def _own(hits: float, base: float, a: Floats, b: Floats) -> Floats:
    fit = betaln(hits + a, base - hits + b) - betaln(a, b)
    return np.asarray(fit - fit.max())
