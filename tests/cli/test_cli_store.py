"""The commands that remember, as a person types them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from playbook.cli.main import main, parser
from playbook.store import ShopBenchmark, Store

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data/samples/fewer_came_in"
LIST = SAMPLE / "Creator-Live-Performance_20261109083600.xlsx"
HEADER = "session_id,start,minutes,title,creator,currency,impressions,views,product_clicks,sku_orders,gmv,comments\n"


def row(index: int, *, gmv: float = 990.5, creator: str = "dana", views: int = 4_900) -> str:
    start = datetime(2026, 8, 1, 19) + timedelta(days=index)
    return (
        f"76000000000000{index:05d},{start:%Y-%m-%d %H:%M},120,Evening {index},{creator},USD,40000,"
        f"{views + 37 * (index % 5)},640,45,{gmv},410\n"
    )


@pytest.fixture
def lives(tmp_path: Path):
    def write(rows: list[str], name: str = "lives.csv") -> str:
        path = tmp_path / name
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_first_import_makes_the_shop_and_the_second_changes_nothing(run, own_home: Path) -> None:
    code, out, err = run(
        "import", LIST, "--shop", "Dana", "--create", "--timezone", "Asia/Jakarta", "--currency", "IDR"
    )
    assert (code, out, err) == (0, "Dana: 15 new LIVEs.\n", "")
    code, out, err = run("import", LIST, "--shop", "dana")
    assert (code, out) == (0, "Dana: 15 LIVEs already there and unchanged.\n")
    with Store.open(str(own_home / "playbook.db")) as store:
        (shop,) = store.shops()
        assert (shop.name, shop.timezone, shop.currency) == ("Dana", "Asia/Jakarta", "IDR")
        assert len(store.sessions(shop.id)) == 15


def test_a_restated_figure_is_told_and_the_history_lists_it(run, lives) -> None:
    run("import", lives([row(0), row(1)], "export_20260804090000.csv"), "--shop", "Dana", "--create")
    code, out, _ = run("import", lives([row(0, gmv=1010.0), row(2)], "export_20260820090000.csv"), "--shop", "Dana")
    said = "Dana: 1 new LIVE, 1 LIVE with updated figures.\n  2026-08-01 19:00: gmv $990.50 -> $1,010.00\n"
    assert (code, out) == (0, said)
    code, out, _ = run("history", "--shop", "Dana")
    lines = out.splitlines()
    assert code == 0 and len(lines) == 3
    assert lines[0].startswith("2026-08-03 19:00") and lines[-1].startswith("2026-08-01 19:00")
    assert "$1,010.00" in lines[-1] and lines[-1].endswith("(2 exports)")
    assert run("history", "--shop", "Dana", "--limit", 1)[1].splitlines() == lines[:1]
    assert run("history", "--shop", "Dana", "--limit", 0)[0] == 2


def test_a_shop_that_is_not_there_is_told(run, lives, own_home: Path) -> None:
    path = lives([row(0)])
    code, out, err = run("import", path, "--shop", "Dana")
    assert (code, out) == (2, "")
    where = own_home / "playbook.db"
    assert err == f"There is no shop 'Dana' in {where}. There are: none. To make it, use import with --create.\n"
    for command in ("history", "weekly"):
        assert run(command, "--shop", "Dana")[0] == 2


def test_before_anything_is_stored_other_commands_say_how(run, own_home: Path) -> None:
    code, out, err = run("weekly", "--shop", "Dana")
    assert (code, out) == (2, "")
    assert err.endswith(
        "there is no such file. Store LIVEs first: python -m playbook import FILE --shop NAME --create\n"
    )
    assert run("shops") == (
        0,
        "",
        "There are no shops yet. Make one: python -m playbook import FILE --shop NAME --create\n",
    )


def test_a_file_that_cannot_be_used_makes_no_shop(run, tmp_path: Path) -> None:
    code, _, err = run("import", tmp_path / "no.csv", "--shop", "Dana", "--create")
    assert code == 2 and "there is no such file" in err
    assert run("shops")[1] == ""


def test_another_creator_is_told_and_stored_only_when_meant(run, lives) -> None:
    run("import", lives([row(0)]), "--shop", "Dana", "--create")
    mixed = lives([row(1, creator="eko")], "mixed.csv")
    code, out, err = run("import", mixed, "--shop", "Dana")
    assert (code, out) == (2, "")
    assert err.startswith(
        "Nothing was stored: these LIVEs are by creators that the shop 'Dana' does not know: eko (1). Say that they "
        "belong to it with --other-creator, name the one that does with --account"
    )
    assert run("import", mixed, "--shop", "Dana", "--other-creator")[1] == "Dana: 1 new LIVE.\n"


def test_lives_of_another_shop_are_stored_only_when_meant(run, lives) -> None:
    run("import", lives([row(0), row(1)]), "--shop", "Dana", "--create")
    run("import", lives([row(7)], "eko.csv"), "--shop", "Eko", "--create")
    code, out, err = run("import", lives([row(0), row(2)], "again.csv"), "--shop", "Eko")
    assert (code, out) == (2, "")
    assert err == (
        "Nothing was stored: these may not be LIVEs of Eko. Of 2 LIVEs some are stored already in another shop: "
        "Dana (1). Name the right shop with --shop, or say that they belong to it with --yes.\n"
    )
    assert run("import", lives([row(0), row(2)], "again.csv"), "--shop", "Eko", "--yes")[1] == "Eko: 2 new LIVEs.\n"


def test_a_shop_is_made_only_with_something_in_it(run, lives) -> None:
    run("import", lives([row(0), row(1)]), "--shop", "Dana", "--create")
    code, _, err = run("import", lives([row(0), row(2)], "again.csv"), "--shop", "Eko", "--create")
    assert code == 2 and "may not be LIVEs of Eko" in err
    assert "Eko" not in run("shops")[1]


def test_lives_in_another_currency_are_stored_only_when_meant(run, lives) -> None:
    run("import", lives([row(0)]), "--shop", "Dana", "--create")
    other = lives([row(1).replace("USD", "IDR")], "rupiah.csv")
    code, out, err = run("import", other, "--shop", "Dana")
    assert (code, out) == (2, "")
    assert "They are in IDR (1), and the LIVEs of Dana are in USD." in err
    assert run("import", other, "--shop", "Dana", "--yes")[1] == "Dana: 1 new LIVE.\n"


def test_a_shop_that_another_import_makes_meanwhile_is_used(run, lives, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Store.create_shop

    def meanwhile(self: Store, name: str, **values: str | None) -> object:
        make(self, name, **values)
        return make(self, name, **values)

    monkeypatch.setattr(Store, "create_shop", meanwhile)
    assert run("import", lives([row(0)]), "--shop", "Dana", "--create")[:2] == (0, "Dana: 1 new LIVE.\n")
    assert run("shops")[1].startswith("Dana: 1 LIVE")


def test_parts_alone_are_laid_on_the_live_that_is_named(run, lives, tmp_path: Path, own_home: Path) -> None:
    run("import", lives([row(0), row(1)]), "--shop", "Dana", "--create")
    channels = tmp_path / "channels.csv"
    channels.write_text("channel,views,gmv\nfor_you,3900,60%\ninbox,40,5%\n")
    events = tmp_path / "events.csv"
    events.write_text("time,type,product\n19:12,pin,Linen shirt\n")
    code, out, _ = run("import", channels, events, "--shop", "Dana", "--session", "2026-08-01T19:00")
    assert code == 0 and out.splitlines() == [
        "channels.csv: channels of one LIVE, joined to the LIVE of 2026-08-01 19:00.",
        "events.csv: events of one LIVE, joined to the LIVE of 2026-08-01 19:00.",
    ]
    with Store.open(str(own_home / "playbook.db")) as store:
        session = store.session(store.shops()[0].id, "7600000000000000000")
    views = [(each.name, each.counts.get("views")) for each in session.channels]
    assert views == [
        ("for_you", 3900.0),
        ("inbox", 40.0),
    ]
    assert [(each.type, each.minute, each.product) for each in session.events] == [("pin", 12.0, "Linen shirt")]
    assert session.counts["gmv"] == 990.5


def test_a_trend_without_its_live_is_not_stored_under_its_files_name(run, lives) -> None:
    run("import", lives([row(0)]), "--shop", "Dana", "--create")
    code, out, err = run("import", SAMPLE / "Trend Stat.xlsx", "--shop", "Dana")
    assert (code, out) == (0, "Dana: nothing stored.\n")
    assert "nothing says which LIVE it is; it was not stored. Name the LIVE with --session." in err


def test_the_last_import_is_taken_back_as_one_act(run, lives, tmp_path: Path, own_home: Path) -> None:
    run("import", lives([row(0)]), "--shop", "Dana", "--create")
    trend = tmp_path / "Trend Stat.csv"
    trend.write_text("time,views\n19:00,4000\n19:30,900\n20:00,70\n")
    more = tmp_path / "more.csv"
    more.write_bytes(Path(lives([row(1, views=6_963), row(2)])).read_bytes())
    code, out, _ = run("import", more, trend, "--shop", "Dana")
    assert code == 0 and "2 new LIVEs" in out
    code, out, err = run("import", "--undo", "--shop", "Dana")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"Dana: the import of \S+ \S+ was taken back: 2 new LIVEs(, 1 part)?\.\n", out)
    with Store.open() as store:
        shop = store.find_shop("Dana")
        assert shop is not None and [each.id for each in store.sessions(shop.id)] == ["7600000000000000000"]
    assert run("import", more, "--undo", "--shop", "Dana")[0] == 2
    assert run("import", "--shop", "Dana")[0] == 2
    run("import", "--undo", "--shop", "Dana")
    code, out, err = run("import", "--undo", "--shop", "Dana")
    assert (code, out) == (2, "") and "There is no import into Dana that could be taken back." in err


def test_parts_alone_find_the_stored_lives_they_are_of(run, lives, tmp_path: Path, own_home: Path) -> None:
    run("import", lives([row(0), row(1, views=6_963, gmv=1_400), row(2, views=9_000)]), "--shop", "Dana", "--create")
    trend, products = tmp_path / "Trend Stat.csv", tmp_path / "Product.csv"
    trend.write_text("time,views,product_clicks,gmv\n" + "".join(
        f"{19 + at // 2}:{30 * (at % 2):02d},1750,160,350.00\n" for at in range(4)
    ))  # fmt: skip
    products.write_text("product_id,product,product_clicks\n1730000000000010001,Linen shirt,7\n")
    code, out, err = run("import", trend, products, "--shop", "Dana")
    assert (code, out) == (0, "Trend Stat.csv: one LIVE over time, joined to the LIVE of 2026-08-02 19:00.\n")
    assert err.splitlines()[-1] == (
        "Product.csv: nothing says which LIVE it is; it was not stored. Name the LIVE with --session."
    )
    with Store.open(str(own_home / "playbook.db")) as store:
        shop = store.shops()[0].id
        assert store.session(shop, "7600000000000000001").trend is not None
        assert all(store.session(shop, f"760000000000000000{at}").trend is None for at in (0, 2))


def test_the_weekly_look_is_printed_and_remembered(run, lives) -> None:
    fallen = [row(index, views=2_900) for index in range(23, 30)]
    run("import", lives([*(row(index) for index in range(23)), *fallen]), "--shop", "Dana", "--create")
    code, out, err = run("weekly", "--shop", "Dana", "--until", "2026-08-31")
    assert (code, err) == (0, "")
    assert out.startswith(
        "Dana · Aug 24 to Aug 31, 2026\n\nThere was no weekly look so far.\nThis week: 7 LIVEs, 14.0 hours"
    )
    assert "  - Enter room rate: 7." in out and "SINCE THE LAST LIVE (Sun, Aug 30, 2026" in out
    assert "because" not in out.lower() and "!" not in out
    code, out, _ = run("weekly", "--shop", "Dana", "--until", "2026-08-31", "--format", "json")
    found = json.loads(out)
    assert found["due"] is True and len(found["sessions"]) == 7 and found["last_live"] == "7600000000000000029"
    err_change = next(each for each in found["changes"] if each["metric"] == "err")
    assert err_change["verdict"] == "below" and err_change["change"] < -0.2
    peeked = run("weekly", "--shop", "Dana", "--peek")[1]
    assert "no weekly look so far" in peeked and "THE NEXT LIVE, 95 OF 100 LIKE IT\n" in peeked
    assert "THE NEXT LIVE" not in out
    assert "no weekly look so far" in run("weekly", "--shop", "Dana")[1]
    assert "The last look was today." in run("weekly", "--shop", "Dana")[1]
    assert run("weekly", "--shop", "Dana", "--until", "soon")[2] == (
        "--until soon: this is no date. Write it like 2026-08-10 or 2026-08-10T18:00.\n"
    )


def test_backup_restore_and_export(run, lives, tmp_path: Path) -> None:
    run("import", lives([row(0), row(1)]), "--shop", "Dana", "--create")
    assert run("backup", tmp_path / "b.db")[0] == 0
    assert run("backup", tmp_path / "b.db")[0] == 2
    new = tmp_path / "new.db"
    code, out, _ = run("restore", tmp_path / "b.db", "--db", new)
    assert (code, out) == (0, f"{new}: 2 LIVEs restored from {tmp_path / 'b.db'}.\n")
    assert run("history", "--shop", "Dana", "--db", new)[1] == run("history", "--shop", "Dana")[1]
    assert run("restore", tmp_path / "b.db", "--db", new)[0] == 2
    assert run("restore", tmp_path / "b.db", "--db", new, "--replace")[0] == 0
    code, out, _ = run("export", tmp_path / "d.zip", "--shop", "Dana")
    assert (code, out) == (0, f"{tmp_path / 'd.zip'}: holds 2 LIVEs of Dana.\n")
    with zipfile.ZipFile(tmp_path / "d.zip") as archive:
        assert "sessions.csv" in archive.namelist()
    assert run("shops")[1] == "Dana: 2 LIVEs, last 2026-08-02 19:00, 2 not reviewed\n"


def review(run, *arguments: object) -> dict:
    code, out, err = run("review", *arguments, "--format", "json")
    assert code == 0, err
    return json.loads(out)


def test_a_review_with_a_stored_history_is_that_of_the_files_together(run, lives, tmp_path: Path) -> None:
    every = [row(index) for index in range(12)]
    run("import", lives(every[:11], "old.csv"), "--shop", "Dana", "--create", "--db", tmp_path / "s.db")
    before = (tmp_path / "s.db").read_bytes()
    last = lives(every[11:], "last.csv")
    with_store = review(run, last, "--db", tmp_path / "s.db", "--shop", "Dana")
    assert with_store == review(run, last, lives(every[:11], "old.csv")) | {"shop": "Dana"}
    assert with_store["session"]["history_sessions"] == 11
    assert (tmp_path / "s.db").read_bytes() == before, "a review stores nothing"
    # The reviewed LIVE itself may be stored already, or stand in the file with others.
    run("import", last, "--shop", "Dana", "--db", tmp_path / "s.db")
    assert review(run, last, "--db", tmp_path / "s.db", "--shop", "Dana") == with_store
    assert review(run, lives(every, "all.csv"), "--db", tmp_path / "s.db", "--shop", "Dana") == with_store
    assert review(run, "--db", tmp_path / "s.db", "--shop", "Dana") == with_store, "or no file is given at all"
    first = review(run, "--db", tmp_path / "s.db", "--shop", "Dana", "--session", "2026-08-05T19:00")
    assert first["session"]["history_sessions"] == 4


def test_a_review_has_the_shops_benchmarks_and_stored_parts(run, lives, tmp_path: Path) -> None:
    path = lives([row(index) for index in range(9)])
    events = tmp_path / "events.csv"
    events.write_text("minute,type\n12,pin\n")
    run("import", path, events, "--shop", "Dana", "--create")
    with Store.open() as store:
        store.set_benchmarks(store.shops()[0].id, [ShopBenchmark("err", 0.9, "deck", "2026-08-01")])
        where = store.where
    from playbook.cli import past as cli_past

    options = parser().parse_args(["review", path, "--db", where, "--shop", "Dana"])
    with cli_past.past(options) as past:
        assert past is not None and [each.value for each in past.benchmarks()] == [0.9]
        bare = past.pick("latest")
        joined, _ = past.joined(replace(bare, events=()), [])
        assert [each.type for each in joined.events] == ["pin"]


def test_without_db_a_review_touches_no_store(lives, tmp_path: Path) -> None:
    home = tmp_path / "untouched"
    environment = {**os.environ, "PLAYBOOK_HOME": str(home), "PLAYBOOK_DB": str(tmp_path / "no" / "such.db")}
    command = [sys.executable, "-m", "playbook", "review", lives([row(0)]), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["review"], "Give the files of a LIVE, or a stored history with --db URL --shop NAME."),
        (
            ["review", "--shop", "A"],
            "A stored history is named by --db URL and --shop NAME together; --db URL is missing.",
        ),
        (
            ["review", "--db", "x.db"],
            "A stored history is named by --db URL and --shop NAME together; --shop NAME is mi",
        ),
        (["review", "--db", "no.db", "--shop", "A"], "no.db: there is no such file. Store LIVEs first: python -m play"),
    ],
)
def test_a_review_without_what_it_needs_says_so(run, arguments: list[str], message: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and err.startswith(message)
