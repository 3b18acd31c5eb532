"""How often a plan is said to have worked, with and without a real effect.

    python benchmarks/outcomes.py [--shops N] [--seed S]

Restless shops with memory. Each has a bad LIVE, its worst rate is picked, and a plan is made for it; then come the
LIVEs after it, and the plan is judged at every analysis until it is decided. Beside the verdicts stands the
plain counter "it improved": the rate of the next LIVE is above that of the bad one.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.knowledge.load import Knowledge, load  # noqa: E402
from playbook.plans.outcomes import PlanOutcome, judge_plan  # noqa: E402
from playbook.plans.plan import Plan, plan_for  # noqa: E402
from playbook.simulation.plans import Changed, changed_after_a_bad_live, rate_of  # noqa: E402
from playbook.stats.sequential import interim_analyses  # noqa: E402

NOW = datetime(2026, 11, 1, 12, 0)


@dataclass(frozen=True)
class OutcomeScore:
    """Shares of shops: by verdict when the plan was closed or LIVEs ran out, and "it improved"."""

    worked: float
    no_sign: float
    cannot_tell: float
    improved: float
    lives: float


def plan_of(case: Changed, knowledge: Knowledge) -> Plan:
    """The plan that a strategy watching the picked rate makes after the bad LIVE."""
    fitting = (each for each in knowledge.strategies.values() if each.watch.metric == case.metric)
    return replace(plan_for(next(fitting), case.history, knowledge.metrics, NOW), status="open")


def followed(case: Changed, plan: Plan, knowledge: Knowledge) -> tuple[PlanOutcome, int]:
    """The outcome as a seller who looks after every LIVE gets it, and the number of LIVEs until it was decided.

    Analyses are fixed and rest on nothing later, so judging once at the end finds the first that decides.
    """
    outcome = judge_plan(plan, case.since, case.history, case.done, knowledge.metrics)
    if outcome.verdict not in ("worked", "no_sign"):
        return outcome, len(case.since)
    with_it = [index for index, live in enumerate(case.since, 1) if case.done[live.id]]
    return outcome, with_it[interim_analyses(plan.lives)[outcome.analyses_taken - 1].lives - 1]


def score(
    shops: int,
    seed: int,
    effect: float = 0.0,
    earlier: int = 20,
    later: int = 12,
    impressions_per_hour: float = 20_000,
    alternating: bool = False,
) -> OutcomeScore:
    """Verdicts over `shops` simulated shops."""
    knowledge = load()
    verdicts: list[str] = []
    improved, lives = 0, 0
    for index in range(shops):
        case = changed_after_a_bad_live(
            seed * 100_000 + index, earlier, later, impressions_per_hour, effect, alternating
        )  # fmt: skip
        outcome, taken = followed(case, plan_of(case, knowledge), knowledge)
        verdicts.append(outcome.verdict)
        lives += taken
        improved += rate_of(case.since[0], case.metric) > rate_of(case.history[-1], case.metric)
    share = {verdict: verdicts.count(verdict) / shops for verdict in ("worked", "no_sign", "cannot_tell")}
    return OutcomeScore(**share, improved=improved / shops, lives=lives / shops)


def main() -> None:
    """Print the tables of docs/methods.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    print("| LIVEs before | LIVEs after | effect | worked | no sign | cannot tell | LIVEs until then | it improved |")
    print("|-|-|-|-|-|-|-|-|")
    for earlier, later, alternating in ((9, 8, False), (20, 8, False), (20, 16, True), (40, 16, False)):
        for effect in (0.0, 0.1, 0.2, 0.4):
            found = score(options.shops, options.seed, effect, earlier, later, alternating=alternating)
            after = f"{later}, every second with it" if alternating else f"{later}, all with it"
            print(
                f"| {earlier} | {after} | {effect:+.0%} | {found.worked:.1%} | {found.no_sign:.1%} "
                f"| {found.cannot_tell:.1%} | {found.lives:.1f} | {found.improved:.1%} |"
            )
    print(f"\n{options.shops} shops a row, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
