"""Made-up dashboards as text: the whole page selected and copied, in the languages of the markets."""

from __future__ import annotations

import random
from dataclasses import dataclass

#: Count or rate: its label. The order is that of the overview.
LABELS = {
    "en": {"gmv": "Attributed GMV", "sku_orders": "SKU orders", "items_sold": "Attributed items sold",
           "impressions": "Impressions", "views": "Views", "err": "Tap-through rate", "viewers": "Viewers",
           "product_impressions": "Product impressions", "product_clicks": "Product clicks", "ctr": "LIVE CTR",
           "product_ctr": "CTR", "ctor": "CTOR (SKU orders)", "avg_viewing_seconds": "Avg. viewing duration",
           "comments": "Comments", "comment_rate": "Comment rate", "new_followers": "New followers",
           "shares": "Shares", "likes": "Likes", "now": "Current viewers"},
    "pt": {"gmv": "GMV atribuído", "sku_orders": "Pedidos SKU", "items_sold": "Itens atribuídos",
           "impressions": "Impressões da LIVE", "views": "Visualizações", "err": "Taxa de entrada",
           "viewers": "Total de espectadores", "product_impressions": "Impressões do produto",
           "product_clicks": "Cliques no produto", "ctr": "CTR por LIVE",
           "product_ctr": "Porcentagem de cliques no produto", "ctor": "Taxa de compra após clique",
           "avg_viewing_seconds": "Tempo médio de visualização", "comments": "Comentários",
           "comment_rate": "Taxa de comentários", "new_followers": "Novos seguidores", "shares": "Compartilhamentos",
           "likes": "Curtidas", "now": "Espectadores atuais"},
    "id": {"gmv": "GMV teratribusi", "sku_orders": "Pesanan SKU", "items_sold": "Produk yang terjual",
           "impressions": "Impresi", "views": "Tayangan LIVE", "err": "Rasio masuk", "viewers": "Penonton",
           "product_impressions": "Tayangan Produk", "product_clicks": "Klik Produk", "ctr": "CTR LIVE",
           "product_ctr": "CTR produk", "ctor": "Rasio pesanan per klik",
           "avg_viewing_seconds": "Durasi menonton rata-rata", "comments": "Komentar",
           "comment_rate": "Rasio komentar", "new_followers": "Pengikut Baru", "shares": "Dibagikan", "likes": "Suka",
           "now": "Penonton saat ini"},
    "vi": {"gmv": "GMV ghi nhận", "sku_orders": "Đơn hàng SKU", "items_sold": "Số lượng bán",
           "impressions": "Lượt hiển thị", "views": "Lượt xem", "err": "Tỷ lệ vào LIVE", "viewers": "Người xem",
           "product_impressions": "Lượt hiển thị sản phẩm", "product_clicks": "Lượt nhấp sản phẩm",
           "ctr": "LIVE CTR", "product_ctr": "CTR sản phẩm", "ctor": "CTOR (đơn hàng SKU)",
           "avg_viewing_seconds": "Thời lượng xem trung bình", "comments": "Bình luận",
           "comment_rate": "Tỷ lệ bình luận", "new_followers": "Người theo dõi mới", "shares": "Lượt chia sẻ",
           "likes": "Lượt thích", "now": "Đang xem"},
    "ja": {"gmv": "アトリビューションGMV", "sku_orders": "SKU注文数", "items_sold": "商品の販売数",
           "impressions": "インプレッション数", "views": "視聴数", "err": "タップスルー率", "viewers": "視聴者数",
           "product_impressions": "商品インプレッション数", "product_clicks": "商品クリック数", "ctr": "LIVE CTR",
           "product_ctr": "商品CTR", "ctor": "CTOR（SKU注文数）", "avg_viewing_seconds": "平均視聴時間",
           "comments": "コメント数", "comment_rate": "コメント率", "new_followers": "新規フォロワー数",
           "shares": "シェア数", "likes": "いいね数", "now": "現在の視聴者"},
    "zh": {"gmv": "归因 GMV", "sku_orders": "归因 SKU 订单数", "items_sold": "归因成交件数",
           "impressions": "直播曝光次数",
           "views": "观看次数", "err": "进房率", "viewers": "观看人数", "product_impressions": "商品曝光次数",
           "product_clicks": "商品点击量", "ctr": "直播点击率", "product_ctr": "商品点击率",
           "ctor": "点击成交转化率（SKU 订单）", "avg_viewing_seconds": "平均观看时长", "comments": "评论数",
           "comment_rate": "评论率", "new_followers": "新增粉丝数", "shares": "分享次数", "likes": "点赞数",
           "now": "实时在线"},
}  # fmt: skip
SIGNS = {"en": "$", "pt": "R$ ", "id": "Rp", "vi": "₫", "ja": "¥", "zh": "$"}
CURRENCIES = {"en": "USD", "pt": "BRL", "id": "IDR", "vi": "VND", "ja": "JPY", "zh": "USD"}
COMMA = ("pt", "id", "vi")
SHORT = {"en": "K", "pt": " mil", "id": "RB", "vi": "K", "ja": "万", "zh": "万"}
RATES = {
    "err": ("views", "impressions"), "ctr": ("product_clicks", "views"),
    "product_ctr": ("product_clicks", "product_impressions"), "ctor": ("sku_orders", "product_clicks"),
    "comment_rate": ("comments", "views"),
}  # fmt: skip


