"""An agency's drop of files: a list of LIVEs with their Trend and Product files, shuffled, and where each belongs.

The LIVEs of a made-up shop begin at about the same hour and are of similar size. Of some of them there is a Trend file,
a Product file or both, in the layouts and languages that TikTok exports them in. Names are as TikTok or a browser gives
them, or as somebody typed them; most say nothing. Some files are of LIVEs that were saved before and are not in the
list, some are there twice, some are of another shop. Nothing here knows how one file is told from another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from playbook.model.session import Session
from playbook.spreadsheet import csv_text

LANGUAGES = ("en", "id", "vi", "zh", "pt")
#: Files that are no list, in one batch.
FILES = 20

_TREND_COUNTS = ("gmv_attributed", "items_sold", "customers", "sku_orders", "orders_main", "viewers", "views",
                 "product_impressions", "product_clicks", "impressions", "new_followers", "shares", "comments",
                 "likes")  # fmt: skip
_PRODUCT_COUNTS = ("gmv_attributed", "items_sold", "customers", "sku_orders", "orders_main", "product_impressions",
                   "product_clicks")  # fmt: skip
_TREND = {
    "en": "Time|Attributed GMV|Attributed items sold|Customers|Attributed SKU orders|Attributed orders|Viewers|Views|"
    "Product Impressions|Product Clicks|Impressions|New followers|Shares|Comments|Likes",
    "id": "Waktu|Pendapatan|Penjualan Produk|Pelanggan|Pesanan SKU|Pesanan|Penonton|Live Stream Dilihat|"
    "Tayangan Produk|Klik Produk|Tayangan|Pengikut Baru|Bagikan|Komentar|Suka",
    "vi": "Thời gian|Doanh thu|Số lượng bán|Khách hàng|Đơn hàng SKU|Đơn hàng|Người xem|Lượt xem|"
    "Lượt hiển thị sản phẩm|Lượt nhấp sản phẩm|Lượt hiển thị|Người theo dõi mới|Lượt chia sẻ|Lượt bình luận|Lượt thích",
    "zh": "时间|归因 GMV|归因成交件数|客户数|归因 SKU 订单数|归因订单数|观看人数|观看次数|商品曝光次数|商品点击量|"
    "曝光次数|新粉数|分享次数|评论数|点赞数",
    "pt": "Horário|GMV atribuído|Itens atribuídos|Clientes|Pedidos de SKU atribuídos|Pedidos atribuídos|Espectadores|"
    "Visualizações|Impressões do produto|Cliques no produto|Impressões da LIVE|Novos seguidores|Compartilhamentos|"
    "Comentários|Curtidas",
}
_PRODUCTS = {
    "en": "Product ID|Product name|Attributed GMV|Attributed items sold|Customers|Attributed SKU orders|"
    "Attributed orders|Product Impressions|Product Clicks",
    "id": "ID Produk|Nama Produk|Pendapatan|Penjualan Produk|Pelanggan|Pesanan SKU|Pesanan|Tayangan Produk|Klik Produk",
    "vi": "ID sản phẩm|Tên sản phẩm|Doanh thu|Số lượng bán|Khách hàng|Đơn hàng SKU|Đơn hàng|Lượt hiển thị sản phẩm|"
    "Lượt nhấp sản phẩm",
    "zh": "商品 ID|商品名称|归因 GMV|归因成交件数|客户数|归因 SKU 订单数|归因订单数|商品曝光次数|商品点击次数",
    "pt": "ID do produto|Nome do produto|GMV atribuído|Itens atribuídos|Clientes|Pedidos de SKU atribuídos|"
    "Pedidos atribuídos|Impressões do produto|Cliques no produto",
}
#: What a seller calls such files.
_TYPED = {
    "en": ("trend", "products"), "id": ("tren", "produk"), "vi": ("xu hướng", "sản phẩm"), "zh": ("趋势", "商品"),
    "pt": ("tendência", "produtos"),
}  # fmt: skip


@dataclass(frozen=True)
class BatchLive:
    """A made-up LIVE with every count that any layout prints."""

    room: str
    title: str
    start: datetime
    minutes: int
    counts: Mapping[str, float]


@dataclass(frozen=True)
class Batch:
    """Files as they were dropped, the LIVEs that are saved already, and the right answers.

    homes: for each Trend and Product file the start of its LIVE, or None where that LIVE is neither listed nor saved.
    copies: files that are there twice, by the name of the one that repeats the other.
    """

    language: str
    files: tuple[tuple[str, bytes], ...]
    saved: tuple[Session, ...]
    homes: Mapping[str, datetime | None]
    copies: Mapping[str, str]


def batch(rng: np.random.Generator, language: str | None = None, files: int = FILES) -> Batch:
    """A list, and `files` Trend and Product files in any order."""
    spoken = str(rng.choice(LANGUAGES)) if language is None else language
    lives = _shop(rng, int(rng.integers(14, 31)))
    away = [lives.pop(int(rng.integers(len(lives)))) for _ in range(int(rng.integers(0, 4)))]
    other = _shop(rng, 4)
    drawn: list[tuple[str, bytes, BatchLive, bool]] = []
    taken: set[str] = set()
    copies: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    while len(drawn) + len(copies) < files:
        kind = str(rng.choice(["trend", "products"]))
        luck = rng.random()
        stranger = luck < 0.04
        live = _one(rng, other if stranger else away if away and luck < 0.16 else lives)
        if (kind, live.room) in seen:
            continue
        seen.add((kind, live.room))
        content = _trend(rng, live, spoken) if kind == "trend" else _products(rng, live, spoken)
        name = _name(rng, kind, live, spoken, taken)
        drawn.append((name, content, live, stranger))
        if rng.random() < 0.04 and len(drawn) + len(copies) < files:
            again = _unused(name, taken)
            copies[again] = name
    every = [(name, content) for name, content, _, _ in drawn]
    every += [(again, dict(every)[name]) for again, name in copies.items()]
    title, rows = _LISTS[spoken][int(rng.integers(len(_LISTS[spoken])))]
    every.append((title, _csv(rows(lives))))
    homes = {name: None if stranger else live.start for name, _, live, stranger in drawn}
    return Batch(
        spoken,
        tuple(every[at] for at in rng.permutation(len(every))),
        tuple(map(_saved, away)),
        homes | {again: homes[name] for again, name in copies.items()},
        copies,
    )


def _one(rng: np.random.Generator, lives: Sequence[BatchLive]) -> BatchLive:
    return lives[int(rng.integers(len(lives)))]


def _shop(rng: np.random.Generator, size: int) -> list[BatchLive]:
    """LIVEs of one shop, one or two a day; how alike they are is drawn once for the shop."""
    alike, views = rng.uniform(0.12, 0.45), 4_000 * np.exp(rng.normal(0, 0.7))
    late, twice, usual = int(rng.choice([2, 10, 40])), rng.random() < 0.3, int(rng.integers(75, 200))
    first = datetime(2026, 3, 1, int(rng.integers(9, 23))) + timedelta(days=int(rng.integers(0, 200)))
    lives, room = [], int(rng.integers(10**8, 9 * 10**8))
    for at in range(size):
        day, half = divmod(at, 2) if twice else (at, 0)
        start = first + timedelta(days=day, hours=7 * half, minutes=int(rng.integers(-late, late + 1)))
        minutes = usual + int(rng.integers(-3, 4)) if rng.random() < 0.5 else int(rng.integers(60, 240))
        counts = _counts(rng, float(views * np.exp(rng.normal(0, alike))), alike / 2)
        room += int(rng.integers(10**6, 10**7))
        lives.append(BatchLive(f"76{room:017d}", f"LIVE {at + 1}", start, minutes, counts))
    return lives


def _counts(rng: np.random.Generator, views: float, alike: float) -> dict[str, float]:
    rates = {
        "impressions": 8.0, "views": 1.0, "viewers": 0.8, "product_impressions": 4.0, "product_clicks": 0.19,
        "sku_orders": 0.008, "comments": 0.04, "likes": 1.1, "shares": 0.004, "new_followers": 0.01,
    }  # fmt: skip
    found = {name: float(round(views * rate * np.exp(rng.normal(0, alike)))) for name, rate in rates.items()}
    found["orders_main"] = float(round(found["sku_orders"] * rng.uniform(0.8, 1)))
    found["items_sold"] = float(round(found["sku_orders"] * rng.uniform(1, 1.3)))
    found["customers"] = float(round(found["orders_main"] * rng.uniform(0.85, 1)))
    found["gmv_direct"] = round(found["sku_orders"] * float(rng.uniform(14, 26)), 2)
    found["gmv_attributed"] = round(found["gmv_direct"] * float(rng.uniform(1, 1.12)), 2)
    return found


def _as_exported(rng: np.random.Generator, live: BatchLive, names: Sequence[str]) -> dict[str, float]:
    """Totals of a file: mostly those of the list, sometimes those of some days before or after it."""
    drift = 0.0 if rng.random() < 0.8 else float(rng.uniform(-0.01, 0.01))
    return {name: float(round(live.counts[name] * (1 + drift * rng.random()))) for name in names}


def _split(rng: np.random.Generator, totals: Mapping[str, float], shares: np.ndarray) -> dict[str, np.ndarray]:
    return {name: rng.multinomial(int(total), shares) for name, total in totals.items()}


def _trend(rng: np.random.Generator, live: BatchLive, language: str) -> bytes:
    """Rows of 5 or 15 minutes; some files have only the metrics that were ticked, some end before the LIVE did."""
    step = int(rng.choice([5, 15]))
    begin = live.start if rng.random() < 0.5 else live.start - timedelta(minutes=live.start.minute % step)
    rows = max(2, -(-live.minutes // step))
    columns = _split(rng, _as_exported(rng, live, _TREND_COUNTS), rng.dirichlet(np.full(rows, 20.0)))
    header = dict(zip(_TREND_COUNTS, _TREND[language].split("|")[1:], strict=True))
    ticked = list(_TREND_COUNTS)
    if rng.random() < 0.25:
        some = rng.choice([name for name in _TREND_COUNTS if name != "customers"], 5, replace=False)
        ticked = [name for name in _TREND_COUNTS if name in some or name == "views"]
    if rng.random() < 0.02:
        rows = max(2, round(rows * rng.uniform(0.7, 0.95)))
    lines = [
        [f"{begin + timedelta(minutes=step * row):%H:%M}", *(str(int(columns[name][row])) for name in ticked)]
        for row in range(rows)
    ]
    return _csv([[_TREND[language].split("|")[0], *(header[name] for name in ticked)], *lines])


def _products(rng: np.random.Generator, live: BatchLive, language: str) -> bytes:
    """A row a product; some were only shown."""
    number = int(rng.integers(4, 40))
    columns = _split(rng, _as_exported(rng, live, _PRODUCT_COUNTS), rng.dirichlet(np.full(number, 0.7)))
    lines = [
        [f"17290000000000{row:05d}", f"Shirt {row}", *(str(int(columns[name][row])) for name in _PRODUCT_COUNTS)]
        for row in range(number)
    ]
    return _csv([_PRODUCTS[language].split("|"), *lines])


def _name(rng: np.random.Generator, kind: str, live: BatchLive, language: str, taken: set[str]) -> str:
    """As exported (the time in it is that of the download), numbered by the browser, or typed."""
    exported = "Trend Stat" if kind == "trend" else "Product"
    typed = _TYPED[language][0 if kind == "trend" else 1]
    download = live.start + timedelta(days=int(rng.integers(0, 30)), minutes=int(rng.integers(60, 600)))
    names = (
        exported, f"{exported}_{download:%Y%m%d%H%M%S}", typed, f"{typed} {live.start:%Y-%m-%d}",
        f"{live.start:%d%m} {typed}", f"{typed} {live.start.day}", f"{typed}_{live.room}", "Book1",
    )  # fmt: skip
    weights = (0.40, 0.20, 0.10, 0.08, 0.06, 0.06, 0.04, 0.06)
    return _unused(f"{names[int(rng.choice(len(names), p=weights))]}.csv", taken)


def _unused(name: str, taken: set[str]) -> str:
    """`Product.csv`, then `Product (1).csv`, as a browser numbers downloads."""
    stem = name.removesuffix(".csv")
    free = next(each for n in range(99) if (each := f"{stem} ({n}).csv" if n else name) not in taken)
    taken.add(free)
    return free


def _saved(live: BatchLive) -> Session:
    counts = {name: value for name, value in live.counts.items() if name != "viewers"}
    return Session(
        live.room,
        counts | {"gmv": live.counts["gmv_direct"]},
        title=live.title,
        start=live.start,
        duration_minutes=float(live.minutes),
        gmv_kind="direct",
    )


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_text(rows, mark=True).encode()


def _listed(header: str, row: Callable[[BatchLive], list[str]]) -> Callable[[Sequence[BatchLive]], list[list[str]]]:
    return lambda lives: [header.split("|"), *map(row, lives)]


def _whole(live: BatchLive, *names: str) -> list[str]:
    return [f"{live.counts[name]:.0f}" for name in names]


def _reais(live: BatchLive, times: float) -> str:
    return f"R$ {live.counts['gmv_direct'] * times:,.2f}".translate(str.maketrans(",.", ".,"))


def _hours(live: BatchLive, text: str) -> str:
    return text.format(*divmod(live.minutes, 60))


#: The name of the list's file, and its rows, by language: layouts of LIVE Center, Seller Center and partners.
_LISTS: dict[str, tuple[tuple[str, Callable[[Sequence[BatchLive]], list[list[str]]]], ...]] = {
    "en": (("Creator-Live-Performance_20261101091502.csv", _listed(
        "Room ID|Room Title|Start Time|Duration|Attributed GMV|Attributed items sold|Attributed orders|"
        "Attributed SKU orders|Customers|Views|Impressions|Product Impressions|Product clicks|New followers|Comments|"
        "Shares|Likes",
        lambda live: [live.room, live.title, f"{live.start:%Y-%m-%d %H:%M:%S}", _hours(live, "{}h{:02d}m"),
                      f"${live.counts['gmv_attributed']:,.2f}",
                      *_whole(live, "items_sold", "orders_main", "sku_orders", "customers", "views", "impressions",
                              "product_impressions", "product_clicks", "new_followers", "comments", "shares",
                              "likes")],
    )),),
    "id": (("Live Analysis.csv", _listed(
        "ID Kreator|Kreator|Waktu Live|Durasi|Nilai bruto barang dagangan dari LIVE (Rp)|Pesanan SKU dari LIVE|"
        "Produk yang terjual dari LIVE|Pembeli unik|GMV yang didapat dari LIVE (Rp)|Penonton|Live Stream Dilihat|"
        "Komentar|Live Dibagikan|Suka pada LIVE|Pengikut baru (Video kreator)|Produk Dilihat|Klik Produk",
        lambda live: ["7411111111111100042", "Made-up Shop", f"{live.start:%Y/%m/%d/ %H:%M}",
                      _hours(live, "{}h {}min"), *_whole(live, "gmv_direct", "sku_orders", "items_sold", "customers",
                      "gmv_attributed", "viewers", "views", "comments", "shares", "likes", "new_followers",
                      "product_impressions", "product_clicks")],
    )),),
    "vi": (("Live (2).csv", _listed(
        "ID nhà sáng tạo|Nhà sáng tạo|Thời gian bắt đầu|Thời lượng|GMV đến từ buổi LIVE (₫)|GMV LIVE trực tiếp (₫)|"
        "Số món bán ra từ LIVE|Đơn hàng đã thanh toán|Số khách hàng độc nhất|Người xem|Lượt xem|Comments|Shares|"
        "LIVE likes|Người theo dõi mới (Video)|Lượt hiển thị sản phẩm|Lượt nhấp Sản phẩm|CTR|CTOR",
        lambda live: ["7411111111111100042", "Made-up Shop", f"{live.start:%Y/%m/%d/ %H:%M}",
                      _hours(live, "{}h {}min"), *_whole(live, "gmv_attributed", "gmv_direct", "items_sold",
                      "orders_main", "customers", "viewers", "views", "comments", "shares", "likes", "new_followers",
                      "product_impressions", "product_clicks"), "", ""],
    )),),
    "zh": (("直播明细.csv", _listed(
        "直播间信息|直播开始时间|直播时长|归因 GMV|归因订单数|归因成交件数|观看次数|直播曝光次数|商品点击量|新粉数|"
        "点赞数|评论数|分享次数",
        lambda live: [live.title, f"{live.start:%Y-%m-%d %H:%M:%S}", _hours(live, "{}小时{}分钟"),
                      *_whole(live, "gmv_attributed", "orders_main", "items_sold", "views", "impressions",
                              "product_clicks", "new_followers", "likes", "comments", "shares")],
    )),),
    "pt": (("Creator-Live-Performance_20261101091502 (1).csv", _listed(
        "Livestream|Start time|Duration|Gross revenue|Direct GMV|Items sold|Customers|Orders paid for|Views|Viewers|"
        "New followers|Likes|Comments|Shares|Product impressions|Product clicks",
        lambda live: [live.title, f"{live.start:%Y-%m-%d %H:%M}", str(60 * live.minutes), _reais(live, 1.05),
                      _reais(live, 1), *_whole(live, "items_sold", "customers", "sku_orders", "views", "viewers",
                      "new_followers", "likes", "comments", "shares", "product_impressions", "product_clicks")],
    )), ("lives.csv", _listed(
        "Título da LIVE|ID da LIVE|Nome de usuário|Horário de início da LIVE|Duração da LIVE|Visualizações da LIVE|"
        "Cliques no produto|Pedidos|GMV",
        lambda live: [live.title, live.room, "madeuphost", f"{live.start:%d/%m/%Y %H:%M}", str(60 * live.minutes),
                      *_whole(live, "views", "product_clicks", "orders_main"), _reais(live, 1)],
    )),),
}  # fmt: skip
