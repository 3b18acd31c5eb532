"""Shops that take a process down, mistakes of ours, and clusters."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from playbook import __version__
from playbook.bulk import pools
from playbook.bulk.records import BulkOptions, Job, ShopDone
from playbook.bulk.results import Results, stem_of
from playbook.bulk.run import run
from playbook.cli.main import main
from playbook.model.session import UnusableFile
from tests.bulk import dying
from tests.bulk.conftest import NAMES


def test_a_process_that_ends_takes_no_other_shop_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.bulk.run.work", dying.work)
    names = ["a", "deadly", *(f"shop{number}" for number in range(8)), "wrong"]
    results = Results.open(tmp_path, "json")
    jobs = [Job(name) for name in names]
    done = {each.name: each for each in run(jobs, BulkOptions(), results, lambda: pools.here(2), 2)}
    assert sorted(done) == sorted(names)
    assert {name for name, each in done.items() if each.status == "failed"} == {"deadly", "wrong"}
    assert "ended without an answer" in done["deadly"].message
    assert "ZeroDivisionError: no minutes" in done["wrong"].message
    assert len((tmp_path / "index.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + len(names)


def test_shops_are_handed_out_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield Job(f"shop{number}")

    monkeypatch.setattr("playbook.bulk.run.work", dying.work)
    found = run(jobs(), BulkOptions(), Results.open(tmp_path, "json"), lambda: pools.here(1), 1)
    next(found)
    assert taken <= 4
    assert len(list(found)) == 49


@pytest.mark.parametrize("name", ["dana", "Dana", "con", "../up", "a/b", "", "é" * 200, "x\ny", ".hidden"])
def test_a_shop_of_any_name_gets_a_file_of_its_own(name: str, tmp_path: Path) -> None:
    stem = stem_of(name)
    assert stem == "dana" or name != "dana"
    assert stem.isascii() and len(stem) < 70 and not set(stem) & set("/\\.:\n ")
    results = Results.open(tmp_path, "json")
    results.add(ShopDone(name, "reviewed", "d", "{}"))
    results.close()
    assert Results.open(tmp_path, "json").known(name) == "d"


def test_cells_of_the_index_cannot_run(tmp_path: Path) -> None:
    results = Results.open(tmp_path, "json")
    results.add(ShopDone("=cmd()", "failed", message="+1"))
    results.close()
    assert "'=cmd()" in (text := (tmp_path / "index.csv").read_text(encoding="utf-8-sig")) and ",'+1," in text


class _Client:
    """Stands for Dask's client: the calls that are made of it, on threads."""

    versions: ClassVar[dict[str, str]] = {}

    made: ClassVar[list[tuple[str, Any]]] = []

    def __init__(self, address: str, timeout: float, security: Any) -> None:
        self.made.append((address, security))
        if "nobody" in address:
            raise OSError("Timed out")

    def __enter__(self) -> _Client:
        return self

    def __exit__(self, *_: object) -> None: ...

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.versions, 1)

    def run(self, _ask: object) -> dict[str, str]:
        return self.versions

    @contextmanager
    def get_executor(self, **_: object) -> Iterator[Executor]:
        with ThreadPoolExecutor(2) as pool:
            yield pool


@pytest.mark.parametrize(
    ("versions", "address", "words"),
    [
        ({}, "tcp://nobody:1", "tcp://nobody:1: no Dask scheduler answers there (Timed out)"),
        ({}, "tcp://x:1", "this cluster has no workers"),
        ({"w1": __version__, "w2": "0.0.1"}, "tcp://x:1", "1 of 2 workers have another version"),
    ],
)
def test_a_cluster_that_cannot_work_is_told(
    versions: dict[str, str], address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=_Client, Security=dict))
    monkeypatch.setattr(_Client, "versions", versions)
    with pytest.raises(UnusableFile) as told, pools.cluster(address):
        pass
    assert words in str(told.value)


def test_certificates_reach_the_cluster_and_nothing_goes_unencrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / name for name in ("ca.pem", "me.pem", "me.key")]
    for each in files:
        each.write_text("pem")
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=_Client, Security=dict))
    monkeypatch.setattr(_Client, "versions", {"w1": __version__})
    monkeypatch.setattr(_Client, "made", [])
    with pools.cluster("tls://x:1", pools.Tls(*files)), pools.cluster("tcp://x:1"):
        pass
    encrypted = {"require_encryption": True, "tls_ca_file": str(files[0]), "tls_client_cert": str(files[1]),
                 "tls_client_key": str(files[2])}  # fmt: skip
    assert _Client.made == [("tls://x:1", encrypted), ("tcp://x:1", None)]
    for address, tls in (("tcp://x:1", pools.Tls(*files)), ("tls://x:1", None)):
        with pytest.raises(UnusableFile, match="an encrypted scheduler has an address like tls://"):
            pools.cluster(address, tls).__enter__()
    assert len(_Client.made) == 2, "nobody was called"
    with pytest.raises(UnusableFile, match="no such file"):
        pools.Tls(tmp_path / "gone.pem", *files[1:])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--scheduler", "tls://x:1", "--tls-ca", "ca.pem"], "belong together: give all three"),
        (["--tls-ca", "a", "--tls-cert", "b", "--tls-key", "c"], "there is no such file"),
    ],
)
def test_half_of_the_certificates_is_told(
    options: list[str], words: str, shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulk", str(shops), "--out", str(tmp_path / "out"), *options]) == 2
    assert words in capsys.readouterr().err


def test_what_is_given_to_dask_is_what_it_takes(tmp_path: Path) -> None:
    from distributed import Security

    for name in ("ca.pem", "me.pem", "me.key"):
        (tmp_path / name).write_text("pem")
    made = pools._security(Security, pools.Tls(*(tmp_path / name for name in ("ca.pem", "me.pem", "me.key"))))
    assert made.require_encryption and made.get_tls_config_for_role("client")["cert"] == str(tmp_path / "me.pem")


@pytest.mark.long  # that several processes do is seen every day
def test_a_local_cluster_gives_the_same_bytes(shops: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster  # slow to import, and needed here only

    assert main(["bulk", str(shops), "--out", str(tmp_path / "here"), "--jobs", "1"]) == 0
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        address = found.scheduler_address
        assert main(["bulk", str(shops), "--out", str(tmp_path / "there"), "--scheduler", address]) == 0
    for name in NAMES:
        one, other = (tmp_path / place / "reviews" / f"{stem_of(name)}.json" for place in ("here", "there"))
        assert one.read_bytes() == other.read_bytes()
