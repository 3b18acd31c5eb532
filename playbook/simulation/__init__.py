"""Simulated shops with known truth, for tests, benchmarks and practice. Knows sessions and nothing of diagnosis."""

from __future__ import annotations

from .shops import RATES, Planted, calm_shop, planted_cut, restless_shop

__all__ = ["RATES", "Planted", "calm_shop", "planted_cut", "restless_shop"]
