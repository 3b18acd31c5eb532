"""Pictures of a dashboard: what was read stands beside its piece of the picture, and a person confirms it.

Nothing that is marked is saved before it was looked at. What is saved becomes a file of the layout `screenshot`.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import datetime, time

import streamlit as st

from playbook import formats
from playbook.imports import Typed, length_minutes, looked_over, typed_counts
from playbook.imports.screenshots import (
    Box,
    Item,
    MissingReader,
    PicturesRead,
    UnusablePicture,
    cut_out,
    installed,
    read_boxes,
    seen,
    warm,
)
from playbook.imports.screenshots.pictures import MISSING, MOST_PICTURES
from playbook.imports.screenshots.reading import DOUBTS
from playbook.language import _, ngettext
from playbook.spreadsheet import csv_text
from playbook.ui.frame import pace, shop, state
from playbook.ui.frame.escape import escape

from . import typed

FILE = "picture_lives.csv"
#: Pixels across a piece of a picture: digits are legible, and a phone shows several rows at once.
_SHOWN = 200
#: Columns of the layout `screenshot`, in the order in which a review shows them.
NUMBERS = (
    *typed.NUMBERS, "orders_main", "orders_created", "items_sold", "customers", "peak_viewers", "avg_viewers",
)  # fmt: skip
HEADER = ("picture_id", "start", "minutes", "title", "currency", *NUMBERS)


def take(pictures: Sequence[tuple[str, bytes]]) -> None:
    """Hold pictures for this shop, beside those that are held already; the same picture once."""
    if not pictures:
        return
    held = {_digest(content): (name, content) for name, content in _held()}
    refused = []
    for name, content in pictures:
        size = sum(len(each) for _name, each in held.values()) + len(content)
        if len(held) < MOST_PICTURES and size <= state.MOST_BYTES:
            held.setdefault(_digest(content), (name, content))
        else:
            refused.append(name)
    st.session_state[state.here(state.PICTURES)] = tuple(held.values())
    st.session_state[_box("refused")] = tuple(refused)
    if installed():
        warm()


def waiting() -> bool:
    """Whether pictures wait for a person."""
    return bool(_held())


def panel() -> None:
    """What the held pictures say, to be confirmed or mended."""
    if not waiting():
        return
    with st.container(border=True, key="pictures"):
        st.markdown(_(":material/image: **From your pictures**"))
        room = state.MOST_BYTES // 1_000_000
        refused = ", ".join(st.session_state.get(_box("refused"), ()))
        if refused:
            st.error(
                _(
                    "{files}: not taken. {many} pictures of at most {size} MB are read together.",
                    files=escape(refused), many=MOST_PICTURES, size=room,
                ),
                icon=":material/error:",
            )  # fmt: skip
        if not installed():
            st.info(escape(_(MISSING)), icon=":material/extension:")
            _away()
            return
        with st.spinner(_("Reading the pictures")):
            read = _read()
        if read is None or not read.items:
            if read is not None:
                st.warning(
                    _("No number with a known label was found. Take the page with its labels, or type the numbers."),
                    icon=":material/image_search:",
                )
            _away()
            return
        _confirm(read)


def _confirm(read: PicturesRead) -> None:
    """The marked numbers first, each beside its piece of the picture; then the others, when and how long."""
    shown = [each for each in read.items if each.name in NUMBERS]
    marked = [each for each in shown if each.doubts]
    _fill(read)
    if marked:
        st.markdown(
            ngettext(
                "**{count} number to look at first.** Mend it, or say that it is right.",
                "**{count} numbers to look at first.** Mend them, or say that they are right.",
                len(marked), count=formats.count(len(marked)),
            )
        )  # fmt: skip
    for each in marked:
        _row(each)
    with st.grid(2, min_column_width=280):
        for each in shown:
            if not each.doubts:
                _row(each)
    with st.grid(4, min_column_width=160):
        st.date_input(_("Date"), format=formats.typed_day(), key=_box("date"))
        st.time_input(_("Start"), key=_box("time"), step=60)
        st.text_input(_("Length"), key=_box("minutes"), max_chars=24, placeholder=_("118, 1:58 or 1h 58m"))
        st.selectbox(_("Currency"), typed.currencies(), key=_box("currency"))
    if read.start is None or read.start_doubts:
        st.caption(_("When the LIVE began could not be read surely. The export is joined to it by its start."))
    if any(each.doubts for each in read.items if each.name == "duration_minutes"):
        st.caption(_(":material/help: The length could not be read surely. Look at it again."))
    understood = _understood(shown)
    for name, why in {**understood.problems, **understood.doubts}.items():
        st.warning(escape(f"{typed.label(name)}: {why}."), icon=":material/edit:")
    with st.container(horizontal=True):
        st.button(
            _("Save this LIVE"), type="primary", icon=":material/check:", key=_box("save"), on_click=_save, args=(read,)
        )
        _away()
    for message in st.session_state.get(_box("lacking"), ()):
        st.error(escape(message), icon=":material/edit:")


def _row(item: Item) -> None:
    """One number: its piece of the picture above the field, which has what was read."""
    with st.container(key=_box(f"row_{item.name}")):
        piece = _piece(item)
        if piece is not None:
            st.image(piece, width=_SHOWN)
        st.text_input(escape(typed.label(item.name)), key=_box(f"number_{item.name}"), max_chars=32)
        if item.doubts:
            why = ", ".join(_(DOUBTS[each]) for each in item.doubts)
            st.checkbox(_("Right as it stands here"), key=_box(f"right_{item.name}"))
            st.caption(_(":material/help: Look again: {why}.", why=escape(why)))


def _away() -> None:
    st.button(_("Put the pictures away"), icon=":material/close:", key=_box("away"), on_click=_put_away)


def _put_away() -> None:
    """Nothing of these pictures is kept, in this shop."""
    for key in [str(each) for each in st.session_state if str(each).startswith("picture_")]:
        if key == state.here(key.split("@")[0]):
            del st.session_state[key]


def _fill(read: PicturesRead) -> None:
    """The fields as the pictures have them, once for each reading; what a person changes stays."""
    stamp = _digest(*(content for _name, content in _held()))
    if st.session_state.get(_box("filled")) == stamp:
        return
    st.session_state[_box("filled")] = stamp
    start = read.start or datetime.combine(shop.today(), time(19, 0))
    st.session_state[_box("date")], st.session_state[_box("time")] = start.date(), start.time()
    minutes = read.values.get("duration_minutes")
    st.session_state[_box("minutes")] = "" if minutes is None else f"{minutes:.6g}"
    options = typed.currencies()
    st.session_state[_box("currency")] = read.currency if read.currency in options else options[0]
    for each in read.items:
        st.session_state[_box(f"number_{each.name}")] = each.text
        st.session_state[_box(f"right_{each.name}")] = False
    st.session_state[_box("lacking")] = ()


def _understood(shown: Sequence[Item]) -> Typed:
    texts = {each.name: str(st.session_state.get(_box(f"number_{each.name}")) or "") for each in shown}
    return looked_over(typed_counts(texts, st.session_state.get(_box("currency"))))


def _save(read: PicturesRead) -> None:
    shown = [each for each in read.items if each.name in NUMBERS]
    counts, lacking = _understood(shown), []
    for each in shown:
        text = str(st.session_state.get(_box(f"number_{each.name}")) or "")
        if each.doubts and text == each.text and not st.session_state.get(_box(f"right_{each.name}")):
            lacking.append(
                _("{number}: look again, and mend it or say that it is right.", number=typed.label(each.name))
            )
        elif each.name in counts.problems:
            lacking.append(f"{typed.label(each.name)}: {counts.problems[each.name]}.")
    minutes = length_minutes(str(st.session_state.get(_box("minutes")) or "").strip())
    if minutes is None:
        lacking.append(_("Type the length of the LIVE."))
    if not counts.counts:
        lacking.append(_("Every number is empty. Keep at least one."))
    st.session_state[_box("lacking")] = tuple(lacking)
    if lacking or minutes is None:
        return
    start = datetime.combine(st.session_state[_box("date")], st.session_state[_box("time")])
    _add(start, minutes, st.session_state[_box("currency")], counts)
    _put_away()


def _add(start: datetime, minutes: float, currency: str, read: Typed) -> None:
    """A row of the file of pictures; it is read, saved and undone as any other file."""
    before = next((each for each in state.files() if each.name == FILE), None)
    old = list(csv.reader(io.StringIO(before.content.decode()))) if before else [list(HEADER)]
    stamp = f"{start:%Y-%m-%d %H:%M}"
    # An id that says no more than the start: the export of this LIVE, which has its Room ID, takes its place.
    row = [start.isoformat(timespec="minutes"), stamp, f"{minutes:g}", "", currency]
    row += [_cell(read.counts[name], short=name in read.rounded) if name in read.counts else "" for name in NUMBERS]
    rows = [each for each in old if each[0] != row[0]] + [row]
    content = csv_text(rows, line_end="\n").encode()
    others = tuple(each for each in state.files() if each.origin != "sample" and each.name != FILE)
    state.hold((*others, state.HeldFile(FILE, content, "typed")))
    state.choose_live(row[0])


def _cell(value: float, *, short: bool) -> str:
    """A shortened number stays short, so that it stays known to be rounded."""
    return f"{value / 1000:.10g}K" if short and value >= 1000 else f"{value:.10g}"


def _read() -> PicturesRead | None:
    """Of all held pictures together; what cannot be read is said, and the others count."""
    every = [_lines(name, content) for name, content in _held()]
    if None in every:  # numbers that are joined wait for all of their pictures
        return None
    lines = [found for found in every if found is not None]
    owner = shop.current()
    return read_boxes(lines, currency=owner.currency if owner else None) if lines else None


def _lines(name: str, content: bytes) -> list[Box] | None:
    """The lines of one picture, read once in a visit."""
    kept: dict[str, list[Box] | str] = st.session_state.setdefault(_box("lines"), {})
    digest = _digest(content)
    if digest not in kept and not pace.may_read():
        st.error(escape(pace.too_often()), icon=":material/error:")
        return None
    if digest not in kept:
        try:
            kept[digest] = seen(content)
        except (MissingReader, UnusablePicture) as error:
            kept[digest] = str(error)
    found = kept[digest]
    if isinstance(found, str):
        st.error(escape(f"{name}: {found}"), icon=":material/error:")
        return [] if len(_held()) > 1 else None
    return found


def _piece(item: Item) -> bytes | None:
    """The piece of the picture that a number was read from, cut once in a visit."""
    kept: dict[tuple[int, str], bytes | None] = st.session_state.setdefault(_box("pieces"), {})
    name = (item.picture, item.name)
    if name not in kept:
        _cut(item.picture, kept)
    return kept.get(name)


def _cut(picture: int, kept: dict[tuple[int, str], bytes | None]) -> None:
    """All pieces of one picture at once."""
    read = _read()
    of = [each for each in read.items if each.picture == picture] if read else []
    try:
        kept |= {(picture, each.name): piece for each, piece in zip(of, cut_out(_held()[picture][1], of), strict=True)}
    except (MissingReader, UnusablePicture):
        kept |= {(picture, each.name): None for each in of}


def _held() -> tuple[tuple[str, bytes], ...]:
    held: tuple[tuple[str, bytes], ...] = st.session_state.get(state.here(state.PICTURES), ())
    return held


def _box(name: str) -> str:
    return state.here(f"picture_{name}")


def _digest(*contents: bytes) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()
