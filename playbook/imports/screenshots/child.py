"""The process that reads pictures: `python -m playbook.imports.screenshots.child`, as that of files is."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import astuple
from typing import Any, BinaryIO

from playbook.imports.apart import child, limits, wire

from . import ocr
from .pictures import UnusablePicture


def main() -> None:
    asked, answers = child.streams()
    limits.no_traces()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=child.end_with, args=(os.getppid(),), daemon=True).start()
    ocr.ready()
    while True:
        try:
            question = json.loads(wire.read(asked))
            picture = wire.read(asked)
        except wire.Garbled:
            return
        if not _answered(question, picture, answers):
            return


def _answered(question: dict[str, Any], picture: bytes, answers: BinaryIO) -> bool:
    """Read and answer. False when the memory ran out."""
    limits.bind(limits.Limits(*question["limits"]))
    pieces: list[bytes] = []
    said: dict[str, Any]
    try:
        if "places" in question:
            pieces = ocr.cut(picture, question["places"])
            said = {"pieces": len(pieces)}
        else:
            said = {"boxes": [list(astuple(each)[:7]) for each in ocr.boxes(picture)]}
    except UnusablePicture as error:
        said = {"unusable": error.reason}
    except MemoryError:
        return False
    except Exception as error:  # noqa: BLE001 - as in the process that reads files
        said = {"mistake": type(error).__name__}
    for part in (wire.pack(said), *pieces):
        wire.write(answers, part)
    answers.flush()
    limits.release()
    return True


if __name__ == "__main__":
    main()
