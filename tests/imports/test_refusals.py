"""Every kind of refusal in words: which file, what it is, what to do; nothing of Python, of this machine, or twice."""

from __future__ import annotations

import re

import pytest

from playbook.imports import NothingToReview, built_in_profiles, read_files
from tests.refusals import every

REFUSALS = every()
#: Verbs that say what to do, and what was wrong of a file that nobody can mend.
TO_DO = re.compile(
    r"\b([Dd]ownload|[Ee]xport|[Dd]rop|[Ss]ave|[Uu]se|[Uu]npack|[Oo]pen|[Tt]ype|[Cc]hoose|[Gg]ive|[Aa]sk|[Cc]opy)\b"
)


@pytest.mark.parametrize("kind", REFUSALS)
def test_each_is_a_plain_sentence(kind: str) -> None:
    name, data = REFUSALS[kind]
    with pytest.raises(NothingToReview) as error:
        read_files([(name, data)])
    said = str(error.value)
    inner = "more.zip" if kind == "archive in an archive" else name
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
