"""Hosts beside each other at equal slots, lengths and traffic: a funnel plot of each rate, with what luck allows.

A LIVE's rate is taken on the log scale with the variance that counting gives it; what LIVEs differ by beyond that is
estimated besides (a beta-binomial spread), so a host with few LIVEs is not flagged by luck (Spiegelhalter 2005).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.diagnosis.baseline.history import start_of
from playbook.knowledge.metrics import Metric
from playbook.metrics.compute import compute
from playbook.model.session import Session, other_account
from playbook.stats.group_effects import GroupEffect, group_effects

from .slots import hour_blocks

#: Any host is flagged by luck in at most 5 % of shops, all rates and both directions together: the tests are a little
#: too sure by themselves (`benchmarks/groups.py`), so they are held to less.
ALPHA = 0.028
#: LIVEs with a host from which on hosts are compared, and of one host.
NEEDED_LIVES, OF_ONE = 8, 4
#: Rates that a host has most to do with.
HOST_RATES = ("err", "ctr", "ctor", "comment_rate", "follow_rate")


@dataclass(frozen=True)
class HostRate:
    """A host's rate against the others' at equal slots, lengths and traffic: `change` is relative, drawn towards
    nought, with its 95 % range; `plain` and `error` are as measured, on the log scale, for the picture. `rate` is the
    host's own, summed over LIVEs.
    """

    host: str
    metric: str
    lives: int
    rate: float
    change: float
    low: float
    high: float
    plain: float
    error: float
    verdict: str


@dataclass(frozen=True)
class HostsFound:
    """By metric, the hosts with enough LIVEs; `few` are hosts with too few to compare, `tests` how often was looked."""

    rates: Mapping[str, tuple[HostRate, ...]]
    hosts: tuple[str, ...]
    few: tuple[str, ...]
    tests: int


def hosts(sessions: Sequence[Session], metrics: Mapping[str, Metric], names: Sequence[str]) -> HostsFound:
    """Compare over `names`, ratios of counts. Unknown values of a LIVE leave it out of that metric alone."""
    placed = sorted((each for each in sessions if each.start and each.ordinary and each.host), key=start_of)
    if placed:
        placed = [each for each in placed if not other_account(each.creator, placed[-1].creator)]
    counts = {each.host or "": 0 for each in placed}
    for each in placed:
        counts[each.host or ""] += 1
    many = tuple(name for name, number in counts.items() if number >= OF_ONE)
    few = tuple(name for name in counts if name not in many)
    if len(many) < 2 or len(placed) < NEEDED_LIVES:
        return HostsFound({}, many, few, 0)
    raw = {name: _effects(placed, metrics[name]) for name in names if name in metrics}
    tests = sum(1 for found, _ in raw.values() if found)
    return HostsFound(
        {name: tuple(_rate(each, name, rates, metrics[name], tests) for each in found)
         for name, (found, rates) in raw.items() if found},
        many, few, tests,
    )  # fmt: skip


def _effects(placed: Sequence[Session], metric: Metric) -> tuple[list[GroupEffect], dict[str, float]]:
    """Effects by host, and each host's own rate."""
    used, values, noise = [], [], []
    hits: dict[str, float] = {}
    bases: dict[str, float] = {}
    for each in placed:
        found = compute(each, {metric.short: metric})[metric.short]
        top, base = found.numerator, found.denominator
        if top is None or base is None or base <= 0 or top < 0:
            continue
        rate = (top + 0.5) / (base + 1.0)
        used.append(each)
        values.append(math.log(rate))
        noise.append((1.0 - min(rate, 0.99)) / (top + 0.5))
        host = each.host or ""
        hits[host] = hits.get(host, 0.0) + top
        bases[host] = bases.get(host, 0.0) + base
    if len(used) < NEEDED_LIVES:
        return [], {}
    blocks = hour_blocks(used)
    covariates = _alike(used, blocks)
    effects = group_effects(np.array(values), [each.host or "" for each in used], covariates, np.array(noise), OF_ONE)
    return effects, {host: hits[host] / bases[host] for host in hits if bases[host]}


def _alike(lives: Sequence[Session], blocks: Sequence[str]) -> np.ndarray:
    """Length, traffic an hour, and a column for each start hour that several LIVEs have but the most frequent."""
    length = np.log([each.duration_minutes or 60.0 for each in lives])
    shown = [each.counts["impressions"] or each.counts["views"] or 0.0 for each in lives]
    traffic = np.log([max(number, 1.0) / (each.hours or 1.0) for number, each in zip(shown, lives, strict=True)])
    often = sorted({each for each in blocks if blocks.count(each) >= OF_ONE}, key=lambda each: -blocks.count(each))
    columns = [length, traffic, *(np.array([float(each == block) for each in blocks]) for block in often[1:])]
    return np.column_stack(columns)


def _rate(effect: GroupEffect, name: str, rates: Mapping[str, float], metric: Metric, tests: int) -> HostRate:
    alpha = ALPHA / (2 * max(tests, 1))
    up, down = effect.p_better < alpha, effect.p_worse < alpha
    better, worse = (down, up) if metric.good == "low" else (up, down)
    return HostRate(
        effect.label, name, effect.count, rates.get(effect.label, math.nan),
        math.expm1(effect.shrunk), math.expm1(effect.low), math.expm1(effect.high), effect.effect, effect.error,
        "above" if better else "below" if worse else "usual",
    )  # fmt: skip
