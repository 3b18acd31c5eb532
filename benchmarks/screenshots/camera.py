"""From a page to the bytes of a picture: a screenshot, or a screen that somebody photographed."""

from __future__ import annotations

import base64
import io
import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import streamlit
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.screenshots.pages import WIDTHS, MadeUpPage
from tests.browser import chromium

#: CSS pixels to pixels: three scales on each.
SCALES = {"pc": (1.0, 1.25, 1.5), "phone": (1.5, 2.0, 3.0)}
QUALITY = 60

#: Degrees a photographed screen is turned at most; grey levels of its moiré; grey levels from one side to the other.
_TILT, _MOIRE, _SHADE = 1.5, 7.0, 18.0


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without network.

    Raises:
        RuntimeError: there is none.
    """
    found = chromium.find()
    if found is None:
        raise RuntimeError("no Chromium was found; set PLAYBOOK_BROWSER to its path")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


def faces() -> tuple[str, str]:
    """Two fonts as CSS: that of Streamlit's package, which `face_rule` defines, and the machine's."""
    return "'Second Face', sans-serif", "'DejaVu Sans', sans-serif"


def face_rule() -> str:
    """The CSS that makes the font of Streamlit's package known; empty where the package has none."""
    media = Path(streamlit.__file__).parent / "static/static/media"
    file = next(iter(sorted(media.glob("SourceSansVF-Upright*.woff2"))), None)
    if file is None:
        return ""
    data = base64.b64encode(file.read_bytes()).decode()
    return f"<style>@font-face {{ font-family: 'Second Face'; src: url(data:font/woff2;base64,{data}) }}</style>"


def shoot(browser: Browser, page: MadeUpPage, scale: float) -> tuple[Image.Image, frozenset[str]]:
    """The page as pixels, and the names whose labels it cuts with an ellipsis."""
    context = browser.new_context(viewport={"width": WIDTHS[page.device], "height": 500}, device_scale_factor=scale)
    try:
        tab = context.new_page()
        tab.set_content(face_rule() + page.html)
        tab.evaluate("document.fonts.ready.then(() => null)")
        cut = tab.evaluate(
            "[...document.querySelectorAll('[data-name]')].filter(e => e.scrollWidth > e.clientWidth)"
            ".map(e => e.dataset.name)"
        )
        picture = tab.screenshot(full_page=True)
    finally:
        context.close()
    return Image.open(io.BytesIO(picture)).convert("RGB"), frozenset(cut)


def photographed(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The picture as a phone takes it from a screen: turned a little, on a desk, with moiré and an uneven light."""
    grey = np.asarray(picture, dtype=np.float32)
    height, width = grey.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, wave = dice.uniform(0.2, 1.3), dice.uniform(4.5, 9)
    along = across * math.cos(angle) + down * math.sin(angle)
    ripple = np.sin(2 * math.pi * along / wave) * np.sin(2 * math.pi * along / (wave * 17))
    shade = _SHADE * (across / width - 0.5) * dice.choice((-1, 1))
    colours = np.stack([grey[..., band] + _MOIRE * ripple * (1 - 0.2 * band) + shade for band in range(3)], axis=-1)
    screen = Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))
    tilt = dice.uniform(0.4, _TILT) * dice.choice((-1, 1))
    return screen.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=(92, 78, 66))


def jpeg(picture: Image.Image) -> bytes:
    """As a messenger sends it."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
