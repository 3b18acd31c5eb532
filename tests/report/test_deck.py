"""Slides for a client: the words of the report, charts that can be edited, and nothing beyond its box."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation

import playbook.report.pdf as pdf_package
from playbook.desk.months import lives_of, month_of
from playbook.model.session import Product, Session
from playbook.pipeline import Review, review
from playbook.report.deck import DeckLook, as_deck, month_deck
from playbook.report.deck.look import cut, fitted, lines_of, width_of
from playbook.report.unprintable import Unprintable
from playbook.report.words import opening
from playbook.store.records import AccountFigure, ClosedMonth
from tests.diagnosis.shops import live, wobbly

from .build import HOSTILE, KNOWLEDGE, planned, reviewed

WORDS = {
    "pseudo": "[!!! Šţŕéţçĥéð ŵöŕðš ţĥåţ ţåķé ḿöŕé ŕööḿ ţĥåñ Éñğļîšĥ 000 !!!]",
    "German": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "Thai": "เสื้อเชิ้ตผ้าลินินสีขาวแขนยาวทรงหลวมใส่สบายระบายอากาศได้ดี",
    "Chinese": "亚麻衬衫夏季新款宽松透气男女同款限时特价包邮到家",
    "capitals": "WWWWWW MMMMMM WWWWWW MMMMMM",
}


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def texts(deck: Any) -> str:
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            found += [shape.text_frame.text] if shape.has_text_frame else []
            found += [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
    return "\n".join(found)


def charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def logo(wide: int = 300, tall: int = 100) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, tall), "teal").save(out, "PNG")
    return out.getvalue()


def named(words: str) -> Review:
    """A review whose title, shop, hosts and products are such words."""
    found = reviewed(hostile=False)
    products = [Product(str(each), f"{words} {each}", {"gmv": 90.0 - each, "product_clicks": 9.0}) for each in range(8)]
    session = replace(found.session, title=f"{words} " * 6, host=words, products=products)
    return review(session, wobbly(20, 0.05), KNOWLEDGE)


def month(words: str = "Evening") -> list[Session]:
    first = datetime(2026, 4, 20, 19, 0)
    return [replace(live(each), start=first + timedelta(days=each), title=f"{words} {each}") for each in range(30)]


def test_one_live_in_the_words_of_the_report_with_charts_that_can_be_edited() -> None:
    found = reviewed(hostile=False)
    deck = opened(as_deck(found, planned(found), "Linen House", DeckLook("Bright Agency", "AA3300", logo())))
    shown = texts(deck)
    for words in (
        opening.headline(found),
        *opening.details(found),
        "Linen House",
        "Bright Agency",
        planned(found).title,
    ):
        assert words in shown
    assert len(charts(deck)) >= 3
    rates = charts(deck)[0].plots[0]
    assert [each.name for each in rates.series] == ["This LIVE", "Usual"]
    err = found.judgements["err"].value
    assert rates.series[0].values[0] == pytest.approx(err)
    pictures = [each for slide in deck.slides for each in slide.shapes if each.shape_type == 13]
    assert len(pictures) == len(deck.slides) and all(
        each.width / each.height == pytest.approx(3, 0.02) for each in pictures
    )
    front = deck.slides[0].shapes[0]
    assert str(front.fill.fore_color.rgb) == "AA3300"


def test_a_hostile_text_is_text() -> None:
    shown = texts(opened(as_deck(reviewed(), shop=f"{HOSTILE}\x0b\x00\u202e")))
    assert HOSTILE[:40] in shown and "\u202e" not in shown


def test_a_month_is_added_up_beside_the_one_before_and_says_what_it_left_out() -> None:
    lives = month()
    lives[-1] = replace(lives[-1], currency="THB")
    may = [each for each in lives if each.start and each.start.month == 5]
    deck = opened(month_deck("Linen House", date(2026, 5, 9), lives))
    shown = texts(deck)
    assert "Linen House: May 2026" in shown and "Not in the GMV of LIVEs: 1 LIVE with another currency." in shown
    (chart,) = charts(deck)
    assert list(chart.plots[0].series[0].values) == [each.counts["gmv"] for each in may[:-1]]
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    assert [cell.text for cell in table.rows[1].cells][:3] == ["LIVEs", str(len(may)), str(30 - len(may))]
    with pytest.raises(ValueError, match="no LIVE in March 2026"):
        month_deck("Linen House", date(2026, 3, 1), lives)


def test_a_closed_month_keeps_the_figures_it_was_settled_with() -> None:
    lives = month()
    settled = month_of("2026-05", lives_of(lives, "2026-05"), [])
    closed = ClosedMonth("s", "2026-05", datetime(2026, 6, 2, tzinfo=UTC), "Lea", settled.data() | {"gmv": 123456.0})
    shop = [AccountFigure(date(2026, 5, 1), date(2026, 5, 31), "shop_gmv", 246912.0, "USD", "typed")]
    shown = texts(opened(month_deck("Linen House", date(2026, 5, 9), lives, figures=shop, closed=[closed])))
    assert "$123.5K" in shown and "These figures were closed on Jun 2, 2026." in shown
    assert "GMV of the shop" not in shown, "it came in after the month was closed"
    open_month = texts(opened(month_deck("Linen House", date(2026, 5, 9), lives, figures=shop)))
    assert "GMV of the shop" in open_month and "closed on" not in open_month


def test_a_colour_or_a_logo_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match="six hex digits"):
        DeckLook(colour="red")
    with pytest.raises(Unprintable, match="PNG or JPEG"):
        as_deck(reviewed(hostile=False), look=DeckLook(logo=b"GIF89a"))
    with pytest.raises(Unprintable, match="smaller"):
        as_deck(reviewed(hostile=False), look=DeckLook(logo=logo(7000, 2)))


def test_without_the_extra_it_says_how_to_get_it() -> None:
    said = (
        "import sys; sys.modules['pptx'] = None\n"
        "from playbook.report.deck import DeckLook\nfrom playbook.report.deck.slides import Slides\n"
        "try: Slides(DeckLook(), '')\nexcept Exception as error: print(error)"
    )
    asked = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert "pip install 'live-traffic-playbook[deck]'" in asked.stdout


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_paragraphs_are_made_smaller_then_shorter_until_they_fit(words: str) -> None:
    size, kept = fitted([words * 9, words * 4, words], 300, 90, 18, 10)
    assert kept and 10 <= size <= 18
    assert sum(lines_of(each, size, 300) for each in kept) * size * 1.2 <= 90
    assert fitted([words[:9]], 300, 90, 18, 10) == (18, [words[:9]])
    assert width_of(cut(words, 12)) <= 12 + 1e-9


OFFICE = shutil.which("soffice")


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-impress")
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_nothing_leaves_its_box_in_libreoffice(words: str, tmp_path: Path) -> None:
    found = named(words)
    look = DeckLook(f"{words} Agency", logo=logo())
    decks = {
        "live": as_deck(found, planned(found), f"{words} shop", look),
        "month": month_deck(words, date(2026, 5, 1), month(words), look),
    }
    for name, data in decks.items():
        outside = overflow(data, tmp_path / f"{name}.pptx")
        assert not outside, f"{name}: {outside}"


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-impress")
def test_a_text_that_leaves_its_box_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.report.deck.slides.fitted", lambda texts, *_: (40.0, texts))
    assert overflow(as_deck(named(WORDS["German"])), tmp_path / "large.pptx")


def overflow(data: bytes, path: Path) -> list[str]:
    """The letters that LibreOffice draws outside of every box of their slide, a string a slide."""
    import pypdfium2

    path.write_bytes(data)
    fonts = path.parent / "home" / ".fonts"
    fonts.parent.mkdir(exist_ok=True)
    if not fonts.exists():
        shutil.copytree(Path(pdf_package.__file__).parent / "fonts", fonts)
    environment = os.environ | {"HOME": str(fonts.parent), "XDG_DATA_HOME": str(fonts.parent / "share")}
    turn = [str(OFFICE), "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(turn, check=True, capture_output=True, env=environment, timeout=180)
    wrong = []
    with pypdfium2.PdfDocument(path.with_suffix(".pdf")) as shown:
        for page, slide in zip(shown, opened(data).slides, strict=True):
            boxes = [(each.left / 12700, each.top / 12700, each.width / 12700, each.height / 12700)
                     for each in slide.shapes if each.has_text_frame or each.has_table or each.has_chart]  # fmt: skip
            letters = page.get_textpage()
            lost = ""
            for index in range(letters.count_chars()):
                sign = letters.get_text_range(index, 1)
                left, bottom, right, top = letters.get_charbox(index)
                if sign.strip() and not _within(
                    boxes, left, page.get_height() - top, right, page.get_height() - bottom
                ):
                    lost += sign
            wrong += [lost] if lost else []
    return wrong


def _within(
    boxes: list[tuple[float, float, float, float]], left: float, top: float, right: float, bottom: float
) -> bool:
    room = 2.0
    return any(
        x - room <= left and right <= x + wide + room and y - room <= top and bottom <= y + tall + room
        for x, y, wide, tall in boxes
    )
