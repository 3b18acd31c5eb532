"""What the diagnosis must reach on simulated shops, with fewer shops than `benchmarks/ranking.py` uses."""

from __future__ import annotations

import pytest

from benchmarks.ranking import coverage, ranking


@pytest.mark.parametrize(
    ("impressions", "first", "three"),
    [
        pytest.param(4_000, 0.60, 0.84, marks=pytest.mark.long),
        (40_000, 0.80, 0.95),
        pytest.param(400_000, 0.92, 0.98, marks=pytest.mark.long),
    ],
)
def test_a_cut_rate_is_found(impressions: int, first: float, three: float) -> None:
    ours, plain = ranking(250, impressions, seed=11)
    assert ours.first >= first
    assert ours.among_three >= three
    assert ours.false <= 0.05
    assert ours.first > plain["z-score"][0]
    if impressions < 400_000:  # with hardly any counting noise left, a plain percentage ranks as well
        assert ours.first > plain["percent change"][0]


@pytest.mark.parametrize(
    ("shops", "least", "most"), [(60, 0.92, 0.98), pytest.param(250, 0.93, 0.97, marks=pytest.mark.long)]
)
def test_ranges_hold_and_are_narrower_than_plain_ones(shops: int, least: float, most: float) -> None:
    found = coverage(shops, seed=12)["all"]
    assert least <= found.held <= most
    assert found.against_t < 0.95
    assert found.held > found.plain_t
