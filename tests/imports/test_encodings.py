"""Titles in the old code pages of the markets, marks that were misread, and text of four bytes a sign."""

from __future__ import annotations

import unicodedata

import pytest

from playbook.imports import read_files
from playbook.imports.formats.code_pages import likeliest
from playbook.imports.formats.texts import mended

TITLES = {
    "cp1252": ["Promoção de inverno", "Rebajas para niños", "Schöne Röcke für Frühling", "Défilé de l’été",
               "Città è bella", "Café – 50 % off", "ÚLTIMO DÍA", "Ação de João"],
    "mac_roman": ["Coleção de verão", "Niños y bebés", "Für Mütter", "Défilé de l’été", "ÚLTIMO DÍA"],
    "gb18030": ["春节年货节", "羊毛衫清仓", "儿童玩具专场", "红酒品鉴", "夏季大促", "蓝牙耳机9.9元"],
    "cp950": ["春節年貨大街", "羊毛衫出清", "兒童玩具專場", "紅酒品鑑", "夏日大特賣", "藍牙耳機 99 元"],
    "cp932": ["春の新生活フェア", "お菓子まとめ買い", "秋物ジャケット入荷", "ベビー用品"],
    "euc_jp": ["春の新生活フェア", "お菓子まとめ買い", "ベビー用品"],
    "cp949": ["봄맞이 세일", "아동복 특가", "홈쇼핑 라이브", "와인 시음", "여름 세일"],
    "cp874": ["ลดล้างสต็อก", "ชุดเด็กราคาถูก", "ไลฟ์สดคืนนี้", "น้ำหอมแท้"],
    "cp1258": ["Áo len giá rẻ", "Đồ chơi trẻ em", "Rượu vang ngon", "Tết sum vầy"],
    "cp1256": ["ملابس شتوية", "ألعاب الأطفال", "تخفيضات الصيف", "عطور أصلية"],
    "cp1250": ["Wyprzedaż świąteczna", "Odzież dziecięca"],
    "cp1251": ["Зимняя коллекция", "Детские игрушки"],
}  # fmt: skip


def written(text: str, encoding: str) -> bytes:
    """As programs write it: in cp1258 a tone is a sign behind its letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    signs = []
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        signs.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones)
    return "".join(signs).encode(encoding)


def listed(title: str) -> str:
    rows = [f"{title} {day},2026-03-0{day} 19:00,7200,900" for day in range(1, 6)]
    return "\r\n".join(["Livestream,Start time,Duration,Views", *rows])


@pytest.mark.parametrize(("encoding", "title"), [(page, title) for page, titles in TITLES.items() for title in titles])
def test_titles_in_an_old_code_page(encoding, title):
    sessions = read_files([("b2.csv", written(listed(title), encoding))]).sessions
    assert [each.title for each in sessions] == [f"{title} {day}" for day in range(1, 6)]
    assert [each.counts["views"] for each in sessions] == [900] * 5


def test_the_header_that_is_recognised_decides():
    """The titles alone would be Thai."""
    header = "直播间信息,直播开始时间,观看次数,点赞数".encode("gb18030")
    data = header + b"\r\n" + "ลดราคาเสื้อผ้า".encode("cp874") + b",2026-03-01 19:00,900,10\r\n"
    assert likeliest(data.partition(b"\n")[2])[0] == "cp874"
    assert read_files([("zh.csv", data)]).sessions[0].counts["views"] == 900


def test_bytes_that_spell_nothing_still_have_an_order():
    assert likeliest(b"a,\x81\x8d\x8f,b\r\n")
    assert likeliest(b"\xff" * 50_000)


@pytest.mark.parametrize(
    "encoding", ["utf-32", "utf-32-le", "utf-32-be", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
)
@pytest.mark.parametrize("mark", [True, False])
def test_wide_text(encoding, mark):
    text = listed("夏季大促")
    data = (("\ufeff" + text) if mark and encoding[-2:] in ("le", "be") else text).encode(encoding)
    assert read_files([("b2.csv", data)]).sessions[0].title == "夏季大促 1"
    assert read_files([("b2.csv", data[:-1])]).sessions[0].title == "夏季大促 1"


@pytest.mark.parametrize("page", ["cp1252", "gb18030", "cp1251", "mac_roman", "latin-1"])
def test_a_mark_that_was_taken_for_text(page):
    text = "\ufeff" + listed("Evening sale")
    misread = text.encode("utf-8").decode(page, "replace")
    assert read_files([("b2.csv", misread.encode("utf-8"))]).sessions[0].title == "Evening sale 1"


@pytest.mark.parametrize("title", ["Promoção à noite", "夏季大促", "Đồ chơi", "ÁÍÏÐÝ"])
def test_text_that_was_taken_for_another_encoding(title):
    data = listed(title).encode("utf-8")
    misread = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in data
    )
    assert read_files([("b2.csv", misread.encode("utf-8"))]).sessions[0].title == f"{title} 1"


@pytest.mark.parametrize("text", ["Promoção à noite", "夏季大促", "Ã", "naïve », « ï »", "ไลฟ์", "plain"])
def test_text_that_was_read_right_stays(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    ("encoding", "header", "sign", "currency"),
    [("shift_jis", "日付,インプレッション数,視聴数,商品クリック数,売上", "¥", "JPY"),
     ("cp949", "날짜,노출수,조회수,상품 클릭수,매출", "\\", "KRW")],
)  # fmt: skip
def test_the_sign_that_is_drawn_in_place_of_a_backslash(encoding, header, sign, currency):
    data = f'{header}\n2026-09-03,38000,3900,488,"{sign}228,060"\n'.encode(encoding)
    assert b"\\" in data
    (live,) = read_files([("mine.csv", data)]).sessions
    assert (live.counts["gmv"], live.currency) == (228_060, currency)
