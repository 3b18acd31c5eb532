"""Asks the process that reads pictures: one, kept warm, within limits of its own."""

from __future__ import annotations

import atexit
import json
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from playbook.imports.apart import wire
from playbook.imports.apart.limits import Limits
from playbook.imports.apart.pool import Worker, WorkerEnded
from playbook.language import _

from . import ocr
from .boxes import Box
from .pictures import MISSING, MissingReader, UnusablePicture, checked, installed

#: The models and their working memory take 0.6 GB; their address space is several times that.
LIMITS = Limits(memory=6_000_000_000, seconds=120.0, wall=90.0)
#: Seconds to wait for the pictures of others.
_PATIENCE = 120.0
#: No picture has more lines, and no line more signs.
_MOST_BOXES, _LONGEST = 3_000, 300
#: After so many pictures the process is replaced, as that of files.
_USES = 50

Place = tuple[float, float, float, float]


class _Reader(Worker):
    module = "playbook.imports.screenshots.child"
    settings: dict[str, str] = {}  # noqa: RUF012 - the models compute on all cores

    def told(self, question: dict[str, Any], picture: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """What is said of a picture, and its pieces. Raises pool.WorkerEnded."""
        self.uses += 1
        with self.exchanging(question, [picture], LIMITS) as answers:
            said = json.loads(wire.read(answers))
            return said, [wire.read(answers) for _piece in range(int(said.get("pieces", 0)))]


_guard = threading.Lock()
_warm: list[_Reader] = []


def boxes(picture: bytes) -> list[Box]:
    """The lines of text in a picture. Raises MissingReader and UnusablePicture."""
    _needed(picture)
    if _here():
        return ocr.boxes(picture)
    said, _pieces = _told({}, picture)
    try:
        return [_box(each) for each in said["boxes"][:_MOST_BOXES]]
    except (LookupError, TypeError, ValueError):
        raise UnusablePicture("mistake") from None


def pieces(picture: bytes, places: Sequence[Place]) -> list[bytes]:
    """Cut-outs of a picture as PNG. Raises MissingReader and UnusablePicture."""
    _needed(picture)
    if _here():
        return ocr.cut(picture, places)
    _said, cut = _told({"places": [list(each) for each in places]}, picture)
    if len(cut) != len(places):
        raise UnusablePicture("mistake")
    return cut


def warm() -> None:
    """Have it ready before the first picture comes; it loads its models by itself."""
    if installed() and not _here() and _guard.acquire(blocking=False):
        try:
            _ready()
        except OSError:
            pass
        finally:
            _guard.release()


def close() -> None:
    """End it."""
    while _warm:
        _warm.pop().close()


atexit.register(close)


def _needed(picture: bytes) -> None:
    if not installed():
        raise MissingReader(_(MISSING))
    checked(picture)


def _here() -> bool:
    return os.environ.get("PLAYBOOK_READ_HERE") == "1"


def _told(question: dict[str, Any], picture: bytes) -> tuple[dict[str, Any], list[bytes]]:
    question = {**question, "limits": [LIMITS.memory, LIMITS.seconds, LIMITS.wall]}
    if not _guard.acquire(timeout=_PATIENCE):
        raise UnusablePicture("not_now")
    try:
        said, cut = _ready().told(question, picture)
    except OSError:
        raise UnusablePicture("not_now") from None
    except WorkerEnded:
        close()
        raise UnusablePicture("beyond") from None
    finally:
        _guard.release()
    reason = said.get("unusable")
    if reason is not None or "mistake" in said:
        with suppress(KeyError):
            raise UnusablePicture(str(reason))
        raise UnusablePicture("mistake")
    return said, cut


def _ready() -> _Reader:
    if _warm and (not _warm[0].alive or _warm[0].uses >= _USES):
        close()
    if not _warm:
        _warm.append(_Reader())
    return _warm[0]


def _box(values: list[Any]) -> Box:
    """A box as it came; the other side is not trusted."""
    text, *places = values
    if not isinstance(text, str):
        raise TypeError
    score, left, top, right, bottom, tilt = (float(each) for each in places)
    if not all(abs(each) < 1e6 for each in (score, left, top, right, bottom, tilt)):
        raise ValueError
    return Box(text[:_LONGEST], score, left, top, right, bottom, tilt)
