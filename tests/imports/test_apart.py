"""Files read in a process of their own: the same reading, and whatever becomes of the process, a sentence."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.apart import stillness
from playbook.cli.main import main
from playbook.imports import FilesRead, NothingToReview, built_in_profiles
from playbook.imports import read_files as read_here
from playbook.imports.apart import Limits, NotNow, limits, pool, read_files, read_paths, wire
from playbook.imports.layout.mapping import profile_from_mapping
from playbook.knowledge.exports import load_profiles
from playbook.model.session import Session, Source, UnusableFile
from tests.conftest import ROOT

FILES = [
    path
    for folder in ("tests/fixtures/exports", "data/samples")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".csv", ".json", ".xlsx")
]
GOOD = ("good.csv", b"start,views,likes\n2026-03-01 19:00,100,20\n")
LINUX = pytest.mark.skipif(not limits.DEPENDABLE, reason="limits of memory are only held on Linux")
TOLD = (
    "{name}: could not be read within limits of {limits}, which no LIVE export needs. Check that it is the right file, "
    "export fewer days, or save the sheet as CSV."
)


@pytest.fixture(autouse=True, scope="module")
def none_left() -> Iterator[None]:
    yield
    pool.close()


def whatever(read: Callable[..., FilesRead], *files: tuple[str, bytes], **options: Any) -> tuple[str, FilesRead]:
    try:
        return "", read(list(files), **options)
    except NothingToReview as error:
        return str(error), error.reading
    except UnusableFile as error:
        return str(error), FilesRead()


def same(one: FilesRead, other: FilesRead) -> None:
    assert one == other
    for a, b in zip((*one.sessions, *one.joined), (*other.sessions, *other.joined), strict=True):
        assert (a.trend is None) == (b.trend is None)
        if a.trend is not None and b.trend is not None:
            pd.testing.assert_frame_equal(a.trend, b.trend)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_same_is_read_as_here(path: Path) -> None:
    file = (path.name, path.read_bytes())
    here, apart = whatever(read_here, file, day_first=True), whatever(read_files, file, day_first=True)
    assert here[0] == apart[0]
    same(here[1], apart[1])


def test_files_of_one_live_together_with_answers() -> None:
    paths = sorted((ROOT / "data/samples/fewer_came_in").iterdir())
    options: dict[str, Any] = {
        "timezone": "Asia/Jakarta",
        "trend_totals": False,
        "known_accounts": ("a",),
        "belongs": {},
    }
    same(
        read_paths(paths, **options),
        whatever(read_here, *((each.name, each.read_bytes()) for each in paths), **options)[1],
    )


def test_saved_lives_go_along_and_come_back_with_what_was_laid_on_them() -> None:
    saved = [
        Session(
            f"76000000000000000{at:02}", {"views": 5_000.0 + 400 * at, "impressions": None}, title="Evening \ud83d",
            start=datetime(2026, 8, at, 19), duration_minutes=90.0, creator="a", approximate=frozenset({"views"}),
            source=Source("list.csv", "own", at), extra={"Host": "Dana"}, notes=("a note",),
        )
        for at in (1, 2, 3)
    ]  # fmt: skip
    file = ("trend.csv", b"time,views\n2026-08-02 19:00,2800\n2026-08-02 19:30,2000\n2026-08-02 20:00,1000\n")
    silent = ("silent.csv", b"minute,comments\n0,5\n1,4\n2,7\n")
    for files in ((file,), (silent,), (file, silent)):
        here, apart = (whatever(read, *files, saved=saved, sure_only=True) for read in (read_here, read_files))
        assert here[0] == apart[0]
        same(here[1], apart[1])
    assert [each.id for each in apart[1].joined] == [saved[1].id] and apart[1].joined[0].trend is not None
    assert [each.home for each in apart[1].files] == [saved[1].id]
    assert wire.lives_of(json.loads(wire.pack(wire.plain_lives(saved)))) == saved


def test_a_layout_of_ones_own_goes_along(tmp_path: Path) -> None:
    files = [("own.csv", b"Wann,Zuschauer\n2026-03-01 19:00,100\n")]
    table = whatever(read_here, *files)[1].unknown[0]
    text = profile_from_mapping("Mine", table, {"Wann": "start", "Zuschauer": "views"})
    (tmp_path / "my_mine.yaml").write_text(text, encoding="utf-8")
    profiles = {**load_profiles(tmp_path)[0], **built_in_profiles()}
    same(read_files(files, profiles), read_here(files, profiles))


@given(st.binary(max_size=300))
def test_bytes_that_are_no_answer_are_told_apart(noise: bytes) -> None:
    with pytest.raises(wire.Garbled):
        wire.gathered([noise or b"x"])
    stream = io.BytesIO(noise)
    with pytest.raises(wire.Garbled):
        while True:
            wire.read(stream)


SOUND = FilesRead((Session("7", {"views": 5.0}, title="a"),))
#: The bytes of a double, as figures are sent.
FIVE = "AAAAAAAAFEA="


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 7), ("counts", [["views"], 1, "5"]), ("counts", [["nonsense"], 1, FIVE]), ("counts", [[7], 1, FIVE]),
        ("counts", [["views"], 2, FIVE]), ("counts", [["views"], True, FIVE]), ("reported", [["err", "ctr"], 1, FIVE]),
        ("title", ["a"]), ("start", 5), ("start", "tomorrow"), ("running", 1), ("trend", [["minute"], "x"]),
        ("trend", [["a", "b"], "AAAAAAAAAAA="]), ("products", [["a"]]), ("source", ["a", "b", "c"]),
        ("extra", {"a": 1}), ("notes", [1]),
    ],
)  # fmt: skip
def test_a_session_of_other_kinds_of_values_is_not_taken(field: str, value: object) -> None:
    pieces = list(wire.frames(SOUND))
    kind, (counts, reported, (others,)) = json.loads(pieces[1])
    if field in wire.FIELDS:
        others[wire.FIELDS.index(field)] = value
    sent = value if field == "counts" else counts, value if field == "reported" else reported, [others]
    pieces[1] = json.dumps([kind, sent]).encode()
    with pytest.raises(wire.Garbled):
        wire.gathered(pieces)


def test_an_answer_without_end_is_not_waited_for() -> None:
    frame = (300).to_bytes(8, "big") + b"x" * 300
    with pytest.raises(wire.TooLarge):
        list(wire.answer(io.BytesIO(frame * 100), 1_000))
    with pytest.raises(wire.Garbled):
        wire.read(io.BytesIO((2**60).to_bytes(8, "big")))


def test_more_lives_than_can_be_kept_are_told() -> None:
    def many(name: str) -> tuple[str, bytes]:
        rows = (f"{name}{at},2026-03-{at % 28 + 1:02} {at % 24:02}:{at % 60:02},5" for at in range(4_000))
        return (f"{name}.csv", "\n".join(["session_id,start,views", *rows]).encode())

    one = sum(map(len, wire.frames(read_here([many("1")]))))
    few = Limits(answer=one // 2)
    said, _ = whatever(read_files, many("1"), limits=few)
    assert said == ("1.csv: has more LIVEs or rows than can be kept at once. Export fewer days, or give fewer files.")
    few = Limits(answer=one * 3 // 2)
    said, reading = whatever(read_files, many("1"), many("2"), limits=few)
    assert said.startswith("1.csv, 2.csv: has more LIVEs or rows than can be kept at once")
    assert [each.name for each in reading.failures] == ["1.csv, 2.csv"]


def tight() -> Limits:
    """Some 60 MB more than a process has that just read a small file."""
    read_files([GOOD])
    pages = int(Path(f"/proc/{pool._idle[-1].process.pid}/statm").read_text(encoding="ascii").split()[0])
    return Limits(memory=pages * 4096 + 60_000_000)


@LINUX
def test_memory_beyond_the_limit_is_a_sentence() -> None:
    few = tight()
    big = ("big.csv", b"start,views\n" + b"2026-03-01 19:00,5,,,,,,,,,,,,,,,,\n" * 99_000)
    said, _ = whatever(read_files, big, limits=few)
    assert said == TOLD.format(name="big.csv", limits=few)
    said, reading = whatever(read_files, GOOD, big, limits=few)
    assert said == "" and [each.name for each in reading.failures] == ["big.csv"]
    assert reading.sessions[0].counts["views"] == 100, "what was good beside it is kept"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Readers that do something else first when a file is called bad.csv."""

    def does(code: str) -> None:
        (tmp_path / "sitecustomize.py").write_text(
            "import sys, importlib\n"
            "class Finder:\n"
            "    def find_spec(self, name, path, target=None):\n"
            "        if name != 'playbook.imports.opening': return None\n"
            "        sys.meta_path.remove(self)\n"
            "        spec = importlib.util.find_spec(name)\n"
            "        run = spec.loader.exec_module\n"
            "        def patched(module):\n"
            "            run(module)\n"
            "            before = module.open_files\n"
            "            def open_files(files, *more):\n"
            "                if any(name == 'bad.csv' for name, _ in files):\n"
            f"                    {code}\n"
            "                return before(files, *more)\n"
            "            module.open_files = open_files\n"
            "        spec.loader.exec_module = patched\n"
            "        return spec\n"
            "import importlib.util\n"
            "sys.meta_path.insert(0, Finder())\n",
            encoding="utf-8",
        )
        pool.close()
        monkeypatch.setattr("playbook.processes._ROOT", f"{tmp_path}{os.pathsep}{ROOT}")

    return does


