"""Damaged files give a reading or words, never anything else."""

# ruff: noqa: E501 - tables and messages read better on one line

from __future__ import annotations

import math
import random
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from benchmarks import fuzz
from playbook.imports import FilesRead, built_in_profiles, read_files
from playbook.model.session import Session, UnusableFile
from tests.conftest import ROOT

#: By default the command reads 100,000; these are as many of its files as fit into some seconds.
FEW = 600
SEED = 20261123


@pytest.mark.parametrize(
    "first", [0, 300, *(pytest.param(each, marks=pytest.mark.long) for each in (100, 200, 400, 500))]
)
def test_spoilt_files_are_read_or_refused_in_words(first: int) -> None:
    outcomes = [fuzz.read_one(SEED, index) for index in range(first, first + 100)]
    assert [each for each in outcomes if each.problem] == []
    assert {each.kind for each in outcomes} == {"read", "partly", "refused"}


def test_every_importer_is_spoilt_in_the_few() -> None:
    layouts = {each.layout for each in fuzz.sources()}
    known = {name for name, each in built_in_profiles().items() if each.kind != "lookalike"}
    assert known - layouts == {"api_overall"}  # it comes inside the answer with the minutes
    assert len(fuzz.sources()) < FEW / 5


def test_a_seed_and_a_number_bring_the_same_file_back() -> None:
    assert fuzz.spoilt(SEED, 77) == fuzz.spoilt(SEED, 77)
    assert fuzz.spoilt(SEED, 77)[1] != fuzz.spoilt(SEED + 1, 77)[1]


def test_the_command_prints_what_became_of_the_files() -> None:
    line = [sys.executable, "benchmarks/fuzz.py", "--files", "60", "--seed", "4", "--jobs", "2"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failures: 0" in done.stdout and "60 files in" in done.stdout and "template_sessions" in done.stdout


def test_what_must_not_be_is_noticed() -> None:
    sound = Session("a", {"views": 1.0}, duration_minutes=5.0)
    assert fuzz.unsound(FilesRead((sound,))) == ""
    assert fuzz.unsound(FilesRead()) == "a reading without a LIVE"
    assert fuzz.unsound(FilesRead((replace(sound, counts={"views": -1.0}),))) == "a: views is -1.0"
    assert fuzz.unsound(FilesRead((replace(sound, duration_minutes=math.inf),))) == "a: duration_minutes is inf"
    trend = pd.DataFrame({"minute": [0.0, -40.0], "views": [1.0, 2.0]})
    assert fuzz.unsound(FilesRead((replace(sound, trend=trend),))).startswith("a: a trend from")
    assert fuzz.badly_said("x.csv: the file is empty", "x.csv") == ""
    assert fuzz.badly_said("something went wrong", "x.csv").startswith("the message does not name the file")
    assert fuzz.badly_said("x.csv" * 1000, "x.csv").startswith("the message has 5,000 signs")


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
