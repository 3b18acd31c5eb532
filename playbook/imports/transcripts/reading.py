"""A file with what was said, by what stands in it: captions where it has their arrows, else text with times."""

from __future__ import annotations

from playbook.imports.formats.texts import decoded
from playbook.language import N_, _
from playbook.model.session import UnusableFile
from playbook.model.transcript import Line, Transcript

from .captions import captions
from .timed_text import timed_text

#: A LIVE of a day has some two megabytes of words.
MAX_BYTES = 8_000_000
MAX_LINES = 60_000
#: Signs of a line that are kept: captions have under a hundred, a paragraph some hundreds.
LONGEST_LINE = 2_000
#: Seconds. No LIVE goes on for longer, and a time of the day is no later.
LONGEST = 48 * 3600.0
_ARROW, _MARK = "-->", "\ufeff"
_EXPECTED = N_(
    "Expected are captions (SRT or VTT), or text with a time before each line: '00:12:03 text', '[12:03] text' or "
    "'12:03 - text'."
)


def transcript(name: str, data: bytes) -> Transcript:
    """The lines of a file, in order of time. Raises UnusableFile, saying what was found and what to do."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise UnusableFile(
            _(
                "{file}: this file has {size}; the words of a LIVE have at most 8 MB. Give only those.",
                file=name,
                size=size,
            )
        )
    text = next((found for _encoding, found in decoded(data)), None)
    if text is None:
        raise UnusableFile(_("{file}: this is not text. {expected}", file=name, expected=_(_EXPECTED)))
    rows = text.lstrip(_MARK).splitlines()
    if len(rows) > 5 * MAX_LINES:
        raise UnusableFile(
            _(
                "{file}: this file has {count} lines; a day of captions has fewer. Cut it into LIVEs.",
                file=name,
                count=len(rows),
            )
        )
    found = captions(rows) if any(_ARROW in row for row in rows) else timed_text(rows)
    lines = sorted(filter(None, map(_sound, found)), key=lambda each: each.begin)
    if not lines:
        raise UnusableFile(_("{file}: no words with a time were found. {expected}", file=name, expected=_(_EXPECTED)))
    if len(lines) > MAX_LINES:
        raise UnusableFile(
            _(
                "{file}: {count} lines with a time; a day has at most {most}. Cut it into LIVEs.",
                file=name,
                count=len(lines),
                most=MAX_LINES,
            )
        )
    if lines[-1].begin > LONGEST:
        hours = f"{lines[-1].begin / 3600:.0f}"
        raise UnusableFile(
            _(
                "{file}: a line stands at {hours} hours, and no LIVE is as long. Check the times.",
                file=name,
                hours=hours,
            )
        )
    return Transcript(tuple(lines), name)


def _sound(line: Line) -> Line | None:
    """With blanks put right and no sign that only steers a screen; None where no word is left."""
    shown = "".join(sign if sign.isprintable() else " " for sign in line.text[: 2 * LONGEST_LINE])
    text = " ".join(shown.split())[:LONGEST_LINE]
    return Line(line.begin, max(line.begin, line.end), text) if any(map(str.isalnum, text)) else None
