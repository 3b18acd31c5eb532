"""A picture is read by the reader itself, with the models of its wheel and no way to the network."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image, ImageDraw, ImageFont

from playbook.imports.screenshots import UnusablePicture, apart, cut_out, installed, ocr, read

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not installed(), reason="the extra screenshots is not installed: requirements-screenshots.txt"),
]

CARDS = (("Impressions", "41,234"), ("Views", "4,970"), ("Comments", "410"), ("New followers", "48"),
         ("Product clicks", "640"), ("SKU orders", "45"), ("GMV", "$990.50"), ("Likes", "12.4K"))  # fmt: skip
TRUE = {"impressions": 41_234, "views": 4970, "comments": 410, "new_followers": 48, "product_clicks": 640,
        "sku_orders": 45, "gmv": 990.5, "likes": 12_400}  # fmt: skip
#: Seconds that a picture may take on two cores; busy ones get some more.
MOST_SECONDS = 40


def a_dashboard(kind: str = "JPEG", dark: bool = False) -> bytes:
    """Cards as a phone shows them."""
    paper, ink = ("#121212", "#eeeeee") if dark else ("#ffffff", "#111111")
    picture = Image.new("RGB", (780, 760), paper)
    draw = ImageDraw.Draw(picture)
    for at, (label, number) in enumerate(CARDS):
        left, top = 40 + at % 2 * 380, 40 + at // 2 * 180
        draw.text((left, top), label, fill=ink, font=ImageFont.load_default(26))
        draw.text((left, top + 44), number, fill=ink, font=ImageFont.load_default(44))
    held = io.BytesIO()
    picture.save(held, kind, quality=60)
    return held.getvalue()


def no_network(*_arguments: object, **_options: object) -> None:
    raise AssertionError("the reader asked for the network")


def test_the_models_of_the_wheel_read_a_picture_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", no_network)
    monkeypatch.setattr("socket.create_connection", no_network)
    monkeypatch.setenv("PLAYBOOK_READ_HERE", "1")
    assert ocr.models()
    found = read([a_dashboard()], currency="USD")
    assert found.values == TRUE and found.rounded == {"likes"}


@pytest.mark.parametrize(("kind", "dark"), [("PNG", True), ("WEBP", False)])
def test_the_process_apart_reads_a_picture_and_cuts_it(kind: str, dark: bool) -> None:
    try:
        picture = a_dashboard(kind, dark)
        apart.boxes(picture)
        began = time.monotonic()
        found = read([picture], currency="USD")
        assert time.monotonic() - began < MOST_SECONDS
        assert found.values == TRUE
        pieces = cut_out(picture, found.items)
        sizes = [Image.open(io.BytesIO(each)).size for each in pieces]
        assert len(sizes) == len(TRUE) and all(wide > 40 and high > 40 for wide, high in sizes)
    finally:
        apart.close()


def bomb() -> bytes:
    """A picture of few bytes that unpacks to more pixels than any phone has."""
    held = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(held, "PNG", optimize=True)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(bomb(), "large"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken"), (a_dashboard()[:400], "broken")],
    ids=["bomb", "no picture behind its first bytes", "cut off"],
)  # fmt: skip
def test_hostile_and_broken_pictures_are_refused_and_the_next_one_is_read(content: bytes, reason: str) -> None:
    try:
        with pytest.raises(UnusablePicture) as refused:
            read([content])
        assert refused.value.reason == reason
        assert read([a_dashboard()], currency="USD").values == TRUE
    finally:
        apart.close()