BAD = ("bad.csv", GOOD[1])
DEATHS = [
    "import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "import os; os.abort()",
    "raise MemoryError", "bytearray(5_000_000_000)", "[0] * 10**12",
    "import os; os.write(3, b'noise' * 1000); os._exit(0)",
]  # fmt: skip


@LINUX
@pytest.mark.parametrize("code", DEATHS)
def test_whatever_ends_the_process_is_a_sentence(code: str, slow: Callable[[str], None]) -> None:
    slow(code)
    said, reading = whatever(read_files, BAD)
    assert said == TOLD.format(name="bad.csv", limits=Limits())
    assert [each.name for each in reading.failures] == ["bad.csv"]
    assert not children("defunct"), "no trace stays in the list of processes"


def test_what_is_good_beside_it_is_read(slow: Callable[[str], None]) -> None:
    slow("import os; os._exit(0)")
    said, reading = whatever(read_files, GOOD, BAD)
    assert said == "" and len(reading.sessions) == 1
    assert [each.name for each in reading.failures] == ["bad.csv"]


def test_processor_time_and_waiting_have_an_end(slow: Callable[[str], None]) -> None:
    slow("while True: pass")
    few = Limits(seconds=1, wall=30)
    began = time.monotonic()
    if limits.DEPENDABLE:
        assert whatever(read_files, BAD, limits=few)[0] == TOLD.format(name="bad.csv", limits=few)
        assert time.monotonic() - began < 20
    slow("import time; time.sleep(60)")
    few = Limits(wall=2)
    began = time.monotonic()
    assert whatever(read_files, BAD, limits=few)[0] == TOLD.format(name="bad.csv", limits=few)
    assert time.monotonic() - began < 12


