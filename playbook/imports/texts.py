"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby


def decoded(data: bytes) -> Iterator[tuple[str, str]]:
    """(encoding, text), the likeliest first. One, unless the bytes fit several old code pages."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            text = _decode(data[: len(data) // 2 * 2] if encoding == "utf-16" else data, encoding)
            if text is not None:
                yield encoding, text
            return
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 5:
        encoding = "utf-16-le" if data[1:2000:2].count(0) > data[0:2000:2].count(0) else "utf-16-be"
        text = _decode(data[: len(data) // 2 * 2], encoding)
        if text is not None and _readable(text):
            yield encoding, text
        return
    if zeros:
        return
    text = _decode(data, "utf-8")
    if text is not None:
        if _readable(text):
            yield "utf-8", text
        return
    for encoding in _code_pages(data):
        text = _decode(data, encoding)
        if text is not None and _readable(text):
            yield encoding, text


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _readable(text: str) -> bool:
    head = text[:5000]
    return sum(sign < " " and sign not in "\t\r\n\f\v" for sign in head) <= len(head) // 100


def _code_pages(data: bytes) -> tuple[str, ...]:
    """Old code pages, the likeliest first, by how the bytes above 127 stand.

    Chinese comes in long runs of pairs, Thai in long runs in which vowel signs follow consonants, Latin alone.
    """
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0  # the first name with an accent may stand far down a long list
    part = data[start : start + 100_000]
    runs = [len(list(group)) for high, group in groupby(part, lambda byte: byte > 127) if high]
    long = sum(run for run in runs if run >= 4) / max(1, sum(runs))
    latin = ("cp1252", "cp1258", "latin-1")
    if long <= 0.5:
        return (*latin, "gb18030", "cp932", "cp874")
    even = sum(run for run in runs if run % 2 == 0) / sum(runs)
    if _thai(part) or even <= 0.8:
        return ("cp874", "gb18030", "cp932", *latin)
    return ("gb18030", "cp932", "cp874", *latin)


def _thai(data: bytes) -> bool:
    """Whether the bytes spell Thai: signs above and below a letter have a letter before them."""
    signs = {0xD1, *range(0xD4, 0xDB), *range(0xE7, 0xEF)}
    letters = set(range(0xA1, 0xCF))
    places = [at for at, byte in enumerate(data) if byte in signs]
    fitting = sum(at > 0 and (data[at - 1] in letters or data[at - 1] in signs) for at in places)
    vowels = [at for at, byte in enumerate(data[:-1]) if 0xE0 <= byte <= 0xE4]
    followed = sum(data[at + 1] in letters for at in vowels)
    return bool(places) and fitting >= 0.95 * len(places) and followed >= 0.95 * len(vowels)
