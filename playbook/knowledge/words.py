"""Words that need care: urgency, which must be true; phrases the platform objects to; causal claims."""

from __future__ import annotations

import re

#: Says that time or stock runs out. Allowed where `truth_required` says what must be true.
_URGENT = (
    r"\bonly \w+ (left|remaining|more)\b", r"\blast (chance|one|few|pieces?|minutes?|call)\b", r"\bhurry\b",
    r"\brunning out\b", r"\bselling fast\b", r"\blimited (stock|time|offer|quantity)\b",
    r"\b(today|tonight|now|live) only\b", r"\bonly (today|tonight|now|in this live)\b",
    r"\b(ends?|closes?|is over) (in|at|when)\b", r"\b(minutes?|seconds?|pieces?) left\b",
    r"\bbefore it('s| is) gone\b",
    r"\bterbatas\b", r"\bbur(u)?an\b", r"\b(tinggal|sisa) \w+\b", r"\bhanya hari ini\b",
    r"\búltim[ao]s?\b", r"\bsó (hoje|agora|restam?)\b", r"\brestam\b", r"\bacaba em\b", r"\bcorr[ae]\b",
    r"\bsolo (hoy|quedan?)\b", r"\bquedan\b", r"\btermina en\b", r"\bapúrate\b",
    r"\bchỉ còn\b", r"\bcuối cùng\b", r"\bnhanh tay\b", r"\bsắp hết\b", r"\bsize \w+ còn\b", r"\bduy nhất hôm nay\b",
    r"เหลือ(อีก|แค่|เพียง)", r"สุดท้าย", r"วันนี้เท่านั้น", r"รีบ(กด|ซื้อ|สั่ง)", r"ใกล้หมด", r"จำนวนจำกัด",
    r"\bterhad\b", r"\bcepat(-| )cepat\b", r"\bterakhir\b", r"\b(hari|malam) ini (sahaja|saja)\b", r"\bhampir habis\b",
    r"[仅只]剩", r"最后[一几\d]", r"限[时量]", r"手慢", r"[赶抓]紧", r"抢购", r"快没了", r"仅限今[天晚]",
)  # fmt: skip

#: Says when a price or an offer ends, or that it is a flash price: allowed like the rest only where it is true.
_ENDING = (
    r"\b(price|offer|deal|discount)\b[^.]{0,20}\b(ends?|until|goes (up|down)|for \w+ minutes)\b",
    r"\bflash price\b",
    r"\bharga(nya)?\b[^.]{0,30}\b(sampai|selama|berlaku)\b",
    r"\bharga flash\b",
    r"\bpreço\b[^.]{0,30}\b(até|por \w+ minutos)\b",
    r"\bpreço relâmpago\b",
    r"\bprecio\b[^.]{0,30}\b(hasta|durante)\b",
    r"\bprecio flash\b",
    r"\bgiá\b[^.]{0,30}\b(đến|trong)\b",
    r"\bgiá flash\b",
    r"\bharga(nya)?\b[^.]{0,30}\bhingga\b",
    r"\bharga kilat\b",
    r"价格?[^。]{0,12}(到|截止|为止)",
    r"闪购价",
    r"ราคา[^.]{0,20}(ถึง|ภายใน)",
    r"ราคาแฟลช",
)

#: Words for a draw by chance, by language: where winners are not drawn, or a draw needs a licence, they are wrong.
#: TH: TikTok Shop Academy TH 760145831888657 and Gambling Act s. 8; BR: Law 5.768/71; US: Academy US 2963741155624705.
#: Of the other languages the same words, as notices of gambling name them. In Vietnam winners are drawn.
_CHANCE = {
    "th": (r"ลุ้น", r"ชิงโชค", r"เสี่ยงโชค", r"จับ(ฉลาก|รางวัล)", r"สุ่ม(แจก|ผู้โชคดี|รางวัล)", r"ผู้โชคดี"),
    "pt": (r"\bsorte(io|ios|ar|ado|ada|amos|ando)\b", r"\brifas?\b", r"\bloteria\b"),
    "es": (r"\bsorte(o|os|ar|amos|ado|ando)\b", r"\brifas?\b", r"\blotería\b"),
    "id": (r"\bundi(an)?\b", r"\bdiundi\b", r"\blotre\b", r"\bpemenang beruntung\b"),
    "ms": (r"\bcabutan\b", r"\bundi(an)?\b", r"\bloteri\b", r"\bpemenang bertuah\b"),
    "zh": (r"抽[奖獎签]", r"摸奖", r"幸运(观众|用户|儿)", r"彩票", r"随机(抽|送)"),
    "en": (r"\b(lucky|prize) draws?\b", r"\bthe draw\b", r"\braffles?\b", r"\blotter(y|ies)\b", r"\blucky winners?\b"),
}

#: Listed by the platform as problematic promotion wording (Academy US 4581457528194817, second-hand).
_OBJECTED = (r"\bwhile stocks? lasts?\b", r"\bdon'?t miss\b", r"\b(largest|biggest) (ever )?sale\b")

_CAUSAL = (
    r"\bbecause of\b", r"\bcaus(e|es|ed|ing)\b", r"\bdue to\b", r"\bthanks to\b", r"\bled to\b", r"\bleads to\b",
    r"\bresulted in\b", r"\bas a result\b", r"\bproves?\b", r"\bguarantee[sd]?\b",
    r"\bwill (raise|lift|increase|fix)\b",
)  # fmt: skip


def _all(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


URGENT, OBJECTED, CAUSAL = _all((*_URGENT, *_ENDING)), _all(_OBJECTED), _all(_CAUSAL)
CHANCE = {language: _all(patterns) for language, patterns in _CHANCE.items()}


def urgent(text: str) -> str | None:
    """The words that press for time or stock, as they stand in the text; None when there are none."""
    found = URGENT.search(text)
    return found[0] if found else None


def objected(text: str) -> str | None:
    """A phrase that the platform lists as problematic, as it stands in the text."""
    found = OBJECTED.search(text)
    return found[0] if found else None


def chance(text: str, language: str) -> str | None:
    """A word for a draw by chance in a language like `th` or `pt-BR`, as it stands in the text; None without one."""
    patterns = CHANCE.get(language.partition("-")[0])
    found = patterns.search(text) if patterns else None
    return found[0] if found else None


def causal(text: str) -> str | None:
    """Words that claim a cause or promise an effect, as they stand in the text."""
    found = CAUSAL.search(text)
    return found[0] if found else None
