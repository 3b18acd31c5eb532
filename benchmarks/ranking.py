"""How well the diagnosis does on simulated shops, beside plain references.

    python benchmarks/ranking.py [--shops N] [--seed S]

First table: calm shops, one rate cut to 45-70 % in the judged LIVE. Does it rank first, is it among the three
worst, is it called below, and how often is a healthy metric called below? The references rank by percent change
against the mean of the last five LIVEs, and by z-score on the last nine. Second table: restless shops with
memory. Do 95 % ranges hold the next LIVE, and how wide are they beside mean +- t sd sqrt(1 + 1/n), or
1.96 instead of t, of the last ten?
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.diagnosis import diagnose  # noqa: E402
from playbook.knowledge.metrics import Metric, Metrics  # noqa: E402
from playbook.knowledge.reader import read  # noqa: E402
from playbook.metrics import compute  # noqa: E402
from playbook.simulation.shops import LOW_RATES, RATES, planted_cut, restless_shop  # noqa: E402

SIZES = (4_000, 40_000, 400_000)


@dataclass(frozen=True)
class RankingScore:
    """Shares of shops: the cut metric ranked first, among three, called below; healthy metrics called below."""

    first: float
    among_three: float
    called: float
    false: float


@dataclass(frozen=True)
class Coverage:
    """Share of next values inside the range, and the mean width beside each reference's."""

    held: float
    against_t: float
    against_z: float
    plain_t: float
    plain_z: float
    values: int


def metrics() -> dict[str, Metric]:
    """The shipped metric definitions."""
    model, _, problems = read(ROOT / "playbook/content/metrics.yaml", Metrics)
    if model is None:
        raise SystemExit("\n".join(map(str, problems)))
    return model.metrics


def ranking(
    shops: int, impressions: float, seed: int, rates: Mapping[str, float] = RATES
) -> tuple[RankingScore, dict[str, tuple[float, float]]]:
    """Our score, and (first, among three) of each reference, over `shops` planted cuts."""
    rng = np.random.default_rng(seed)
    definitions = metrics()
    factors = [name for name, metric in definitions.items() if metric.role == "factor"]
    hits: dict[str, list[tuple[bool, bool]]] = {"ours": [], "percent change": [], "z-score": []}
    called, false = [], []
    for _ in range(shops):
        planted = planted_cut(rng, impressions, rates=rates)
        found = diagnose(planted.session, planted.history, definitions)
        order = {"ours": [weakness.metric for weakness in found.worst]} | references(planted, factors, definitions)
        for name, ranked in order.items():
            hits[name].append((ranked[:1] == [planted.metric], planted.metric in ranked[:3]))
        for name in factors:
            (called if name == planted.metric else false).append(found.judgements[name].verdict == "below")
    means = {name: tuple(float(v) for v in np.mean(pairs, axis=0)) for name, pairs in hits.items()}
    ours = means.pop("ours")
    return RankingScore(ours[0], ours[1], float(np.mean(called)), float(np.mean(false))), means


def references(planted, factors: list[str], definitions: Mapping[str, Metric]) -> dict[str, list[str]]:
    """Factors from worst to best by two plain methods."""
    rows = [compute(s, definitions) for s in (*planted.history[-9:], planted.session)]
    percent, z = {}, {}
    for name in factors:
        values = [row[name].value for row in rows]
        known = np.array([v for v in values[:-1] if v is not None], dtype=float)
        if values[-1] is None or len(known) < 3 or known.mean() == 0:
            continue
        percent[name] = values[-1] / max(known[-5:].mean(), 1e-12) - 1
        z[name] = (values[-1] - known.mean()) / max(known.std(ddof=1), 1e-12)
    return {
        "percent change": sorted(percent, key=percent.__getitem__),
        "z-score": sorted(z, key=z.__getitem__),
    }


def coverage(shops: int, seed: int) -> dict[str, Coverage]:
    """One-step-ahead coverage on restless shops of 5 to 60 LIVEs and 1,500 to 150,000 impressions an hour."""
    rng = np.random.default_rng(seed)
    definitions = metrics()
    seen: dict[str, list[tuple[float, ...]]] = {}
    for _ in range(shops):
        size = float(np.exp(rng.uniform(np.log(1_500), np.log(150_000))))
        lives = restless_shop(rng, int(rng.integers(5, 61)) + 1, size)
        for name, judgement in diagnose(lives[-1], lives[:-1], definitions).judgements.items():
            past = np.array([p.value for p in judgement.past[-10:] if p.value is not None], dtype=float)
            value, low, high = judgement.value, judgement.low, judgement.high
            if value is None or low is None or high is None or not judgement.usual or len(past) < 3:
                continue
            sd = past.std(ddof=1) * np.sqrt(1 + 1 / len(past))
            away, student = abs(value - past.mean()), float(stdtrit(len(past) - 1, 0.975))
            width = (high - low) / judgement.usual
            plain_t, plain_z = 2 * student * sd / judgement.usual, 2 * 1.96 * sd / judgement.usual
            row = (low <= value <= high, width, plain_t, plain_z, away <= student * sd, away <= 1.96 * sd)
            seen.setdefault(name, []).append(tuple(float(v) for v in row))
    seen["all"] = [row for rows in seen.values() for row in rows]
    result = {}
    for name, rows in seen.items():
        held, width, t, z, in_t, in_z = np.mean(rows, axis=0).tolist()
        result[name] = Coverage(held, width / t, width / z, in_t, in_z, len(rows))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    say = sys.stdout.write
    began = time.perf_counter()
    say("Planted cuts               first  three  called  false |  percent change |  z-score (first, three)\n")
    for kind, rates in (("usual rates", RATES), ("low rates", LOW_RATES)):
        for size in SIZES:
            score, others = ranking(chosen.shops, size, chosen.seed, rates)
            plain = " | ".join(f"{first:7.1%} {three:7.1%}" for first, three in others.values())
            say(f"{size:9,} impressions, {kind:<12}{score.first:6.1%} {score.among_three:6.1%}"
                f" {score.called:6.1%} {score.false:6.1%} | {plain}\n")  # fmt: skip
    say("\n95 % ranges, one LIVE ahead     held   width/t  width/1.96   t held  1.96 held   values\n")
    for name, found in coverage(chosen.shops, chosen.seed).items():
        say(f"{name:<30}{found.held:6.1%} {found.against_t:8.2f} {found.against_z:10.2f} {found.plain_t:9.1%}"
            f" {found.plain_z:9.1%} {found.values:9,}\n")  # fmt: skip
    say(f"\n{chosen.shops} shops each, seed {chosen.seed}, {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
