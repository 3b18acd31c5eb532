"""What the export itself says about how far its numbers can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnosis.findings import Ads, Note, note
from playbook.model.session import SETTLED_AFTER_DAYS, STUB_MINUTES, Session


def of_export(session: Session, ads: Ads | None) -> Iterator[Note]:
    """Notes on a LIVE still running or short, GMV still growing, the kind of its orders, its ads, a missing trend."""
    if session.running:
        yield note("running")
    elif session.stub:
        yield note("stub", minutes=STUB_MINUTES)
    if session.provisional:
        yield note("provisional", days=SETTLED_AFTER_DAYS)
    elif session.provisional is None and session.counts["gmv"] is not None:
        yield note("export_undated", days=SETTLED_AFTER_DAYS)
    if session.gmv_kind == "attributed":
        yield note("attributed_gmv")
    yield from _orders_counted(session)
    if ads is not None and (ads.cost is not None or ads.gmv is not None):
        yield note("ads_cost", of=ads)
    if session.trend is None:
        yield note("no_trend")


def _orders_counted(session: Session) -> Iterator[Note]:
    """Which orders CTOR and GMV per order count, where those are not SKU orders of the GMV that is shown."""
    kind = session.orders_kind
    if kind in ("main", "paid"):
        yield note("not_sku_orders", orders=kind)
    elif session.orders_gmv_kind != session.gmv_kind:
        yield note("no_gmv_per_order") if session.orders_gmv is None else note("attributed_orders")
