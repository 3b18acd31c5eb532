"""Counts to metrics."""

from __future__ import annotations

from .compute import MetricValue, compute, from_trend

__all__ = ["MetricValue", "compute", "from_trend"]
