"""A language made for a test: a catalog and nothing else."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog

from playbook.messages import files


def toy_place(folder: Path) -> Path:
    """A folder of catalogs that holds a little Swedish."""
    made = Catalog(locale="sv")
    made.add("English", "Svenska", context="name of this language, in itself")
    made.add("Saved {name}", "{name} är sparad")
    made.add("Broken {name}", "{nobody} är trasig")
    made.add("Open", "Öppna", context="verb")
    made.add(("{n} row", "{n} rows"), ("{n} rad", "{n} rader"))
    place = folder / "locale"
    files.write("sv", made, place)
    files.compile_all(place)
    return place
