"""Our own CSV templates, as files to download: a header row, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from ..session import COUNTS

_COUNTS = (*COUNTS[:3], "avg_viewing_seconds", *COUNTS[3:])

#: Profile id: its columns in the order in which a person fills them in.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "template_sessions": ("session_id", "start", "minutes", "title", "host", "currency", *_COUNTS),
    "template_trend": ("minute", *_COUNTS),
    "event_log": ("minute", "type", "detail", "end", "product", "note"),
    "template_products": (
        "product_id", "product", "product_impressions", "product_clicks", "sku_orders", "gmv", "price",
        "pinned_minutes",
    ),
    "template_channels": ("channel", "impressions", "views", "gmv"),
    "template_followers": ("audience", "views", "gmv", "sku_orders"),
}  # fmt: skip


def csv_templates() -> dict[str, str]:
    """File name: text of the file. Each is recognised by the profile of the same name."""
    return {f"{name}.csv": ",".join(columns) + "\r\n" for name, columns in _COLUMNS.items()}
