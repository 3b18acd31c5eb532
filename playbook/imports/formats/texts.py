"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from .code_pages import likeliest

#: Marks at the beginning, the longer ones first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_UNMISTAKABLE = tuple(mark for mark, _ in _MARKS)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)
#: Encodings that pages name; Python knows others, which are no writing.
_NAMED = frozenset({
    "utf-8", "gbk", "gb2312", "gb18030", "big5", "cp950", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "cp874",
    "tis-620", "iso8859-1", "iso8859-15", *(f"cp125{n}" for n in range(9)),
})  # fmt: skip
_WIDTH = {"utf-16": 2, "utf-32": 4}
#: Where UTF-8 was read as another encoding and saved again: those that such programs take.
_MISTAKEN = ("cp1252", "gb18030", "cp1258", "cp874", "cp950", "cp949", "cp932", "cp1251", "mac_roman")
#: Signs that no text has, but for the ends of lines, tabs and pages.
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")
_WON = re.compile(r"\\(?= ?\d)")
_LOOKED_AT = 2_000
#: Code pages of which one is right as good as always.
_TRIED = 4
_LEFT = "playbook_left_as_it_is"


def decoded(data: bytes) -> Iterator[tuple[str, str]]:
    """(encoding, text), the likeliest first. One, unless the bytes fit several old code pages; none for no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decode(_whole(data, _WIDTH.get(encoding, 1)), encoding)
            if text is not None and _readable(text):
                yield encoding, mended(text)
            return
    head = data[:_LOOKED_AT]
    if head.count(0) > len(head) // 5:
        encoding = _without_mark(head)
        text = _decode(_whole(data, _WIDTH[encoding[:6]]), encoding)
        if text is not None and _readable(text):
            yield encoding, text
        return
    if 0 in head:
        return
    text = _decode(data, "utf-8")
    if text is not None:
        if _readable(text):
            yield "utf-8", mended(text)
        return
    for encoding in likeliest(data)[:_TRIED]:
        text = _decode(data, encoding)
        if text is not None and _readable(text):
            yield encoding, _as_drawn(text, encoding)


def _as_drawn(text: str, encoding: str) -> str:
    """Vietnamese tones are signs of their own in their code page; in the Korean one a backslash is drawn as the won."""
    if encoding == "cp1258":
        return unicodedata.normalize("NFC", text)
    return _WON.sub("\N{WON SIGN}", text) if encoding == "cp949" else text


def in_charset(data: bytes, head: str) -> str | None:
    """The text of a page in the encoding that it names, as programs of the markets write theirs; None without one."""
    named = _CHARSET.search(head)
    if named is None or data.startswith(_UNMISTAKABLE):
        return None
    try:
        return data.decode(named[1]) if codecs.lookup(named[1]).name in _NAMED else None
    except (LookupError, UnicodeDecodeError):
        return None


def mended(text: str) -> str:
    """The text that was meant, where UTF-8 was taken for an old code page and saved so: `ï»¿Room ID`, `promoÃ§Ã£o`.

    >>> mended("ï»¿Room ID,promoÃ§Ã£o")
    'Room ID,promoção'
    """
    if text.isascii():
        return text
    start = text[:6]
    for page in _MISTAKEN:
        marked = _encoded(start, page).startswith(codecs.BOM_UTF8)
        if marked or page == "cp1252":
            meant = _decode(_encoded(text, page), "utf-8-sig")
            if meant is not None:
                return meant
        if marked and page == "cp1252":
            return text[3:]
    return text


def _encoded(text: str, page: str) -> bytes:
    """The bytes of a text that an old code page has, or none."""
    try:
        return text.encode(page, _LEFT if page == "cp1252" else "strict")
    except UnicodeEncodeError:
        return b""


def _left(error: UnicodeError) -> tuple[bytes, int]:
    """Five bytes mean nothing in cp1252; programs pass them through as they are."""
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end]
    if all("\x80" <= sign <= "\x9f" for sign in signs):
        return signs.encode("latin-1"), error.end
    raise error


codecs.register_error(_LEFT, _left)


def _whole(data: bytes, width: int) -> bytes:
    return data[: len(data) // width * width]


def _without_mark(head: bytes) -> str:
    """Of two or four bytes a sign, by where the zeros stand; of words and numbers most signs are small."""
    zeros = [head[at::4].count(0) for at in range(4)]
    if sum(zeros) > len(head) * 5 // 8:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"


def _decode(data: bytes, encoding: str) -> str | None:
    """UTF-16 is known by its mark or its zeros; half a sign in it is one cut title, not another encoding."""
    try:
        return data.decode(encoding, "replace" if encoding.startswith("utf-16") else "strict") or None
    except UnicodeDecodeError:
        return None


def _readable(text: str) -> bool:
    head = text[:5000]
    return len(_CONTROL.findall(head)) <= len(head) // 100
