"""The mutator: what it changes, what it leaves alone, and that a mutant which no test sees is told from one that is."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path

import pytest

from benchmarks import mutate
from benchmarks.mutants import Mutant, mutants


def after(source: str) -> set[str]:
    return {each.after for each in mutants("m.py", source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", "(a <= b)"),
        ("a == b", "(a != b)"),
        ("a + b", "(a - b)"),
        ("a * b", "(a / b)"),
        ("a and b", "(a or b)"),
        ("not a", "(a)"),
        ("-a", "(a)"),
        ("f(3)", "(4)"),
        ("f(2.5)", "(5.0)"),
        ("f(True)", "(False)"),
        ("max(a, b)", "(min(a, b))"),
        ("np.floor(a)", "(np.ceil(a))"),
        ("html.escape(a)", "(a)"),
        ("a if b else c", "(a if not b else c)"),
        ("a += b", "pass"),
        ("a.replace(b, c)", "(a)"),
        ("SIGNS.sub(b, c)", "(c)"),
    ],
)
def test_one_small_mistake(source: str, expected: str) -> None:
    assert expected in after(source)


@pytest.mark.parametrize(
    "source",
    [
        "PRIOR = 0.3",
        "PRIORS: dict[str, float] = {'a': 2, 'b': 3}",
        "'a docstring < that + compares'",
        "raise ValueError(3)",
        "assert a < b",
        "@cache(maxsize=3)\ndef f(a: Literal[3]) -> Literal[4]: ...",
        "'a' + b",
        "if TYPE_CHECKING:\n    a = 3",
    ],
)
def test_what_is_left_alone(source: str) -> None:
    assert after(source) == set()


def test_operators_inside_a_constant_are_changed_and_numbers_of_a_function_too() -> None:
    assert after("LIMIT = 60 * 24") == {"(60 / 24)"}
    assert "(4)" in after("def f():\n    LOCAL = 3")


def test_signs_of_other_scripts_do_not_move_the_place() -> None:
    source = "x = 'ราคา' if a < 1 else 'é'\ny = a < 2\n"
    for each in mutants("m.py", source):
        ast.parse(each.applied(source))
    (last,) = [each for each in mutants("m.py", source) if each.after == "(a <= 2)"]
    assert last.applied(source).endswith("y = (a <= 2)\n")
    assert last.key == "m.py::module::a < 2 -> (a <= 2)"


def test_the_sample_is_the_same_for_a_seed_and_every_module_has_its_turn() -> None:
    first = mutate.drawn(120, 1)
    assert first == mutate.drawn(120, 1) != mutate.drawn(120, 2)
    assert len(set(first)) == 120
    texts = {str(path.relative_to(mutate.ROOT)): path.read_text(encoding="utf-8") for path in mutate.modules()}
    assert {each.module for each in first} == {name for name, text in texts.items() if mutants(name, text)}


def test_every_module_has_tests_that_are_there() -> None:
    assert all(mutate.tests_of(str(path.relative_to(mutate.ROOT))) for path in mutate.modules())


def test_an_equivalent_one_needs_a_reason() -> None:
    assert mutate.equivalent("# a note\nm.py::f::a -> b  both are zero here\n") == {
        "m.py::f::a -> b": "both are zero here"
    }
    with pytest.raises(ValueError, match="gives no reason"):
        mutate.equivalent("m.py::f::a -> b\n")
    mutate.equivalent(mutate.EQUIVALENT.read_text(encoding="utf-8"))


def test_the_sum_tells_how_many_were_killed(capsys: pytest.CaptureFixture[str]) -> None:
    some = Mutant("a/m.py", 0, 1, 1, "f", "a", "b")
    ended = [mutate.MutantEnd(some, how) for how in ("killed", "killed", "killed", "survived", "not tried")]
    assert mutate.summed_up(ended, 0, 5, 1, 2.0) == 0
    assert "75.0% of 4 killed, 1 survived, 0 called equivalent, 1 not tried" in capsys.readouterr().out
    assert mutate.summed_up(ended, 6, 100, 1, 2.0) == 1


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="ends whole sessions of processes")
def test_a_mutant_that_a_test_sees_is_killed_and_another_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(mutate.ROOT / "benchmarks", tmp_path / "benchmarks")
    (tmp_path / "playbook").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    (tmp_path / "playbook" / "__init__.py").write_text("")
    (tmp_path / "playbook" / "m.py").write_text("def f(a):\n    return a < 3\n\n\ndef g(a):\n    return a + 1\n")
    (tmp_path / "tests" / "test_m.py").write_text(
        "from playbook.m import f\n\ndef test_f():\n    assert f(2) and not f(3)\n"
    )
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setattr(mutate, "TESTS", {"playbook/m.py": ("tests",)})
    ended = {each.mutant.after: each.how for each in mutate.judged(mutate.drawn(9, 1), 1, 20, 120)}
    assert ended == {"(a <= 3)": "killed", "(4)": "killed", "(a - 1)": "survived", "(2)": "survived"}
