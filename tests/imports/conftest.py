"""Fixtures files, and small tables written on the spot."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

EXPORTS = Path(__file__).parent.parent / "fixtures" / "exports"


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """The generator of the fixtures: its made-up LIVEs are the truth that reading must find."""
    spec = importlib.util.spec_from_file_location("make_exports", EXPORTS / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def export() -> Callable[[str], tuple[str, bytes]]:
    return lambda name: (name, (EXPORTS / name).read_bytes())


@pytest.fixture(scope="session")
def as_csv() -> Callable[..., bytes]:
    def write(rows: list[list[object]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows(rows)
        return buffer.getvalue().encode(encoding)

    return write


@pytest.fixture(scope="session")
def as_xlsx() -> Callable[..., bytes]:
    def write(rows: list[list[object]]) -> bytes:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return write
