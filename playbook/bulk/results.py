"""The folder of results: one file a shop, written whole, and index.csv, by which a stopped run goes on."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from playbook.report.forms.bulk_index import bulk_index
from playbook.spreadsheet import csv_text, harmless
from playbook.userdata import write_whole

from .records import ShopDone

HEADER = ("shop", "status", "file", "lives", "reviewed", "session", "start", "title", "currency", "gmv", "usual_gmv",
          "change", "weak", "weakest", "advice", "remarks", "message", "digest")  # fmt: skip
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
#: Names that a file cannot have on Windows.
_TAKEN = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def stem_of(shop: str) -> str:
    """A file name for a shop: its own where that is safe everywhere, else what is safe of it with a digest behind."""
    if _PLAIN.fullmatch(shop) and not _TAKEN.fullmatch(shop):
        return shop
    plain = re.sub(r"[^a-z0-9_-]+", "-", shop.casefold()).strip("-")[:40] or "shop"
    return f"{plain}-{hashlib.sha256(shop.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@dataclass
class Results:
    """Reviews of shops in `folder`/reviews, and what is known of each from an earlier run."""

    folder: Path
    form: str
    former: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, form: str) -> Results:
        """The folder with what an earlier run left, whole or stopped. Raises OSError when it cannot be made."""
        (folder / "reviews").mkdir(parents=True, exist_ok=True)
        former: dict[str, dict[str, str]] = {}
        for path in (folder / "index.csv", folder / "unfinished.csv"):
            former |= _read(path)
        found = cls(folder, form, former)
        write_whole(found._unfinished, csv_text([HEADER, *(list(row.values()) for row in former.values())]), "")
        return found

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished.csv"

    def path(self, shop: str) -> Path:
        return self.folder / "reviews" / f"{stem_of(shop)}.{self.form}"

    def known(self, shop: str) -> str | None:
        """The digest of the inputs of the result that lies there; None when there is none, or it failed."""
        row = self.former.get(self.path(shop).name)
        return row["digest"] if row and row["status"] != "failed" and self.path(shop).is_file() else None

    def add(self, done: ShopDone) -> ShopDone:
        """Write a result and its line of the index. A shop left as it is keeps what the index says of it."""
        path = self.path(done.name)
        if done.text is not None:
            write_whole(path, done.text, "")
        row = self._row(done, path.name)
        self.rows[path.name] = row
        with self._unfinished.open("a", encoding="utf-8", newline="") as file:
            file.write(csv_text([row]))
        return done

    def _row(self, done: ShopDone, name: str) -> list[str]:
        if done.status == "unchanged":
            return list((self.former[name] | {"status": "unchanged"}).values())
        plain = {**vars(replace(done, text=None)), "shop": done.name, "file": "" if done.text is None else name}
        for name in ("gmv", "usual_gmv", "change"):
            number = getattr(done, name)
            plain[name] = "" if number is None else f"{number:.{4 if name == 'change' else 2}f}"
        return [harmless(" ".join(str(plain[each]).splitlines())) for each in HEADER]

    def close(self) -> None:
        """All shops of this run in index.csv, by name, and in index.html, to read. What else lay there leaves both, not
        the folder.
        """
        ordered = [
            self.rows[name] for name in sorted(self.rows, key=lambda name: (self.rows[name][0].casefold(), name))
        ]
        write_whole(self.folder / "index.csv", csv_text([HEADER, *ordered], mark=True), "")
        write_whole(
            self.folder / "index.html", bulk_index([dict(zip(HEADER, row, strict=True)) for row in ordered]), ""
        )
        self._unfinished.unlink(missing_ok=True)


def _read(path: Path) -> Mapping[str, dict[str, str]]:
    """Rows by the name of their result; a last line that was cut off, and a file of another kind, count for nothing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    whole = text[: text.rfind("\n") + 1]
    found = {}
    for row in csv.DictReader(io.StringIO(whole, newline="")):
        if tuple(row) == HEADER and row["file"] and None not in row.values():
            found[row["file"]] = row
    return found
