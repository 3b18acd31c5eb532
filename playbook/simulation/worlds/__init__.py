"""Worlds that are not as a method assumes: real-like shops, and what happens to them, with the truth known."""

from __future__ import annotations

from .courses import WORLDS
from .shop import LAWS, RATES, Course, Shop, real_shop, seller

__all__ = ["LAWS", "RATES", "WORLDS", "Course", "Shop", "real_shop", "seller"]
