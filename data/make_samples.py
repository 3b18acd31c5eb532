"""Make the sample exports in data/samples: synthetic shops in the layouts of the real files.

    python data/make_samples.py

Every number is drawn from a fixed seed; no shop, person or room in these files exists.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from openpyxl import Workbook

HERE = Path(__file__).resolve().parent / "samples"
SHEET_TIME = datetime(2026, 1, 1)


@dataclass
class Live:
    """One made-up LIVE: totals that belong together."""

    start: datetime
    minutes: int
    impressions: int
    views: int
    viewers: int
    seconds: float
    product_impressions: int
    clicks: int
    orders: int
    gmv: float
    comments: int
    followers: int
    shares: int
    likes: int
    title: str = ""
    room: str = ""


@dataclass
class Shop:
    """Ordinary levels of a made-up shop, and how much they wobble from LIVE to LIVE (log scale)."""

    per_hour: float
    err: float
    ctr: float
    ctor: float
    basket: float
    comment: float = 0.04
    follow: float = 0.006
    share: float = 0.003
    like: float = 0.7
    seconds: float = 31
    seen: float = 4.2
    wobble: float = 0.1
    decimals: int = 2
    fault: dict[str, float] = field(default_factory=dict)


def draw(shop: Shop, start: datetime, minutes: int, rng: np.random.Generator, **fault: float) -> Live:
    """One LIVE of a shop; `fault` multiplies single rates."""

    def rate(name: str) -> float:
        spread = shop.wobble * (1.6 if name == "like" else 1)
        return float(getattr(shop, name) * np.exp(rng.normal(0, spread)) * fault.get(name, 1.0))

    impressions = int(rng.poisson(rate("per_hour") * minutes / 60))
    views = int(rng.binomial(impressions, min(rate("err"), 0.9)))
    seen = int(rng.poisson(views * rate("seen")))
    clicks = int(rng.binomial(seen, min(rate("ctr") / shop.seen, 0.9)))
    orders = int(rng.binomial(clicks, min(rate("ctor"), 0.9)))
    basket = shop.basket * np.exp(rng.normal(0, 0.05))
    return Live(
        start, minutes, impressions, views, int(views * rng.uniform(0.82, 0.88)), rate("seconds"),
        seen, clicks, orders, round(float(orders * basket), shop.decimals),
        int(rng.poisson(views * rate("comment"))), int(rng.poisson(views * rate("follow"))),
        int(rng.poisson(views * rate("share"))), int(rng.poisson(views * rate("like"))),
    )  # fmt: skip


def evenings(first: datetime, count: int, every: int) -> list[datetime]:
    return [first + timedelta(days=every * index, minutes=(index * 7) % 11) for index in range(count)]


# --- fewer people came in: newer Creator-Live-Performance, with trend, products and events -------------------

B3 = (
    "Room ID|Room Title|Start Time|End Time|Duration|Attributed GMV|Attributed items sold|Attributed orders|"
    "Attributed SKU orders|Customers|AOV|Views|Impressions|Impressions Per Hour|GMV per hour|Show GPM|Watch GPM|"
    "Avg. viewing duration per view|Avg. viewing duration|Tap through rate|LIVE CTR|Product Impressions|"
    "Product clicks|CTR|CTOR|CTOR (SKU orders)|SKU order rate|New followers|Follow rate|Comments|Comment rate|"
    "Shares|Share rate|Likes|Like rate"
).split("|")


def rupiah(value: float) -> str:
    return "Rp" + f"{round(value):,}".replace(",", ".")


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.4f}%" if whole else ""


def b3_row(live: Live) -> list[str]:
    main = round(live.orders * 0.91)
    hours = live.minutes / 60
    end = live.start + timedelta(minutes=live.minutes)
    return [
        live.room, live.title, f"{live.start:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}",
        f"{live.minutes // 60}h{live.minutes % 60:02d}m", rupiah(live.gmv), str(round(live.orders * 1.1)), str(main),
        str(live.orders), str(round(main * 0.96)), rupiah(live.gmv / main if main else 0), str(live.views),
        str(live.impressions), f"{live.impressions / hours:.2f}", rupiah(live.gmv / hours),
        rupiah(1000 * live.gmv / live.impressions), rupiah(1000 * live.gmv / live.views),
        f"{live.seconds:.2f}s", f"{live.seconds * 1.15:.2f}s", percent(live.views, live.impressions),
        percent(live.clicks, live.views), str(live.product_impressions), str(live.clicks),
        percent(live.clicks, live.product_impressions), percent(main, live.clicks), percent(live.orders, live.clicks),
        percent(live.orders, live.views), str(live.followers), percent(live.followers, live.views),
        str(live.comments), percent(live.comments, live.views), str(live.shares), percent(live.shares, live.views),
        str(live.likes), percent(live.likes, live.views),
    ]  # fmt: skip


TREND = (
    "Time|Attributed GMV|Attributed items sold|Customers|Attributed SKU orders|Attributed orders|Viewers|Views|"
    "Product Impressions|LIVE CTR|Tap-through rate|Product Clicks|Impressions|New followers|Shares|Comments|Likes|"
    "Comment rate|Follow rate|Like rate|Share rate|AOV|CTOR (SKU orders)|Watch GPM|CTOR|Payment Rate|Show GPM|"
    "Order rate (SKU orders)"
).split("|")


def spread_out(total: int, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rng.multinomial(total, weights / weights.sum())


def trend_rows(live: Live, dip: tuple[int, int], rng: np.random.Generator) -> list[list[str]]:
    """Five-minute rows that add up to the LIVE's totals; ERR is low between the minutes of `dip`."""
    minutes = np.arange(0, live.minutes, 5)
    crowd = 1 + 0.2 * np.sin(np.pi * minutes / live.minutes) + rng.normal(0, 0.04, minutes.size)
    entering = np.where((minutes >= dip[0]) & (minutes < dip[1]), 0.5, 1.0) * np.minimum(1, 0.6 + minutes / 50)
    impressions = spread_out(live.impressions, crowd, rng)
    views = spread_out(live.views, impressions * entering, rng)
    shares = {
        name: spread_out(total, views + 0.5, rng)
        for name, total in {
            "seen": live.product_impressions, "clicks": live.clicks, "followers": live.followers,
            "shares": live.shares, "comments": live.comments, "likes": live.likes,
        }.items()
    }  # fmt: skip
    orders = spread_out(live.orders, shares["clicks"] + 0.01, rng)
    rows = []
    for index, minute in enumerate(minutes):
        seen, entered, shown, sold = views[index], views[index], impressions[index], orders[index]
        money = round(live.gmv * sold / max(live.orders, 1))
        clicks = shares["clicks"][index]
        part = {name: int(values[index]) for name, values in shares.items()}
        rows.append([
            f"{live.start + timedelta(minutes=int(minute)):%H:%M}", str(money), str(sold), str(sold), str(sold), str(sold),
            str(int(entered * 0.9)), str(seen), str(part["seen"]), ratio(clicks, entered), ratio(entered, shown),
            str(clicks), str(shown), str(part["followers"]), str(part["shares"]), str(part["comments"]),
            str(part["likes"]), ratio(part["comments"], entered), ratio(part["followers"], entered),
            ratio(part["likes"], entered), ratio(part["shares"], entered), ratio(money, sold, 0), ratio(sold, clicks),
            ratio(1000 * money, entered, 0), ratio(sold, clicks), "1" if sold else "", ratio(1000 * money, shown, 0),
            ratio(sold, entered),
        ])  # fmt: skip
    return rows


