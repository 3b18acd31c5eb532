"""ZIP archives: what kind each is, and its files unpacked within limits.

A ZIP can be made to unfold into gigabytes, by compression or by a directory that lies about sizes. So the directory is
counted before it is read, and no file is read beyond the size that it states.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from playbook.language import _
from playbook.model.session import UnusableFile

from .sheet import too_large

MAX_UNPACKED = 60_000_000
MAX_ENTRIES = 2_000
#: A list of LIVEs, and a trend and a product file for each of the last twenty, leave room.
MAX_FILES = 100

Kind = Literal["workbook", "binary workbook", "document", "numbers", "office", "archive"]

_WORKBOOK = re.compile(r"xl/workbook\w*\.xml", re.IGNORECASE)
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
#: What systems put into an archive besides.
_BESIDE = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Archive:
    """A ZIP whose directory was read and whose stated sizes are within the limits."""

    name: str
    data: bytes
    entries: tuple[zipfile.ZipInfo, ...]
    kind: Kind

    def parts(self, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, bytes]:
        """The wanted files by their names. Raises UnusableFile for what is damaged or has a password."""
        if any(entry.flag_bits & 1 for entry in self.entries):
            raise UnusableFile(_locked(self.name, self.kind))
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                # No program that writes these uses another method, and they unpack unchecked.
                if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in self.entries):
                    raise NotImplementedError
                return {entry.filename: _part(archive, entry) for entry in self.entries if wanted(entry.filename)}
        except _BROKEN:
            raise UnusableFile(_damaged(self.name)) from None


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


def is_zip(data: bytes) -> bool:
    return data.startswith(_STARTS)


def opened(name: str, data: bytes) -> Archive:
    """The directory of a ZIP. Raises UnusableFile for what is damaged, or too large once unpacked."""
    # Counted before the directory is read: a million entries take seconds and half a gigabyte.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise UnusableFile(too_large(name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = tuple(archive.infolist())
    except _BROKEN:
        raise UnusableFile(_damaged(name)) from None
    kind = _kind({entry.filename for entry in entries})
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnusableFile(_unfolded(name) if kind == "archive" else too_large(name))
    return Archive(name, data, entries, kind)


def files_in(archive: Archive) -> list[tuple[str, bytes]]:
    """The files of a ZIP of exports, by their names without folders. Raises UnusableFile, saying what to do."""
    names = [entry.filename for entry in archive.entries if _counts(entry.filename)]
    if not names:
        raise UnusableFile(
            _("{file}: the ZIP archive is empty. Download it again, or drop the exports themselves.", file=archive.name)
        )
    if len(names) > MAX_FILES:
        raise UnusableFile(
            _(
                "{file}: the ZIP archive holds {count} files, and at most {most} are opened together. "
                "Unpack it and drop the exports in smaller groups.",
                file=archive.name,
                count=format(len(names), ","),
                most=MAX_FILES,
            )
        )
    parts = archive.parts(set(names).__contains__)
    short = [PurePosixPath(name.replace("\\", "/")).name for name in names]
    called = [last if short.count(last) == 1 else name for name, last in zip(names, short, strict=True)]
    return [(shown, parts[name]) for shown, name in zip(called, names, strict=True)]


def expanded(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files with those of each ZIP of exports in its place. What cannot be opened stays, to be refused in words."""
    found: list[tuple[str, bytes]] = []
    for name, data in files:
        found += _opened_up(name, data)
    return found


def unzipped(name: str, data: bytes) -> Sequence[tuple[str, bytes]]:
    """A file, or those of a ZIP of exports; the ZIP itself where anything in it would be refused for being one."""
    inside = _opened_up(name, data)
    return [(name, data)] if any(is_zip(each) and _is_archive(title, each) for title, each in inside) else inside


def _opened_up(name: str, data: bytes) -> list[tuple[str, bytes]]:
    if not is_zip(data):
        return [(name, data)]
    try:
        archive = opened(name, data)
        return files_in(archive) if archive.kind == "archive" else [(name, data)]
    except UnusableFile:
        return [(name, data)]


def _is_archive(name: str, data: bytes) -> bool:
    try:
        return opened(name, data).kind == "archive"
    except UnusableFile:
        return True


def refused(archive: Archive) -> UnusableFile:
    """Why a ZIP that is not a spreadsheet is not read, and what to do."""
    name = archive.name
    if archive.kind == "numbers":
        return UnusableFile(
            _("{file}: this is a document of Apple's Numbers. Choose File, Export To, Excel, and drop that.", file=name)
        )
    if archive.kind == "office":
        return UnusableFile(
            _(
                "{file}: this is a text or a presentation, not a table. Drop the file that TikTok Shop exported.",
                file=name,
            )
        )
    try:
        files_in(archive)
    except UnusableFile as error:
        return error
    return UnusableFile(
        _("{file}: this ZIP archive lies in another, which is not opened. Unpack it and drop its files.", file=name)
    )


def _kind(names: set[str]) -> Kind:
    if any(map(_WORKBOOK.fullmatch, names)):
        return "workbook"
    if "xl/workbook.bin" in names:
        return "binary workbook"
    if "content.xml" in names and ("mimetype" in names or "META-INF/manifest.xml" in names):
        return "document"
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return "numbers"
    return "office" if "[Content_Types].xml" in names else "archive"


def _counts(name: str) -> bool:
    last = PurePosixPath(name.replace("\\", "/")).name.casefold()
    inside = not name.endswith("/") and not name.startswith("__MACOSX/")
    return inside and bool(last) and not last.startswith(".") and last not in _BESIDE


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part, never more of it than the directory states: reading without a size would unpack all there is."""
    with archive.open(entry) as part:
        return part.read(entry.file_size)


def _locked(name: str, kind: Kind) -> str:
    if kind == "archive":
        return _(
            "{file}: the ZIP archive has a password. Unpack it with the password, and drop the files that are in it.",
            file=name,
        )
    return _("{file}: the file has a password. Open it, save it without one, and try again.", file=name)


def _damaged(name: str) -> str:
    if name.casefold().endswith(".zip"):
        return _(
            "{file}: the ZIP archive is damaged or cut off. Download it again, or drop the exports themselves.",
            file=name,
        )
    return _("{file}: the workbook is damaged or cut off. Download it again, or save it as CSV.", file=name)


def _unfolded(name: str) -> str:
    return _(
        "{file}: unpacked, the files in this ZIP archive have over {most} MB, so they are not "
        "opened together. Unpack it and drop the exports in smaller groups.",
        file=name,
        most=format(MAX_UNPACKED / 1e6, ",.0f"),
    )
