"""Many shops at once, as a person types it: the same as one by one, going on, and one bad shop among good ones."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from playbook.bulk.records import ShopDone
from playbook.bulk.results import stem_of
from playbook.cli.bulk import Progress
from playbook.cli.main import main
from playbook.review_json import as_text, named
from playbook.store import Store
from tests.bulk.conftest import NAMES, lives_of

Bulk = Callable[..., tuple[int, str]]


def index(out: Path) -> dict[str, dict[str, str]]:
    with (out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["shop"]: row for row in csv.DictReader(file)}


def one_by_one(tmp_path: Path, *arguments: object, shop: str | None = None) -> bytes:
    """What `review` writes of a LIVE; of files, which name no shop, with the name that `bulk` gives it."""
    alone = tmp_path / "alone.json"
    assert main(["review", *map(str, arguments), "--format", "json", "--out", str(alone)]) == 0
    if shop is None:
        return alone.read_bytes()
    return as_text(named(json.loads(alone.read_bytes()), shop)).encode()


def result(out: Path, name: str, form: str = "json") -> bytes:
    return (out / "reviews" / f"{stem_of(name)}.{form}").read_bytes()


def test_several_processes_give_the_same_bytes_as_one_review_after_another(
    shops: Path,
    bulk: Bulk,
    tmp_path: Path,
) -> None:
    code, said = bulk(shops, "--jobs", 2)
    assert (code, said) == (0, f"3 shops: 3 reviewed. See {tmp_path / 'out' / 'index.csv'}.\n")
    for name in NAMES:
        assert result(tmp_path / "out", name) == one_by_one(tmp_path, shops / name / "lives.csv", shop=name)
    rows = index(tmp_path / "out")
    assert list(rows) == sorted(NAMES, key=str.casefold)
    assert {row["lives"] for row in rows.values()} == {"12"}
    assert rows["dana"]["session"] == json.loads(result(tmp_path / "out", "dana"))["session"]["id"]


def test_one_bad_shop_does_not_stop_the_rest(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    (shops / "gil").mkdir()
    (shops / "gil" / "broken.csv").write_text('a,b\n1,"unclosed', encoding="utf-8")
    (shops / "hana").mkdir()
    code, said = bulk(shops, "--jobs", 1)
    rows = index(tmp_path / "out")
    assert code == 0 and "5 shops: 3 reviewed, 2 failed." in said
    assert rows["gil"]["status"] == "failed" and "broken.csv" in rows["gil"]["message"]
    assert "gil: " in said and "hana: this folder holds no files. Put the shop's exports into it." in said
    assert rows["gil"]["file"] == "" and rows["dana"]["status"] == "reviewed"


def test_only_what_changed_is_reviewed_again(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    bulk(shops, "--jobs", 1)
    before = index(tmp_path / "out")["fay"]
    stamp = (tmp_path / "out/reviews/fay.json").stat().st_mtime_ns
    lives = shops / "dana" / "lives.csv"
    lives.write_text(lives.read_text(encoding="utf-8").replace(",USD,", ",EUR,"), encoding="utf-8")
    (tmp_path / "out" / "reviews" / f"{stem_of('Emi & Co')}.json").unlink()
    code, said = bulk(shops, "--jobs", 1)
    rows = index(tmp_path / "out")
    assert code == 0 and "3 shops: 2 reviewed, 1 unchanged." in said
    assert rows["dana"]["currency"] == "EUR" and rows["Emi & Co"]["status"] == "reviewed"
    assert rows["fay"] == before | {"status": "unchanged"}
    assert (tmp_path / "out/reviews/fay.json").stat().st_mtime_ns == stamp


def test_other_knowledge_makes_all_results_anew(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    bulk(shops, "--jobs", 1)
    own = tmp_path / "own"
    own.mkdir()
    (own / "tools.yaml").write_text("version: 1\ntools: {}\n", encoding="utf-8")
    assert "3 reviewed" in bulk(shops, "--jobs", 1, "--playbook", own)[1]
    assert "3 unchanged" in bulk(shops, "--jobs", 1, "--playbook", own)[1]


def test_a_stopped_run_goes_on_where_it_stopped(
    shops: Path,
    bulk: Bulk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(self: Progress, done: ShopDone) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Progress, "step", stop)
        code, said = bulk(shops, "--jobs", 1)
    assert code == 130 and "The same command goes on where it stopped." in said
    out = tmp_path / "out"
    assert not (out / "index.csv").exists()
    with (out / "unfinished.csv").open("a", encoding="utf-8") as file:
        file.write("torn,revie")  # killed in the middle of a line
    code, said = bulk(shops, "--jobs", 1)
    assert code == 0 and "3 shops: 2 reviewed, 1 unchanged." in said
    assert sorted(index(out)) == sorted(NAMES) and not (out / "unfinished.csv").exists()


def test_each_live_of_each_shop(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    assert bulk(shops, "--jobs", 1, "--all")[0] == 0
    every = json.loads(result(tmp_path / "out", "dana"))
    assert len(every) == 12 == int(index(tmp_path / "out")["dana"]["reviewed"])
    lives = shops / "dana" / "lives.csv"
    fifth = one_by_one(tmp_path, lives, "--session", "live-004", shop="dana")
    assert every[4] == json.loads(fifth)


def test_numbers_as_csv(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    assert bulk(shops, "--jobs", 1, "--format", "csv")[0] == 0
    text = result(tmp_path / "out", "dana", "csv").decode()
    assert text.startswith("part,name,value") and "\r\r" not in text
    assert bulk(shops, "--jobs", 1, "--format", "csv", "--all")[0] == 0
    rows = list(csv.DictReader(io.StringIO(result(tmp_path / "out", "dana", "csv").decode(), newline="")))
    assert {row["session"] for row in rows} == {f"live-{number:03d}" for number in range(12)}


def test_parquet_gives_the_same_as_files(bulk: Bulk, shops: Path, tmp_path: Path) -> None:
    from playbook.store.csv_files import session_row
    from tests.bulk.conftest import HEADER

    rows = [
        {"shop": name, **{key: value for key, value in session_row(live).items() if key in HEADER}}
        for seed, name in enumerate(NAMES)
        for live in lives_of(seed)
    ]
    pq.write_table(pa.Table.from_pylist([*rows[::2], *rows[1::2]]), tmp_path / "lives.parquet")
    code, said = bulk(tmp_path / "lives.parquet", "--jobs", 1)
    assert code == 0 and "3 reviewed" in said
    for name in NAMES:
        assert result(tmp_path / "out", name) == one_by_one(tmp_path, shops / name / "lives.csv", shop=name)


def test_a_partitioned_folder_of_parquet_and_rows_without_a_shop(bulk: Bulk, tmp_path: Path) -> None:
    room = 7_600_123_456_789_012_345
    part = {
        "session_id": [room],
        "start": ["2026-08-01 19:00"],
        "minutes": [120],
        "impressions": [4000],
        "views": [500],
    }
    for name in ("0042", "x"):
        (tmp_path / "parts" / f"shop={name}").mkdir(parents=True)
        pq.write_table(pa.table(part), tmp_path / "parts" / f"shop={name}" / "part-0.parquet")
    assert bulk(tmp_path / "parts", "--jobs", 1)[0] == 0
    assert json.loads(result(tmp_path / "out", "0042"))["session"]["id"] == str(room)
    pq.write_table(
        pa.table({"shop": ["y", None], **{name: each * 2 for name, each in part.items()}}), tmp_path / "y.parquet"
    )
    code, said = bulk(tmp_path / "y.parquet", "--jobs", 1)
    assert code == 0 and "1 rows name no shop" in said


def test_every_shop_of_a_store(bulk: Bulk, tmp_path: Path) -> None:
    url = str(tmp_path / "shops.db")
    with Store.open(url) as store:
        for seed, name in enumerate(NAMES):
            shop = store.create_shop(name)
            store.apply(store.plan_import(shop.id, lives_of(seed)), other_creators=True)
        store.create_shop("Nothing yet")
    code, said = bulk("--db", url, "--jobs", 1)
    assert code == 0 and "4 shops: 3 reviewed, 1 failed." in said and "Nothing yet has no LIVEs" in said
    for name in NAMES:
        assert result(tmp_path / "out", name) == one_by_one(tmp_path, "--db", url, "--shop", name)
    assert "3 unchanged, 1 failed" in bulk("--db", url, "--jobs", 1)[1]
    code, _ = bulk("--db", url, "--jobs", 1, "--all")
    every = json.loads(result(tmp_path / "out", "fay"))
    assert code == 0 and len(every) == 12
    assert every[6] == json.loads(one_by_one(tmp_path, "--db", url, "--shop", "fay", "--session", "live-006"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give either SOURCE, a folder of shops or Parquet, or a store with --db URL."),
        (("nowhere",), "nowhere: there is no such folder or file."),
        (("empty",), "this folder is empty."),
        (("one.csv",), "this is one file, not many shops."),
        (("not.parquet",), "cannot be read as Parquet"),
        (("other.parquet",), "has no column 'shop'"),
        (("--db", "none.db"), "none.db"),
        (("bad",), "1 shop: 1 failed."),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...],
    words: str,
    bulk: Bulk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("one.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Path("not.parquet").write_text("no", encoding="utf-8")
    Path("bad").mkdir()
    Path("bad/shop.csv").write_text("", encoding="utf-8")
    pq.write_table(pa.table({"impressions": [1]}), "other.parquet")
    code, said = bulk(*arguments, "--jobs", "1")
    assert code == 2 and words in said


def test_a_folder_of_results_inside_the_source_is_no_shop(shops: Path, bulk: Bulk, tmp_path: Path) -> None:
    for _ in range(2):
        assert main(["bulk", str(shops), "--out", str(shops / "results"), "--jobs", "1"]) == 0
    assert set(index(shops / "results")) == set(NAMES)


def test_without_dask_the_message_names_the_package(
    shops: Path,
    bulk: Bulk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, said = bulk(shops, "--scheduler", "tcp://127.0.0.1:8786")
    assert code == 2 and "pip install -r requirements-dask.txt" in said


def test_the_bar_tells_how_far_it_is() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    progress = Progress(4, stream=Screen())
    progress.step(ShopDone("a", "reviewed"))
    progress.step(ShopDone("b", "failed", message="b: no LIVE."))
    assert progress.line().startswith("[###############...............] 2 of 4, 1 failed, about 0 s left")
    assert "b: no LIVE.\n" in progress.stream.getvalue()  # type: ignore[attr-defined]
    quiet = Progress(4, stream=io.StringIO())
    quiet.step(ShopDone("a", "reviewed"))
    assert quiet.stream.getvalue() == ""  # type: ignore[attr-defined]
