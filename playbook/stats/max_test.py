"""Is any group above the others by more than luck: the largest of many statistics against what shuffled labels give.

Each group's level against the rest, all covariates taken out (Frisch-Waugh), as a t statistic; for several kinds of
groups and several sets of covariates at once. How large the largest may be by luck is seen from shuffled labels
(Westfall and Young 1993), so how many were looked at, and how alike they are, is counted in without loss.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Floats

#: Shuffles; a p-value is known to about 0.005 near 0.05.
SHUFFLES = 1999


def above_by_luck(
    looks: Sequence[tuple[Floats, Floats, float]],
    labels: Sequence[tuple[Floats, float]],
    shuffles: int = SHUFFLES,
    seed: int = 7,
) -> list[Floats]:
    """How often luck alone makes some group stand out as much as each does: p-values (looks, groups) by kind of group.

    `looks` are values (n,) and covariates (n, k), a constant among them, with the share of the false finds that each
    look may have; `labels` a 0/1 matrix (n, groups) for each kind with its share. Labels of all kinds are shuffled
    together. The same input gives the same answer.
    """
    if not any(each.shape[1] for each, _ in labels):
        return [np.zeros((len(looks), 0)) for _ in labels]
    n = len(looks[0][0])
    rng = np.random.default_rng(seed)
    orders = np.vstack([np.arange(n), *(rng.permutation(n) for _ in range(shuffles))])
    bases = [(_clean(y, q), q) for y, q in ((y, np.linalg.qr(x)[0]) for y, x, _ in looks)]
    # How rare so large a maximum is, in each look at each kind; then the rarest of all against the shuffles.
    rare = [
        [
            _rarity(_ratios(y, q, each, orders)) / (part * share)
            for (y, q), (_, _, part) in zip(bases, looks, strict=True)
        ]
        for each, share in labels
    ]
    least = np.sort(
        np.min([each.min(axis=1) for kind in rare for each in kind if each.shape[1]], axis=0, initial=np.inf)
    )
    return [
        np.array([np.searchsorted(least, each[0] * (1 + 1e-9), side="right") / len(least) for each in kind])
        for kind in rare
    ]


def _clean(y: Floats, q: Floats) -> Floats:
    """Values without what the covariates say (`q`, orthonormal); odd ones drawn in to 3.5 standard deviations."""
    for _ in range(2):
        rest = y - q @ (q.T @ y)
        limit = 3.5 * 1.4826 * float(np.median(np.abs(rest - np.median(rest))))
        y = rest if limit <= 0 else np.clip(rest, -limit, limit)
    return np.asarray(y - q @ (q.T @ y))


def _ratios(y: Floats, q: Floats, labels: Floats, orders: np.ndarray) -> Floats:
    """T statistic (orders, groups) of each group against the rest, under each order of the labels."""
    freedom = len(y) - q.shape[1] - 1
    whole = float(y @ y)
    found = np.zeros((len(orders), labels.shape[1]))
    for at in range(labels.shape[1]):
        inside = labels[:, at][orders]
        size = np.maximum(inside.sum(axis=1) - ((inside @ q) ** 2).sum(axis=1), 1e-9)
        together = inside @ y
        rest = np.maximum(whole - together**2 / size, 1e-18)
        found[:, at] = together / np.sqrt(size * rest / max(freedom, 1))
    return found


def _rarity(found: Floats) -> Floats:
    """For each statistic the share of orders in which the largest of its kind is as large."""
    if not found.shape[1]:
        return found
    top = np.sort(found.max(axis=1))
    return np.asarray(1.0 - np.searchsorted(top, found - 1e-12, side="left") / len(top))
