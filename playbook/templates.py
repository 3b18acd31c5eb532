"""Our own CSV templates, for anyone without a recognised export: headers, and a row that shows the form."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.language import N_
from playbook.spreadsheet import csv_text


@dataclass(frozen=True)
class Template:
    """A CSV to fill in. Columns may be missing or in any order; unknown ones are kept and listed."""

    name: str
    title: str
    use: str
    header: tuple[str, ...]
    example: tuple[str, ...]

    @property
    def file_name(self) -> str:
        return f"{self.name}_template.csv"

    def text(self) -> str:
        """Header and example row, as a spreadsheet opens it."""
        return csv_text([self.header, self.example])


def _row(line: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in line.split(","))


TEMPLATES = (
    Template(
        "sessions",
        N_("LIVEs"),
        N_("One row a LIVE. Leave a cell empty when you do not know it: empty is unknown, not zero."),
        _row(
            "session_id, start, minutes, title, host, currency, impressions, views, viewers, avg_viewing_seconds,"
            "product_impressions, product_clicks, sku_orders, gmv, comments, new_followers, shares, likes"
        ),
        _row(
            "live-1, 2026-11-20 19:00, 120, Friday, Dana, USD, 41000, 4900, 4100, 27,"
            "15300, 640, 45, 990.50, 410, 48, 20, 3900"
        ),
    ),
    Template(
        "trend",
        N_("Minute by minute"),
        N_(
            "Rows of one LIVE, one per minute, 5 or 15 minutes. "
            "`minute` counts from the start; `time` (19:05) works too."
        ),
        _row("minute, impressions, views, product_clicks, sku_orders, gmv, comments, new_followers, shares, likes"),
        _row("0, 1800, 190, 21, 2, 44.00, 15, 2, 1, 160"),
    ),
    Template(
        "events",
        N_("Events"),
        N_(
            "What was done during the LIVE. Types: pin, unpin, flash_sale, giveaway, billboard, coupon, ad, violation, "
            "script, host_change, other. For a violation, `detail` is its type."
        ),
        _row("minute, type, detail, end, product, note"),
        _row("12, pin, , 27, Linen shirt, first pitch"),
    ),
    Template(
        "products",
        N_("Products"),
        N_("The products of one LIVE."),
        _row("product_id, product, product_impressions, product_clicks, sku_orders, gmv, price, pinned_minutes"),
        _row("1730000000000010001, Linen shirt, 5200, 240, 18, 396.00, 22.00, 15"),
    ),
    Template(
        "channels",
        N_("Channels"),
        N_("Where the traffic came from: counts, or shares with their % sign."),
        _row("channel, impressions, views, gmv"),
        _row("for_you, 78%, 70%, 66%"),
    ),
    Template(
        "followers",
        N_("Followers"),
        N_("New followers, existing followers and people who do not follow (none)."),
        _row("audience, views, gmv, sku_orders"),
        _row("existing, 610, 210.00, 11"),
    ),
)
