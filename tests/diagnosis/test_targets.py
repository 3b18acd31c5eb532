"""What the diagnosis must reach on simulated shops, with fewer shops than `benchmarks/ranking.py` uses."""

from __future__ import annotations

import pytest

from benchmarks.ranking import coverage, ranking


@pytest.mark.parametrize(
    ("impressions", "first", "three"), [(4_000, 0.60, 0.84), (40_000, 0.80, 0.95), (400_000, 0.92, 0.98)]
)
def test_a_cut_rate_is_found(impressions: int, first: float, three: float) -> None:
    ours, plain = ranking(250, impressions, seed=11)
    assert ours.first >= first
    assert ours.among_three >= three
    assert ours.false <= 0.05
    assert ours.first > plain["z-score"][0]
    if impressions < 400_000:  # with hardly any counting noise left, a plain percentage ranks as well
        assert ours.first > plain["percent change"][0]


def test_ranges_hold_and_are_narrower_than_plain_ones() -> None:
    found = coverage(250, seed=12)["all"]
    assert 0.93 <= found.held <= 0.97
    assert found.against_t < 0.95
    assert found.held > found.plain_t
