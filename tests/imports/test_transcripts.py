"""Files with what was said, as programs write them and as nobody should."""

from __future__ import annotations

import time

import pytest

from playbook.imports.transcripts.reading import MAX_BYTES, transcript
from playbook.model.session import UnusableFile
from playbook.model.transcript import Line, Transcript

SRT = (
    "1\n00:00:01,500 --> 00:00:03,000\n<i>Hello</i> &amp; welcome\n\n"
    "2\n00:00:03,000 --> 00:00:05,250\n{\\an8}Tap follow\nnow\n"
)
VTT = (
    "WEBVTT - made up\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\n00:01.500 --> 00:03.000 align:start\nHello\n\n"
    "c2\n01:00:03.000 --> 01:00:05.000\n<v Ann>Tap <00:03.500><c>follow</c>\n"
)


def said(data: bytes | str, name: str = "words") -> list[tuple[float, float, str]]:
    found = transcript(name, data.encode() if isinstance(data, str) else data)
    return [(each.begin, each.end, each.text) for each in found.lines]


def test_srt() -> None:
    assert said(SRT) == [(1.5, 3.0, "Hello & welcome"), (3.0, 5.25, "Tap follow now")]
    assert said(SRT.replace("\n", "\r\n")) == said(SRT)
    assert said(SRT.replace("\n\n", "\n")) == said(SRT)  # the number of the next cue is not said


def test_vtt() -> None:
    assert said(VTT) == [(1.5, 3.0, "Hello"), (3603.0, 3605.0, "Tap follow")]


def test_rolling_captions_are_said_once() -> None:
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\none\n\n00:03.000 --> 00:05.000\none\ntwo\n\n00:09.000 --> 00:10.000\ntwo\n"
    )
    assert [text for _, _, text in said(rolling)] == ["one", "two", "two"]


@pytest.mark.parametrize(
    "row", ["00:12:03 words", "[12:03] words", "12:03 - words", "(12:03) words", "2026-08-01 00:12:03 words"]
)
def test_text_with_times(row: str) -> None:
    assert said(f"A title\n{row}\nand on\n12:10 more") == [(723.0, 730.0, "words and on"), (730.0, 735.0, "more")]


def test_two_numbers_are_hours_and_minutes_where_nobody_could_speak_so_fast() -> None:
    rows = "\n".join(f"19:{minute:02d} {'spoken words ' * 40}" for minute in range(30))
    assert said(rows)[1][0] == 19 * 3600 + 60
    slow = "\n".join(f"{minute:02d}:00 {'spoken words ' * 40}" for minute in range(30))
    assert said(slow)[1][0] == 60


def test_times_of_the_day_go_on_after_midnight() -> None:
    assert [begin for begin, _, _ in said("23:59:58 late\n00:00:05 later")] == [86_398.0, 86_405.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "00:00:01 já é a última peça, atenção\n00:00:04 não perca o preço da promoção\n" * 3
    assert said(text.encode(encoding))[0][2] == "já é a última peça, atenção"


def test_lines_are_in_order_and_end_after_they_begin() -> None:
    swapped = "1\n00:00:09,000 --> 00:00:02,000\nlater\n\n2\n00:00:01,000 --> 00:00:02,000\nfirst\n"
    assert said(swapped) == [(1.0, 2.0, "first"), (9.0, 9.0, "later")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not text"),
        (b"\x00\x01\x02\x03" * 50, "is not text"),
        (b"hello\nthere", "no words with a time"),
        (b"00:00:01,000 --> 00:00:02,000\n\n...\n", "no words with a time"),
        (b"1\n99:59:59,000 --> 99:59:59,000\nlate\n", "stands at 100 hours"),
        (b"x" * (MAX_BYTES + 1), "has 8 MB"),
        (b"00:00:01 a\n" * 60_001, "60001 lines with a time"),
        (b"\n" * 300_001, "300001 lines"),
    ],
)
def test_what_is_none_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnusableFile, match=message) as refused:
        transcript("words.srt", data)
    assert str(refused.value).startswith("words.srt: ")


@pytest.mark.parametrize(
    "row",
    ["<" * 7_000_000, "0" * 7_000_000, "00:00:01 " + "[" * 7_000_000, " " * 7_000_000 + "-->", "{\\" * 3_000_000,
     "00:01 --> 00:02\n" + "&" * 7_000_000, "00:00:01,000 --> 00:00:02,000\n" * 200_000],
)  # fmt: skip
def test_hostile_rows_are_read_in_no_time(row: str) -> None:
    before = time.process_time()
    try:
        found = transcript("words.srt", row.encode())
    except UnusableFile:
        found = Transcript((Line(0.0, 0.0, ""),))
    assert max(len(each.text) for each in found.lines) <= 2_000
    assert time.process_time() - before < 3.0


def test_signs_that_steer_a_screen_are_left_out() -> None:
    assert said("00:00:01 a\x1b[31m\u202eb\n" + "00:00:02 plain words\n" * 10)[0][2] == "a [31m b"


def test_the_offset_is_added() -> None:
    found = Transcript((Line(10.0, 12.0, "a"),), offset=-4.0).on_live()
    assert (found[0].begin, found[0].end) == (6.0, 8.0)
