"""What is said in another language: days, lengths and lists as it writes them, numbers as the shop's market does."""

from __future__ import annotations

from datetime import date

import pytest

import playbook
from playbook import formats
from playbook.language import speaking
from playbook.report.forms.as_text import as_text
from playbook.report.words import opening
from tests.conftest import ROOT

DAY = date(2026, 11, 14)


@pytest.fixture(scope="module")
def sessions() -> list[playbook.Session]:
    return playbook.read(sorted((ROOT / "data/samples/fewer_came_in").iterdir()))


@pytest.mark.parametrize(
    ("code", "day", "whole", "names"),
    [
        ("en", "Nov 14", "Sat, Nov 14, 2026", "a, b and c"), ("id", "14 Nov", "Sab, 14 Nov 2026", "a, b, dan c"),
        ("pt_BR", "14 de nov.", "sáb., 14 de nov. de 2026", "a, b e c"),
        ("zh_Hans", "11月14日", "2026年11月14日周六", "a、b和c"),
        ("th", "14 พ.ย.", "เสาร์ 14 พ.ย. 2026", "a b และc"), ("en_XA", "Nov 14", "Sat, Nov 14, 2026", "a, b, and c"),
    ],
)  # fmt: skip
def test_days_and_lists_are_those_of_the_language(code: str, day: str, whole: str, names: str) -> None:
    with speaking(code):
        assert formats.day(DAY) == day
        assert formats.weekday(DAY, year=True) == whole
        assert formats.listed(["a", "b", "c"]) == names


def test_a_unit_is_an_id_in_every_language() -> None:
    """Pages write an amount where the unit is money."""
    with speaking("es_419"):
        assert playbook.load().counts["gmv"].unit == "money"


@pytest.mark.parametrize("code", ["en", "id", "pt_BR", "zh_Hans", "th"])
def test_numbers_stay_those_of_the_market(code: str) -> None:
    with speaking(code):
        with formats.written_for("IDR"):
            assert (formats.count(62941), formats.percent(0.061)) == ("62.941", "6,1%")
            assert formats.money_short(3_500_000, "IDR") == "Rp 3,5 jt"
        with formats.written_for("USD"):
            assert (formats.count(62941), formats.money_short(41_200, "USD")) == ("62,941", "$41.2K")


def test_lengths_of_time_have_the_units_of_the_language() -> None:
    with speaking("id"):
        assert [formats.seconds(each) for each in (27, 72, 7500, -90)] == [
            "27 dtk", "1 mnt 12 dtk", "2 jam 5 mnt", "-1 mnt 30 dtk",
        ]  # fmt: skip
    assert formats.seconds(-90) == "-1 min 30 s"


@pytest.mark.parametrize("code", ["id", "pt_BR"])
def test_a_review_opens_in_the_language_with_the_same_numbers(code: str, sessions: list[playbook.Session]) -> None:
    english = playbook.review(sessions[-1], sessions[:-1], playbook.load())
    with speaking(code):
        found = playbook.review(sessions[-1], sessions[:-1], playbook.load())
        said = [opening.headline(found), *opening.details(found), as_text(found)]
    plain = [opening.headline(english), *opening.details(english), as_text(english)]
    assert all(one != other for one, other in zip(said, plain, strict=True))
    assert found.judgements["err"].verdict == english.judgements["err"].verdict == "below"
    for number in ("Rp 3,5 jt (64%)", "3,6%", "6,3–11,1%"):
        assert any(number in each for each in said) and any(number in each for each in plain)


def test_every_word_of_how_a_review_opens_goes_through_a_catalog(sessions: list[playbook.Session]) -> None:
    """In the language that nobody speaks no English word of ours is left in it."""
    with speaking("en_XA"):
        found = playbook.review(sessions[-1], sessions[:-1], playbook.load())
        said = " ".join([opening.headline(found), *opening.details(found), *opening.to_do_parts(found), *found.notes])
    words = [each for each in said.split() if each.isascii() and each.strip("[]~().,:;%-").isalpha()]
    assert [each for each in words if each.strip("[].,:;()") not in NOT_OURS] == []


#: The market's money, and what CLDR puts between names.
NOT_OURS = {"Rp", "jt", "and"}
