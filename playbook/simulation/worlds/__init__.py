"""Worlds that are not as a method assumes: real-like shops, and what happens to them, with the truth known."""

from __future__ import annotations

from .courses import WORLDS
from .shop import LAWS, RATES, ShopCourse, SimulatedShop, real_shop, seller

__all__ = ["LAWS", "RATES", "WORLDS", "ShopCourse", "SimulatedShop", "real_shop", "seller"]
