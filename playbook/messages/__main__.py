"""`python -m playbook.messages`: from the sentences in the code to catalogs, and from catalogs to what the app reads.

update    (or nothing) find every message, bring it into every catalog, compile them
compile   after a catalog was translated: write what the program reads
new CODE  begin a language: `new sv`, `new pt_BR`
check     what is missing, doubtful or stale
"""

from __future__ import annotations

import argparse
import sys

from babel.core import Locale, UnknownLocaleError

from playbook.knowledge.load import load
from playbook.language import catalogs

from . import files, glossary, lint
from .extract import template


def main(words: list[str] | None = None) -> int:
    """0 done, 1 something is wrong with a catalog, 2 nothing could be done."""
    parser = argparse.ArgumentParser(
        prog="playbook.messages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("update", "compile", "new", "check"), default="update")
    parser.add_argument("code", nargs="?", metavar="CODE", help="with new: the code of the language, as CLDR has it")
    options = parser.parse_args(words)
    if (options.what == "new") != (options.code is not None):
        parser.error("new takes the code of a language, the others take none")
    if options.what == "check":
        return check()
    if options.what != "compile":
        try:
            update(options.code)
        except (ValueError, UnknownLocaleError):
            print(f"'{options.code}' is no language that CLDR knows. Write it like sv or pt_BR.", file=sys.stderr)
            return 2
    files.compile_all()
    return report()


def update(new: str | None = None) -> None:
    """Bring every message into the template and every catalog; begin one for `new`."""
    if new is not None:
        Locale.parse(new)
    found = template()
    files.template_path().parent.mkdir(parents=True, exist_ok=True)
    files.template_path().write_bytes(files.as_po(found))
    for code in [*files.codes(), *([new] if new else [])]:
        files.write(code, files.updated(code, found))


def report() -> int:
    """How far each language is, on the terminal."""
    for code in files.codes():
        catalog = files.read(files.po_of(code), code)
        every = files.messages(catalog)
        there = sum(map(files.is_translated, every))
        print(f"{code}: {there} of {len(every)} messages, {there / len(every):.1%}")
    return 0


def check() -> int:
    """Everything that is wrong, one a line."""
    wrong = [f"{each}: is not current; run: python3 run.py messages" for each in lint.stale(template())]
    for code in files.codes():
        catalog = files.read(files.po_of(code), code)
        wrong += lint.problems(code, catalog, whole=files.done(catalog) >= catalogs.ENOUGH)
        if glossary.path_of(code).exists():
            wrong += glossary.problems(code, glossary.glossary(code), catalog, load())
    for line in wrong:
        print(line)
    return 1 if wrong else report()


if __name__ == "__main__":
    sys.exit(main())
