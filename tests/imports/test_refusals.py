"""Every kind of refusal in words: which file, what it is, what to do; nothing of Python, of this machine, or twice."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import playbook.imports
from playbook.imports import NothingToReview, built_in_profiles, read_files
from playbook.imports.results import Failure
from playbook.model.session import UnusableFile
from tests.refusals import asked, every, together

REFUSALS = every()
#: Verbs that say what to do, and what was wrong of a file that nobody can mend.
TO_DO = re.compile(
    r"\b([Aa]dd|[Dd]ownload|[Ee]xport|[Dd]rop|[Ss]ave|[Uu]se|[Uu]npack|[Oo]pen|[Tt]ype|[Cc]hoose|[Gg]ive|[Aa]sk|[Cc]opy)\b"
)


@pytest.mark.parametrize("kind", REFUSALS)
def test_each_is_a_plain_sentence(kind: str) -> None:
    name, data = REFUSALS[kind]
    with pytest.raises(NothingToReview) as error:
        read_files([(name, data)])
    said = str(error.value)
    inner = {"archive in an archive": "more.zip", "bytes": "large.csv"}.get(kind, name)
    assert said.startswith((f"{inner}: ", f"{inner}, row ", f"{inner}, page ")), said
    assert TO_DO.search(said.removeprefix(inner)), said
    assert not re.search(r"Traceback|Error\b|Exception|None\b|/tmp|/home|\.py\b|Expecting|object at", said), said
    sentences = [each.strip() for each in re.split(r"(?<=[.:]) ", said)]
    assert len(set(sentences)) == len(sentences) and said.endswith(".") and ".." not in said, said


def test_every_lookalike_is_provoked() -> None:
    """A new layout that is refused is read on the page as well."""
    tables = {each.id: each for each in built_in_profiles().values() if each.kind == "lookalike" and not each.json_rows}
    assert tables.keys() <= REFUSALS.keys()
    for name, profile in tables.items():
        with pytest.raises(NothingToReview, match="this looks like") as error:
            read_files([REFUSALS[name]])
        assert profile.title in str(error.value)


#: The folders and modules in which sentences about a file are made, and those that only hand them on.
_MAKERS = ("formats", "layout", "own", "opening.py", "lives/gathering.py")
_HANDED_ON = {"str(error)", "message", "said", "each.text", "damaged"}


def _sites() -> Iterator[tuple[str, range, str]]:
    """Where a refusal is made: module, lines, and the expression of its sentence."""
    root = Path(playbook.imports.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if not str(path.relative_to(root)).startswith(_MAKERS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UnusableFile", "Failure"):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                yield str(path), lines, ast.unparse(node.args[-1])


def test_every_sentence_is_provoked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this module and the browser read is all that the importer can print of a file."""
    made: set[tuple[str, int]] = set()

    def watched(cls: type) -> None:
        before = cls.__init__  # type: ignore[misc]

        def init(self: object, *given: object, **named: object) -> None:
            frame = sys._getframe(1)
            while frame.f_code.co_name in ("__init__", "init") and frame.f_back:
                frame = frame.f_back
            made.add((frame.f_code.co_filename, frame.f_lineno))
            before(self, *given, **named)

        monkeypatch.setattr(cls, "__init__", init)

    watched(UnusableFile)
    watched(Failure)
    for files in ([each] for each in (*every().values(), *asked().values())):
        with pytest.raises(UnusableFile):
            read_files(files)
    for files in together().values():
        assert read_files(files).failures
    sites = list(_sites())
    provoked = {said for path, lines, said in sites if any(at == path and line in lines for at, line in made)}
    assert {said for _, _, said in sites} - _HANDED_ON <= provoked