@pytest.mark.parametrize("asked", [False, True])
def test_memory_is_watched_where_the_system_does_not_hold_it(
    asked: bool, slow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow("import time; kept = bytearray(300_000_000); kept[::4096] = b'x' * len(kept[::4096]); time.sleep(30)")
    monkeypatch.setattr(limits, "DEPENDABLE", False)
    if asked:  # as on macOS
        monkeypatch.setattr("pathlib.Path.read_text", _no_proc(Path.read_text))
    few = Limits(memory=250_000_000, wall=25)
    began = time.monotonic()
    assert whatever(read_files, BAD, limits=few)[0] == TOLD.format(name="bad.csv", limits=few)
    assert time.monotonic() - began < 20


def _no_proc(read: Callable[..., str]) -> Callable[..., str]:
    def without(path: Path, *args: Any, **more: Any) -> str:
        if str(path).startswith("/proc"):
            raise FileNotFoundError
        return read(path, *args, **more)

    return without


def children(word: str = "") -> list[str]:
    done = subprocess.run(["ps", "-o", "pid=,stat=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if "ps -o" not in line and word in line]


def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    assert whatever(read_files, GOOD)[0] == ""
    for each in pool._idle:
        each.process.kill()
        each.process.wait()
    assert whatever(read_files, GOOD)[0] == ""


def test_many_visitors_at_once_and_few_processes_after() -> None:
    answers: list[str] = []

    def visit(at: int) -> None:
        said, reading = whatever(read_files, (f"{at}.csv", f"start,views\n2026-03-01 19:00,{at + 1}\n".encode()))
        answers.append(said or str(reading.sessions[0].counts["views"] == at + 1))

    visitors = [threading.Thread(target=visit, args=(at,)) for at in range(12)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    assert answers == ["True"] * 12
    assert len(children("apart.child")) <= pool.WARM and not children("defunct")


def test_garbage_is_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    whatever(read_files, GOOD)
    assert gc.isenabled()
    gc.disable()
    try:
        whatever(read_files, GOOD)
        assert not gc.isenabled(), "whoever switched it off wanted it off"
    finally:
        gc.enable()


def test_another_visitor_gets_turns_while_much_is_read() -> None:
    """A thread that wants its turn every few milliseconds never waits for half a second; the machine may be busy."""
    rows = (f"76586572664{at:08},2026-03-{at % 28 + 1:02} {at % 24:02}:{at % 60:02},5,6" for at in range(10_000))
    table = "\n".join(["session_id,start,views,likes", *rows]).encode()
    still = []
    for _ in range(3):
        gap, _took = stillness(lambda: read_files([("x.csv", table)]))
        still.append(gap)
    assert min(still) < 0.5


def test_the_process_ends_with_whoever_started_it() -> None:
    code = (
        "from playbook.imports.apart import pool, read_files\n"
        "import time\n"
        "read_files([('x.csv', b'start,views\\n2026-03-01 19:00,5\\n')])\n"
        "print(pool._idle[0].process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.close()
    monkeypatch.setattr("playbook.processes.sys.executable", "/nowhere/python")
    with pytest.raises(NotNow, match=r"good\.csv: not read, because no process could be started for it"):
        read_files([GOOD])
    monkeypatch.setenv("PLAYBOOK_READ_HERE", "1")
    assert read_files([GOOD]).sessions


def test_the_process_knows_no_settings_and_no_passwords(
    slow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", "postgresql://me:secret@host/db")
    slow("import os; assert not [name for name in os.environ if 'PLAYBOOK' in name]")
    assert whatever(read_files, BAD)[0] == ""


def test_a_mistake_of_ours_is_a_sentence(slow: Callable[[str], None]) -> None:
    slow("raise KeyError('x')")
    said, _ = whatever(read_files, BAD)
    assert said.startswith("bad.csv: could not be read, by a mistake of this program (KeyError).")


def test_an_unset_reading_is_equal() -> None:
    same(wire.gathered(wire.frames(replace(SOUND, picked="7"))), replace(SOUND, picked="7"))


BIG = b"start,views\n" + b"2026-03-01 19:00,5,,,,,,,,,,,,,,,,\n" * 99_000


@LINUX
def test_stricter_limits_of_the_computer_are_kept(tmp_path: Path) -> None:
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (15, 15))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_900_000_000, 1_900_000_000))\n"
        "from playbook.imports.apart import read_files\n"
        "print(len(read_files([('x.csv', b'start,views\\n2026-03-01 19:00,5\\n')]).sessions))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "1\n", done.stderr


@LINUX
def test_a_command_says_a_sentence_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tight()
    monkeypatch.setattr(limits, "PATIENT", few)
    (tmp_path / "big.csv").write_bytes(BIG)
    assert main(["review", str(tmp_path / "big.csv")]) == 2
    assert capsys.readouterr().err.strip() == TOLD.format(name="big.csv", limits=few)


@LINUX
def test_one_hostile_shop_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tight()
    monkeypatch.setattr(limits, "PATIENT", few)
    for name, content in (("bad", BIG), ("good", GOOD[1])):
        (tmp_path / "shops" / name).mkdir(parents=True)
        (tmp_path / "shops" / name / "list.csv").write_bytes(content)
    assert main(["bulk", str(tmp_path / "shops"), "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    said = capsys.readouterr().err
    assert "list.csv: could not be read within limits" in said and "1 reviewed, 1 failed" in said
