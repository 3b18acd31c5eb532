"""What `playbook check` and `playbook test` run: every complaint about a folder of knowledge, as data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playbook.diagnosis.diagnose import diagnose
from playbook.knowledge.exports import load_profiles
from playbook.knowledge.files import collect
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.reader import Problem

from .examples import ExampleResult, Judge, run_all, untested_lines
from .lint import lint_coverage, lint_lesson, lint_strategy


def check(folder: Path | None = None, judge: Judge = diagnose) -> list[Problem]:
    """Everything wrong with a folder or one file, or with the built-in content when None is given; sorted.

    What does not load comes from reading; besides, lints: missing kinds of example, lines of `when` that no
    example tests, sentences in braces, pressing words without their condition, metrics nobody answers.
    """
    folder = None if folder is not None and folder.resolve() == CONTENT else folder
    knowledge = load(folder)
    own = folder is not None
    problems = list(knowledge.problems)
    for name, strategy in knowledge.strategies.items():
        if not own or name in knowledge.own:
            problems += lint_strategy(strategy, knowledge.documents[name])
    for name in knowledge.lessons:
        if not own or name in knowledge.own_lessons:
            problems += lint_lesson(knowledge.lesson_documents[name])
    problems += untested_lines(knowledge, own, judge)
    if folder is None:
        problems += lint_coverage(knowledge)
    elif folder.is_dir() and not collect(folder)[0] and not problems and not (folder / "exports").is_dir():
        problems.append(Problem(str(folder), 1, 1, "holds no strategy files (*.yaml); copy one there to begin with"))
    return sorted({*problems, *_profiles(folder)})


def _profiles(folder: Path | None) -> list[Problem]:
    """What is wrong with the export profiles of the built-in content, or of the folder's `exports/`."""
    place = (folder or CONTENT) / "exports"
    return [replace(each, file=f"exports/{each.file}") for each in load_profiles(place)[1]] if place.is_dir() else []


def run_examples(folder: Path | None = None, judge: Judge = diagnose) -> tuple[list[Problem], list[ExampleResult]]:
    """Problems that keep files from loading, and every example of the files that do load.

    A run passes when there is no problem and every result has `passed`.
    """
    knowledge = load(folder)
    return list(knowledge.problems), run_all(knowledge, folder is not None, judge)
