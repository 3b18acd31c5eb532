"""A pytest that has collected its tests and waits: each mutant is tried in a fork of it, on the tests that reach it.

Started by `mutate.py` as a process of its own in a copy of the tree. First every test runs once in a fork, to see that
it passes, how long it takes and which lines of the mutated modules it reaches. Then, for each mutant, a fork puts the
changed code into the functions that are already imported (`__code__`) and runs the tests that reach the changed
statement: those of the file named like the module first, then the quickest, until one fails or the time is over. What
cannot be tried so (code that ran while modules were imported) is left to a fresh process. Needs `os.fork`.
"""

from __future__ import annotations

import ast
import gc
import importlib
import json
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import pytest

from benchmarks.mutants import Mutant

#: Seconds of the processor beyond the time for a mutant after which it is taken to run for ever, and of the clock.
_FOR_EVER, _HANGS = 30, 300
#: Share of tests that may fail without a mutant (clocks and memory, where many run at once): they are left out.
_MAY_FAIL = 0.01
#: How often the rest is tried without a test that took its process with it.
_RESTARTS = 4
Place = tuple[str, int]


@dataclass
class Reached:
    """What running all tests once showed: seconds and failures by test, tests by (module, line)."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    tests: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, other: Reached) -> None:
        self.seconds.update(other.seconds)
        self.failed += other.failed
        for place, tests in other.tests.items():
            self.tests[place] |= tests


class WarmTests:
    """A pytest plugin that takes the loop over the tests and runs mutants in it instead."""

    def __init__(self, job: Mapping[str, object], importing: coverage.Coverage) -> None:
        self.root = Path.cwd()
        self.sample = [Mutant(**each) for each in job["sample"]]  # type: ignore[attr-defined]
        self.tests_of: dict[str, list[str]] = job["tests_of"]  # type: ignore[assignment]
        self.workers, self.seconds = int(job["workers"]), float(job["seconds"])  # type: ignore[call-overload]
        self.until = time.monotonic() + float(job["most"])  # type: ignore[arg-type]
        self.importing = importing
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        modules = sorted({each.module for each in self.sample})
        for module in modules:
            importlib.import_module(module.removesuffix(".py").replace("/", "."))
        self.importing.stop()
        while_importing = set(self._lines(self.importing))
        with tempfile.TemporaryDirectory() as place:
            self.place = Path(place)
            reached = self._all_once(session, modules)
            if reached.failed:
                say({"fails without a mutant": sorted(reached.failed)})
            if len(reached.failed) > _MAY_FAIL * len(session.items):
                return True
            say({"tests": len(session.items), "seconds": round(sum(reached.seconds.values()), 1)})
            self._mutants(session, reached, while_importing)
        return True

    def _lines(self, of: coverage.Coverage) -> Iterator[Place]:
        data = of.get_data()
        for file in data.measured_files():
            yield from ((str(Path(file).relative_to(self.root)), line) for line in data.lines(file) or ())

    def _all_once(self, session: pytest.Session, modules: Sequence[str]) -> Reached:
        """Every test once, in as many forks as there are workers; files of tests stay together."""
        files = sorted({item.path for item in session.items})
        parts = [
            [item for item in session.items if files.index(item.path) % self.workers == at]
            for at in range(self.workers)
        ]
        reached = Reached()
        for _ in range(_RESTARTS):
            children = {}
            for at, part in enumerate(parts):
                target = self.place / f"reached{at}"
                children[self._fork(lambda part=part, target=target: self._reach(part, modules, target))] = part, target
            parts = []
            for child, (part, target) in children.items():
                _, status = os.waitpid(child, 0)
                if target.exists():
                    reached.add(Reached(*pickle.loads(target.read_bytes())))  # noqa: S301 - our own file of a second ago
                    target.unlink()
                else:
                    ended = target.with_suffix(".at").read_text()
                    reached.failed.append(ended)
                    say({"ended its process": ended, "status": status})
                    parts.append([each for each in part if each.nodeid != ended])
        if parts:
            raise SystemExit(f"{_RESTARTS} times a test ended its process; mend that first.")
        return reached

    def _reach(self, items: list[pytest.Item], modules: Sequence[str], target: Path) -> int:
        lines = coverage.Coverage(data_file=None, config_file=False, include=[str(self.root / m) for m in modules])
        found = Reached()
        lines.start()
        for item, following in zip(items, [*items[1:], None], strict=True):
            lines.switch_context(item.nodeid)
            target.with_suffix(".at").write_text(item.nodeid)
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            found.seconds[item.nodeid] = time.process_time() - began
        lines.stop()
        found.failed = list(self.failed)
        data = lines.get_data()
        for file in data.measured_files():
            module = str(Path(file).relative_to(self.root))
            for line, tests in data.contexts_by_lineno(file).items():
                found.tests[module, line] |= {each for each in tests if each}
        # Only what Python itself knows: a test of a page leaves another module in the place of this one.
        plain = (found.seconds, found.failed, dict(found.tests))
        target.with_suffix(".part").write_bytes(pickle.dumps(plain))
        target.with_suffix(".part").rename(target)
        return 0

    def _mutants(self, session: pytest.Session, reached: Reached, while_importing: set[Place]) -> None:
        functions = functions_of({str(self.root / each.module) for each in self.sample})
        items = {item.nodeid: item for item in session.items}
        running: dict[int, tuple[int, float]] = {}
        waiting = list(enumerate(self.sample))[::-1]
        while waiting or running:
            while waiting and len(running) < self.workers:
                at, mutant = waiting.pop()
                if time.monotonic() > self.until:
                    say({"mutant": at, "how": "not tried"})
                    continue
                tests = self._tests(mutant, reached, items)
                lines = {(mutant.module, line) for line in statement_lines(self.root / mutant.module, mutant)}
                changed = changed_functions(self.root / mutant.module, mutant)
                found = [
                    (functions.get((str(self.root / mutant.module), name), []), code) for name, code in changed or ()
                ]
                # A function that is not to be found alive would stay as it is, and every mutant in it would survive.
                if changed is None or lines & while_importing or not all(alive for alive, _ in found):
                    say({"mutant": at, "how": "fresh", "tests": [each.nodeid for each in tests]})
                elif not tests:
                    say({"mutant": at, "how": "survived", "why": "no test reaches it"})
                else:
                    child = self._fork(lambda tests=tests, found=found: self._try(tests, found))
                    running[child] = at, time.monotonic()
            for child, (at, began) in list(running.items()):
                ended, status = os.waitpid(child, os.WNOHANG)
                if not ended and time.monotonic() - began > _HANGS:
                    _end(child)
                    ended, status = os.waitpid(child, 0)
                if ended:
                    _end(child)
                    shutil.rmtree(self.place / str(child), ignore_errors=True)
                    say({"mutant": at, "how": "survived" if status == 0 else "killed"})
                    del running[child]
            time.sleep(0.01)

    def _tests(self, mutant: Mutant, reached: Reached, items: Mapping[str, pytest.Item]) -> list[pytest.Item]:
        """The tests of its folder that reach the statement, the likeliest first."""
        mine = self.tests_of[mutant.module]
        lines = statement_lines(self.root / mutant.module, mutant)
        names = {name for line in lines for name in reached.tests.get((mutant.module, line), ())} - set(reached.failed)
        stem = Path(mutant.module).stem

        def rank(name: str) -> tuple[bool, float]:
            return stem not in Path(name.partition("::")[0]).stem, reached.seconds[name]

        fine = [
            name for name in names if any(name == each or name.startswith((f"{each}/", f"{each}::")) for each in mine)
        ]
        return [items[name] for name in sorted(fine, key=rank)]

    def _try(
        self,
        tests: Sequence[pytest.Item],
        changes: Sequence[tuple[list[FunctionType], CodeType]],
    ) -> int:
        """1 when a test notices."""
        for functions, code in changes:
            for function in functions:
                function.__code__ = code
        import resource  # not on Windows

        limit = round(self.seconds + _FOR_EVER)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        began = time.process_time()
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return 1
            if time.process_time() - began > self.seconds:
                break
        return 0

    def _fork(self, work: Callable[[], int]) -> int:
        """A child of its own session that does the work, says nothing, and ends with its number."""
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            tempfile.tempdir = str(self.place / str(os.getpid()))
            os.mkdir(tempfile.tempdir)  # noqa: PTH102
            os.environ["TMPDIR"] = tempfile.tempdir
            code = work()
        except BaseException:  # noqa: BLE001 - whatever a mutant does ends here
            code = 1
        finally:
            os._exit(code)


def say(what: object) -> None:
    """One line of JSON to the process that started this one."""
    os.write(_OUT, f"\n{json.dumps(what)}\n".encode())


def _end(child: int) -> None:
    """End whatever a child of ours started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def functions_of(files: set[str]) -> dict[tuple[str, str], list[FunctionType]]:
    """The functions of these files that are alive, by file and qualified name; decorated ones are their inner ones."""
    found = defaultdict(list)
    frozen = gc.get_freeze_count() > 0
    gc.unfreeze()  # what is frozen is not listed, and tests/conftest.py freezes what it has imported
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in files:
            found[each.__code__.co_filename, each.__code__.co_qualname].append(each)
    if frozen:
        gc.freeze()
    return found


