"""The process that reads files: `python -m playbook.imports.apart.child`, talked to over its standard streams.

It waits for files, reads them within the limits that come with them, answers, and waits again. It ends when nobody
can ask any more.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
from itertools import chain
from typing import Any, BinaryIO

from playbook.imports import reading
from playbook.imports.results import FilesRead, NothingToReview
from playbook.knowledge.exports import Profile
from playbook.language import speaking
from playbook.model.session import UnusableFile

from . import limits, wire

_EVERY = 1.0


def main() -> None:
    asked, answers = streams()
    limits.no_traces()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the one who asks
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    reading.built_in_profiles()
    gc.freeze()
    gc.disable()  # what a reading makes is kept until it is answered; the memory has a limit of its own
    while True:
        gc.collect()
        try:
            question = json.loads(wire.read(asked))
            files = [(name, wire.read(asked)) for name in question["names"]]
        except wire.Garbled:
            return
        if not _answered(question, files, answers):
            return


def streams() -> tuple[BinaryIO, BinaryIO]:
    """Where questions come from and answers go. What a library prints must not come between."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return sys.stdin.buffer, answers


def end_with(parent: int) -> None:
    """An end of whoever asks is noticed in the middle of a reading, too."""
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os._exit(1)


def _answered(question: dict[str, Any], files: list[tuple[str, bytes]], answers: BinaryIO) -> bool:
    """Read and answer. False when the memory ran out: a new process has it all again."""
    limits.bind(limits.Limits(*question["limits"]))
    try:
        with speaking(question["language"]):
            said, found = _read(question, files)
        files.clear()
        for part in chain([wire.pack(said)], wire.frames(found)):
            wire.write(answers, part)
            answers.flush()  # the other side decodes while the next one is made
    except MemoryError:
        return False
    limits.release()
    return True


def _read(question: dict[str, Any], files: list[tuple[str, bytes]]) -> tuple[dict[str, Any], FilesRead]:
    if question.get("rows"):
        try:
            return {"rows": reading.read_rows(files)}, FilesRead()
        except UnusableFile as error:
            return {"unusable": str(error)}, FilesRead()
    own = {name: Profile.model_validate_json(text) for name, text in question["profiles"].items()}
    built_in = reading.built_in_profiles()
    every = {name: own.get(name) or built_in[name] for name in question["order"]}
    try:
        saved = wire.lives_of(question["saved"])
        return {}, reading.read_files(files, every, **question["options"], saved=saved)
    except NothingToReview as error:
        return {"nothing": str(error)}, error.reading
    except UnusableFile as error:
        return {"unusable": str(error)}, FilesRead()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one file is reported and ends nothing
        return {"mistake": type(error).__name__}, FilesRead()


if __name__ == "__main__":
    main()