def ratio(part: float, whole: float, digits: int = 6) -> str:
    return f"{part / whole:.{digits}f}" if whole else ""


PRODUCTS = (
    "Product ID|Product name|Attributed GMV|Attributed items sold|Customers|AOV|Attributed SKU orders|"
    "Attributed orders|Payment Rate|Product Impressions|CTR|Added to cart|CTOR (SKU orders)|CTOR|Watch GPM|"
    "Product Clicks|Available stock"
).split("|")
NAMES = [
    "Linen shirt, sand", "Linen trousers, wide", "Wrap skirt, indigo", "Batik scarf, hand-dyed",
    "Cotton tee, 2-pack", "Canvas tote", "Leather belt, woven", "Straw hat",
]  # fmt: skip


def product_rows(live: Live, rng: np.random.Generator) -> list[list[str]]:
    weights = np.array([9, 6, 5, 4, 3, 3, 2, 1.0])
    seen = spread_out(live.product_impressions, weights, rng)
    clicks = spread_out(live.clicks, weights * np.array([1, 1, 1.3, 0.8, 1, 0.6, 1, 0.7]), rng)
    orders = spread_out(live.orders, clicks * np.array([1, 1.2, 0.4, 1, 1.1, 1, 1, 1]), rng)
    rows = []
    for index, name in enumerate(NAMES):
        money = round(live.gmv * orders[index] / max(live.orders, 1))
        sold = int(orders[index])
        rows.append([
            f"17300000000000{10100 + index}", name, str(money), str(sold), str(sold), ratio(money, sold, 0), str(sold),
            str(sold), "1" if sold else "", str(seen[index]), ratio(clicks[index], seen[index]),
            str(int(clicks[index] * 0.2)), ratio(sold, clicks[index]), ratio(sold, clicks[index]),
            ratio(1000 * money, live.views, 0), str(clicks[index]), str(int(rng.integers(8, 180))),
        ])  # fmt: skip
    return rows


