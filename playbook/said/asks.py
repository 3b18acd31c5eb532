"""How often viewers were asked to follow, to comment, to click: counted in stretches of ten minutes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.knowledge.metrics import Metric
from playbook.knowledge.strategies import Strategy
from playbook.metrics.compute import from_trend
from playbook.model.session import Session

from .planned import lines_of
from .speech import AGAIN, Speech
from .units import units

#: The metric that an ask is meant to help.
ASKS = {"follow": "follow_rate", "comment": "comment_rate", "click": "ctr"}
MINUTES = 10
#: Short ways to ask, by language: what strategies say at length is said like this most of the time.
SHORT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "follow": ("follow us", "follow me", "tap follow", "hit follow", "press follow", "give us a follow"),
        "comment": ("in the comments", "write in the chat", "type in the chat", "comment below", "let me know in the"),
        "click": ("tap the card", "tap the product", "click the product", "open the bag", "tap the bag",
                  "yellow basket", "click the link"),
    },
    "id": {
        "follow": ("follow dulu", "follow akun", "follow kami", "ikuti akun", "klik follow"),
        "comment": ("di komentar", "tulis di komen", "komen di bawah", "ketik di komentar"),
        "click": ("klik kartu", "klik keranjang", "buka keranjang", "keranjang kuning", "klik produk"),
    },
    "pt-BR": {
        "follow": ("siga a gente", "segue a gente", "siga o perfil", "segue o perfil", "clica em seguir"),
        "comment": ("nos comentários", "escreve no chat", "comenta aqui", "escreva no chat"),
        "click": ("toque no produto", "clica no produto", "abra a sacola", "abre a sacola", "sacolinha",
                  "carrinho amarelo"),
    },
    "es": {
        "follow": ("síguenos", "síganos", "síganme", "dale a seguir"),
        "comment": ("en los comentarios", "escribe en el chat", "comenta aquí"),
        "click": ("toca el producto", "abre la bolsa", "carrito amarillo", "toca la tarjeta"),
    },
    "vi": {
        "follow": ("nhấn theo dõi", "bấm theo dõi", "theo dõi shop", "follow shop"),
        "comment": ("bình luận", "để lại comment", "nhắn xuống"),
        "click": ("bấm vào giỏ", "giỏ hàng", "nhấn vào sản phẩm", "bấm vào sản phẩm"),
    },
    "th": {
        "follow": ("กดติดตาม", "กดฟอล"),
        "comment": ("พิมพ์ไว้", "คอมเมนต์", "พิมพ์มา"),
        "click": ("กดตะกร้า", "เปิดตะกร้า", "กดที่สินค้า", "ปักหมุด"),
    },
    "zh": {
        "follow": ("点关注", "点一下关注", "点个关注"),
        "comment": ("评论区", "打在公屏"),
        "click": ("点击链接", "小黄车", "购物袋"),
    },
    "ms": {
        "follow": ("follow kami", "follow dulu", "ikuti kami"),
        "comment": ("di komen", "tulis di komen"),
        "click": ("beg kuning", "tekan beg", "klik beg"),
    },
}  # fmt: skip


@dataclass(frozen=True)
class AskStretch:
    """Ten minutes from `minute` on: how many asks, and the metric they are meant to help; None where it is unknown."""

    minute: int
    asks: int
    value: float | None


def asked(speech: Speech, kind: str, language: str, strategies: Iterable[Strategy]) -> tuple[float, ...]:
    """The minutes at which viewers were asked, by the lines of strategies for that metric and by short phrases."""
    of_kind = [each for each in strategies if each.metrics and each.metrics[0] == ASKS[kind]]
    minutes = [one.minute for line in lines_of(of_kind, language) for one in speech.sayings(line.text)]
    short = SHORT.get(language) or SHORT.get(language.partition("-")[0]) or {}
    minutes += [speech.lines[at].minute for phrase in short.get(kind, ()) for at in _exactly(speech, phrase)]
    found: list[float] = []
    for minute in sorted(minutes):
        if not found or 60 * (minute - found[-1]) > AGAIN:
            found.append(minute)
    return tuple(found)


def _exactly(speech: Speech, phrase: str) -> list[int]:
    """The lines in which these words begin, one right after the other."""
    wanted = units(phrase)
    if not wanted or any(each not in speech.places for each in wanted):
        return []
    starts = speech.places[wanted[0]]
    for at, each in enumerate(wanted[1:], 1):
        starts = starts[np.isin(starts + at, speech.places[each])]
    return [int(speech.line_of[at]) for at in starts]


def by_ten_minutes(
    minutes: Sequence[float], kind: str, session: Session, metrics: Mapping[str, Metric]
) -> tuple[AskStretch, ...]:
    """The asks beside the metric, stretch by stretch to the end of the LIVE."""
    length = session.duration_minutes or max((*minutes, 0.0)) + 1
    trend, step = session.trend, session.trend_step or 1.0
    found = []
    for begin in range(0, max(math.ceil(length), 1), MINUTES):
        many = sum(begin <= each < begin + MINUTES for each in minutes)
        value = None
        if trend is not None and ASKS[kind] in metrics:
            rows = trend[(trend["minute"] >= begin) & (trend["minute"] < begin + MINUTES)]
            if len(rows):
                value = from_trend(rows, {ASKS[kind]: metrics[ASKS[kind]]}, step)[ASKS[kind]].value
        found.append(AskStretch(begin, many, value))
    return tuple(found)
