"""Loading: the built-in content, one's own folder over it, and what happens to bad files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.reader import MAX_BYTES, PlainLoader, parse_text

BILLBOARD = (CONTENT / "strategies" / "err_billboard.yaml").read_text(encoding="utf-8")


def test_the_built_in_content_is_in_order() -> None:
    knowledge = load()
    assert knowledge.problems == []
    assert {"err_billboard", "follow_giveaway_task"} <= set(knowledge.strategies)
    assert len(knowledge.tools) == 8
    assert set(knowledge.scenarios) == {"violations", "trends", "for_you", "follower_inbox", "key_metrics"}
    assert [each.every for each in knowledge.routines.values()] == ["live", "live", "seven_days"]
    assert knowledge.own == frozenset()


def test_the_same_id_replaces_and_a_new_id_adds(tmp_path: Path) -> None:
    (tmp_path / "err_billboard.yaml").write_text(BILLBOARD.replace("title: Put", "title: Hang"), encoding="utf-8")
    own = BILLBOARD.replace("id: err_billboard", "id: our_billboard")
    (tmp_path / "our_billboard.yaml").write_text(own, encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.problems == []
    assert knowledge.own == {"err_billboard", "our_billboard"}
    assert knowledge.strategies["err_billboard"].title.startswith("Hang up")
    assert len(knowledge.strategies) == len(load().strategies) + 1


def test_own_tools_may_be_named_by_own_strategies(tmp_path: Path) -> None:
    (tmp_path / "tools.yaml").write_text(
        "version: 1\ntools:\n  light:\n    label: Ring light\n    what: A lamp.\n    use_for: [light]\n"
        "    where: On the table.\n    moment: [before]\n    sources: [own practice]\n",
        encoding="utf-8",
    )
    (tmp_path / "strategies").mkdir()
    text = BILLBOARD.replace("tools: [billboard]", "tools: [billboard, light]")
    (tmp_path / "strategies" / "err_billboard.yaml").write_text(text, encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.problems == []
    assert knowledge.strategies["err_billboard"].tools == ["billboard", "light"]
    assert set(knowledge.tools) == {*load().tools, "light"}


def test_one_bad_file_switches_off_only_itself(tmp_path: Path) -> None:
    (tmp_path / "err_billboard.yaml").write_text(BILLBOARD.replace("owner: operations\n", ""), encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(BILLBOARD.replace("id: err_billboard", "id: ours"), encoding="utf-8")
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    knowledge = load(tmp_path)
    assert [str(problem) for problem in knowledge.problems] == [
        "broken.yaml:1:1: is not UTF-8 text (byte 0); save it as UTF-8",
        "empty.yaml:1:1: is empty",
        "err_billboard.yaml:2:1: owner: is missing",
    ]
    assert knowledge.own == {"ours"}
    assert knowledge.strategies["err_billboard"] == load().strategies["err_billboard"]


def test_a_bad_tools_file_leaves_the_built_in_tools(tmp_path: Path) -> None:
    (tmp_path / "tools.yaml").write_text("version: 1\ntools: {light: {label: x}}\n", encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.tools == load().tools
    assert {problem.file for problem in knowledge.problems} == {"tools.yaml"}


def test_a_single_file_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(BILLBOARD.replace("id: err_billboard", "id: ours"), encoding="utf-8")
    (tmp_path / "not_asked_for.yaml").write_text("x", encoding="utf-8")
    knowledge = load(tmp_path / "ours.yaml")
    assert knowledge.problems == []
    assert knowledge.own == {"ours"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    place = tmp_path / "nowhere"
    knowledge = load(place)
    assert [str(problem) for problem in knowledge.problems] == [
        f"{place}:1:1: is not there; name a folder with strategy files, or one such file"
    ]
    assert knowledge.strategies == load().strategies


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(BILLBOARD.replace("id: err_billboard", "id: outside"), encoding="utf-8")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "outside.yaml").symlink_to(outside)
    (folder / "inside.yaml").write_text(BILLBOARD.replace("id: err_billboard", "id: inside"), encoding="utf-8")
    knowledge = load(folder)
    assert [str(problem) for problem in knowledge.problems] == [
        "outside.yaml:1:1: leads out of its folder; put the file itself there"
    ]
    assert knowledge.own == {"inside"}


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "huge.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert [problem.message for problem in load(tmp_path).problems] == [
        "is 1,000,001 bytes; knowledge files have at most 1,000,000"
    ]


def test_the_same_id_twice_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "err_billboard.yaml").write_text(BILLBOARD, encoding="utf-8")
    (tmp_path / "strategies" / "err_billboard.yaml").write_text(BILLBOARD, encoding="utf-8")
    assert [str(problem) for problem in load(tmp_path).problems] == [
        "strategies/err_billboard.yaml:2:1: id: 'err_billboard' is also in err_billboard.yaml"
    ]


def test_the_digest_follows_every_file(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(BILLBOARD.replace("id: err_billboard", "id: ours"), encoding="utf-8")
    first = load(tmp_path)
    assert load(tmp_path) is first
    assert first.digest != load().digest
    file.write_text(file.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert load(tmp_path).digest != first.digest


def test_metrics_of_ones_own_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "metrics.yaml").write_text("version: 1\ncounts: {}\nmetrics: {}\n", encoding="utf-8")
    knowledge = load(tmp_path)
    assert [str(problem) for problem in knowledge.problems] == [
        "metrics.yaml:1:1: is not read: metrics are the same for everybody; remove this file"
    ]
    assert knowledge.metrics == load().metrics


@pytest.mark.parametrize(
    "text",
    ["[" * 500_000, "a: " + "[" * 5000 + "]" * 5000, "- " * 5000 + "a", "\n".join(" " * n + "a:" for n in range(900))],
    ids=["brackets", "closed brackets", "dashes", "indents"],
)
def test_a_bottomless_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "deep.yaml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in load(tmp_path).problems] == ["deep.yaml:1:1: is nested too deeply"]


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 5_000, "9" * 400 + ".5", "." + "9" * 5_000])
def test_a_number_without_end_is_a_complaint_at_its_line(tmp_path: Path, number: str) -> None:
    text = BILLBOARD.replace("minutes: 5", f"minutes: {number}", 1)
    assert text != BILLBOARD
    (tmp_path / "err_billboard.yaml").write_text(text, encoding="utf-8")
    line = next(at for at, each in enumerate(text.splitlines(), 1) if number in each)
    found = [str(problem)[:60] for problem in load(tmp_path).problems]
    assert found and found[0].startswith(f"err_billboard.yaml:{line}:")


def test_what_cannot_be_made_of_a_text_is_a_complaint_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_loader: object, node: object) -> None:
        raise AttributeError

    monkeypatch.setitem(PlainLoader.yaml_constructors, "tag:yaml.org,2002:int", fails)
    _, problems = parse_text("a: x\nb:\n  - 7\n", "f.yaml")
    assert [str(problem) for problem in problems] == ["f.yaml:3:5: cannot be read: 7"]


@pytest.mark.parametrize("text", ["[]", "just words", "- a\n- b", "1", "null", "{}"])
def test_yaml_that_is_no_strategy(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.problems
    assert knowledge.own == frozenset()


def test_loading_is_quick() -> None:
    """Not a benchmark: a guard against reading everything several times over."""
    load()
    start = time.process_time()
    load()
    assert time.process_time() - start < 0.5


def test_a_file_that_changed_is_seen_at_once(tmp_path: Path) -> None:
    """Also within the tick of the clock that the file system counts in, and with the same size."""
    file = tmp_path / "our_billboard.yaml"
    own = BILLBOARD.replace("id: err_billboard", "id: our_billboard")
    for title in ("Hang", "Nail", "Glue", "Hold"):
        file.write_text(own.replace("title: Put", f"title: {title}"), encoding="utf-8")
        assert load(tmp_path).strategies["our_billboard"].title.startswith(f"{title} up")


@pytest.mark.parametrize("folder", ["", "strategies"])
def test_files_that_have_rested_are_not_read_again(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    file = tmp_path / folder / "our_billboard.yaml"
    file.write_text(BILLBOARD.replace("id: err_billboard", "id: our_billboard"), encoding="utf-8")
    rested(file)
    first = load(tmp_path)
    opened: list[str] = []
    plain = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (opened.append(self.name), plain(self))[1])
    assert load(tmp_path) is first and opened == []
    file.write_text(file.read_text("utf-8").replace("title: Put", "title: Pin"), encoding="utf-8")
    rested(file, 60)
    assert load(tmp_path).strategies["our_billboard"].title.startswith("Pin up")
    file.unlink()
    assert "our_billboard" not in load(tmp_path).strategies


def rested(file: Path, seconds: int = 120) -> None:
    """As if it had been written some time ago."""
    then = time.time() - seconds
    os.utime(file, (then, then))
