"""What is said of a file is said in the language of the person who asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playbook.imports import apart
from playbook.imports.apart import pool
from playbook.imports.hints import hints
from playbook.imports.results import FilesRead
from playbook.language import speaking
from playbook.language.pseudo import PSEUDO, pseudo
from playbook.model import notes
from playbook.model.session import UnusableFile

LIST = b"start,views,likes,product_clicks,sku_orders\n2026-08-01 19:00,many,3,9,1\n2026-08-02 19:00,900,4,12,2\n"


@pytest.fixture(autouse=True, scope="module")
def none_left() -> Iterator[None]:
    """No process of this module is there for the next one."""
    yield
    pool.close()


def remark(found: FilesRead) -> str:
    return next(str(each) for each in found.warnings if "many" in each.message)


def test_two_people_read_the_same_file_each_in_their_language() -> None:
    """The same process answers both, one behind the other."""
    said = []
    for language in (PSEUDO, "en", PSEUDO):
        with speaking(language):
            said.append(remark(apart.read_files([("lives.csv", LIST)])))
    assert said[1] == "lives.csv, row 2, column 'views': 'many' is not a number; left unknown"
    assert said[0] == said[2] != said[1] and said[0].startswith("lives.csv, [ŕöŵ 2")
    assert pseudo("'{cell}' is not a number; left unknown").format(cell="many") in said[0]


@pytest.mark.parametrize(
    ("name", "content", "beginning"),
    [
        ("x.pdf", b"%PDF-1.7", "[x.pdf: ţĥîš"),
        ("x.csv", b"", "[x.csv: ţĥé"),
        ("x.csv", b"only words here\n", "[x.csv: "),
    ],
)
def test_a_refusal_is_in_the_language_of_who_asks(name: str, content: bytes, beginning: str) -> None:
    with speaking(PSEUDO), pytest.raises(UnusableFile) as refused:
        apart.read_files([(name, content)])
    assert str(refused.value).startswith(beginning)
    with pytest.raises(UnusableFile) as again:
        apart.read_files([(name, content)])
    assert str(again.value).startswith(f"{name}: ")


def test_a_question_and_how_it_is_answered() -> None:
    rows = b"start,views,likes,product_clicks,sku_orders\n" + b"".join(
        f"0{day}/0{day + 1}/2026 19:00,{900 + day},4,12,2\n".encode() for day in range(1, 5)
    )
    with speaking(PSEUDO):
        found = hints(apart.read_files([("lives.csv", rows)]).questions)
    assert found and all("[" in each and "comes first" not in each and "Answer" not in each for each in found)


def test_a_note_that_is_kept_with_a_live_is_kept_in_english_and_said_in_any_language() -> None:
    """It is stored once for all who read it."""
    with speaking(PSEUDO):
        rows = b"start,views,likes,product_impressions,product_clicks,sku_orders\n2026-08-01 19:00,1.2K,3,50,90,1\n"
        live = apart.read_files([("lives.csv", rows)]).sessions[0]
        said = [notes.said(each) for each in live.notes]
    assert "The export shortens some numbers (like 1.2K), so these are rounded: views." in live.notes
    assert "90 product clicks from 50 product impressions cannot both be right; both are kept." in live.notes
    assert len(said) == len(live.notes) == 2 and all(each.startswith("[") for each in said)
    assert pseudo("product clicks") in said[0] + said[1] and "90" in said[0] + said[1]
    assert [notes.said(each) for each in live.notes] == list(live.notes)


def test_a_note_of_another_version_stays_as_it_was_written() -> None:
    with speaking(PSEUDO):
        assert notes.said("Something that no template says.") == "Something that no template says."
        assert notes.said(notes.DAY_ALONE) == pseudo(notes.DAY_ALONE)
