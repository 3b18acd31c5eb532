"""Damaged files give a reading or words, never anything else."""

# ruff: noqa: E501 - tables and messages read better on one line

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from playbook.imports import Reading, read_files
from playbook.session import UnusableFile

EXPORTS = Path(__file__).parent.parent / "fixtures" / "exports"
FILES = sorted(path.name for path in EXPORTS.iterdir() if path.suffix in {".xlsx", ".csv", ".json"})


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Cut, flipped, doubled or with a foreign piece in it."""
    kind = dice.randrange(4)
    at = dice.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(dice.randrange(1, 12)):
            changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        return bytes(changed)
    if kind == 2:
        return data[:at] + data[at // 2 :]
    piece = dice.choice([b'"', b"\n", b",,,,", b"\x00", b"-", b"1e999", b"\xff\xfe", b"{", b"9" * 40])
    return data[:at] + piece + data[at:]


@pytest.mark.parametrize("name", FILES)
def test_damaged_files(name):
    data = (EXPORTS / name).read_bytes()
    dice = random.Random(name)
    for _ in range(25):
        try:
            reading = read_files([(name, damaged(data, dice))])
        except UnusableFile as error:
            assert name in str(error)
        else:
            assert isinstance(reading, Reading)
            for session in reading.sessions:
                assert all(value is None or value >= 0 for value in session.counts.values())


@pytest.mark.parametrize("seed", range(40))
def test_scrambled_cells(seed, as_csv, make):
    dice = random.Random(seed)
    odd = ["", "-", "abc", "-5", "1e400", "NaN", "inf", "999999999999999999999", "2026-02-30", "12:61", "%", "R$", "1,2,3",
           "٣", "=1+1", "\u202e5", "1.234", "0x1F", "  7 ", "1_000"]  # fmt: skip
    header = dice.choice([make.A2, make.B1, make.B2, make.B3, make.TREND, make.PRODUCTS])
    rows = [[dice.choice(odd) for _ in range(dice.randrange(len(header) + 3))] for _ in range(8)]
    try:
        reading = read_files([("x.csv", as_csv([header, *rows]))])
    except UnusableFile as error:
        assert "x.csv" in str(error)
    else:
        assert reading.sessions


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".xlsx")][::4])
def test_damage_inside_the_workbook(name):
    """Valid archives around broken XML: what the checksum of the archive does not catch."""
    data = (EXPORTS / name).read_bytes()
    dice = random.Random(name)
    for _ in range(25):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            hit = dice.choice([entry.filename for entry in old.infolist() if entry.filename.startswith("xl/w")])
            for entry in old.infolist():
                part = old.read(entry)
                new.writestr(entry.filename, damaged(part, dice) if entry.filename == hit else part)
        try:
            assert isinstance(read_files([(name, out.getvalue())]), Reading)
        except UnusableFile as error:
            assert name in str(error)