@dataclass(frozen=True)
class Dashboard:
    text: str
    counts: dict[str, float]
    shortened: frozenset[str]
    currency: str


def room(rng: random.Random) -> dict[str, float]:
    """One LIVE whose counts go together."""
    impressions = rng.randint(20_000, 400_000)
    views = int(impressions * rng.uniform(0.03, 0.2))
    clicks = int(views * rng.uniform(0.05, 0.4))
    orders = max(1, int(clicks * rng.uniform(0.02, 0.1)))
    return {
        "gmv": round(orders * rng.uniform(12, 60), 2), "sku_orders": orders, "items_sold": orders + rng.randint(0, 9),
        "impressions": impressions, "views": views, "viewers": int(views * 0.82),
        "product_impressions": int(clicks * rng.uniform(8, 30)), "product_clicks": clicks,
        "avg_viewing_seconds": rng.randint(11, 70), "comments": int(views * 0.04), "new_followers": int(views * 0.006),
        "shares": int(views * 0.002), "likes": int(views * rng.uniform(0.3, 2)), "now": rng.randint(12, 800),
    }  # fmt: skip


def number(value: float, language: str, decimals: int = 0) -> str:
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language in COMMA else text


def shown(name: str, live: dict[str, float], language: str, short: bool) -> tuple[str, bool]:
    """A value as the screen has it, and whether digits were left out."""
    if name in RATES:
        above, below = RATES[name]
        return f"{number(100 * live[above] / live[below], language, 2)}%", False
    value = live[name]
    if name == "avg_viewing_seconds":
        return f"{value:.0f}s", False
    whole = language in ("id", "vi", "ja")
    sign = SIGNS[language] if name == "gmv" else ""
    unit = 10_000 if language in ("ja", "zh") else 1_000
    if short and value >= 10 * unit:
        return f"{sign}{number(value / unit, language, 1)}{SHORT[language]}", True
    return f"{sign}{number(value, language, 0 if name != 'gmv' or whole else 2)}", False


def doubled(text: str, style: str) -> list[str]:
    """How a counter's animation comes out of a copy: each digit twice, on lines of its own or in one."""
    first = next(at for at, sign in enumerate(text) if sign.isdigit())
    twice = [sign for sign in text[first:] for _ in range(2 if sign.isdigit() else 1)]
    sign = text[:first].strip()
    return [*filter(None, [sign]), *twice] if style == "lines" else [text[:first] + "".join(twice)]


def page(language: str, seed: int, *, after: bool = False, counter: str = "", short: bool = False) -> Dashboard:
    """The whole page. `after`: labels stand below their numbers. `counter`: how GMV and viewers are drawn."""
    rng = random.Random(f"{language}{seed}")
    live, labels = room(rng), LABELS[language]
    if language in ("id", "vi", "ja"):
        live["gmv"] = float(round(live["gmv"] * 150) * (100 if language != "ja" else 1))
    lines = ["Seller Center", "Home", "LIVE", "Analytics", "Products", "Orders 12", "Help", "Shop A", "LIVE dashboard",
             f"Evening sale {seed}", "Apr 18 11:26:53 - Apr 18 12:28:30 UTC-07:00", "01:01:37", "Overview"]  # fmt: skip
    lost = set()
    for name, label in labels.items():
        text, rounded = shown(name, live, language, short)
        lost |= {name} if rounded else set()
        digits = doubled(text, counter) if counter and name in ("gmv", "now", "views") and not rounded else [text]
        lines += [*digits, label] if after else [label, *digits]
        lines += [f"{rng.choice('+-')}{rng.uniform(1, 40):.1f}%"] if name in ("views", "gmv", "likes") else []
    lines += ["Trends", "5 min", "15 min", labels["gmv"], labels["views"], labels["impressions"], labels["likes"]]
    lines += ["11:30", "11:35", "11:40", "11:45"]
    lines += ["Traffic source", "Channel", labels["gmv"], labels["impressions"], labels["views"]]
    for channel in ("For You feed", "LIVE swipe", "Search", "Other"):
        lines += [channel, *(f"{number(rng.uniform(1, 60), language, 2)}%" for _ in range(3))]
    lines += ["Products", "\t".join(["Product", labels["gmv"], labels["items_sold"], labels["product_clicks"], "CTR"])]
    for at in range(12):
        amount = f"{SIGNS[language]}{number(rng.uniform(20, 900), language, 2)}"
        lines.append(
            "\t".join([f"Blue jeans {at}", amount, str(rng.randint(1, 20)), str(rng.randint(20, 300)), "4.2%"])
        )
    lines += ["Comments", *(f"user{at}: {rng.choice(['nice', 'price?', '42', 'size 38 please'])}" for at in range(60))]
    lines += ["Followers", "New", "12", "Existing", "30", "About", "Careers", "2026"]
    truth = {name: value for name, value in live.items() if name != "now"}
    return Dashboard("\n".join(lines), truth, frozenset(lost), CURRENCIES[language])