def fewer_came_in() -> None:
    rng = np.random.default_rng(11)
    shop = Shop(26_000, 0.084, 0.2, 0.031, 148_000, wobble=0.07, decimals=0)
    starts = evenings(datetime(2026, 9, 26, 19, 2), 15, 3)
    lives = [draw(shop, start, 120 + (index * 37) % 65, rng) for index, start in enumerate(starts[:-1])]
    lives[-3] = draw(shop, starts[-4], 150, rng, err=0.6)
    lives.append(draw(shop, starts[-1], 159, rng, err=0.5))
    for index, live in enumerate(lives):
        live.room = f"76000000000000{20110 + 37 * index}"
        live.title = "Weekend linen night" if index % 3 else "New arrivals and refills"
    folder = HERE / "fewer_came_in"
    last = lives[-1]
    exported = last.start + timedelta(days=1, hours=13, minutes=24)
    span = f"{lives[0].start:%Y-%m-%d} ~ {last.start:%Y-%m-%d}"
    rows = [[span], [], B3, *[b3_row(live) for live in reversed(lives)]]
    save_xlsx(folder / f"Creator-Live-Performance_{exported:%Y%m%d%H%M%S}.xlsx", rows, "performance_detail")
    save_xlsx(folder / "Trend Stat.xlsx", [TREND, *trend_rows(last, (60, 85), rng)], "Sheet1")
    save_xlsx(folder / "Product.xlsx", [PRODUCTS, *product_rows(last, rng)], "Sheet1")
    save_csv(folder / "events.csv", [
        "minute,type,detail,end,product,note".split(","),
        ["0", "billboard", "Free shipping tonight", "58", "", ""],
        ["2", "pin", "", "57", NAMES[0], ""],
        ["58", "unpin", "", "", NAMES[0], "camera swap"],
        ["86", "pin", "", "118", NAMES[1], ""],
        ["95", "giveaway", "follow task", "105", "", ""],
        ["120", "flash_sale", "15 minutes, 20 pieces", "135", NAMES[3], ""],
    ])  # fmt: skip


# --- they looked and did not buy: Live Analysis of Malaysia, no impressions -----------------------------------

A2 = (
    "Creator ID|Creator|Nickname|Launched Time|Duration|LIVE gross merchandise value (RM)|Products added|"
    "Different Products Sold|Created SKU orders|LIVE SKU orders|LIVE items sold|Unique customers|Average Price (RM)|"
    "Click-to-order rate (LIVE)|LIVE attributed GMV (RM)|Viewers|Views|"
    "Average viewing duration (LIVE streams)|Comments|Shares|LIVE likes|New followers (Creator video)|"
    "Product Impressions|Product Clicks|CTR"
).split("|")


