"""What fewer false verdicts cost: false "worked" in moving worlds against power, by the two settings that choose.

    python -m benchmarks.judgement.tradeoff [--size SHOPS] [--seed S | --held-out]

`growth` is the prior sd of a steady growth of the log from LIVE to LIVE (`plans/effect.py`), `beside` the largest
chance that nothing moved, once what the untouched rates did is taken out, with which "worked" may be said
(`plans/outcomes.py`; 1: that is not asked). Each figure is over the four designs. The same shops stand behind every
row, so rows differ by less than their intervals say. Not in the table of worlds: it chooses, it does not prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from benchmarks.judgement.plans import DESIGNS, worked
from benchmarks.judgement.table import Figure, TableRow, run, share
from playbook.plans import effect, outcomes
from playbook.simulation.worlds.plans import Happening

#: Growth allowed, and the limit of the second condition.
SETTINGS = ((0.0, 1.0), (0.01, 1.0), (0.0, 0.04), (0.01, 0.05), (0.01, 0.08), (0.015, 0.05), (0.02, 0.05))
WORLDS: tuple[tuple[str, Happening, float], ...] = (
    ("nothing moves", Happening(), 0.0),
    ("all rates grow 2 % a LIVE", Happening(a_live=0.02), 0.0),
    ("the picked rate alone grows 2 % a LIVE", Happening(alone=0.02), 0.0),
    ("all rates rise by 15 %", Happening(shock=0.15), 0.0),
    ("all rates rise by 30 %", Happening(shock=0.30), 0.0),
    ("true +40 %", Happening(), 0.4),
)


def said(growth: float, beside: float, what: Happening, size: float, shops: int, seed: int) -> Figure:
    """How often "worked" is said, over all designs. In this process alone: settings are set in it."""
    with patch.object(effect, "GROWTH_SD", growth), patch.object(outcomes, "BESIDE_THE_OTHERS", beside):
        return share(
            worked(design, size, what, "restless", seed, index) for design in DESIGNS for index in range(shops)
        )


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:  # noqa: ARG001
    for growth, beside in SETTINGS:
        for words, what, effect_size in WORLDS:
            found = said(growth, beside, what, effect_size, size, seed)
            yield TableRow("D", f'growth {growth:.1%}, beside {beside:.0%}, {words}: "worked"', found)


if __name__ == "__main__":
    run(rows, 50, __doc__)
