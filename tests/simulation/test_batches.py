"""Made-up drops of an agency, and what the reader makes of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.batches import BatchScore, fates, score
from playbook.imports import read_files
from playbook.simulation.batches import FILES, LANGUAGES, batch


def test_a_seed_gives_the_same_drop_with_its_answers() -> None:
    one, two = (batch(np.random.default_rng(3), "zh") for _ in range(2))
    assert one == two
    names = [name for name, _ in one.files]
    assert len(names) == FILES + 1 == len(set(names)) and set(one.homes) < set(names)
    assert set(one.copies) <= set(one.homes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_a_drop_is_recognised(language: str) -> None:
    drop = batch(np.random.default_rng(4), language)
    kinds = {each.name: each.kind for each in read_files(list(drop.files), saved=drop.saved).files}
    assert "sessions" in kinds.values() and {"trend", "products"} < set(kinds.values())


def test_files_are_laid_right_or_asked_about() -> None:
    found = score(15, 11)
    assert found.wrong == 0
    assert found.right >= 0.96 * found.files > 200


def test_what_fits_no_live_here_is_asked_about() -> None:
    """The same drops where nothing is saved: the files of those LIVEs have nowhere to go."""
    for seed in range(8):
        drop = batch(np.random.default_rng([12, seed]))
        away = {live.start for live in drop.saved}
        bare = replace(drop, saved=(), homes={n: None if h in away else h for n, h in drop.homes.items()})
        assert "wrong" not in fates(bare).values()
        assert all(fate == "asked" for name, fate in fates(bare).items() if bare.homes[name] is None)


def test_a_file_on_another_live_counts_as_wrong() -> None:
    drop = batch(np.random.default_rng(5), "en")
    name, home = next((name, home) for name, home in drop.homes.items() if home and fates(drop)[name] == "right")
    other = next(each for each in drop.homes.values() if each not in (None, home))
    assert fates(replace(drop, homes=drop.homes | {name: other}))[name] == "wrong"
    assert score(0, 1) == BatchScore(0, 0, 0, 0)