def a2_row(live: Live) -> list[str]:
    items = round(live.orders * 1.12)
    return [
        "7300000000000004411", "Tok Wan Kitchenware", "tokwan.kitchen", f"{live.start:%Y/%m/%d/ %H:%M}",
        f"{live.minutes // 60}h {live.minutes % 60}min", f"{live.gmv:.2f}", "18", "9", str(round(live.orders * 1.2)),
        str(live.orders), str(items), str(round(live.orders * 0.9)), f"{live.gmv / max(items, 1):.2f}",
        f"{100 * live.orders / live.clicks:.2f}%", f"{live.gmv * 1.06:.2f}", str(live.viewers), str(live.views),
        str(round(live.seconds)), str(live.comments), str(live.shares), str(live.likes), str(live.followers),
        str(live.product_impressions), str(live.clicks), f"{100 * live.clicks / live.product_impressions:.2f}%",
    ]  # fmt: skip


def looked_did_not_buy() -> None:
    rng = np.random.default_rng(23)
    shop = Shop(60_000, 0.07, 0.17, 0.045, 46.0, comment=0.05, wobble=0.08)
    starts = evenings(datetime(2026, 10, 2, 20, 1), 13, 3)
    lives = [draw(shop, start, 100 + (index * 29) % 50, rng) for index, start in enumerate(starts[:-1])]
    lives.append(draw(shop, starts[-1], 131, rng, ctor=0.55))
    span = f"Date Range: {lives[0].start:%Y-%m-%d} ~ {lives[-1].start:%Y-%m-%d}"
    rows = [[span], [], A2, *[a2_row(live) for live in reversed(lives)]]
    save_xlsx(HERE / "looked_did_not_buy" / "Live_Analysis.xlsx", rows, "Sheet1")
    save_csv(HERE / "looked_did_not_buy" / "products.csv", kitchen_products(lives[-1]))


#: Product, price, shares of impressions, clicks and orders, minutes pinned: the wok set is opened and not bought.
KITCHEN = [
    ("Cast-iron wok set", 168.0, 0.42, 0.46, 0.04, 52),
    ("Non-stick pan, 28 cm", 46.0, 0.13, 0.12, 0.23, 24),
    ("Bamboo steamer", 29.0, 0.10, 0.10, 0.20, 18),
    ("Silicone spatulas, 4 pieces", 15.0, 0.11, 0.10, 0.19, 12),
    ("Spice rack", 38.0, 0.08, 0.08, 0.11, 10),
    ("Glass storage boxes", 42.0, 0.08, 0.08, 0.15, 10),
    ("Chopping board", 24.0, 0.08, 0.06, 0.07, 0),
]


def kitchen_products(live: Live) -> list[list[str]]:
    """Rows of our product template that add up to the LIVE's totals, the first one taking what rounding leaves."""
    parts = [
        [round(total * row[at]) for row in KITCHEN]
        for total, at in ((live.product_impressions, 2), (live.clicks, 3), (live.orders, 4))
    ]
    for part, total in zip(parts, (live.product_impressions, live.clicks, live.orders), strict=True):
        part[1] += total - sum(part)
    money = [row[1] * sold for row, sold in zip(KITCHEN, parts[2], strict=True)]
    scale = live.gmv / sum(money)
    head = "product_id,product,product_impressions,product_clicks,sku_orders,gmv,price,pinned_minutes".split(",")
    rows = [
        [f"17310000000000{20100 + at}", row[0], str(seen), str(clicks), str(sold), f"{each * scale:.2f}",
         f"{row[1]:.2f}", str(row[5])]
        for at, (row, seen, clicks, sold, each) in enumerate(zip(KITCHEN, *parts, money, strict=True))
    ]  # fmt: skip
    return [head, *rows]


