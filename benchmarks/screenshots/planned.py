"""Which pictures there are: each half has every language, theme, device, layout and scale, by its seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.screenshots import camera
from benchmarks.screenshots.pages import LAYOUTS, THEMES, WIDTHS, MadeUpPage, page
from benchmarks.screenshots.values import MARKETS

#: What constants may be chosen on, and what is kept for the figures to quote.
HALVES = ("dev", "test")
#: A picture in so many is a photograph of a screen.
_PHOTOGRAPHED = 3


@dataclass(frozen=True)
class Picture:
    """One picture with its truth. `cut` are names whose labels are not whole on it."""

    name: str
    data: bytes
    page: MadeUpPage
    scale: float
    photographed: bool
    cut: frozenset[str]


def pictures(half: str, seed: int, number: int) -> Iterator[Picture]:
    """So many pictures of a half; the halves share none."""
    kinds = _kinds(random.Random(f"{seed} {half}"))
    with camera.browser() as browser:
        for index in range(number):
            language, theme, device, layout = kinds[index % len(kinds)]
            dice = random.Random(f"{seed} {half} {index}")
            made = page(dice, language, theme, device, layout, dice.choice(camera.faces()))
            scale = camera.SCALES[device][index % 3]
            pixels, cut = camera.shoot(browser, made, scale)
            turned = dice.randrange(_PHOTOGRAPHED) == 0
            if turned:
                pixels = camera.photographed(pixels, dice)
            yield Picture(
                f"{index:03d}-{language}-{theme}-{device}-{layout}", camera.jpeg(pixels), made, scale, turned, cut
            )


def _kinds(dice: random.Random) -> list[tuple[str, str, str, str]]:
    """Language, theme, device and layout, so that any few in a row have each of them about equally often."""
    by_language = {}
    for language in MARKETS:
        surfaces = [(theme, device) for theme in THEMES for device in WIDTHS]
        layouts = ["dashboard", *LAYOUTS]
        dice.shuffle(surfaces)
        dice.shuffle(layouts)
        # Each round of four shifts the layouts by one, so that every pair comes up in sixteen.
        by_language[language] = [(*surfaces[turn % 4], layouts[(turn + turn // 4) % 4]) for turn in range(16)]
    return [(language, *by_language[language][turn]) for turn in range(16) for language in MARKETS]


def truth(picture: Picture) -> dict[str, object]:
    """What stands beside a picture as JSON."""
    made = picture.page
    return {
        "language": made.language,
        "theme": made.theme,
        "device": made.device,
        "layout": made.layout,
        "scale": picture.scale,
        "photographed": picture.photographed,
        "currency": made.currency,
        "start": made.start,
        "duration_minutes": None if made.duration is None else asdict(made.duration),
        "values": {name: asdict(number) for name, number in made.values.items()},
        "labels_cut": sorted(picture.cut),
    }


def write(picture: Picture, folder: Path) -> None:
    """The picture and its truth as files of one name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{picture.name}.jpg").write_bytes(picture.data)
    text = json.dumps(truth(picture), ensure_ascii=False, indent=1)
    (folder / f"{picture.name}.json").write_text(text, encoding="utf-8")
