"""What was said, beside a LIVE: from the empty tab to a line of one's own, for one shop alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from playbook.store.store import Store

from .conftest import fresh, keyed, texts

FOLLOW = "If you like what we show, follow us, and you hear when we are live again."
SRT = "".join(
    f"{minute}\n00:{minute:02d}:{5 * at:02d},000 --> 00:{minute:02d}:{5 * at + 4:02d},500\n{text}\n\n"
    for minute in range(1, 42, 8)
    for at, text in enumerate(
        ["good evening everybody", "so if you like what we show", "just follow us and you hear when we are live again",
         "this is linen and it is soft", "it has five colours", "hurry only three left",
         "# not a **heading** &lt;b&gt;x", "please follow us", "open the bag please", "thank you for the hearts"]
    )
)  # fmt: skip


def opened(at: AppTest) -> AppTest:
    at.session_state["detail_tabs"] = "What was said"
    return at.run()


def given(at: AppTest, data: bytes | None = None, name: str = "said.srt") -> AppTest:
    keyed(at.file_uploader, "said_file").upload(name, SRT.encode() if data is None else data).run()
    return keyed(at.button, "said_keep").click().run()


def shown(at: AppTest) -> str:
    return texts(at).replace("\\", "")


def table(at: AppTest) -> pd.DataFrame:
    """The planned lines."""
    return next(each.value for each in at.dataframe if "As it was heard" in each.value)


@pytest.fixture
def tab(remembered: AppTest) -> AppTest:
    return opened(remembered.run())


def test_from_the_empty_tab_to_what_was_said(tab: AppTest) -> None:
    assert "What was said, beside the minutes" in shown(tab)
    at = given(tab)
    assert not at.exception
    assert "said.srt: 60 lines, from 0:01:00 to 0:41:50 of the LIVE." in shown(at)
    assert "Do the times fit?" in shown(at)
    box = keyed(at.number_input, "said_offset")
    box.set_value(-60.0).run()
    at = keyed(at.button, "said_settle").click().run()
    assert "Do the times fit?" not in shown(at), "it is asked once"
    assert "from 0:00:00 to 0:40:50" in shown(at)
    with Store.open() as store:
        shop = store.shops()[0].id
        kept = store.transcript(shop, store.sessions(shop)[-1].id)
    assert kept is not None and kept.settled and kept.offset == -60.0
    frame = table(at)
    said = frame[frame["Line"] == FOLLOW].iloc[0]
    assert said["Said"] == "said 6 times"
    assert said["When"].startswith("0:00, 0:08")
    assert "asked to follow 12 times" in shown(at)
    assert "presses for time or stock" in shown(at)


def test_search_and_hostile_words(tab: AppTest) -> None:
    at = given(tab)
    keyed(at.text_input, "said_search").set_value("heading").run()
    assert "6 lines have these words." in texts(at)
    hits = [each.value for each in at.markdown if "heading" in each.value]
    assert hits and all("\\<b\\>" in each and "\\*\\*heading" in each for each in hits)


def test_lines_that_were_typed_are_looked_for(tab: AppTest) -> None:
    at = given(tab)
    keyed(at.text_area, "said_own").set_value("good evening everybody\nwe have nothing like it").run()
    frame = table(at).set_index("Line")
    assert frame.loc["good evening everybody", "Said"] == "said 6 times"
    assert frame.loc["we have nothing like it", "Said"] == "not said"
    assert frame.loc["we have nothing like it", "From"] == "your run sheet"


def test_what_is_no_transcript_is_refused_in_words(tab: AppTest) -> None:
    at = given(tab, b"\x00\x01" * 100)
    assert any("is not text" in each.value for each in at.error)
    assert "What was said, beside the minutes" in shown(at)


def test_it_is_taken_away_with_a_way_back(tab: AppTest) -> None:
    at = given(tab)
    at = keyed(at.button, "said_drop").click().run()
    assert "What was said, beside the minutes" in shown(at)
    at = next(each for each in at.button if each.label == "Undo").click().run()
    assert "said.srt: 60 lines" in shown(at)


def test_the_best_live_beside_this_one_has_its_words(tab: AppTest) -> None:
    at = given(tab)
    at = keyed(at.button, "beside_err").click().run()
    assert not at.exception
    assert "Planned lines said: 0:01, 0:09" in shown(at).replace("**", "")


def test_another_shop_never_sees_it(tab: AppTest) -> None:
    given(tab)
    with Store.open() as store:
        mine = store.shops()[0]
        other = store.create_shop("Second", currency=mine.currency)
        store.apply(store.plan_import(other.id, [store.session(mine.id, store.sessions(mine.id)[-1].id)]))
    at = fresh()
    at.query_params["shop"] = other.id
    at = opened(at.run())
    assert not at.exception
    assert "What was said, beside the minutes" in shown(at)
    assert "said.srt" not in shown(at)


def test_a_line_is_kept_as_ones_own_with_a_way_back(
    tab: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = given(tab)
    assert any("Choose a folder" in each.value for each in at.info)
    folder = tmp_path / "ours"
    folder.mkdir()
    monkeypatch.setenv("PLAYBOOK_PATHS", str(tmp_path))
    with Store.open() as store:
        store.change_shop(store.shops()[0].id, playbook_folder=str(folder))
    at = at.run()
    keyed(at.text_area, "own_line_text").set_value("Follow us, the new colours come on Friday.").run()
    keyed(at.selectbox, "own_line_into").set_value("follow_spoken_prompt").run()
    at = keyed(at.button, "own_line_keep").click().run()
    file = folder / "strategies" / "follow_spoken_prompt.yaml"
    assert '    - "Follow us, the new colours come on Friday."' in file.read_text("utf-8")
    assert "Follow us, the new colours come on Friday." in table(at)["Line"].tolist()
    next(each for each in at.button if each.label == "Undo").click().run()
    assert not file.exists()