# --- an ordinary evening: older Creator-Live-Performance of Brazil ---------------------------------------------

B1 = (
    "Livestream|Start time|Duration|Gross revenue|Direct GMV|Items sold|Customers|Avg. price|Orders paid for|"
    "GMV/1K shows|GMV/1K views|Views|Viewers|Peak viewers|New followers|Avg. view duration|Likes|Comments|Shares|"
    "Product impressions|Product clicks|CTR|CTOR (SKU orders)"
).split("|")


def real(value: float) -> str:
    return "R$ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def b1_row(live: Live) -> list[str]:
    return [
        live.title, f"{live.start:%Y-%m-%d %H:%M}", str(live.minutes * 60), real(live.gmv * 1.04), real(live.gmv),
        str(round(live.orders * 1.05)), str(round(live.orders * 0.95)), real(live.gmv / max(live.orders, 1)),
        str(live.orders), real(1000 * live.gmv / live.impressions), real(1000 * live.gmv / live.views),
        str(live.views), str(live.viewers), str(round(live.viewers * 0.05)), str(live.followers),
        str(round(live.seconds)), str(live.likes), str(live.comments), str(live.shares),
        str(live.product_impressions), str(live.clicks), ratio(live.clicks, live.views),
        ratio(live.orders, live.clicks),
    ]  # fmt: skip


def ordinary_evening() -> None:
    rng = np.random.default_rng(5)
    shop = Shop(52_000, 0.075, 0.21, 0.028, 71.0, wobble=0.09)
    starts = evenings(datetime(2026, 2, 3, 19, 0), 14, 2)
    lives = [draw(shop, start, 150 + (index * 41) % 80, rng) for index, start in enumerate(starts)]
    for index, live in enumerate(lives):
        live.title = "  Quinta do jeans " if index % 2 else "Jeans da semana"
    stub = draw(shop, starts[-1] - timedelta(minutes=6), 3, rng)
    stub.title = "teste"
    rows = [[f"{lives[0].start:%Y-%m-%d} ~ {lives[-1].start:%Y-%m-%d}"], [], B1]
    rows += [b1_row(live) for live in reversed([*lives, stub])]
    exported = lives[-1].start + timedelta(days=20)
    save_xlsx(HERE / "ordinary_evening" / f"Creator-Live-Performance_{exported:%Y%m%d%H%M%S}.xlsx", rows, "Sheet1")


# --- a first LIVE: our own template, one row --------------------------------------------------------------------


def first_live() -> None:
    rng = np.random.default_rng(3)
    live = draw(Shop(9_000, 0.06, 0.11, 0.05, 24.0), datetime(2026, 11, 19, 18, 30), 95, rng)
    header = (
        "session_id,start,minutes,title,host,currency,impressions,views,viewers,avg_viewing_seconds,"
        "product_impressions,product_clicks,sku_orders,gmv,comments,new_followers,shares,likes"
    ).split(",")
    row = [
        "first-live", f"{live.start:%Y-%m-%d %H:%M}", live.minutes, "Candle night", "Dana", "USD", live.impressions,
        live.views, live.viewers, round(live.seconds), live.product_impressions, live.clicks, live.orders, live.gmv,
        live.comments, live.followers, live.shares, live.likes,
    ]  # fmt: skip
    save_csv(HERE / "first_live" / "my_live.csv", [header, [str(cell) for cell in row]])


def save_csv(path: Path, rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def save_xlsx(path: Path, rows: list[list[str]], sheet: str) -> None:
    """All cells are text, as in the real files; the archive's times are fixed so that a rerun changes nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.properties.created = book.properties.modified = SHEET_TIME
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            text = made.read(name)
            if name == "docProps/core.xml":  # openpyxl stamps the moment of saving
                start, end = text.index(b"<dcterms:modified"), text.index(b"</dcterms:modified>")
                text = text[:start] + text[end + len(b"</dcterms:modified>") :]
            kept.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    fewer_came_in()
    looked_did_not_buy()
    ordinary_evening()
    first_live()