def changed_functions(path: Path, mutant: Mutant) -> list[tuple[str, CodeType]] | None:
    """Outermost functions and methods whose code the mutant changes; None where it changes what an import runs."""
    source = path.read_text(encoding="utf-8")
    before = _outer(compile(source, str(path), "exec"))
    after = _outer(compile(mutant.applied(source), str(path), "exec"))
    if before[0] != after[0] or list(before[1]) != list(after[1]):
        return None
    changed = [(name, code) for name, code in after[1].items() if code != before[1][name]]
    return None if any("<" in name for name, _ in changed) else changed


def _outer(code: CodeType) -> tuple[list[object], dict[str, CodeType]]:
    """What runs at import, as something to compare, and the functions directly in the module and its classes."""
    run: list[object] = [code.co_code, code.co_names]
    functions: dict[str, CodeType] = {}
    for each in code.co_consts:
        if not isinstance(each, CodeType):
            run.append(repr(each))
        elif _is_class(each):
            inner_run, inner = _outer(each)
            run += inner_run
            functions |= inner
        else:
            functions[each.co_qualname if each.co_qualname not in functions else f"<{len(functions)}>"] = each
    return run, functions


def _is_class(code: CodeType) -> bool:
    return "__module__" in code.co_names and "__qualname__" in code.co_names and code.co_argcount == 0


def statement_lines(path: Path, mutant: Mutant) -> range:
    """The lines of the innermost statement that holds the mutant."""
    line, found = mutant.line, range(mutant.line, mutant.line + 1)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            last = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno or node.lineno
            if node.lineno <= line <= last:  # deeper ones come later
                found = range(node.lineno, last + 1)
    return found


def main() -> int:
    global _OUT
    job = json.loads(sys.stdin.read())
    _OUT = os.dup(1)
    modules = {each["module"] for each in job["sample"]}
    importing = coverage.Coverage(data_file=None, config_file=False, include=[str(Path.cwd() / m) for m in modules])
    importing.start()
    tests = sorted({each for tests in job["tests_of"].values() for each in tests})
    warm = WarmTests(job, importing)
    options = ["-q", "-n", "0", "-p", "no:cacheprovider", "--rootdir", str(Path.cwd()), "-c", "pyproject.toml"]
    pytest.main([*options, *tests], plugins=[warm])
    return 0


_OUT = 1

if __name__ == "__main__":
    sys.exit(main())
