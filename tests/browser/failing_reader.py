"""Imported before the app's server starts: the reader of some files ends as its name says, the others are read."""

from __future__ import annotations

from typing import Any

from playbook.imports.apart import pool
from playbook.imports.apart.limits import Limits

#: By the name of a file what the page says of it.
TOLD = {
    "slow": (
        "slow.csv: could not be read within limits of 2 GB of memory and 20 seconds of computing, which no LIVE export "
        "needs. Check that it is the right file, export fewer days, or save the sheet as CSV."
    ),
    "large": ("large.csv: has more LIVEs or rows than can be kept at once. Export fewer days, or give fewer files."),
    "busy": "busy.csv: not read, because other files are being read. Try again in a minute.",
    "no process": (
        "no process.csv: not read, because no process could be started for it (Cannot allocate memory). Close other "
        "programs and try again."
    ),
    "mistake": (
        "mistake.csv: could not be read, by a mistake of this program (KeyError). Save the file as CSV and try again, "
        "and tell whoever looks after the program."
    ),
}
#: With these no file can be read in time, or be answered.
_LIMITS = {"slow": Limits(wall=0.0001), "large": Limits(answer=10)}
_ask = pool.Worker.ask


def _fails(worker: pool.Worker, question: dict[str, Any], files: Any, limits: Limits) -> Any:
    name = files[0][0].removesuffix(".csv")
    if name == "busy":
        raise pool.Busy
    if name == "no process":
        raise OSError(12, "Cannot allocate memory")
    if name == "mistake":
        return {"mistake": "KeyError"}, None
    return _ask(worker, question, files, _LIMITS.get(name, limits))


if __name__ != "__main__":
    setattr(pool.Worker, "ask", _fails)  # noqa: B010 - types would want the same signature
