"""The one place that knows the reader of pictures: bytes to boxes. It runs in the process apart, never in the app's.

The models lie in the package; none is fetched. Letters that the models do not know are left out by them.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from .boxes import Box
from .pictures import MOST_PIXELS, UnusablePicture, checked

#: Pixels of the longer side that the finder of lines sees. Text of a phone's screen stays legible.
_LONGEST = 2000
#: A long screenshot is read in parts of so many times its width, each overlapping the next by a fifth.
_SLICE, _OVERLAP = 2.2, 0.2
#: Small pictures are read twice as large: digits of ten pixels are told apart by one.
_SMALL = 900
_LEAST = 30
#: Pixels from the edge of a part in which a line may be cut.
_EDGE = 6


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.disable(logging.WARNING)
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False, "Global.max_side_len": _LONGEST})


def boxes(content: bytes) -> list[Box]:
    """The lines of text in one picture. Raises UnusablePicture."""
    import numpy as np

    picture = opened(content)
    scale = 2.0 if max(picture.size) <= _SMALL else 1.0
    if scale != 1.0:
        picture = picture.resize((picture.width * 2, picture.height * 2))
    found: list[Box] = []
    for top, bottom in _slices(picture.width, picture.height):
        part = np.asarray(picture.crop((0, top, picture.width, bottom)))[:, :, ::-1]
        found = _joined(found, _read(np.ascontiguousarray(part), top), top)
    return [_scaled(each, scale) for each in found]


def opened(content: bytes) -> Any:
    """The picture in three colours and the right way up. Its size is asked before anything is unpacked."""
    from PIL import Image, ImageOps

    checked(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"])
        if picture.width * picture.height > MOST_PIXELS:
            raise UnusablePicture("large")
        if min(picture.size) < _LEAST:
            raise UnusablePicture("small")
        return ImageOps.exif_transpose(picture).convert("RGB")
    except UnusablePicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePicture("large") from None
    except (OSError, ValueError, SyntaxError):
        raise UnusablePicture("broken") from None


def _slices(width: int, height: int) -> list[tuple[int, int]]:
    tall = max(int(width * _SLICE), 1200)
    if height <= tall * (1 + _OVERLAP):
        return [(0, height)]
    step = int(tall * (1 - _OVERLAP))
    starts = range(0, height - int(tall * _OVERLAP), step)
    return [(top, min(top + tall, height)) for top in starts]


def _read(pixels: Any, top: int) -> list[Box]:
    said = _engine()(pixels)
    if said.boxes is None or said.txts is None:
        return []
    return [_box(corners, text, float(score), top) for corners, text, score in zip(said.boxes, said.txts, said.scores,
                                                                                   strict=True)]  # fmt: skip


def _box(corners: Any, text: str, score: float, top: int) -> Box:
    xs, ys = [float(x) for x, _ in corners], [float(y) + top for _, y in corners]
    wide = xs[2] - xs[3]
    tilt = (ys[2] - ys[3]) / wide if wide > 0 else 0.0
    return Box(text, score, min(xs), min(ys), max(xs), max(ys), tilt)


def _joined(before: list[Box], after: list[Box], seam: float) -> list[Box]:
    """Two parts that overlap from `seam` on: a line in both counts once, as the part has it that does not cut it."""
    if not before:
        return after
    end = max(each.bottom for each in before)
    whole = [each for each in before if each.bottom < end - _EDGE or not _twice(each, after)]
    fresh = [each for each in after if each.top > seam + _EDGE or not _twice(each, before)]
    return [*whole, *(each for each in fresh if not _twice(each, whole))]


def _twice(one: Box, others: Sequence[Box]) -> bool:
    return any(_same_place(one, other) for other in others)


def _same_place(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.5 * min(one.width, other.width) and down > 0.4 * min(one.height, other.height)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.text, box.score, box.left / scale, box.top / scale, box.right / scale, box.bottom / scale, box.tilt)


def cut(content: bytes, places: Sequence[tuple[float, float, float, float]]) -> list[bytes]:
    """Pieces of a picture as PNG: (left, top, right, bottom) each, in pixels. Raises UnusablePicture."""
    picture = opened(content)
    pieces = []
    for left, top, right, bottom in places:
        box = (max(0, int(left)), max(0, int(top)), min(picture.width, int(right)), min(picture.height, int(bottom)))
        if box[2] <= box[0] or box[3] <= box[1]:
            box = (0, 0, 1, 1)
        piece = picture.crop(box)
        piece.thumbnail((640, 320))
        held = io.BytesIO()
        piece.save(held, "PNG")
        pieces.append(held.getvalue())
    return pieces


def ready() -> None:
    """Load the models, so that the first picture does not wait for them."""
    with suppress(ImportError):
        _engine()


def models() -> list[Path]:
    """The files of the models, as they came with the package."""
    import rapidocr

    return sorted((Path(rapidocr.__file__).parent / "models").glob("*.onnx"))
