"""What ads cost, and what is left of GMV after them."""

from __future__ import annotations

from playbook.diagnosis.findings import Ads
from playbook.model.session import Session


def ads(session: Session) -> Ads | None:
    """Cost of ads against orders and GMV of the LIVE; None where the export names no cost and no GMV of ads.

    Orders and GMV are those of the whole LIVE: which of them an ad brought, no export says for certain.
    """
    cost, claimed = session.counts.get("ads_cost"), session.counts.get("ads_gmv")
    if not cost and not claimed:
        return None
    gmv, orders = session.counts["gmv"], session.orders
    return Ads(
        cost=cost,
        gmv=claimed,
        cost_per_order=cost / orders if cost is not None and orders else None,
        gmv_less_cost=gmv - cost if gmv is not None and cost is not None else None,
        claims_all=bool(gmv and claimed and claimed >= _NEARLY_ALL * gmv),
    )


#: From this part of GMV on, ads claim the whole LIVE: LIVE GMV Max counts paid and organic orders alike.
_NEARLY_ALL = 0.95
