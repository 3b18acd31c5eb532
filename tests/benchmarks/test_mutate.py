"""The mutator: what it changes, what it leaves alone, and that a mutant which a test sees is killed and no other."""

from __future__ import annotations

import ast
import gc
import os
import shutil
from pathlib import Path

import pytest

from benchmarks import mutate, warm_tests
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
        "_PRIOR, _LEAST = 0.3, 5",
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
    (tmp_path / "playbook" / "m.py").write_text(
        "def f(a):\n    return a < 3\n\n\ndef g(a):\n    return a + 5\n\n\ndef h(a):\n    return a / 7\n\n\n"
        "LIMIT = 3 / 2\n\n\ndef i(a):\n    return a - 4\n\n\nSIX = i(10)\n"
    )
    (tmp_path / "tests" / "conftest.py").write_text(
        "import gc\n\nimport playbook.m\n\n\ndef pytest_configure():\n    gc.freeze()\n"
    )
    (tmp_path / "tests" / "test_m.py").write_text(
        "from playbook.m import LIMIT, SIX, f, h\n\n\ndef test_f():\n    assert f(2) and not f(3)\n\n\n"
        "def test_h():\n    assert h(1) is not None\n\n\ndef test_import():\n    assert (LIMIT, SIX) == (1.5, 6)\n"
    )
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setattr(mutate, "TESTS", {"playbook/m.py": ("tests",)})
    ended = {each.mutant.after: (each.how, each.why) for each in mutate.judged(mutate.drawn(30, 1), 1, 20, 120)}
    killed, unnoticed, unreached = ("killed", ""), ("survived", ""), ("survived", "no test reaches it")
    assert ended == {
        "(a <= 3)": killed, "(4)": killed, "(a * 7)": unnoticed, "(8)": unnoticed, "(a - 5)": unreached,
        "(6)": unreached, "(3 * 2)": killed, "(a + 4)": killed, "(5)": killed,
    }  # fmt: skip


def changed(source: str, after: str) -> list[str] | None:
    path = Path("m.py")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "read_text", lambda self, **_: source)
        (mutant,) = [each for each in mutants("m.py", source) if each.after == after]
        found = warm_tests.changed_functions(path, mutant)
    return None if found is None else [name for name, _ in found]


def test_code_of_functions_is_changed_in_place_and_what_an_import_runs_needs_a_new_process() -> None:
    source = (
        "class A:\n    limit = 3 + 4\n\n    @property\n    def f(self):\n        return [x < 5 for x in self]\n\n\n"
        "def g(a, b=6 - 1):\n    def inner():\n        return a * 7\n    return inner\n\n\nKEY = lambda x: x / 8\n"
    )
    assert changed(source, "(x <= 5)") == ["A.f"]
    assert changed(source, "(a / 7)") == ["g"]
    assert [changed(source, each) for each in ("(3 - 4)", "(6 + 1)", "(x * 8)")] == [None, None, None]


def test_a_function_that_the_garbage_collector_has_frozen_is_found() -> None:
    gc.freeze()
    found = warm_tests.functions_of({mutants.__code__.co_filename})
    assert mutants in found[mutants.__code__.co_filename, "mutants"]
    assert gc.get_freeze_count() > 0


def test_the_lines_of_a_statement_are_those_of_its_header_or_all_of_a_simple_one() -> None:
    source = "def f(a):\n    if (a <\n            3):\n        return g(\n            4,\n        )\n    return 5\n"
    found = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "read_text", lambda self, **_: source)
        for each in mutants("m.py", source):
            found[each.after] = warm_tests.statement_lines(Path("m.py"), each)
    assert found["(a <= 3)"] == range(2, 4) and found["(5)"] == range(4, 7) and found["(6)"] == range(7, 8)
